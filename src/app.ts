/** Starts and stops the loops: collecting, sending, digests, and the platforms that people talk on. */
import pLimit from 'p-limit';
import { answering, patiently, type WatchedStore } from './app-store.ts';
import { dueAt, notices } from './collect/health.ts';
import { longestInterval } from './collect/interval.ts';
import type { Connections } from './connections.ts';
import type { Pipeline } from './ingest/pipeline.ts';
import type { PollResult } from './ingest/results.ts';
import type { Instant } from './model/basics.ts';
import type { Feed } from './model/feed.ts';
import type { Offline } from './phrase/outage.ts';
import type { Clock, Observe, Schedule } from './ports/clock.ts';
import type { Connected, PlatformHooks } from './ports/platform.ts';
import { StoreUnavailable } from './ports/store.ts';
import type { Sender } from './send/sender.ts';
import { noteGap } from './talk/unwatched.ts';

export interface AppParts {
  readonly feeds: readonly Feed[];
  readonly pipeline: Pipeline;
  readonly sender: Sender;
  readonly talk: PlatformHooks;
  readonly digests: { runDue(): Promise<number> };
  /** Calls somebody where nobody acknowledged a Critical in time. */
  readonly escalations?: { runDue(): Promise<number> };
  /** Removes what is older than the settings keep. */
  readonly retention?: { runDue(signal?: AbortSignal): Promise<number> };
  /** Tells channels what cannot be seen. */
  readonly outages: { runDue(): Promise<number>; tellOffline(gap: Offline): Promise<number> };
  readonly connections: Connections;
  /** Documents fetched at the same time. */
  readonly parallel: number;
}

