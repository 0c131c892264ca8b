/** Platforms that cannot come in, or whose connection ends, are tried again for as long as the bot runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createDiscord, type DiscordOptions } from '../../adapters/discord/platform.ts';
import { createSlack } from '../../adapters/slack/platform.ts';
import { createConnections } from '../../src/connections.ts';
import type { ChatPlatform, StartOutcome } from '../../src/ports/platform.ts';
import { alone } from '../support/discord/alone.ts';
import { type DiscordHarness, startDiscord } from '../support/discord/harness.ts';
import { fakePlatform } from '../support/fake-platform.ts';
import { anAlert, hooksThat } from '../support/messages.ts';
import { startSlack } from '../support/slack/harness.ts';
import { channel as talkChannel, textOf } from '../support/talk.ts';

const observe = { log: () => {} };
const hooks = hooksThat({});
let ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends = [];
});

/** A clock whose hours pass in no time. */
function virtual() {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    clock: {
      now: () => now,
      sleep: async (ms: number) => {
        slept.push(ms);
        now += ms;
        await new Promise((next) => setImmediate(next));
      },
    },
  };
}

function platformThat(start: ChatPlatform['start']): ChatPlatform {
  return { ...fakePlatform(() => ({ kind: 'retry', reason: '' })).platform, name: 'slack', start };
}

describe('keeping connected', () => {
  test('a platform that comes back after a minute is there again, its pauses grow, and the other platform is not held up', async () => {
    const { clock, slept } = virtual();
    let tries = 0;
    const late = platformThat(async (): Promise<StartOutcome> => {
      tries += 1;
      return clock.now() >= 60_000 ? { kind: 'ready', as: '@attache' } : { kind: 'refused', reason: 'Slack cannot be reached' };
    });
    const { platform: terminal } = fakePlatform(() => ({ kind: 'retry', reason: '' }));
    const connections = createConnections([late, terminal], { clock, observe });
    expect(await connections.open(hooks)).toMatchObject([{ refused: 'Slack cannot be reached', forGood: false }, { as: 'x' }]);
    const stop = new AbortController();
    const kept = connections.keep(hooks, stop.signal);
    await expect.poll(() => connections.states().map(({ as }) => as)).toEqual(['@attache', 'x']);
    stop.abort();
    await kept;
    expect(slept).toEqual([2_000, 4_000, 8_000, 16_000, 32_000]);
    expect(tries).toBe(6);
  });

  test('an exception while it starts, and a connection that ends by itself, are retried too', async () => {
    const { clock } = virtual();
    const { promise: lost, resolve: lose } = Promise.withResolvers<string>();
    const outcomes: (() => StartOutcome)[] = [
      () => {
        throw new Error('a bug');
      },
      () => ({ kind: 'ready', as: 'first', lost }),
      () => ({ kind: 'ready', as: 'second' }),
    ];
    const connections = createConnections([platformThat(async () => (outcomes.shift() ?? outcomes[0])?.() ?? never())], { clock, observe });
    expect(await connections.open(hooks)).toMatchObject([{ refused: expect.stringContaining('see the log') }]);
    const stop = new AbortController();
    const kept = connections.keep(hooks, stop.signal);
    await expect.poll(() => connections.states()[0]?.as).toBe('first');
    lose('an exception in its client');
    await expect.poll(() => connections.states()[0]?.as).toBe('second');
    stop.abort();
    await kept;
  });

  test('a stop ends a start that hangs, and a goodbye that nobody answers', async () => {
    const { clock } = virtual();
    const stuck = { ...platformThat(() => new Promise(() => {})), stop: () => new Promise<void>(() => {}) };
    const connections = createConnections([stuck], { clock, observe });
    const stop = new AbortController();
    const opening = connections.open(hooks, stop.signal);
    stop.abort();
    expect(await opening).toMatchObject([{ refused: 'stopped' }]);
    await connections.keep(hooks, stop.signal);
    await connections.close();
  });

  test('status says which platform is away, since when and why', async () => {
    const { say } = talkChannel({
      connections: () => [
        { name: 'slack', since: 0, refused: 'Slack cannot be reached (ECONNREFUSED)', forGood: false },
        { name: 'discord', since: 0, as: 'attache' },
      ],
    });
    const said = textOf((await say('status')).message);
    expect(said).toMatch(/slack not connected since .*Slack cannot be reached.*tried again/s);
    expect(said).not.toMatch(/discord not/);
  });
});

async function discordThat(more: Partial<DiscordOptions> = {}): Promise<{ readonly server: DiscordHarness; readonly bot: ChatPlatform }> {
  const server = await startDiscord();
  const bot = createDiscord({ token: server.token, apiUrl: server.apiUrl, ...more });
  ends.push(
    () => server.close(),
    () => bot.stop(),
  );
  return { server, bot };
}

async function ready(bot: ChatPlatform): Promise<Extract<StartOutcome, { kind: 'ready' }>> {
  const outcome = await bot.start(hooks);
  if (outcome.kind !== 'ready') throw new Error(outcome.reason);
  return outcome;
}

