/** What came of an item, of a document, and of a poll. */
import type { HeldChange, RegisterState } from '../collect/registers/diff.ts';
import type { Instant } from '../model/basics.ts';
import type { Feed, Story } from '../model/feed.ts';
import type { DropReason, Finding } from '../model/finding.ts';
import type { Decision } from '../ports/event-store.ts';
import type { FeedCursor, FeedHints } from '../ports/feed-store.ts';

/** What one item came to. `decision` is absent where nothing was found, or where the item was known before. */
export interface ItemResult {
  readonly story: Story;
  readonly findings: readonly Finding[];
  readonly dropped?: DropReason;
  readonly decision?: Decision;
  /** An error of ours kept it from being worked on: in one line, and whole for the log. */
  readonly failed?: { readonly reason: string; readonly log: string };
}

/** What one poll came to, in words for the operator. */
export interface PollResult {
  readonly feed: Feed;
  readonly outcome: 'read' | 'unchanged' | 'failed';
  readonly items: number;
  readonly taken: readonly ItemResult[];
  readonly reason?: string;
  /** The error of ours that broke the poll off, for the log. */
  readonly bug?: string;
  /** The date of the oldest item that the document still holds: what happened before it may be missing. */
  readonly oldestAt?: Instant;
  /** Where the feed stood before, and where it stands now. Absent where the poll broke off. */
  readonly cursor?: { readonly before: FeedCursor | undefined; readonly after: FeedCursor };
}

/** What a document came to; of a register also what is held true of it from now on, and what is not believed yet. */
export interface DocumentResult {
  readonly taken: readonly ItemResult[];
  readonly items: number;
  readonly hints?: FeedHints;
  readonly oldestAt?: Instant;
  readonly register?: RegisterState;
  readonly held?: readonly HeldChange[];
}
