import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSlack, type SlackOptions } from '../../adapters/slack/platform.ts';
import type { CommandCall } from '../../src/message.ts';
import type { ChatPlatform } from '../../src/ports/platform.ts';
import { anAlert, type Heard, hooksThat } from '../support/messages.ts';
import { type SlackHarness, startSlack, unpaced } from '../support/slack/harness.ts';

let slack: SlackHarness;
let lane: string;
let platforms: ChatPlatform[];

async function bot(heard: Heard = {}, options: Pick<SlackOptions, 'timeoutMs'> = {}): Promise<ChatPlatform> {
  const platform = createSlack({ ...slack.access, pace: unpaced, ...options });
  platforms.push(platform);
  const before = slack.opened();
  expect(await platform.start(hooksThat(heard))).toMatchObject({ kind: 'ready' });
  expect(slack.opened()).toBe(before + 1);
  return platform;
}
const send = (platform: ChatPlatform, key: string) => platform.send({ key, lane, message: anAlert(key) });
const standing = async (key: string) => (await slack.messages()).filter(({ text }) => text === key).length;

beforeEach(async () => {
  platforms = [];
  slack = await startSlack();
  lane = `slack:${slack.team}:${slack.channel}`;
});
afterEach(async () => {
  for (const platform of platforms) await platform.stop();
  await slack.close();
  expect(slack.violations).toEqual([]);
});

describe('connections', () => {
  test('of two, each command reaches one, and is answered once', async () => {
    const [one, other]: [CommandCall[], CommandCall[]] = [[], []];
    await bot({ said: one });
    await bot({ said: other });
    for (let said = 0; said < 6; said += 1) expect((await slack.command(`latest ${said}`)).text).toBe(`answer to latest ${said}`);
    expect([one.length, other.length]).toEqual([3, 3]);
    expect(slack.received).toEqual([3, 3]);
  });

  test('a new one is there at once when Slack asks for it, as it does every few hours', async () => {
    await bot();
    slack.refreshSocket();
    await expect.poll(() => slack.opened()).toBe(2);
    await slack.connected();
    expect((await slack.command('status')).text).toBe('answer to status');
  });

  test('one on which Slack says nothing is given up, and another is tried', async () => {
    slack.silence(true);
    const mute = createSlack({ ...slack.access, timeoutMs: 300 });
    expect(await mute.start(hooksThat({}))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('Slack') });
    await mute.stop();
    slack.silence(false);
    await bot({}, { timeoutMs: 300 });
    const before = slack.opened();
    slack.silence(true);
    slack.dropSocket();
    await expect.poll(() => slack.opened()).toBe(before + 1);
    slack.silence(false);
    await expect.poll(() => slack.opened(), { timeout: 5_000 }).toBe(before + 2);
    expect((await slack.command('status')).text).toBe('answer to status');
  });

  test('one that breaks while a command is answered takes nothing of the answer', async () => {
    await bot({ slow: 300 });
    const answer = slack.command('latest');
    await expect.poll(() => slack.calls).toContain('users.info');
    slack.dropSocket();
    expect((await answer).text).toBe('answer to latest');
  });
});

describe('a Slack that is slow', () => {
  test('gets its acknowledgement in time, however long its own answers and ours take', async () => {
    slack.fail('users.info', { delayMs: 3_200 });
    await bot({ slow: 300 });
    expect((await slack.command('latest')).text).toBe('answer to latest');
  });

  test('does not wait for a form whose answer takes long: it closes, and the answer comes by itself', async () => {
    await bot({ slow: 2_300 });
    const place = { command: 'country', channel: slack.channel, responseUrl: '', locale: 'en' };
    const blocks = [{ block_id: 'place', element: { type: 'external_select', action_id: 'choose' } }];
    const form = { type: 'modal', callback_id: 'say', private_metadata: JSON.stringify(place), blocks };
    expect(await slack.submit(form, { place: 'Ukraine' })).toMatchObject({ answer: { text: 'answer to country Ukraine' } });
  });

  test('by 50 ms a call is still one message for each', async () => {
    slack.latency(50);
    const platform = await bot();
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => send(platform, `k${index}`)));
    expect(outcomes.every(({ kind }) => kind === 'sent')).toBe(true);
    expect(await slack.messages()).toHaveLength(20);
  });

  test('past our patience leaves a doubt, which a look resolves', async () => {
    const platform = await bot({}, { timeoutMs: 300 });
    slack.fail('chat.postMessage', { delayMs: 600 });
    const since = Date.now();
    expect(await send(platform, 'late')).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('timed out') });
    await expect.poll(() => standing('late')).toBe(1);
    slack.fail('conversations.history', { delayMs: 600 });
    expect(await platform.find({ key: 'late', lane, since })).toMatchObject({ kind: 'later' });
    expect(await platform.find({ key: 'late', lane, since })).toMatchObject({ kind: 'found' });
  });
});

