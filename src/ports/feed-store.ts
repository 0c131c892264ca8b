/** The feeds' cursors, and which items are known. */
import type { Instant } from '../model/basics.ts';
import type { Story } from '../model/feed.ts';
import type { DropReason } from '../model/finding.ts';

/** What a feed's document asks of its readers. */
export interface FeedHints {
  readonly ttlMinutes?: number;
  readonly updatePeriodMinutes?: number;
  /** Hours of the day in UTC, 0 to 24. */
  readonly skipHours?: readonly number[];
  /** English names: "Saturday". */
  readonly skipDays?: readonly string[];
}

/** State of a feed: conditional headers, next poll, health. */
export interface FeedCursor {
  readonly feedId: string;
  /**
   * The configured address at the last poll. Once it changes, the conditional headers and `gone` no
   * longer apply.
   */
  readonly address?: string;
  /** Sent back byte for byte; never empty. */
  readonly etag?: string;
  readonly lastModified?: string;
  readonly bodyHash?: string;
  /** When a whole document last arrived, changed or not. */
  readonly bodyAt?: Instant;
  /** Stored because a 304 answer does not repeat them. */
  readonly hints?: FeedHints;
  readonly nextAt: Instant;
  /** When the first good read ended: later items are news. */
  readonly baselineAt?: Instant;
  readonly lastOkAt?: Instant;
  /** When it last brought an unknown item. */
  readonly lastNewAt?: Instant;
  /** Failed polls in a row. */
  readonly failures: number;
  readonly blindSince?: Instant;
  readonly frozenSince?: Instant;
  /** The last failure in words, until a poll succeeds. */
  readonly reason?: string;
  readonly slowedByPublisher?: boolean;
  /** The problem the operator was last notified of, until its end is announced. */
  readonly noticed?: 'blind' | 'frozen' | 'gone';
  /** The publisher answered 410: not polled again until the address changes. */
  readonly gone?: boolean;
  /** A permanent redirect that was seen, but not yet often enough to follow. */
  readonly moved?: { readonly to: string; readonly since: Instant; readonly sightings: number };
  /**
   * Target of a lasting permanent redirect: used instead of the configured address until it fails.
   */
  readonly permanentUrl?: string;
  /** State of the register's diff, as JSON. */
  readonly register?: string;
  /**
   * What is unknown although the feed reads well, in words: rows missing from a list, pages that
   * could not be read.
   */
  readonly unknown?: string;
  /** Items that a bug kept from being processed. */
  readonly setAside?: SetAside;
  /** Times when Attaché itself did not poll (`talk/unwatched.ts`); not used for feeds. */
  readonly unwatched?: readonly { readonly since: Instant; readonly until: Instant }[];
}

/** Items of a feed that failed with a bug and were recorded without an alert. */
export interface SetAside {
  readonly count: number;
  /** The last of them. */
  readonly title: string;
  readonly reason: string;
  readonly at: Instant;
  /** Items to retry once: after a day, or with another version of Attaché. */
  readonly again?: readonly SetAsideItem[];
}

export interface SetAsideItem {
  readonly id: string;
  readonly at: Instant;
  readonly version: string;
  /** It was part of a baseline, so it is no news. */
  readonly baseline: boolean;
}

export interface FeedStore {
  cursors(): Promise<readonly FeedCursor[]>;
  cursor(feedId: string): Promise<FeedCursor | undefined>;
  moveCursor(cursor: FeedCursor): Promise<void>;
  /** Returns which of these item ids of one feed were never recorded, in the order given. */
  unrecorded(feedId: string, ids: readonly string[]): Promise<readonly string[]>;
  /**
   * Marks items that a document still lists, once in a while, so that they are kept however old.
   */
  markListed(feedId: string, ids: readonly string[], at: Instant): Promise<void>;
  /**
   * Removes the records of these items if they were set aside, so that they can be processed again.
   */
  takeBack(feedId: string, ids: readonly string[]): Promise<void>;
  /** Records items without findings, many in one transaction. */
  recordSeen(seen: readonly { readonly story: Story; readonly dropped: DropReason }[]): Promise<void>;
  /** Returns what became of an item: its drop reason, and the events it joined. */
  itemOutcome(
    itemId: string,
  ): Promise<{ readonly dropped?: DropReason; readonly events: readonly string[]; readonly title: string } | undefined>;
}
