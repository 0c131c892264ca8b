import { expect, test } from 'vitest';
import { systemClock } from '../../adapters/clock.ts';
import { createSchedule } from '../../adapters/schedule/schedule.ts';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import { type App, createApp } from '../../src/app.ts';
import { watchStore } from '../../src/app-store.ts';
import { createConnections } from '../../src/connections.ts';
import type { PollResult } from '../../src/ingest/results.ts';
import type { Feed } from '../../src/model/feed.ts';
import { createDigests } from '../../src/talk/digests.ts';
import { hooksThat } from '../support/messages.ts';
import { aChannel, aSubscription } from '../support/stored.ts';
import { feeds, places, textOf } from '../support/talk.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 2, 3, 12);
const on = feeds.filter((feed) => feed.on);

/** The bot comes back after a while; each source answers as given. */
async function backAfter(hours: number, answers: Readonly<Record<string, Partial<PollResult>>>) {
  const observe = { log: () => {} };
  const store = watchStore(await openInMemory(), { clock: { now: () => now, sleep: async () => {} }, observe });
  for (const { id } of on) await store.moveCursor({ feedId: id, failures: 0, lastOkAt: now - hours * hour, nextAt: 0 });
  const told: unknown[] = [];
  const stop = new AbortController();
  // The loops have nothing left to do once they sleep; what waits beside a poll ends with it.
  const sleep = async (_ms: number, signal?: AbortSignal) => {
    if (signal === stop.signal) return stop.abort();
    await new Promise((done) => signal?.addEventListener('abort', done, { once: true }));
  };
  const poll = async (feed: Feed): Promise<PollResult> => {
    await store.moveCursor({ feedId: feed.id, failures: 0, lastOkAt: now, nextAt: now + hour });
    return { feed, outcome: 'read', items: 1, results: [], ...answers[feed.id] };
  };
  const app = createApp(
    {
      feeds,
      pipeline: { poll, ingest: async () => [], ingestDocument: async () => ({ problem: 'not asked' }) },
      sender: { step: async () => 0, drain: async () => {}, run: async () => {}, wake: () => {} },
      talk: hooksThat({}),
      digests: { runDue: async () => 0 },
      outages: { runDue: async () => 0, tellOffline: async (gap) => told.push(gap) },
      connections: createConnections([], { clock: systemClock, observe }),
      parallel: 2,
    },
    { store, clock: { now: () => now, sleep }, schedule: createSchedule(), observe },
  );
  await app.run(stop.signal);
  return told;
}

test('after a night in which nobody looked, channels hear how far back the sources reach', async () => {
  const told = await backAfter(14, {
    courier: { oldestAt: now - 20 * hour },
    'us-kyiv': { oldestAt: now - 3 * hour },
    'uk-advice': { outcome: 'failed' },
  });
  // A register is a list of states, whole whenever it is read.
  expect(told).toEqual([{ since: now - 14 * hour, until: now, reach: 2, all: on.length }]);
});

/** A bot whose digest is due after a standstill, and the words of the digest that it writes. */
async function digestAfter(hours: number, work: (app: App, stop: AbortController) => Promise<unknown>): Promise<string> {
  const observe = { log: () => {} };
  const clock = { now: () => now, sleep: async () => {} };
  const store = watchStore(await openInMemory(), { clock, observe });
  const schedule = createSchedule();
  for (const { id } of on) await store.moveCursor({ feedId: id, failures: 0, lastOkAt: now - hours * hour, nextAt: 0 });
  const digest = { cron: '0 8 * * *', nextRunAt: now - hour, coveredUntil: now - (hours + 24) * hour };
  await store.saveChannel(aChannel('terminal:w:a', { digest }));
  await store.saveSubscription(aSubscription('terminal:w:a'));
  const stop = new AbortController();
  const digests = createDigests({ store, schedule, places, clock }, { counts: async () => ({ ok: 4, all: 4 }) });
  const runDue = () => digests.runDue().finally(() => stop.abort());
  const app = createApp(
    {
      feeds,
      pipeline: {
        poll: async (feed) => {
          await store.moveCursor({ feedId: feed.id, failures: 0, lastOkAt: now, nextAt: now + hour });
          return { feed, outcome: 'read', items: 1, results: [] };
        },
        ingest: async () => [],
        ingestDocument: async () => ({ problem: 'not asked' }),
      },
      sender: { step: async () => 0, drain: async () => {}, run: async () => {}, wake: () => {} },
      talk: hooksThat({}),
      digests: { runDue },
      outages: { runDue: async () => 0, tellOffline: async () => 0 },
      connections: createConnections([], { clock: systemClock, observe }),
      parallel: 2,
    },
    {
      store,
      clock: {
        now: () => now,
        sleep: async (_ms, signal) => new Promise((done) => signal?.addEventListener('abort', () => done(), { once: true })),
      },
      // A minute comes at once.
      schedule: {
        ...schedule,
        everyMinute: (task) => {
          const running = task();
          return { stop: () => running };
        },
      },
      observe,
    },
  );
  await work(app, stop);
  const [claimed] = await store.claim({ owner: 'o', now: now + hour, leaseMs: 1000, limit: 1, platforms: ['terminal'] });
  return claimed ? textOf(claimed.message) : 'no digest';
}

test.each<[string, (app: App, stop: AbortController) => Promise<unknown>]>([
  ['run --once', (app) => app.round()],
  ['run', (app, stop) => app.run(stop.signal)],
])('a digest over a standstill names it, by %s', async (_, work) => {
  expect(await digestAfter(72, work)).toMatch(/not watched/i);
  expect(await digestAfter(0.5, work)).not.toMatch(/not watched/i);
});

test('a restart is no night', async () => {
  expect(await backAfter(0.5, {})).toEqual([]);
});
