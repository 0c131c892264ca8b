import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDiscord } from '../../adapters/discord/check.ts';
import { createSeal } from '../../adapters/slack/token-cipher.ts';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import { webhookLane } from '../../adapters/webhook/platform.ts';
import { type DoctorChoice, doctor } from '../../src/cli/doctor.ts';
import type { Elsewhere } from '../../src/cli/doctor-platforms.ts';
import type { Resolving } from '../../src/cli/doctor-webhooks.ts';
import { platformsOf } from '../../src/cli/platforms.ts';
import { loadConfig } from '../../src/cli/setup.ts';
import type { Config } from '../../src/config.ts';
import type { Feed } from '../../src/model/feed.ts';
import type { FeedCursor } from '../../src/ports/feed-store.ts';
import type { CheckResult } from '../../src/ports/operator.ts';
import type { Settlement } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import { type DiscordHarness, startDiscord } from '../support/discord/harness.ts';
import { anAlert, hooksThat } from '../support/messages.ts';
import { type SlackHarness, startSlack } from '../support/slack/harness.ts';
import { aChannel, aDelivery, aSubscription, ask } from '../support/stored.ts';
import { startWeb } from '../support/web.ts';

const whole = loadConfig({});
const feedNamed = (id: string): Feed => {
  const found = whole.feeds.find((feed) => feed.id === id);
  if (!found) throw new Error(id);
  return found;
};
const bare: Config = { ...whole, secrets: {}, feeds: [feedNamed('bbc-world')] };

let database: string;
beforeEach(() => {
  database = join(mkdtempSync(join(tmpdir(), 'attache-doctor-')), 'a.db');
});

async function looked(config: Config, elsewhere: Elsewhere & Resolving = {}, choice: DoctorChoice = {}) {
  const lines: string[] = [];
  const code = await doctor(config, { database, json: true, ...choice }, (line) => lines.push(line), elsewhere);
  const found = lines.map((line) => JSON.parse(line) as CheckResult);
  return { code, found, about: (what: string) => found.filter(({ subject }) => subject === what) };
}

async function stored(fill: (store: Store) => Promise<void>): Promise<void> {
  const opened = await openSqlite(database);
  if ('problem' in opened) throw new Error(opened.problem);
  await fill(opened.store);
  await opened.store.close();
}

const watching = async (store: Store, lane: string) => {
  await store.saveChannel(aChannel(lane));
  await store.saveSubscription(aSubscription(lane));
};
const givenUp = async (store: Store, lane: string, reason: string) => {
  await store.enqueue({ m: anAlert('m') }, [aDelivery(lane, lane)]);
  for (const { delivery } of await store.claim({ ...ask(10), platforms: ['slack', 'discord'] }))
    await store.settle('one', delivery, { kind: 'dead', reason }, 20);
};

describe('without a token', () => {
  test('nothing is wrong: it runs in the terminal, and what each platform needs is named', async () => {
    const { code, about } = await looked(bare);
    expect(code).toBe(0);
    expect(about('platform')).toMatchObject([{ state: 'note', message: expect.stringContaining('terminal') }]);
    expect(about('slack')).toMatchObject([{ state: 'note', fix: expect.stringMatching(/\/adapters\/slack\/manifest\.yaml/) }]);
    expect(about('discord')).toMatchObject([{ state: 'note', fix: expect.stringContaining('DISCORD_TOKEN') }]);
    expect(about('database')).toMatchObject([{ state: 'ok', message: expect.stringContaining('first start makes it') }]);
  });

  test('channels that subscribed on a platform without a token are not told anything, and that is wrong', async () => {
    await stored((store) => watching(store, 'slack:T1:C1'));
    const { code, about } = await looked(bare);
    expect(code).toBe(1);
    expect(about('slack')).toMatchObject([{ state: 'wrong', message: expect.stringContaining('subscribed channels: 1') }]);
  });

  test('people read a line for each, and a last one that counts', async () => {
    const lines: string[] = [];
    expect(await doctor(bare, { database }, (line) => lines.push(line))).toBe(0);
    expect(lines[0]).toMatch(/^ok {5}database: /);
    expect(lines.at(-1)).toBe('Nothing is wrong.');
  });
});

