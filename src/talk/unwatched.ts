import type { Instant } from '../model/basics.ts';
import type { Store } from '../ports/store.ts';

export interface Span {
  readonly since: Instant;
  readonly until: Instant;
}

/** No source goes by this name: ids of sources are words of letters and digits. */
const watchId = '(attaché itself)';
/** Not having looked for this long is told (ms). */
const longestGap = 3_600_000;
/** No digest reaches back further (ms). */
const kept = 45 * 24 * 3_600_000;

type Part = Pick<Store, 'cursors' | 'cursor' | 'moveCursor'>;

/** Called before the first poll after a start: since the last good read of any source nobody looked. Gives the gap where it is long enough to be told. */
export async function noteGap(store: Part, now: Instant): Promise<Span | undefined> {
  const times = (await store.cursors()).flatMap(({ lastOkAt }) => lastOkAt ?? []);
  const since = times.length > 0 ? Math.max(...times) : now;
  if (now - since < longestGap) return undefined;
  const gap = { since, until: now };
  const { unwatched = [] } = (await store.cursor(watchId)) ?? {};
  const others = unwatched.filter(({ until }) => until > now - kept && until <= since);
  await store.moveCursor({ feedId: watchId, nextAt: 0, failures: 0, unwatched: [...others, gap] });
  return gap;
}

/** What of this time was not watched. */
export async function unwatchedIn(store: Pick<Store, 'cursor'>, from: Instant, to: Instant): Promise<readonly Span[]> {
  const { unwatched = [] } = (await store.cursor(watchId)) ?? {};
  return unwatched
    .map(({ since, until }) => ({ since: Math.max(since, from), until: Math.min(until, to) }))
    .filter(({ since, until }) => until > since);
}
