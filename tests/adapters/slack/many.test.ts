import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createSlackForMany } from '../../../adapters/slack/multi-workspace.ts';
import { scopes } from '../../../adapters/slack/scopes.ts';
import { createSeal } from '../../../adapters/slack/token-cipher.ts';
import type { ChatPlatform } from '../../../src/ports/platform.ts';
import { anAlert } from '../../support/messages.ts';
import { root } from '../../support/project.ts';
import { unpaced } from '../../support/slack/harness.ts';
import { type SlackForManyHarness, startSlackForMany } from '../../support/slack/many.ts';
import { channel } from '../../support/talk.ts';

const secret = 'a secret of more than thirty-two characters';
const newSecret = 'another one, of more than thirty-two characters';
const { talk, store } = channel();
const thirdSecret = 'the third one, of more than thirty-two characters';
let slack: SlackForManyHarness;
let platform: ChatPlatform;
let port = 0;

const bot = (secrets: readonly [string, ...string[]], at = 0) =>
  createSlackForMany({
    ...slack,
    secrets,
    installed: store,
    pace: unpaced,
    observe: { log: () => {} },
    host: '127.0.0.1',
    port: at,
    onListening: (taken) => {
      port = taken;
      slack.appAt(taken);
    },
  });
const laneOf = (index: 0 | 1) => `slack:${slack.workspaces[index].team}:${slack.workspaces[index].channel}`;

beforeAll(async () => {
  slack = await startSlackForMany();
  platform = bot([secret]);
  expect(await platform.start(talk)).toMatchObject({ kind: 'ready', as: expect.stringContaining('0 workspaces') });
});
afterEach(() => expect(slack.violations).toEqual([]));
afterAll(async () => {
  await platform.stop();
  await slack.close();
});

