/** Results of ingesting an item, a document, and a poll. */
import type { HeldChange, RegisterState } from '../collect/registers/diff.ts';
import type { Instant } from '../model/basics.ts';
import type { Feed, Story } from '../model/feed.ts';
import type { DropReason, Finding } from '../model/finding.ts';
import type { Decision } from '../ports/event-store.ts';
import type { FeedCursor, FeedHints } from '../ports/feed-store.ts';

/** `decision` is absent if nothing was found or the item was known before. */
export interface ItemResult {
  readonly story: Story;
  readonly findings: readonly Finding[];
  readonly dropped?: DropReason;
  readonly decision?: Decision;
  /** A bug that kept it from being processed: one line, and the whole stack for the log. */
  readonly failed?: { readonly reason: string; readonly log: string };
}

/** Result of one poll, for the operator. */
export interface PollResult {
  readonly feed: Feed;
  readonly outcome: 'read' | 'unchanged' | 'failed';
  readonly items: number;
  readonly results: readonly ItemResult[];
  readonly reason?: string;
  /** The bug that ended the poll, for the log. */
  readonly bug?: string;
  /** Date of the oldest item in the document: earlier items may be missing. */
  readonly oldestAt?: Instant;
  /** The feed's cursor before and after. Absent if a bug ended the poll. */
  readonly cursor?: { readonly before: FeedCursor | undefined; readonly after: FeedCursor };
}

/** Result of one document. For a register also its new state, and the changes not accepted yet. */
export interface DocumentResult {
  readonly results: readonly ItemResult[];
  readonly items: number;
  readonly hints?: FeedHints;
  readonly oldestAt?: Instant;
  readonly register?: RegisterState;
  readonly held?: readonly HeldChange[];
}
