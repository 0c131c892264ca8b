/**
 * Starts and stops the loops: collecting, sending, digests, and the platforms that people talk on.
 */
import pLimit from 'p-limit';
import { retryUntilStored, type WatchedStore, withErrorAnswers } from './app-store.ts';
import { dueAt, notices } from './collect/health.ts';
import { longestInterval } from './collect/interval.ts';
import type { Connections } from './connections.ts';
import type { Pipeline } from './ingest/pipeline.ts';
import type { PollResult } from './ingest/results.ts';
import type { Instant } from './model/basics.ts';
import type { Feed } from './model/feed.ts';
import type { Offline } from './phrase/outage.ts';
import type { Clock, Observe, Schedule } from './ports/clock.ts';
import type { Metrics } from './ports/metrics.ts';
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
  /** Pings somebody if nobody acknowledged a Critical in time. */
  readonly escalations?: { runDue(): Promise<number> };
  /** Removes data older than the settings keep. */
  readonly retention?: { runDue(signal?: AbortSignal): Promise<number> };
  /** Notifies channels of coverage gaps. */
  readonly outages: { runDue(): Promise<number>; tellOffline(gap: Offline): Promise<number> };
  readonly connections: Connections;
  /** Documents fetched at once. */
  readonly parallel: number;
}

export interface App {
  /**
   * Connects the platforms. One that refuses is logged, the others run on, and `run` retries it. An
   * abort stops the wait.
   */
  connect(signal?: AbortSignal): Promise<readonly Connected[]>;
  /**
   * Polls every due source once and sends the alerts. Items without a decision are left out of the
   * results: a first round of many sources reads thousands.
   */
  round(): Promise<readonly PollResult[]>;
  /**
   * Polls, sends and writes digests until the signal aborts. `onRound` gets the results of the
   * first round.
   */
  run(signal: AbortSignal, onRound?: (polled: readonly PollResult[]) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

interface AppPorts {
  readonly metrics?: Metrics;
  readonly store: WatchedStore;
  readonly clock: Clock;
  readonly schedule: Schedule;
  readonly observe: Observe;
}

/** The longest sleep of a feed's loop before it checks its cursor again (ms). */
const longestSleep = 60_000;

/**
 * Returns whether the poll shows everything since then: a register always does, a feed only back to
 * its oldest item.
 */
function coversSince({ feed, outcome, oldestAt }: PollResult, since: Instant): boolean {
  if (outcome !== 'read') return outcome === 'unchanged';
  return feed.kind === 'register' || (oldestAt !== undefined && oldestAt <= since);
}

function unlessAway(error: unknown): void {
  if (!(error instanceof StoreUnavailable)) throw error;
}

/**
 * A source that takes longer frees its slot and continues beside it (ms), so that slow servers hold
 * up nobody.
 */
const slotHeldMs = 2_000;
/** Most such slow sources per slot. */
const maxSlowPerSlot = 6;

/**
 * Pause after a failure that left the cursor unmoved, so that it cannot spin; doubles while nothing
 * can be stored (ms).
 */
const shortestPause = 5_000;

export function createApp(parts: AppParts, ports: AppPorts): App {
  const { pipeline, sender, talk, digests, escalations, retention, outages, connections } = parts;
  const { store, clock, schedule, observe, metrics } = ports;
  const ending = new AbortController();
  const hooks = withErrorAnswers(talk, store, observe, ending.signal);
  const feeds = parts.feeds.filter((feed) => feed.on);
  const limit = pLimit(parts.parallel);

  let beside = 0;

  const pollOne = async (feed: Feed): Promise<PollResult> => {
    const { polled } = await limit(async () => {
      const polled = pollNow(feed);
      const done = new AbortController();
      const settled = polled.finally(() => done.abort('done'));
      await Promise.race([settled, clock.sleep(slotHeldMs, done.signal)]);
      if (done.signal.aborted || beside >= maxSlowPerSlot * parts.parallel) await settled;
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
    const findings = polled.results.flatMap((one) => one.findings.map(({ kind }) => kind));
    metrics?.polled({ outcome: polled.outcome, items: polled.results.length, findings });
    if (polled.bug) observe.log('error', 'feed broke off', { feed: feed.id, error: polled.bug });
    for (const { story, failed } of polled.results)
      if (failed) observe.log('error', 'item set aside', { feed: feed.id, item: story.item.title, error: failed.log });
    const notice = polled.cursor && notices(polled.cursor.before, polled.cursor.after);
    if (notice) observe.log(notice === 'recovered' ? 'info' : 'warn', `feed ${notice}`, { feed: feed.id, reason: polled.reason });
    const results = polled.results.filter(({ decision }) => decision);
    if (results.some(({ decision }) => decision?.alerts.length)) sender.wake();
    return { ...polled, results };
  };

  /**
   * An exception is a bug; it must not stop the other feeds. An unreachable database is logged
   * elsewhere.
   */
  const failedPoll = (feed: Feed, bug: unknown): PollResult => {
    if (bug instanceof StoreUnavailable) return { feed, outcome: 'failed', items: 0, results: [], reason: bug.message };
    observe.log('error', 'feed broke off', { feed: feed.id, error: bug instanceof Error ? (bug.stack ?? bug.message) : String(bug) });
    return { feed, outcome: 'failed', items: 0, results: [], reason: 'an error of Attaché itself, see the log' };
  };

  const logPoll = (feed: Feed, polled: PollResult) => {
    const alerts = polled.results.flatMap((result) => result.decision?.alerts ?? []).map(({ alert }) => alert.id);
    const reason = polled.reason ? { reason: polled.reason } : {};
    observe.log('debug', 'feed polled', {
      feed: feed.id,
      outcome: polled.outcome,
      items: polled.items,
      new: polled.results.length,
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
      const wait = await retryUntilStored(async () => dueAt(feed, await store.cursor(feed.id), clock.now()) - clock.now(), store, signal);
      if (wait === undefined) return;
      if (wait > 0) {
        await clock.sleep(Math.min(wait, longestSleep), signal);
        continue;
      }
      const { outcome, cursor } = await pollOne(feed);
      // A full disk can still be read: the publisher must not be asked repeatedly for what cannot
      // be stored.
      notStored = outcome === 'failed' && !cursor ? notStored + 1 : 0;
      const pause = Math.min(shortestPause * 2 ** Math.max(0, notStored - 1), longestInterval(feed));
      if (outcome === 'failed') await clock.sleep(pause, signal);
    }
  };

  let pruning: Promise<unknown> | undefined;
  /** Runs in the background: it may take long after a change of the settings. */
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
      // Before any digest or poll, because both depend on it.
      const gap = await retryUntilStored(() => noteGap(store, clock.now()), store, signal);
      // Until each source was polled once, its state dates from the last run.
      let looked = false;
      const tellDue = async () => {
        const queued = (await digests.runDue()) + ((await escalations?.runDue()) ?? 0) + (looked ? await outages.runDue() : 0);
        if (queued > 0) sender.wake();
        if (looked) prune(signal);
      };
      // A minute missed without a database is made up for by the next one.
      const minutes = schedule.everyMinute(() => tellDue().catch(unlessAway));
      const polled = (await retryUntilStored(pollDue, store, signal)) ?? [];
      looked = true;
      if (gap) {
        const offline = { ...gap, reach: polled.filter((one) => coversSince(one, gap.since)).length, all: feeds.length };
        await retryUntilStored(() => outages.tellOffline(offline), store, signal);
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