describe('many workspaces', () => {
  test('people install the bot from its page; each workspace is answered with its own token, and the store reads none', async () => {
    const [first, second] = slack.workspaces;
    expect(await slack.install(first)).toBe(200);
    expect(await slack.install(second)).toBe(200);
    expect((await first.command('subscribe Ukraine')).text).toContain('Watching Ukraine');
    expect((await second.command('list')).text).toContain('watches nothing');
    for (const [index, workspace] of slack.workspaces.entries()) {
      const lane = laneOf(index === 0 ? 0 : 1);
      expect(await platform.send({ key: `k${index}`, lane, message: anAlert(`for ${workspace.team}`) })).toMatchObject({
        kind: 'sent',
        ref: { url: expect.stringContaining(`https://harness.slack.com/archives/${workspace.channel}/p`) },
      });
      expect((await workspace.messages()).map(({ text }) => text)).toEqual([`for ${workspace.team}`]);
      expect(await platform.find({ key: `k${index}`, lane, since: Date.now() - 60_000 })).toMatchObject({ kind: 'found' });
    }
    const kept = await store.installations();
    expect(kept.map(({ workspace }) => workspace)).toEqual([`slack:${first.team}`, `slack:${second.team}`]);
    expect(JSON.stringify(kept)).not.toMatch(/xoxb|token/);
  });

  test('a form works over HTTP as well', async () => {
    const form = await slack.workspaces[0].commandForForm('country');
    expect(await slack.workspaces[0].type(form, 'place', 'ukr')).toContain('Ukraine');
    expect(await slack.workspaces[0].submit(form, { place: 'Nowhereland' })).toEqual({
      errors: { place: expect.stringContaining('Nowhereland') },
    });
  });

  test('what Slack did not sign, signed more than five minutes ago, or for a time to come, is refused and does nothing', async () => {
    const { team, channel: where, user } = slack.workspaces[0];
    const form = {
      command: '/attache',
      text: 'unsubscribe all',
      team_id: team,
      channel_id: where,
      user_id: user,
      response_url: slack.apiUrl,
    };
    const body = String(new URLSearchParams(form));
    expect(await slack.request('/slack/events', body, { secret: 'guessed' })).toBe(401);
    expect(await slack.request('/slack/events', body, { age: 301 })).toBe(401);
    expect(await slack.request('/slack/events', body, { age: -310 })).toBe(401);
    const unsigned = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', body });
    expect(unsigned.status).toBe(401);
    expect(await store.subscriptions(laneOf(0))).toHaveLength(1);
  });

  test('an installation that the bot’s own page did not begin is none', async () => {
    const before = await store.installations();
    expect(await slack.install(slack.workspaces[0], { forgedState: true })).toBe(400);
    expect(await store.installations()).toEqual(before);
  });

  test('a new secret takes over from the old one, and then stands alone', async () => {
    await platform.stop();
    const both = bot([newSecret, secret]);
    expect(await both.start(talk)).toMatchObject({ kind: 'ready', as: expect.stringContaining('2 workspaces') });
    await both.stop();
    const onlyOld = bot([secret]);
    expect(await onlyOld.start(talk)).toMatchObject({ kind: 'ready', as: expect.stringContaining('ATTACHE_SECRET_OLD') });
    expect(await onlyOld.send({ key: 'x', lane: laneOf(0), message: anAlert('x') })).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('under no secret'),
    });
    await onlyOld.stop();
    platform = bot([newSecret]);
    expect(await platform.start(talk)).toMatchObject({ kind: 'ready', as: expect.stringContaining('2 workspaces') });
    expect(await platform.send({ key: 'y', lane: laneOf(0), message: anAlert('y') })).toMatchObject({ kind: 'sent' });
  });

  test.each([
    ['app_uninstalled', {}],
    ['tokens_revoked', { tokens: { oauth: [], bot: ['U1'] } }],
  ])('%s erases that workspace with its tokens, and no other', async (type, more) => {
    const [first, second] = slack.workspaces;
    await slack.install(first);
    await first.command('subscribe Mali');
    await first.event({ type, ...more });
    await expect.poll(async () => (await store.installations()).map(({ workspace }) => workspace)).toEqual([`slack:${second.team}`]);
    expect(await store.subscriptions(laneOf(0))).toEqual([]);
    expect(await platform.send({ key: 'z', lane: laneOf(0), message: anAlert('z') })).toMatchObject({
      kind: 'rejected',
      mend: expect.stringContaining('/slack/install'),
    });
    expect(await platform.send({ key: `z ${type}`, lane: laneOf(1), message: anAlert('z') })).toMatchObject({ kind: 'sent' });
  });

  test('a token that Slack lets expire is renewed on the way, kept under the newest secret, and good after the next change of secrets', async () => {
    const [first] = slack.workspaces;
    slack.rotate(true);
    expect(await slack.install(first)).toBe(200);
    slack.rotate(false);
    expect((await first.command('subscribe Sudan')).text).toContain('Watching Sudan');
    expect(await platform.send({ key: 'rotated', lane: laneOf(0), message: anAlert('rotated') })).toMatchObject({ kind: 'sent' });
    const renewed = slack.renewed();
    expect(renewed).toBeGreaterThan(0);
    expect(JSON.stringify(await store.installations())).not.toMatch(/xox|token/);
    await platform.stop();
    platform = bot([thirdSecret, newSecret]);
    expect(await platform.start(talk)).toMatchObject({ kind: 'ready' });
    await platform.stop();
    platform = bot([thirdSecret]);
    expect(await platform.start(talk)).toMatchObject({ kind: 'ready', as: expect.not.stringContaining('ATTACHE_SECRET_OLD') });
    expect(await platform.send({ key: 'later', lane: laneOf(0), message: anAlert('later') })).toMatchObject({ kind: 'sent' });
    expect(slack.renewed()).toBeGreaterThan(renewed);
  });

  test('an address that is taken is refused in one line with the mend', async () => {
    expect(await bot([thirdSecret], port).start(talk)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('slack.http') });
  });
});

describe('what tokens are sealed with', () => {
  const seal = createSeal([secret]);

  test('opens for the workspace that it was closed for, and no other', () => {
    const closed = seal.close('xoxb-1', 'slack:T1');
    expect(seal.open(closed, 'slack:T1')).toEqual({ text: 'xoxb-1', isOld: false });
    expect(seal.open(closed, 'slack:T2')).toBeUndefined();
    expect(seal.close('xoxb-1', 'slack:T1')).not.toBe(closed);
  });

  test('does not open what was changed or cut', () => {
    const closed = seal.close('xoxb-1', 'slack:T1');
    const changed = `${closed.slice(0, 30)}${closed[30] === 'A' ? 'B' : 'A'}${closed.slice(31)}`;
    for (const other of [changed, closed.slice(0, 12), '', '1.', closed.replace('1.', '2.')])
      expect(seal.open(other, 'slack:T1')).toBeUndefined();
  });
});

test('the manifest asks for what an installation asks for', () => {
  const manifest = parse(readFileSync(join(root, 'adapters', 'slack', 'manifest.yaml'), 'utf8')) as {
    oauth_config: { scopes: { bot: string[]; bot_optional: string[] } };
  };
  const { bot: asked, bot_optional: optional } = manifest.oauth_config.scopes;
  expect(asked).toEqual(scopes);
  expect(asked).toEqual(expect.arrayContaining(optional));
});
