import type { Instant } from '../model/basics.ts';
import type { Feed } from '../model/feed.ts';
import type { FeedCursor, SetAside } from '../ports/feed-store.ts';
import { bare } from './address.ts';
import { goneEvery, longestAsked, longestInterval } from './interval.ts';

const minute = 60_000;
const hour = 60 * minute;

type Trouble = 'blind' | 'frozen' | 'gone';
export type HealthState = 'ok' | 'waiting' | 'slowed' | Trouble;

export interface Health {
  /** `waiting`: not polled yet. `slowed`: the publisher asked for fewer requests. */
  readonly state: HealthState;
  /** When the trouble began. */
  readonly since?: Instant;
  /** The last failure in words, even if it is too early to call the feed blind. */
  readonly reason?: string;
  /** What is unknown although the feed reads well, in words. */
  readonly unknown?: string;
  /** Items that a bug kept from being processed, in words. */
  readonly setAside?: string;
  readonly nextAt?: Instant;
}

/**
 * Returns how long without a good read counts as blind (ms); a rarely polled feed gets time for a
 * second try.
 */
function blindAfter(feed: Feed): number {
  return Math.max(feed.kind === 'register' ? 3 * hour : 30 * minute, 2.5 * feed.everyMinutes * minute);
}

/**
 * Returns how long without anything new counts as frozen (ms). A mission or a ministry may be
 * silent for months.
 */
function frozenAfter({ kind, tier }: Feed): number {
  if (kind === 'register') return 14 * 24 * hour;
  return kind === 'news' && tier !== 'official' ? 6 * hour : Number.POSITIVE_INFINITY;
}

/**
 * Returns the cursor for the feed's configured address: if that changed, validators, redirects and
 * `gone` no longer apply.
 */
export function atPresentAddress(feed: Feed, cursor: FeedCursor): FeedCursor {
  const address = bare(feed.url);
  if (cursor.address === undefined || bare(cursor.address) === address) return cursor;
  const {
    etag: _etag,
    lastModified: _modified,
    bodyAt: _at,
    moved: _moved,
    permanentUrl: _url,
    gone: _gone,
    hints: _hints,
    ...kept
  } = cursor;
  return { ...kept, address, nextAt: 0 };
}

/**
 * Returns when the feed may be polled; a past time if it is due. A time further ahead than is ever
 * planned was written by a clock that ran fast, and counts as now.
 */
export function dueAt(feed: Feed, cursor: FeedCursor | undefined, now: Instant): Instant {
  if (!cursor) return 0;
  const { nextAt, gone, slowedByPublisher } = atPresentAddress(feed, cursor);
  const furthest = now + (gone ? 1.1 * goneEvery : slowedByPublisher ? longestAsked : longestInterval(feed));
  return nextAt > furthest ? now : nextAt;
}

/** Returns the cursor after a poll, with `blindSince`, `frozenSince` and `noticed` up to date. */
export function withHealth(feed: Feed, { blindSince, frozenSince, noticed, ...cursor }: FeedCursor, now: Instant): FeedCursor {
  const failing = cursor.failures > 0;
  const quiet = cursor.lastNewAt !== undefined && now - cursor.lastNewAt >= frozenAfter(feed);
  const frozen = quiet && (!failing || frozenSince !== undefined);
  const marked: FeedCursor = {
    ...cursor,
    ...(failing && { blindSince: Math.min(blindSince ?? lastSeen(feed, cursor, now), now) }),
    ...(frozen && { frozenSince: cursor.lastNewAt ?? now }),
  };
  // Only a good read ends an announced trouble: a new address that fails as well is no recovery.
  const announced = troubleOf(feed, marked, now) ?? (failing ? noticed : undefined);
  return { ...marked, ...(announced && { noticed: announced }) };
}

/**
 * Returns the last good read, unless Attaché itself was off for a while: a first failure after that
 * is not blindness.
 */
function lastSeen(feed: Feed, { lastOkAt }: FeedCursor, now: Instant): Instant {
  return lastOkAt !== undefined && now - lastOkAt <= 1.5 * longestInterval(feed) ? lastOkAt : now;
}

function troubleOf(feed: Feed, { gone, blindSince, frozenSince }: FeedCursor, now: Instant): Trouble | undefined {
  if (gone) return 'gone';
  if (blindSince !== undefined && now - blindSince >= blindAfter(feed)) return 'blind';
  return frozenSince === undefined ? undefined : 'frozen';
}

export function healthOf(feed: Feed, cursor: FeedCursor | undefined, now: Instant): Health {
  if (!cursor) return { state: 'waiting' };
  const current = atPresentAddress(feed, cursor);
  const { nextAt, reason, unknown, setAside, blindSince, frozenSince, lastOkAt } = current;
  const why = { ...(reason && { reason }), ...(unknown && { unknown }), ...(setAside && { setAside: setAsideWords(setAside) }) };
  const trouble = troubleOf(feed, current, now);
  if (trouble === 'gone') return { state: trouble, ...(blindSince !== undefined && { since: blindSince }), ...why, nextAt };
  // Polled but never read: nothing is known of it, however short the time.
  if (lastOkAt === undefined && current.failures > 0 && !trouble)
    return { state: 'blind', ...(blindSince !== undefined && { since: blindSince }), ...why, nextAt };
  const since = trouble === 'blind' ? blindSince : frozenSince;
  if (trouble) return { state: trouble, ...(since !== undefined && { since }), ...why, nextAt };
  if (current.slowedByPublisher) return { state: 'slowed', ...(blindSince !== undefined && { since: blindSince }), ...why, nextAt };
  return { state: lastOkAt === undefined ? 'waiting' : 'ok', ...why, nextAt };
}

function setAsideWords({ count, title, reason, at }: SetAside): string {
  const items = count === 1 ? '1 item was set aside' : `${count} items were set aside, the last`;
  return `${items} on ${new Date(at).toISOString().slice(0, 10)}: “${title}”: ${reason}`;
}

export type Notice = 'became-blind' | 'became-frozen' | 'gone' | 'recovered';

/**
 * Returns what the operator must be notified of after a poll: each trouble once, and its end once.
 * The announced trouble is stored in the cursor, so that neither a restart nor the time between two
 * polls repeats or swallows a notice.
 * @param before the cursor before the poll
 * @param after the cursor after it
 */
export function notices(before: FeedCursor | undefined, after: FeedCursor | undefined): Notice | undefined {
  const trouble = after?.noticed;
  if (trouble === before?.noticed) return undefined;
  if (trouble === undefined) return 'recovered';
  return trouble === 'gone' ? 'gone' : `became-${trouble}`;
}