describe('Slack', () => {
  let slack: SlackHarness;
  let elsewhere: Elsewhere;
  let config: Config;
  beforeEach(async () => {
    slack = await startSlack();
    elsewhere = { slackApiUrl: slack.access.apiUrl };
    config = { ...bare, secrets: { slackBotToken: slack.access.botToken, slackAppToken: slack.access.appToken } };
  });
  afterEach(async () => {
    await slack.close();
    expect(slack.violations).toEqual([]);
  });

  test('both tokens are good, and the socket of a bot that runs is left alone', async () => {
    const { code, about } = await looked(config, elsewhere);
    expect(about('slack').map(({ state }) => state)).toEqual(['ok', 'ok']);
    expect(code).toBe(0);
    expect(slack.opened()).toBe(0);
  });

  test('a scope that can be missed is told with what it costs, one that cannot is wrong', async () => {
    slack.grant(['commands', 'chat:write', 'app_mentions:read', 'channels:history', 'groups:history', 'channels:read', 'groups:read']);
    const some = await looked(config, elsewhere);
    expect(some.code).toBe(0);
    expect(some.about('slack')).toContainEqual(
      expect.objectContaining({ state: 'note', message: expect.stringContaining('without users:read zones are UTC') }),
    );
    slack.grant(['commands']);
    const few = await looked(config, elsewhere);
    expect(few.code).toBe(1);
    expect(few.about('slack')[0]).toMatchObject({ state: 'wrong', message: expect.stringContaining('lacks chat:write') });
  });

  test('each wrong token is named with the page where it is had, and none is shown', async () => {
    const secrets = { slackBotToken: 'xoxb-wrong-secret', slackAppToken: 'xapp-wrong-secret' };
    const { code, found, about } = await looked({ ...bare, secrets }, elsewhere);
    expect(code).toBe(1);
    expect(about('slack').map(({ message }) => message)).toEqual([
      expect.stringMatching(/SLACK_BOT_TOKEN is wrong.*OAuth & Permissions/),
      expect.stringMatching(/SLACK_APP_TOKEN is wrong.*Basic Information/),
    ]);
    expect(JSON.stringify(found)).not.toContain('wrong-secret');
  });

  test('of many workspaces each token is tried, and one that opens under no secret is told', async () => {
    const secrets = ['a secret of the operator, long enough'] as const;
    const seal = (team: string, secret: string) => {
      const kept = { team: { id: team }, bot: { token: slack.access.botToken }, user: { id: 'U1' } };
      return { workspace: `slack:${team}`, sealed: createSeal([secret]).close(JSON.stringify(kept), `slack:${team}`) };
    };
    await stored(async (store) => {
      await store.saveInstallation(seal('T1', secrets[0]));
      await store.saveInstallation(seal('T2', 'a secret that was lost'));
    });
    const slackForMany = { clientId: '1.2', clientSecret: 'client-secret', signingSecret: 'signing-secret', secrets };
    const { code, about } = await looked({ ...bare, secrets: { slackForMany } }, elsewhere);
    expect(code).toBe(1);
    expect(about('slack')).toMatchObject([
      { state: 'ok', message: expect.stringMatching(/workspaces: 2/) },
      { state: 'ok', message: expect.stringContaining('@attache in Harness') },
      { state: 'wrong', message: expect.stringContaining('slack:T2'), fix: expect.stringContaining('ATTACHE_SECRET_OLD') },
    ]);
  });

  test('a channel that takes nothing is told with the reason and the mend', async () => {
    const lane = `slack:${slack.team}:${slack.channel}`;
    await stored(async (store) => {
      await watching(store, lane);
      await givenUp(store, lane, 'not_in_channel; invite it there: /invite @attache');
    });
    const { code, about } = await looked(config, elsewhere);
    expect(code).toBe(1);
    expect(about(lane)).toMatchObject([{ state: 'wrong', message: expect.stringContaining('/invite @attache') }]);
    expect(about('database')).toMatchObject([
      { message: expect.stringMatching(/SQLite in .*schema 0.* MB; subscribed channels: 1;.*given up: 1/) },
    ]);
  });
});

