import type { Instant } from '../model/basics.ts';
import type { Story } from '../model/feed.ts';
import type { FeedCursor, SetAside, SetAsideItem } from '../ports/feed-store.ts';
import { StoreUnavailable } from '../ports/store.ts';
import type { ItemResult } from './results.ts';

/** How long a feed's health shows what was set aside (ms): enough for the operator to notice. */
const shownForMs = 7 * 24 * 3_600_000;

/** Delay before the second try (ms): the cause may have passed. */
const retryAfterMs = 24 * 3_600_000;
/** Retries per feed; beyond that the fault is not in single items. */
const maxRetries = 20;

/** Returns the items whose second try is due. */
export function dueRetries(cursor: FeedCursor | undefined, version: string, now: Instant): readonly SetAsideItem[] {
  return (cursor?.setAside?.again ?? []).filter((one) => one.version !== version || now - one.at >= retryAfterMs);
}

/** Returns the first line of an error, short enough for a list. */
export function firstLine(thrown: unknown): string {
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return (text.split('\n')[0] ?? '').slice(0, 200).toWellFormed();
}

/**
 * Returns the result of `work`; if it throws, the item as set aside, recorded like any item without
 * findings.
 * @throws StoreUnavailable not the item's fault: it comes again with the next poll
 */
export async function orSetAside(story: Story, work: () => Promise<ItemResult>): Promise<ItemResult> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof StoreUnavailable) throw thrown;
    const log = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { story, findings: [], dropped: 'set-aside', failed: { reason: firstLine(thrown), log } };
  }
}

/** The retries of one poll. */
export interface Retries {
  readonly version: string;
  /** Items that were tried again, or are no longer in the document. */
  readonly tried: readonly SetAsideItem[];
}

/** Returns the cursor with the items set aside lately and those still to be retried. */
export function withSetAside(
  { setAside: before, ...cursor }: FeedCursor,
  results: readonly ItemResult[],
  now: Instant,
  { version, tried }: Retries,
): FeedCursor {
  const failed = results.flatMap(({ story, failed: one }) => (one ? [{ story, title: story.item.title, reason: one.reason }] : []));
  const isTried = new Set(tried.map(({ id }) => id));
  // A register's changes are computed once and cannot come again.
  const first = failed.filter(({ story }) => story.feedKind !== 'register' && !isTried.has(story.item.id));
  const added = first.map(({ story: { item, baseline } }) => ({ id: item.id, at: now, version, baseline }));
  const again = [...(before?.again ?? []).filter(({ id }) => !isTried.has(id)), ...added].slice(-maxRetries);
  const known = before && now - before.at < shownForMs ? before : undefined;
  const last = failed.at(-1);
  const latest: SetAside | undefined = last
    ? { count: (known?.count ?? 0) + failed.length, title: last.title.slice(0, 120).toWellFormed(), reason: last.reason, at: now }
    : known;
  if (!latest) return cursor;
  const { again: _, ...summary } = latest;
  return { ...cursor, setAside: { ...summary, ...(again.length > 0 && { again }) } };
}
