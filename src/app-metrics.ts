/** What monitoring is told: what platforms answer, how long news took to arrive, and how the bot stands now. */
import { dueAt, healthOf } from './collect/health.ts';
import type { Connections } from './connections.ts';
import type { Instant } from './model/basics.ts';
import type { PlatformName } from './model/channel.ts';
import type { Delivery, SendOutcome } from './model/delivery.ts';
import type { Feed } from './model/feed.ts';
import type { Clock } from './ports/clock.ts';
import type { FeedCursor } from './ports/feed-store.ts';
import type { Metrics, SendResult, Snapshot, StoredState } from './ports/metrics.ts';
import type { ChatPlatform } from './ports/platform.ts';
import { type Store, StoreUnavailable } from './ports/store.ts';

/** The platform, with each of its answers counted. */
export function measured(platform: ChatPlatform, metrics: Metrics): ChatPlatform {
  const counted = async (call: Promise<SendOutcome>): Promise<SendOutcome> => {
    const outcome = await call;
    metrics.sent(platform.name, resultOf(outcome));
    return outcome;
  };
  return { ...platform, send: (out) => counted(platform.send(out)), edit: (ref, out) => counted(platform.edit(ref, out)) };
}

function resultOf(outcome: SendOutcome): SendResult {
  if (outcome.kind !== 'retry') return outcome.kind;
  if (outcome.unauthorized) return 'unauthorized';
  return outcome.afterMs === undefined ? 'retry' : 'rate-limited';
}

/** Held back longer than this on purpose (quiet hours): says nothing of how quick the bot is (ms). */
const heldBack = 60_000;

/** @returns what a sender calls for each delivery that was sent: new alerts are measured from the report that raised them */
export function createArrivals(
  store: Pick<Store, 'alert'>,
  { metrics, clock }: { readonly metrics: Metrics; readonly clock: Pick<Clock, 'now'> },
): (delivery: Delivery) => void {
  const measure = async ({ subject, revision, lane, notBefore }: Delivery, at: Instant) => {
    const alert = await store.alert(`${subject}@${revision}`);
    if (!alert || notBefore > alert.at + heldBack) return;
    const report = alert.event.sources.reduce((latest, one) => (one.seenAt > latest.seenAt ? one : latest));
    metrics.arrived(lane.split(':')[0] as PlatformName, Math.max(0, at - (report.publishedAt ?? report.seenAt)));
  };
  return (delivery) => {
    // Alerts alone have a living message; what cannot be read now is not measured.
    if (delivery.act === 'post' && delivery.living) measure(delivery, clock.now()).catch(() => undefined);
  };
}

interface Parts {
  readonly feeds: readonly Feed[];
  readonly store: Pick<Store, 'cursors' | 'backlog' | 'stats'>;
  readonly connections: Pick<Connections, 'states'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Reads how the bot stands. @param firstRoundDone whether every source was asked once since the start */
export async function snapshotOf({ feeds, store, connections, clock }: Parts, firstRoundDone: boolean): Promise<Snapshot> {
  const at = clock.now();
  const platforms = connections.states().map((state) => ({
    name: state.name,
    connected: state.as !== undefined,
    refusedForGood: state.refused !== undefined && state.forGood,
  }));
  try {
    const [cursors, backlog, { bytes }] = await Promise.all([store.cursors(), store.backlog(at), store.stats()]);
    return { at, firstRoundDone, platforms, stored: { ...sourcesNow(feeds, cursors, at), backlog, databaseBytes: bytes } };
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    return { at, firstRoundDone, platforms };
  }
}

const healthStates = ['ok', 'waiting', 'slowed', 'blind', 'frozen', 'gone'] as const;

function sourcesNow(
  feeds: readonly Feed[],
  cursors: readonly FeedCursor[],
  at: Instant,
): Pick<StoredState, 'sources' | 'pollLagMs' | 'lastGoodPollAt'> {
  const cursorOf = new Map(cursors.map((cursor) => [cursor.feedId, cursor]));
  const on = feeds.filter((feed) => feed.on);
  const sources: Record<string, number> = Object.fromEntries(healthStates.map((state) => [state, 0]));
  let pollLagMs = 0;
  let lastGoodPollAt: Instant | undefined;
  for (const feed of on) {
    const cursor = cursorOf.get(feed.id);
    const { state } = healthOf(feed, cursor, at);
    sources[state] = (sources[state] ?? 0) + 1;
    if (!cursor) continue;
    if (!cursor.gone) pollLagMs = Math.max(pollLagMs, at - dueAt(feed, cursor, at));
    if (cursor.lastOkAt !== undefined) lastGoodPollAt = Math.max(lastGoodPollAt ?? 0, cursor.lastOkAt);
  }
  return { sources, pollLagMs, ...(lastGoodPollAt !== undefined && { lastGoodPollAt }) };
}

/** @returns one line for each thing that is still missing before the bot can do its work; none where it is ready */
export function notReady({ stored, firstRoundDone, platforms }: Snapshot): readonly string[] {
  return [
    ...(stored ? [] : ['the database cannot be used']),
    ...(firstRoundDone ? [] : ['the first round of the sources is not done']),
    ...(platforms.length === 0 || platforms.some(({ connected }) => connected) ? [] : ['no platform is connected']),
  ];
}

/** Longer without a good poll, or with a Critical that is due and not sent, is not well (ms). */
const longest = { withoutPoll: 15 * 60_000, criticalUnsent: 2 * 60_000 };

/** @returns one line for each thing that an operator should be called for; none while all is well. Sources that are blind are none as long as others are read. */
export function notWell(snapshot: Snapshot): readonly string[] {
  const { at, stored } = snapshot;
  const waits = stored?.backlog.oldest.urgent;
  return [
    ...notReady(snapshot),
    ...(stored && at - (stored.lastGoodPollAt ?? 0) > longest.withoutPoll ? ['no source was read for 15 minutes'] : []),
    ...(waits !== undefined && at - waits > longest.criticalUnsent ? ['a Critical is unsent for more than 2 minutes'] : []),
  ];
}