describe('Discord', () => {
  let discord: DiscordHarness;
  let elsewhere: Elsewhere;
  let config: Config;
  const laneOf = (channel: string) => `discord:${discord.guild}:${channel}`;
  beforeEach(async () => {
    discord = await startDiscord();
    elsewhere = { discordApiUrl: discord.apiUrl };
    config = { ...bare, secrets: { discordToken: discord.token } };
  });
  afterEach(async () => {
    await discord.close();
    expect(discord.violations).toEqual([]);
  });

  test('the token is good, and the link invites it with exactly what it needs', async () => {
    const { code, about } = await looked(config, elsewhere);
    expect(code).toBe(0);
    expect(about('discord')).toMatchObject([
      { state: 'ok', message: expect.stringMatching(/servers: 1; invite .*client_id=\d+&permissions=\d+/) },
    ]);
  });

  test('a wrong token is one line with the mend', async () => {
    const { code, about } = await looked({ ...bare, secrets: { discordToken: 'MTIz.wrong.token' } }, elsewhere);
    expect(code).toBe(1);
    expect(about('discord')).toMatchObject([{ state: 'wrong', message: expect.stringContaining('Reset Token') }]);
  });

  test('of each channel that subscribed it is known whether it can be posted to', async () => {
    const mute = discord.addChannel({ guild: discord.guild, name: 'mute' });
    const gone = discord.addChannel({ guild: discord.guild, name: 'gone' });
    discord.deny(mute, 'SendMessages', 'EmbedLinks');
    discord.removeChannel(gone);
    const elsewhereLane = 'discord:999999999999999999:999999999999999998';
    await stored(async (store) => {
      for (const lane of [laneOf(discord.channel), laneOf(mute), laneOf(gone), elsewhereLane]) await watching(store, lane);
      await givenUp(store, laneOf(discord.channel), 'permission missing in the channel');
    });
    const { code, about } = await looked(config, elsewhere);
    expect(code).toBe(1);
    expect(about(laneOf(discord.channel))).toMatchObject([
      { state: 'ok', message: expect.stringContaining('#travel in Harness') },
      { state: 'note', message: expect.stringContaining('permission missing') },
    ]);
    expect(about(laneOf(mute))).toMatchObject([{ state: 'wrong', fix: expect.stringContaining('Send Messages and Embed Links') }]);
    expect(about(laneOf(gone))).toMatchObject([{ state: 'wrong', message: 'the channel is gone' }]);
    expect(about(elsewhereLane)).toMatchObject([{ state: 'wrong', fix: expect.stringContaining('invite it again') }]);
  });
});

describe('another address than the platform’s own', () => {
  test('is the one that is asked, by doctor as by the bot', async () => {
    const [slack, discord] = await Promise.all([startSlack(), startDiscord()]);
    const { botToken: slackBotToken, appToken: slackAppToken } = slack.access;
    const config: Config = {
      ...bare,
      settings: {
        ...bare.settings,
        slack: { ...bare.settings.slack, apiUrl: slack.access.apiUrl },
        discord: { ...bare.settings.discord, apiUrl: discord.apiUrl },
      },
      secrets: { slackBotToken, slackAppToken, discordToken: discord.token },
    };
    const { code, about } = await looked(config);
    expect(code).toBe(0);
    expect(about('slack').map(({ state }) => state)).toEqual(['ok', 'ok']);
    expect(about('discord').map(({ state }) => state)).toEqual(['ok']);
    const opened = await openSqlite(database);
    if ('problem' in opened) throw new Error(opened.problem);
    const platforms = await platformsOf(config, opened.store, { interactive: false });
    const states = await Promise.all(platforms.map(async (one) => [one.name, (await one.start(hooksThat({}))).kind]));
    expect(states).toEqual([
      ['slack', 'ready'],
      ['discord', 'ready'],
    ]);
    await Promise.all(platforms.map((one) => one.stop()));
    await Promise.all([opened.store.close(), slack.close(), discord.close()]);
    expect([...slack.violations, ...discord.violations]).toEqual([]);
  });
});

