/**
 * `node bench/chat.ts [slack|discord|both] [channels]`: one alert to that many channels of each platform, through one outbox on SQLite and the
 * real clients against harnesses that answer 429 to whatever is too fast.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { limits as discordLimits } from '../adapters/discord/limits.ts';
import { createDiscord } from '../adapters/discord/platform.ts';
import { limits as slackLimits } from '../adapters/slack/limits.ts';
import { createSlack } from '../adapters/slack/platform.ts';
import { openSqlite } from '../adapters/store/sqlite.ts';
import type { Delivery } from '../src/model/delivery.ts';
import type { ChatPlatform } from '../src/ports/platform.ts';
import type { Store } from '../src/ports/store.ts';
import { createSender } from '../src/send/sender.ts';
import { startDiscord } from '../tests/support/discord/harness.ts';
import { anAlert, hooksThat } from '../tests/support/messages.ts';
import { startSlack } from '../tests/support/slack/harness.ts';

interface Ground {
  readonly platform: ChatPlatform;
  readonly lanes: readonly string[];
  /** Messages a second that the harness takes, and how many it refused. */
  readonly perSecond: number;
  tooFast(): number;
  violations(): readonly string[];
  close(): Promise<void>;
}

const silent = { log: () => {} };

async function slackGround(names: readonly string[]): Promise<Ground> {
  const perMinute = slackLimits.perMinute['chat.postMessage'];
  const slack = await startSlack({ channels: names, pace: { perChannelMs: slackLimits.perChannelMs, perMinute } });
  const known = (await slack.channels()).filter(({ name }) => name.startsWith('bench-'));
  return {
    platform: createSlack(slack.access),
    lanes: known.map(({ id }) => `slack:${slack.team}:${id}`),
    perSecond: perMinute / 60,
    tooFast: slack.tooFast,
    violations: () => slack.violations,
    close: () => slack.close(),
  };
}

async function discordGround(names: readonly string[]): Promise<Ground> {
  const { perSecond } = discordLimits;
  const discord = await startDiscord({ channels: names, perSecond });
  return {
    platform: createDiscord({ token: discord.token, apiUrl: discord.apiUrl, observe: silent }),
    lanes: discord.channels.map((id) => `discord:${discord.guild}:${id}`),
    perSecond,
    tooFast: discord.tooFast,
    violations: () => discord.violations,
    close: () => discord.close(),
  };
}

async function openStore(): Promise<Store> {
  const opened = await openSqlite(join(mkdtempSync(join(tmpdir(), 'attache-bench-')), 'a.db'));
  if ('problem' in opened) throw new Error(opened.problem);
  return opened.store;
}

const deliveryTo = (lane: string): Delivery => ({
  key: `bench ${lane.slice(-18)}`,
  lane,
  subject: 'e1',
  revision: 1,
  act: 'post',
  messageId: 'm',
  notBefore: 0,
  because: ['1'],
  living: true,
});

/** Tells, for each lane that was served, how long it took from the beginning (s). */
async function send(grounds: readonly Ground[], store: Store): Promise<ReadonlyMap<Ground, number>> {
  for (const { platform } of grounds) {
    const outcome = await platform.start(hooksThat({}));
    if (outcome.kind === 'refused') throw new Error(outcome.reason);
  }
  const lanes = grounds.flatMap((ground) => ground.lanes);
  await store.enqueue({ m: anAlert('US embassy moves from Kyiv to Lviv') }, lanes.map(deliveryTo));
  const settings = { owner: 'bench', leaseMs: 60_000, parallel: 16, attempts: 12, plan: () => [] };
  const platforms = new Map(grounds.map(({ platform }) => [platform.name, platform]));
  const sender = createSender({ store, platforms, clock: systemClock, random: Math.random, observe: silent }, settings);
  const began = performance.now();
  const enough = new AbortController();
  const running = sender.run(enough.signal);
  const ended = new Map<Ground, number>();
  while (ended.size < grounds.length) {
    await systemClock.sleep(100);
    for (const ground of grounds)
      if (!ended.has(ground) && (await isDone(ground, store))) ended.set(ground, (performance.now() - began) / 1000);
  }
  enough.abort();
  await running;
  return ended;
}

/** Nothing of this platform is left. */
async function isDone({ platform }: Ground, store: Store): Promise<boolean> {
  return (await store.nextDue([platform.name])) === undefined;
}

function report({ platform, lanes, perSecond, tooFast, violations }: Ground, seconds: number): boolean {
  const used = lanes.length / seconds / perSecond;
  console.log(
    `${platform.name}: ${lanes.length.toLocaleString('en')} channels in ${seconds.toFixed(1)} s, ${(100 * used).toFixed(1)} % of ${perSecond}/s;`,
    `${tooFast()} answers 429, ${violations().length} violations`,
  );
  return tooFast() === 0 && violations().length === 0 && used >= 0.95;
}

const builders = { slack: slackGround, discord: discordGround } as const;
const [wanted = 'both', count = '1000'] = process.argv.slice(2);
const names = Array.from({ length: Number(count) }, (_, index) => `bench-${index}`);
const chosen = Object.entries(builders).filter(([name]) => wanted === 'both' || wanted === name);
if (chosen.length === 0) throw new Error(`${wanted}: there are ${Object.keys(builders).join(', ')}, both`);

const store = await openStore();
const grounds = await Promise.all(chosen.map(([, build]) => build(names)));
const ended = await send(grounds, store);
const { sent } = await store.deliveries({});
const kept = grounds.map((ground) => report(ground, ended.get(ground) ?? 0));
for (const { platform, close } of grounds) {
  await platform.stop();
  await close();
}
await store.close();
process.exitCode = kept.every(Boolean) && sent === grounds.length * names.length ? 0 : 1;