describe('Discord', () => {
  test('that is away at the start is there once it is back', async () => {
    const { server, bot } = await discordThat();
    server.away(true);
    expect(await bot.start(hooks)).toMatchObject({ kind: 'refused' });
    server.away(false);
    await ready(bot);
    expect(await server.command('status')).toMatchObject({ type: 4 });
    expect(server.identified()).toBe(1);
    expect(server.violations).toEqual([]);
  });

  test('whose gateway answers 502: said so at once, alerts arrive all the same, nothing goes on asking, and it is there afterwards', async () => {
    const { server, bot } = await discordThat();
    server.gatewayDown(true);
    expect(await bot.start(hooks)).toEqual({
      kind: 'refused',
      reason: 'Discord’s gateway answers 502; its state is told at discordstatus.com',
    });
    const before = server.upgrades();
    const lane = `discord:${server.guild}:${server.channel}`;
    expect(await bot.send({ key: 'k', lane, message: anAlert('without the gateway') })).toMatchObject({ kind: 'sent' });
    const forum = server.addChannel({ guild: server.guild, type: 15, name: 'alerts' });
    const posted = await bot.send({ key: 'f', lane: `discord:${server.guild}:${forum}`, message: anAlert('in a forum') });
    expect(posted).toMatchObject({ kind: 'sent' });
    await sleep(1_200);
    expect(server.upgrades()).toBe(before);
    server.gatewayDown(false);
    await ready(bot);
    expect(await server.command('status')).toMatchObject({ type: 4 });
    expect(server.violations).toEqual([]);
  });

  test('whose gateway goes down for a while is asked ever less often, and comes back by itself', async () => {
    const { server, bot } = await discordThat();
    await ready(bot);
    server.gatewayDown(true);
    const before = server.upgrades();
    await sleep(5_000);
    // Without a pause between them there would be ten.
    expect(server.upgrades() - before).toBeLessThanOrEqual(4);
    server.gatewayDown(false);
    await expect.poll(() => server.resumed() + server.identified(), { timeout: 10_000 }).toBe(2);
    expect(await server.command('status')).toMatchObject({ type: 4 });
    await bot.stop();
    server.gatewayDown(true);
    const stopped = server.upgrades();
    await sleep(1_500);
    expect(server.upgrades()).toBe(stopped);
  }, 30_000);

  test.each([
    ['an event without what it is about', (server: DiscordHarness) => server.emit('CHANNEL_UPDATE', null)],
    ['a server without its roles', (server: DiscordHarness) => server.emit('GUILD_ROLE_UPDATE', { guild_id: server.guild })],
    ['a greeting of nothing', (server: DiscordHarness) => server.blurt('{"op":10,"d":null}')],
  ])('an odd packet (%s) ends that connection, not the process, and the next one works', async (_what, say) => {
    const escaped: unknown[] = [];
    const hear = (error: unknown) => void escaped.push(error);
    process.on('unhandledRejection', hear).on('uncaughtException', hear);
    const { server, bot } = await discordThat();
    const { lost } = await ready(bot);
    say(server);
    expect(await lost).toMatch(/an exception in its client/);
    await ready(bot);
    expect(await server.command('status')).toMatchObject({ type: 4 });
    process.off('unhandledRejection', hear).off('uncaughtException', hear);
    expect(escaped).toEqual([]);
  });

  test('that closes the session for good ends the connection with its reason', async () => {
    const { server, bot } = await discordThat();
    const { lost } = await ready(bot);
    server.revokeToken();
    server.dropGateway();
    expect(await lost).toMatch(/closed for good \(4004\)/);
    expect(await bot.start(hooks)).toMatchObject({ kind: 'refused', forGood: true });
  });

  test('that refuses the commands takes alerts, is told what was refused, and is asked again', async () => {
    const { server, bot } = await discordThat({ registerAgainMs: 50 });
    const refused = { code: 50_035, status: 400, message: 'Invalid Form Body' };
    server.fail('register', refused);
    server.fail('register', refused);
    const outcome = await ready(bot);
    expect(outcome.as).toMatch(/commands are not there yet \(Invalid Form Body.*\): alerts go on/);
    const lane = `discord:${server.guild}:${server.channel}`;
    expect(await bot.send({ key: 'k', lane, message: anAlert('x') })).toMatchObject({ kind: 'sent' });
    await expect.poll(() => server.commands.length).toBe(1);
    expect(server.calls.filter((route) => route === 'register')).toHaveLength(3);
  });

  test('goodbye takes no longer than a few seconds, though the gateway does not answer it', async () => {
    const { server, bot, end } = await alone(hooks);
    ends.push(end);
    server.latency(30_000);
    const began = performance.now();
    await bot.stop();
    expect(performance.now() - began).toBeLessThan(5_000);
    server.latency(0);
  });
});

test('a Slack that is away at the start is there once it is back, and takes alerts', async () => {
  const slack = await startSlack();
  const bot = createSlack({ ...slack.access, timeoutMs: 2_000 });
  ends.push(
    () => slack.close(),
    () => bot.stop(),
  );
  slack.outage(true);
  expect(await bot.start(hooks)).toMatchObject({ kind: 'refused' });
  expect(await bot.start(hooks)).not.toMatchObject({ forGood: true });
  slack.outage(false);
  expect(await bot.start(hooks)).toMatchObject({ kind: 'ready' });
  expect((await slack.command('status')).text).toBe('answer to status');
  const lane = `slack:${slack.team}:${slack.channel}`;
  expect(await bot.send({ key: 'k', lane, message: anAlert('x') })).toMatchObject({ kind: 'sent' });
  expect(slack.violations).toEqual([]);
});

function never(): never {
  throw new Error('no more outcomes');
}