describe('a platform that cannot be reached', () => {
  test('is wrong, each in a line of its own, and the rest is looked at all the same', async () => {
    const [slack, discord] = await Promise.all([startSlack(), startDiscord()]);
    const elsewhere = { slackApiUrl: slack.access.apiUrl, discordApiUrl: discord.apiUrl };
    const { botToken: slackBotToken, appToken: slackAppToken } = slack.access;
    await Promise.all([slack.close(), discord.close()]);
    const { code, about } = await looked({ ...bare, secrets: { slackBotToken, slackAppToken, discordToken: discord.token } }, elsewhere);
    expect(code).toBe(1);
    const away = (platform: string) => ({ state: 'wrong', message: expect.stringMatching(`${platform} cannot be reached.*network`) });
    expect(about('slack')).toMatchObject([away('Slack'), away('Slack')]);
    expect(about('discord')).toMatchObject([away('Discord')]);
    expect(about('database')).toMatchObject([{ state: 'ok' }]);
    expect(about('bbc-world')).toHaveLength(1);
  });

  test('nor one whose gateway answers 502 while its API answers', async () => {
    const discord = await startDiscord();
    discord.gatewayDown(true);
    const found = await checkDiscord({ token: discord.token, apiUrl: discord.apiUrl, readyMs: 1_500 }, []);
    expect(found).toMatchObject([{ subject: 'discord', state: 'wrong', message: expect.stringMatching(/gateway answers 502/) }]);
    await discord.close();
  });
});

describe('webhooks', () => {
  const hook = (url: string) => ({ name: 'desk', url, min: 'warning' as const, places: [] });
  const lane = webhookLane('desk');
  const at = (url: string, secrets: Config['secrets'] = { webhookSecret: 'x'.repeat(32) }): Config => ({
    ...bare,
    settings: { ...bare.settings, webhooks: [hook(url)] },
    secrets,
  });
  /** Names without a network. */
  const resolve = async (host: string) => {
    if (host === 'desk.example') return ['8.8.8.8'];
    if (host === 'intranet.example') return ['10.0.0.7'];
    if (host === '127.0.0.1') return [host];
    throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  };
  const lookedAt = async (config: Config) => (await looked(config, { resolve })).about(lane);

  test.each([
    ['https://desk.example/hook/s3cret', 'ok', /^desk\.example is 8\.8\.8\.8; signed; nothing was sent there yet$/],
    ['http://intranet.example/hook', 'ok', /^intranet\.example is 10\.0\.0\.7, in a network of your own; signed/],
    ['http://desk.example/hook', 'note', /can be read on the way/],
    ['https://gone.example/hook', 'wrong', /^gone\.example is not found \(ENOTFOUND\)/],
    ['https://ana:s3cret@desk.example/hook', 'wrong', /user or a password/],
  ])('%s', async (url, state, message) => {
    await stored(async () => {});
    const found = await lookedAt(at(url));
    expect(found).toMatchObject([{ state, message: expect.stringMatching(message) }]);
    expect(JSON.stringify(found)).not.toContain('s3cret');
  });

  test('without a secret nothing is sent, and that is wrong', async () => {
    expect(await lookedAt(at('https://desk.example/hook', {}))).toMatchObject([
      { state: 'wrong', fix: expect.stringContaining('ATTACHE_WEBHOOK_SECRET') },
    ]);
  });

  test('what came of its last message is told, and no request is made to ask', async () => {
    const web = await startWeb();
    const config = at(`${web.origin}/hook`);
    const toldAs = async (key: string, settlement: Settlement) => {
      await stored(async (store) => {
        if (!(await store.channel(lane))) await watching(store, lane);
        await store.enqueue({ m: anAlert('m') }, [aDelivery(lane, key, { subject: key })]);
        const [claimed] = await store.claim({ ...ask(Date.UTC(2026, 2, 3)), platforms: ['webhook'] });
        if (claimed) await store.settle('one', claimed.delivery, settlement, Date.UTC(2026, 2, 3));
      });
      return lookedAt(config);
    };
    const day = '2026-03-03 00:00 UTC';
    expect(await toldAs('k1', { kind: 'sent', ref: { channel: 'desk', id: 'k1' } })).toMatchObject([
      { state: 'ok', message: expect.stringContaining(`the last message arrived on ${day}`) },
    ]);
    expect(await toldAs('k2', { kind: 'dead', reason: 'the receiver answered 410' })).toMatchObject([
      { state: 'wrong', message: expect.stringContaining(`given up on ${day}: the receiver answered 410`) },
    ]);
    const waits = { kind: 'retry', at: Date.UTC(2026, 2, 4), reason: 'the receiver answered 503', asked: true } as const;
    expect(await toldAs('k3', waits)).toMatchObject([
      { state: 'note', message: expect.stringContaining('waits for another attempt: the receiver answered 503') },
    ]);
    await web.close();
    expect(web.connections()).toBe(0);
  });
});

