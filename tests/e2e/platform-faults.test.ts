/** A platform that is slow, far away or counts: nothing is lost, and nothing arrives twice. */
import { describe, expect, test } from 'vitest';
import { createDiscord } from '../../adapters/discord/platform.ts';
import { createSlack } from '../../adapters/slack/platform.ts';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import type { CommandCall } from '../../src/message.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ChatPlatform } from '../../src/ports/platform.ts';
import { createSender } from '../../src/send/sender.ts';
import { alone } from '../support/discord/alone.ts';
import { startDiscord } from '../support/discord/harness.ts';
import { anAlert, hooksThat } from '../support/messages.ts';
import { startSlack, unpaced } from '../support/slack/harness.ts';
import { aDelivery } from '../support/stored.ts';

interface Ground {
  readonly platform: ChatPlatform;
  readonly lane: string;
  /** Every answer takes so long from now on (ms). */
  latency(ms: number): void;
  standing(): Promise<number>;
  violations(): readonly string[];
  close(): Promise<void>;
}

async function slackGround(timeoutMs?: number): Promise<Ground> {
  const slack = await startSlack();
  return {
    platform: createSlack({ ...slack.access, pace: unpaced, ...(timeoutMs && { timeoutMs }) }),
    lane: `slack:${slack.team}:${slack.channel}`,
    latency: slack.latency,
    standing: async () => (await slack.messages()).length,
    violations: () => slack.violations,
    close: slack.close,
  };
}

async function discordGround(timeoutMs?: number): Promise<Ground> {
  const discord = await startDiscord();
  return {
    platform: createDiscord({ token: discord.token, apiUrl: discord.apiUrl, ...(timeoutMs && { timeoutMs }) }),
    lane: `discord:${discord.guild}:${discord.channel}`,
    latency: discord.latency,
    standing: async () => discord.messagesIn(discord.channel).length,
    violations: () => discord.violations,
    close: discord.close,
  };
}

/** An outbox with one alert for the ground's channel, on a clock of its own. */
async function outboxOf({ platform, lane }: Ground) {
  const store = await openInMemory();
  let now = Date.now();
  const clock: Clock = { now: () => now, sleep: async () => {} };
  await store.enqueue({ m: anAlert('US embassy moves') }, [aDelivery(lane, 'key-of-one-alert')]);
  const sender = createSender(
    { store, platforms: new Map([[platform.name, platform]]), clock, random: () => 0, observe: { log: () => {} } },
    { owner: 'me', plan: () => [], leaseMs: 60_000, parallel: 4, attempts: 9, arrivesWithinMs: 15_000 },
  );
  return {
    states: () => store.deliveries({}),
    pass: async (ms: number) => {
      now += ms;
      await sender.drain();
    },
  };
}

describe.concurrent.each([
  ['Slack', slackGround],
  ['Discord', discordGround],
] as const)('%s', (_name, open) => {
  test('takes ten seconds for an answer, and the alert stands there once', { timeout: 60_000 }, async () => {
    const ground = await open();
    expect(await ground.platform.start(hooksThat({}))).toMatchObject({ kind: 'ready' });
    const outbox = await outboxOf(ground);
    ground.latency(10_000);
    await outbox.pass(0);
    ground.latency(0);
    expect(await outbox.states()).toMatchObject({ sent: 1, unknown: 0 });
    expect(await ground.standing()).toBe(1);
    expect(ground.violations()).toEqual([]);
    await ground.platform.stop();
    await ground.close();
  });

  test('takes longer than anyone waits: the alert is looked for until it arrived, and not sent again', async () => {
    const ground = await open(400);
    expect(await ground.platform.start(hooksThat({}))).toMatchObject({ kind: 'ready' });
    const outbox = await outboxOf(ground);
    ground.latency(2_000);
    await outbox.pass(0);
    expect(await outbox.states()).toMatchObject({ unknown: 1, sent: 0 });
    ground.latency(0);
    // It has not arrived by the first look, which is no proof that it will not.
    await outbox.pass(2_000);
    expect(await outbox.states()).toMatchObject({ unknown: 1, sent: 0 });
    await expect.poll(ground.standing, { timeout: 20_000 }).toBe(1);
    await outbox.pass(15_000);
    expect(await outbox.states()).toMatchObject({ sent: 1, unknown: 0 });
    expect(await ground.standing()).toBe(1);
    expect(ground.violations()).toEqual([]);
    await ground.platform.stop();
    await ground.close();
  });
});

test('a gateway that breaks while a command is answered takes nothing of the answer', async () => {
  const said: CommandCall[] = [];
  const { server, end } = await alone(hooksThat({ said, slow: 300 }));
  const answer = server.command('status');
  await expect.poll(() => said.length).toBe(1);
  server.dropGateway();
  expect(await answer).toMatchObject({ type: 4, content: expect.stringContaining('answer to status') });
  await expect.poll(() => server.resumed(), { timeout: 20_000 }).toBe(1);
  expect(await server.command('status')).toMatchObject({ type: 4 });
  expect(server.violations).toEqual([]);
  await end();
});

test('an alert for more channels than Discord takes in a second is refused in none', async () => {
  const names = Array.from({ length: 70 }, (_, index) => `channel-${index}`);
  const discord = await startDiscord({ channels: names, perSecond: 50 });
  const platform = createDiscord({ token: discord.token, apiUrl: discord.apiUrl });
  expect(await platform.start(hooksThat({}))).toMatchObject({ kind: 'ready' });
  const outcomes = await Promise.all(
    discord.channels.map((id) =>
      platform.send({ key: `key-${id}`.slice(-20), lane: `discord:${discord.guild}:${id}`, message: anAlert('x') }),
    ),
  );
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['sent']));
  expect(discord.tooFast()).toBe(0);
  expect(discord.violations).toEqual([]);
  await platform.stop();
  await discord.close();
});