export interface App {
  /** Connects the platforms. One that refuses is reported and the others run on; `run` tries it again. An abort ends the waiting. */
  connect(signal?: AbortSignal): Promise<readonly Connected[]>;
  /** Polls every source that is due once; sends what came of it. Items that told nothing are left out: a first round of many sources reads thousands. */
  round(): Promise<readonly PollResult[]>;
  /** Keeps polling, sending and writing digests until the signal aborts. `onRound` hears of the first round. */
  run(signal: AbortSignal, onRound?: (polled: readonly PollResult[]) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

interface AppPorts {
  readonly store: WatchedStore;
  readonly clock: Clock;
  readonly schedule: Schedule;
  readonly observe: Observe;
}

/** How long a feed's loop sleeps at most before it looks at its cursor again (ms). */
const longestSleep = 60_000;

/** A list of states is whole whenever it is read; a feed only as far back as its oldest item. */
function coversSince({ feed, outcome, oldestAt }: PollResult, since: Instant): boolean {
  if (outcome !== 'read') return outcome === 'unchanged';
  return feed.kind === 'register' || (oldestAt !== undefined && oldestAt <= since);
}

function unlessAway(error: unknown): void {
  if (!(error instanceof StoreUnavailable)) throw error;
}

/** A source that takes longer gives its place to the next one and goes on beside it (ms): many that answer byte by byte hold up nobody. */
const placeHeldFor = 2_000;
/** How many such sources there may be for each place. */
const besideEach = 6;

/** After a failure, so that one that left the cursor where it was cannot spin; doubles while nothing can be stored (ms). */
const shortestPause = 5_000;

export function createApp(parts: AppParts, ports: AppPorts): App {
  const { pipeline, sender, talk, digests, escalations, retention, outages, connections } = parts;
  const { store, clock, schedule, observe } = ports;
  const ending = new AbortController();
  const hooks = answering(talk, store, observe, ending.signal);
  const feeds = parts.feeds.filter((feed) => feed.on);
  const limit = pLimit(parts.parallel);

  let beside = 0;

  const pollOne = async (feed: Feed): Promise<PollResult> => {
    const { polled } = await limit(async () => {
      const polled = pollNow(feed);
      const done = new AbortController();
      const settled = polled.finally(() => done.abort('done'));
      await Promise.race([settled, clock.sleep(placeHeldFor, done.signal)]);
      if (done.signal.aborted || beside >= besideEach * parts.parallel) await settled;
      else {
        beside += 1;
        void settled.finally(() => {
          beside -= 1;
        });
      }
      return { polled };
    });
    return polled;
  };

  const pollNow = async (feed: Feed): Promise<PollResult> => {
    const polled = await pipeline.poll(feed).catch((bug: unknown) => failedPoll(feed, bug));
    logPoll(feed, polled);
    if (polled.bug) observe.log('error', 'feed broke off', { feed: feed.id, error: polled.bug });
    for (const { story, failed } of polled.taken)
      if (failed) observe.log('error', 'item set aside', { feed: feed.id, item: story.item.title, error: failed.log });
    const notice = polled.cursor && notices(polled.cursor.before, polled.cursor.after);
    if (notice) observe.log(notice === 'recovered' ? 'info' : 'warn', `feed ${notice}`, { feed: feed.id, reason: polled.reason });
    const taken = polled.taken.filter(({ decision }) => decision);
    if (taken.some(({ decision }) => decision?.alerts.length)) sender.wake();
    return { ...polled, taken };
  };

  /** An exception is a bug of ours; it must not silence the other feeds. A database that is away is told by itself. */
  const failedPoll = (feed: Feed, bug: unknown): PollResult => {
    if (bug instanceof StoreUnavailable) return { feed, outcome: 'failed', items: 0, taken: [], reason: bug.message };
    observe.log('error', 'feed broke off', { feed: feed.id, error: bug instanceof Error ? (bug.stack ?? bug.message) : String(bug) });
    return { feed, outcome: 'failed', items: 0, taken: [], reason: 'an error of Attaché itself, see the log' };
  };

  const logPoll = (feed: Feed, polled: PollResult) => {
    const alerts = polled.taken.flatMap((taken) => taken.decision?.alerts ?? []).map(({ alert }) => alert.id);
    const reason = polled.reason ? { reason: polled.reason } : {};
    observe.log('debug', 'feed polled', {
      feed: feed.id,
      outcome: polled.outcome,
      items: polled.items,
      new: polled.taken.length,
      alerts,
      ...reason,
    });
  };

  const pollDue = async (): Promise<readonly PollResult[]> => {
    const cursors = new Map((await store.cursors()).map((cursor) => [cursor.feedId, cursor]));
    const now = clock.now();
    return Promise.all(feeds.filter((feed) => dueAt(feed, cursors.get(feed.id), now) <= now).map(pollOne));
  };

  const keepPolling = async (feed: Feed, signal: AbortSignal) => {
    let notStored = 0;
    while (!signal.aborted) {
      const wait = await patiently(async () => dueAt(feed, await store.cursor(feed.id), clock.now()) - clock.now(), store, signal);
      if (wait === undefined) return;
      if (wait > 0) {
        await clock.sleep(Math.min(wait, longestSleep), signal);
        continue;
      }
      const { outcome, cursor: stood } = await pollOne(feed);
      // A full disk still reads: the publisher must not be asked again and again for what cannot be stored.
      notStored = outcome === 'failed' && !stood ? notStored + 1 : 0;
      const pause = Math.min(shortestPause * 2 ** Math.max(0, notStored - 1), longestInterval(feed));
      if (outcome === 'failed') await clock.sleep(pause, signal);
    }
  };

  let pruning: Promise<unknown> | undefined;
  /** Beside what has its minute: it may take long after a change of the settings. */
  const prune = (signal: AbortSignal): void => {
    pruning ??= retention
      ?.runDue(signal)
      .catch(unlessAway)
      .finally(() => {
        pruning = undefined;
      });
  };

  return {
    connect: (signal) => connections.open(hooks, signal),
    round: async () => {
      await noteGap(store, clock.now());
      const polled = await pollDue();
      await digests.runDue();
      await outages.runDue();
      await escalations?.runDue();
      await sender.drain();
      await retention?.runDue();
      return polled;
    },
    run: async (signal, onRound) => {
      signal.addEventListener('abort', store.hurry, { once: true });
      const sending = sender.run(signal);
      const connecting = connections.keep(hooks, signal);
      // Before a digest is written or a source is read: both go by it.
      const gap = await patiently(() => noteGap(store, clock.now()), store, signal);
      // Until each source was asked once, what is known of them is of the last time.
      let looked = false;
      const tellDue = async () => {
        const told = (await digests.runDue()) + ((await escalations?.runDue()) ?? 0) + (looked ? await outages.runDue() : 0);
        if (told > 0) sender.wake();
        if (looked) prune(signal);
      };
      // A minute without a database is made up for by the next one.
      const minutes = schedule.everyMinute(() => tellDue().catch(unlessAway));
      const polled = (await patiently(pollDue, store, signal)) ?? [];
      looked = true;
      if (gap) {
        const told = { ...gap, reach: polled.filter((one) => coversSince(one, gap.since)).length, all: feeds.length };
        await patiently(() => outages.tellOffline(told), store, signal);
        sender.wake();
      }
      await onRound?.(polled).catch(unlessAway);
      await Promise.all([sending, connecting, ...feeds.map((feed) => keepPolling(feed, signal))]);
      await minutes.stop();
      await pruning;
    },
    stop: async () => {
      ending.abort();
      await connections.close();
      await store.close();
    },
  };
}
