/** Starts and stops the loops: collecting, sending, digests, and the platforms that people talk on. */
import pLimit from 'p-limit';
import { dueAt, notices } from './collect/health.ts';
import type { Feed, Instant, PlatformName } from './model.ts';
import type { Offline } from './phrase/outage.ts';
import type { Pipeline, Polled } from './pipeline.ts';
import type { ChatPlatform, Clock, Observe, PlatformHooks, Schedule, Store } from './ports.ts';
import type { Sender } from './send/sender.ts';

export interface AppParts {
  readonly feeds: readonly Feed[];
  readonly pipeline: Pipeline;
  readonly sender: Sender;
  readonly talk: PlatformHooks;
  readonly digests: { runDue(): Promise<number> };
  /** Tells channels what cannot be seen. */
  readonly outages: { runDue(): Promise<number>; tellOffline(gap: Offline): Promise<number> };
  readonly platforms: readonly ChatPlatform[];
  /** Documents fetched at the same time. */
  readonly parallel: number;
}

export interface Connected {
  readonly name: PlatformName;
  /** Under which name it is there; absent where it refused. */
  readonly as?: string;
  /** One line with the mend. */
  readonly refused?: string;
}

export interface App {
  /** Connects the platforms. One that refuses is reported and the others run on. */
  connect(): Promise<readonly Connected[]>;
  /** Polls every source that is due once; sends what came of it. Items that told nothing are left out: a first round of many sources reads thousands. */
  round(): Promise<readonly Polled[]>;
  /** Keeps polling, sending and writing digests until the signal aborts. `onRound` hears of the first round. */
  run(signal: AbortSignal, onRound?: (polled: readonly Polled[]) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

interface AppPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly schedule: Schedule;
  readonly observe: Observe;
}

/** How long a feed's loop sleeps at most before it looks at its cursor again (ms). */
const longestSleep = 60_000;
/** Not having looked for this long is told (ms). */
const longestGap = 3_600_000;

/** A list of states is whole whenever it is read; a feed only as far back as its oldest item. */
function reachesBack({ feed, outcome, oldestAt }: Polled, since: Instant): boolean {
  if (outcome !== 'read') return outcome === 'unchanged';
  return feed.kind === 'register' || (oldestAt !== undefined && oldestAt <= since);
}

/** After a failure, so that one that left the cursor where it was cannot spin (ms). */
const shortestPause = 5_000;

export function createApp(parts: AppParts, ports: AppPorts): App {
  const { pipeline, sender, talk, digests, outages, platforms } = parts;
  const { store, clock, schedule, observe } = ports;
  const feeds = parts.feeds.filter((feed) => feed.on);
  const limit = pLimit(parts.parallel);

  const pollOne = (feed: Feed) =>
    limit(async (): Promise<Polled> => {
      const polled = await pipeline.poll(feed).catch((bug: unknown) => brokenOff(feed, bug));
      tell(feed, polled);
      if (polled.bug) observe.log('error', 'feed broke off', { feed: feed.id, error: polled.bug });
      for (const { story, failed } of polled.taken)
        if (failed) observe.log('error', 'item set aside', { feed: feed.id, item: story.item.title, error: failed.log });
      const notice = polled.stood && notices(polled.stood.before, polled.stood.after);
      if (notice) observe.log(notice === 'recovered' ? 'info' : 'warn', `feed ${notice}`, { feed: feed.id, reason: polled.reason });
      const taken = polled.taken.filter(({ decision }) => decision);
      if (taken.some(({ decision }) => decision?.alerts.length)) sender.wake();
      return { ...polled, taken };
    });

  /** An exception is a bug of ours; it must not silence the other feeds. */
  const brokenOff = (feed: Feed, bug: unknown): Polled => {
    observe.log('error', 'feed broke off', { feed: feed.id, error: bug instanceof Error ? (bug.stack ?? bug.message) : String(bug) });
    return { feed, outcome: 'failed', items: 0, taken: [], reason: 'an error of Attaché itself, see the log' };
  };

  const tell = (feed: Feed, polled: Polled) => {
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

  /** When any source was last read well: since then nobody looked. */
  const lastSeen = async (): Promise<Instant | undefined> => {
    const times = (await store.cursors()).flatMap(({ lastOkAt }) => lastOkAt ?? []);
    return times.length > 0 ? Math.max(...times) : undefined;
  };

  const pollDue = async (): Promise<readonly Polled[]> => {
    const cursors = new Map((await store.cursors()).map((cursor) => [cursor.feedId, cursor]));
    return Promise.all(feeds.filter((feed) => dueAt(feed, cursors.get(feed.id)) <= clock.now()).map(pollOne));
  };

  const keepPolling = async (feed: Feed, signal: AbortSignal) => {
    while (!signal.aborted) {
      const wait = dueAt(feed, await store.cursor(feed.id)) - clock.now();
      if (wait > 0) {
        await clock.sleep(Math.min(wait, longestSleep), signal);
      } else if ((await pollOne(feed)).outcome === 'failed') {
        await clock.sleep(shortestPause, signal);
      }
    }
  };

  return {
    connect: () =>
      Promise.all(
        platforms.map(async (platform): Promise<Connected> => {
          const outcome = await platform.start(talk);
          const { name } = platform;
          return outcome.kind === 'ready' ? { name, as: outcome.as } : { name, refused: outcome.reason };
        }),
      ),
    round: async () => {
      const polled = await pollDue();
      await digests.runDue();
      await outages.runDue();
      await sender.drain();
      return polled;
    },
    run: async (signal, onRound) => {
      const sending = sender.run(signal);
      // Until each source was asked once, what is known of them is of the last time.
      let looked = false;
      const minutes = schedule.everyMinute(async () => {
        const told = (await digests.runDue()) + (looked ? await outages.runDue() : 0);
        if (told > 0) sender.wake();
      });
      const since = await lastSeen();
      const polled = await pollDue();
      looked = true;
      if (since !== undefined && clock.now() - since >= longestGap) {
        await outages.tellOffline({
          since,
          until: clock.now(),
          reach: polled.filter((one) => reachesBack(one, since)).length,
          all: feeds.length,
        });
        sender.wake();
      }
      await onRound?.(polled);
      await Promise.all([sending, ...feeds.map((feed) => keepPolling(feed, signal))]);
      await minutes.stop();
    },
    stop: async () => {
      await Promise.all(platforms.map((platform) => platform.stop()));
      await store.close();
    },
  };
}