describe('sources and the database', () => {
  test('a source that cannot be read is wrong, with since when and why', async () => {
    const cursor: FeedCursor = {
      feedId: 'bbc-world',
      nextAt: Date.now(),
      failures: 9,
      lastOkAt: Date.now() - 8_000_000,
      blindSince: Date.now() - 7_200_000,
      reason: '503 Service Unavailable',
    };
    await stored((store) => store.moveCursor(cursor));
    const { code, about } = await looked(bare);
    expect(code).toBe(1);
    expect(about('bbc-world')).toMatchObject([
      {
        state: 'wrong',
        message: expect.stringMatching(/^blind since .*503/),
        fix: expect.stringContaining('attache feeds test bbc-world'),
      },
    ]);
    // The count that status, digests and notices give.
    expect(about('sources')).toMatchObject([{ state: 'note', message: '1 of 1 cannot be read' }]);
  });

  test('asked now, each says what it holds or why it cannot be read', async () => {
    const rss = '<rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>One</title></item></channel></rss>';
    const web = await startWeb({
      '/good': (_request, response) => void response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss),
    });
    const at = (id: string): Feed => ({ ...feedNamed('bbc-world'), id, url: `${web.origin}/${id}` });
    const collect = { ...bare.settings.collect, allowHosts: [web.host] };
    const config = { ...bare, settings: { ...bare.settings, collect }, feeds: [at('good'), at('bad'), { ...at('off'), on: false }] };
    const { code, about } = await looked(config, {}, { fetch: true });
    await web.close();
    expect(code).toBe(1);
    expect(about('good')).toMatchObject([{ state: 'ok', message: expect.stringContaining('1 item') }]);
    expect(about('bad')).toMatchObject([{ state: 'wrong', message: expect.stringContaining('404') }]);
    expect(about('off')).toEqual([]);
  });

  test('a bot that holds the database and does not answer is no fault, and nothing is claimed of what stands in it', async () => {
    const opened = await openSqlite(database);
    if ('problem' in opened) throw new Error(opened.problem);
    const { code, about } = await looked(bare);
    await opened.store.close();
    expect(code).toBe(0);
    expect(about('database')).toMatchObject([{ state: 'note', message: expect.stringContaining('holds it and does not answer') }]);
    expect(about('bbc-world')).toMatchObject([{ state: 'note', message: expect.stringContaining('not known') }]);
  });
});
