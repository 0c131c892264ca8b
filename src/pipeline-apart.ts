/** Keeps an error of ours with one item from the rest of its feed. */
import type { Instant, Story } from './model.ts';
import type { Taken } from './pipeline.ts';
import { type FeedCursor, type SetAside, StoreUnavailable } from './ports.ts';

/** For this long a feed's health tells what was set aside (ms): until then whoever runs Attaché has looked. */
const toldFor = 7 * 24 * 3_600_000;

/** The first line of what was thrown, short enough for a list. */
export function shortly(thrown: unknown): string {
  const said = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return (said.split('\n')[0] ?? '').slice(0, 200).toWellFormed();
}

/**
 * What `work` gives; where it throws, the item as set aside, which is then recorded like any other without findings.
 * @throws StoreUnavailable the item is no reason, and comes again with the next poll
 */
export async function apart(story: Story, work: () => Promise<Taken>): Promise<Taken> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof StoreUnavailable) throw thrown;
    const log = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { story, findings: [], dropped: 'set-aside', failed: { reason: shortly(thrown), log } };
  }
}

/** The cursor with what was set aside lately. */
export function withSetAside({ setAside: before, ...cursor }: FeedCursor, taken: readonly Taken[], now: Instant): FeedCursor {
  const failed = taken.flatMap(({ story, failed: one }) => (one ? [{ title: story.item.title, reason: one.reason }] : []));
  const known = before && now - before.at < toldFor ? before : undefined;
  const last = failed.at(-1);
  const told: SetAside | undefined = last
    ? { count: (known?.count ?? 0) + failed.length, title: last.title.slice(0, 120).toWellFormed(), reason: last.reason, at: now }
    : known;
  return told ? { ...cursor, setAside: told } : cursor;
}