describe('a Slack that says no', () => {
  test.each([
    ['a proxy that blocks', { page: 403 }, 'retry'],
    ['a proxy that waits in vain', { page: 408 }, 'unknown'],
    ['a token that is being changed', { error: 'invalid_auth' }, 'retry'],
    ['a message that Slack does not take', { error: 'msg_too_long' }, 'rejected'],
  ] as const)('%s', async (_what, fault, kind) => {
    const platform = await bot();
    slack.fail('chat.postMessage', fault);
    expect(await send(platform, 'first')).toMatchObject({ kind });
    expect(await send(platform, 'second')).toMatchObject({ kind: 'sent' });
  });

  test('a revoked token ends in one line with the mend, whatever is tried', async () => {
    const platform = await bot();
    const sent = await send(platform, 'before');
    slack.refuse('token_revoked');
    const mend = expect.stringContaining('install it again');
    const reason = expect.stringMatching(/^token_revoked; .*install it again/);
    expect(await send(platform, 'after')).toMatchObject({ kind: 'retry', reason });
    const ref = sent.kind === 'sent' ? sent.ref : { channel: '', id: '' };
    expect(await platform.edit(ref, { key: 'e', lane, message: anAlert('edit') })).toMatchObject({ kind: 'retry', reason });
    expect(await platform.find({ key: 'before', lane, since: 0 })).toMatchObject({ kind: 'later', reason });
    const again = createSlack(slack.access);
    expect(await again.start(hooksThat({}))).toMatchObject({ kind: 'refused', reason: mend });
  });

  test('what is lost without a scope is said at the start, and what cannot do without is refused', async () => {
    slack.grant(['commands', 'chat:write', 'app_mentions:read', 'users:read', 'channels:history', 'channels:read']);
    const some = createSlack(slack.access);
    expect(await some.start(hooksThat({}))).toMatchObject({
      kind: 'ready',
      as: expect.stringMatching(/without groups:history an alert .*; without groups:read/),
    });
    await some.stop();
    slack.grant(['commands']);
    const none = createSlack(slack.access);
    expect(await none.start(hooksThat({}))).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/lacks chat:write;.*manifest/),
    });
  });

  test('an archived channel takes no alert, and the mend is named', async () => {
    const platform = await bot();
    const old = await slack.addChannel('old', { members: [slack.bot, slack.user] });
    await slack.archive(old);
    expect(await platform.send({ key: 'k', lane: `slack:${slack.team}:${old}`, message: anAlert('x') })).toMatchObject({
      kind: 'rejected',
      reason: 'is_archived',
      mend: expect.stringContaining('unarchive'),
    });
  });

  test('an outage while looking is no answer, and a wait that it asks for is kept', async () => {
    const platform = await bot();
    slack.fail('conversations.history', 'error-500');
    expect(await platform.find({ key: 'k', lane, since: 0 })).toEqual({ kind: 'later', reason: 'Slack answered 500' });
    slack.fail('conversations.history', 'rate-limited');
    expect(await platform.find({ key: 'k', lane, since: 0 })).toMatchObject({ kind: 'later', afterMs: 7_000 });
  });
});

describe('a message whose answer was lost', () => {
  test('is found behind many others, and a lost note in its thread', async () => {
    const platform = await bot();
    const since = Date.now();
    slack.fail('chat.postMessage', 'accept-then-drop');
    expect(await send(platform, 'lost')).toMatchObject({ kind: 'unknown' });
    for (let said = 0; said < 120; said += 1) await slack.say('and then?');
    expect(await platform.find({ key: 'lost', lane, since: since - 60_000 })).toMatchObject({ kind: 'found' });
    const sent = await send(platform, 'the alert');
    if (sent.kind !== 'sent') throw new Error(sent.kind);
    slack.fail('chat.postMessage', 'accept-then-drop');
    const note = { key: 'note', lane, replyTo: sent.ref };
    expect(await platform.send({ ...note, message: anAlert('note') })).toMatchObject({ kind: 'unknown' });
    expect(await platform.find({ ...note, since })).toMatchObject({ kind: 'found' });
    expect(await platform.find({ ...note, key: 'another note', since })).toEqual({ kind: 'absent' });
    expect(await standing('lost')).toBe(1);
  });
});
