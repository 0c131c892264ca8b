/** Whether a source can be seen: a feed that is silent because it is broken must not look like a calm country. */
import type { Feed, Instant } from '../model.ts';
import type { FeedCursor } from '../ports.ts';

const minute = 60_000;
const hour = 60 * minute;

export type HealthState = 'ok' | 'waiting' | 'blind' | 'frozen' | 'slowed' | 'gone';

export interface Health {
  readonly state: HealthState;
  readonly since?: Instant;
  readonly reason?: string;
  readonly nextAt?: Instant;
}

/** No good read for this long is blind (ms). */
function blindAfter(feed: Feed): number {
  return feed.kind === 'register' ? 3 * hour : 30 * minute;
}

/** Read well, but nothing new for this long is frozen (ms). A mission may have nothing to say for months. */
function frozenAfter(feed: Feed): number {
  if (feed.kind === 'register') return 14 * 24 * hour;
  return feed.kind === 'news' && feed.tier !== 'official' ? 6 * hour : Number.POSITIVE_INFINITY;
}

/** The cursor with `blindSince` and `frozenSince` as they stand now. */
export function judged(feed: Feed, { blindSince, frozenSince: _, ...cursor }: FeedCursor, now: Instant): FeedCursor {
  const since = cursor.lastOkAt ?? blindSince ?? now;
  const failing = cursor.failures > 0;
  const frozen = !failing && cursor.lastNewAt !== undefined && now - cursor.lastNewAt >= frozenAfter(feed);
  return { ...cursor, ...(failing && { blindSince: since }), ...(frozen && { frozenSince: cursor.lastNewAt ?? now }) };
}

export function healthOf(feed: Feed, cursor: FeedCursor | undefined, now: Instant): Health {
  if (!cursor) return { state: 'waiting' };
  const { nextAt, reason } = cursor;
  const more = { nextAt, ...(reason && { reason }) };
  if (cursor.gone) return { state: 'gone', ...more };
  const blind = cursor.blindSince;
  const never = cursor.lastOkAt === undefined && cursor.failures > 0;
  if (blind !== undefined && (never || now - blind >= blindAfter(feed))) return { state: 'blind', since: blind, ...more };
  if (cursor.slowedByPublisher) return { state: 'slowed', ...more };
  if (cursor.frozenSince !== undefined) return { state: 'frozen', since: cursor.frozenSince, ...more };
  return { state: 'ok', ...more };
}

export type Notice = 'became-blind' | 'became-frozen' | 'gone' | 'recovered';

/** What an operator must hear of this poll: each trouble once, and once that it is over. */
export function notices(before: FeedCursor | undefined, after: FeedCursor | undefined, feed: Feed, now: Instant): Notice | undefined {
  const then = healthOf(feed, before, before ? before.nextAt : now).state;
  const state = healthOf(feed, after, now).state;
  if (state === then || state === 'waiting') return undefined;
  if (state === 'blind') return 'became-blind';
  if (state === 'frozen') return 'became-frozen';
  if (state === 'gone') return 'gone';
  return state === 'ok' && (then === 'blind' || then === 'frozen' || then === 'gone') ? 'recovered' : undefined;
}
