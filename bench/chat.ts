/**
 * `node bench/chat.ts slack [channels]`: one alert to that many channels, through the outbox on SQLite and the real client against the harness,
 * which answers 429 to whatever is too fast.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { limits } from '../adapters/slack/limits.ts';
import { createSlack } from '../adapters/slack/platform.ts';
import { openSqlite } from '../adapters/store/sqlite.ts';
import type { Delivery } from '../src/model.ts';
import type { ChatPlatform, Store } from '../src/ports.ts';
import { createSender } from '../src/send/sender.ts';
import { startSlack } from '../tests/harness-slack.ts';
import { anAlert, hooksThat } from '../tests/messages.ts';

interface Ground {
  readonly platform: ChatPlatform;
  readonly lanes: readonly string[];
  /** Messages a second that the harness takes, and how many it refused. */
  readonly perSecond: number;
  tooFast(): number;
  violations(): readonly string[];
  close(): Promise<void>;
}

async function slackGround(count: number): Promise<Ground> {
  const perMinute = limits.perMinute['chat.postMessage'];
  const channels = Array.from({ length: count }, (_, index) => `bench-${index}`);
  const slack = await startSlack({ channels, pace: { perChannelMs: limits.perChannelMs, perMinute } });
  const platform = createSlack(slack.access);
  const known = (await slack.channels()).filter(({ name }) => name.startsWith('bench-'));
  return {
    platform,
    lanes: known.map(({ id }) => `slack:${slack.team}:${id}`),
    perSecond: perMinute / 60,
    tooFast: slack.tooFast,
    violations: () => slack.violations,
    close: () => slack.close(),
  };
}

async function openStore(): Promise<Store> {
  const opened = await openSqlite(join(mkdtempSync(join(tmpdir(), 'attache-bench-')), 'a.db'));
  if ('problem' in opened) throw new Error(opened.problem);
  return opened.store;
}

async function measure(name: string, ground: Ground): Promise<boolean> {
  const { platform, lanes } = ground;
  const store = await openStore();
  const outcome = await platform.start(hooksThat({}));
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  const delivery = (lane: string): Delivery => ({
    key: `bench ${lane}`,
    lane,
    subject: 'e1',
    revision: 1,
    act: 'post',
    messageId: 'm',
    notBefore: 0,
    because: ['1'],
    living: true,
  });
  await store.enqueue({ m: anAlert('US embassy moves from Kyiv to Lviv') }, lanes.map(delivery));
  const settings = { owner: 'bench', leaseMs: 60_000, parallel: 16, attempts: 12, plan: () => [] };
  const sender = createSender(
    { store, platforms: new Map([[platform.name, platform]]), clock: systemClock, random: Math.random, observe: { log: () => {} } },
    settings,
  );
  const began = performance.now();
  const enough = new AbortController();
  const running = sender.run(enough.signal);
  while ((await store.deliveries({})).sent < lanes.length) await systemClock.sleep(200);
  const seconds = (performance.now() - began) / 1000;
  enough.abort();
  await running;
  const used = lanes.length / seconds / ground.perSecond;
  console.log(
    `${name}: ${lanes.length.toLocaleString('en')} channels in ${seconds.toFixed(1)} s, ${(100 * used).toFixed(1)} % of ${ground.perSecond}/s,`,
  );
  console.log(`  ${ground.tooFast()} answers 429, ${ground.violations().length} violations`);
  const kept = ground.tooFast() === 0 && ground.violations().length === 0 && used >= 0.95;
  await platform.stop();
  await ground.close();
  await store.close();
  return kept;
}

const grounds: Readonly<Record<string, (count: number) => Promise<Ground>>> = { slack: slackGround };
const [name = 'slack', count = '1000'] = process.argv.slice(2);
const open = grounds[name];
if (!open) throw new Error(`${name}: there are ${Object.keys(grounds).join(', ')}`);
process.exitCode = (await measure(name, await open(Number(count)))) ? 0 : 1;
