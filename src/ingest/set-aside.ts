import type { Instant } from '../model/basics.ts';
import type { Story } from '../model/feed.ts';
import type { FeedCursor, SetAside, SetAsideItem } from '../ports/feed-store.ts';
import { StoreUnavailable } from '../ports/store.ts';
import type { ItemResult } from './results.ts';

/** For this long a feed's health tells what was set aside (ms): until then whoever runs Attaché has looked. */
const toldFor = 7 * 24 * 3_600_000;

/** An item is tried again after this (ms): what went wrong may have passed. */
const triedAgainAfter = 24 * 3_600_000;
/** Of one feed; more than that is no matter of single items. */
const mostTriedAgain = 20;

/** What was set aside and is to be tried once more now. */
export function dueAgain(cursor: FeedCursor | undefined, version: string, now: Instant): readonly SetAsideItem[] {
  return (cursor?.setAside?.again ?? []).filter((one) => one.version !== version || now - one.at >= triedAgainAfter);
}

/** The first line of what was thrown, short enough for a list. */
export function shortly(thrown: unknown): string {
  const said = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return (said.split('\n')[0] ?? '').slice(0, 200).toWellFormed();
}

/**
 * What `work` gives; where it throws, the item as set aside, which is then recorded like any other without findings.
 * @throws StoreUnavailable the item is no reason, and comes again with the next poll
 */
export async function apart(story: Story, work: () => Promise<ItemResult>): Promise<ItemResult> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof StoreUnavailable) throw thrown;
    const log = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { story, findings: [], dropped: 'set-aside', failed: { reason: shortly(thrown), log } };
  }
}

/** What was done about items that were set aside, in one poll. */
export interface Again {
  readonly version: string;
  /** What had its second try, or was in the document no more. */
  readonly tried: readonly SetAsideItem[];
}

/** The cursor with what was set aside lately, and what of it is to be tried once more. */
export function withSetAside(
  { setAside: before, ...cursor }: FeedCursor,
  taken: readonly ItemResult[],
  now: Instant,
  { version, tried }: Again,
): FeedCursor {
  const failed = taken.flatMap(({ story, failed: one }) => (one ? [{ story, title: story.item.title, reason: one.reason }] : []));
  const isTried = new Set(tried.map(({ id }) => id));
  // A register's differences are compared once: they cannot come again.
  const first = failed.filter(({ story }) => story.feedKind !== 'register' && !isTried.has(story.item.id));
  const added = first.map(({ story: { item, baseline } }) => ({ id: item.id, at: now, version, baseline }));
  const again = [...(before?.again ?? []).filter(({ id }) => !isTried.has(id)), ...added].slice(-mostTriedAgain);
  const known = before && now - before.at < toldFor ? before : undefined;
  const last = failed.at(-1);
  const told: SetAside | undefined = last
    ? { count: (known?.count ?? 0) + failed.length, title: last.title.slice(0, 120).toWellFormed(), reason: last.reason, at: now }
    : known;
  if (!told) return cursor;
  const { again: _, ...whole } = told;
  return { ...cursor, setAside: { ...whole, ...(again.length > 0 && { again }) } };
}
