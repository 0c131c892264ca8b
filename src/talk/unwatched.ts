import type { Instant } from '../model/basics.ts';
import type { Store } from '../ports/store.ts';

export interface Span {
  readonly since: Instant;
  readonly until: Instant;
}

/** Not a possible id of a source, which has only letters and digits. */
const watchId = '(attaché itself)';
/** Announce a gap of at least this long without polling (ms). */
const longestGap = 3_600_000;
/** How long gaps are stored: no digest reaches back further (ms). */
const keepGapsMs = 45 * 24 * 3_600_000;

type Part = Pick<Store, 'cursors' | 'cursor' | 'moveCursor'>;

/**
 * Records the time since the last successful read of any source. Call it before the first poll
 * after a start. Returns the gap if it is long enough to announce.
 */
export async function noteGap(store: Part, now: Instant): Promise<Span | undefined> {
  const times = (await store.cursors()).flatMap(({ lastOkAt }) => lastOkAt ?? []);
  const since = times.length > 0 ? Math.max(...times) : now;
  if (now - since < longestGap) return undefined;
  const gap = { since, until: now };
  const { unwatched = [] } = (await store.cursor(watchId)) ?? {};
  const others = unwatched.filter(({ until }) => until > now - keepGapsMs && until <= since);
  await store.moveCursor({ feedId: watchId, nextAt: 0, failures: 0, unwatched: [...others, gap] });
  return gap;
}

/** Returns the parts of a period without polling. */
export async function unwatchedIn(store: Pick<Store, 'cursor'>, from: Instant, to: Instant): Promise<readonly Span[]> {
  const { unwatched = [] } = (await store.cursor(watchId)) ?? {};
  return unwatched
    .map(({ since, until }) => ({ since: Math.max(since, from), until: Math.min(until, to) }))
    .filter(({ since, until }) => until > since);
}
