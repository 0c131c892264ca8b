/** Where each feed is, and which of its items are known. */
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

/** Where a feed stands: the conditional headers, the next poll, its health. */
export interface FeedCursor {
  readonly feedId: string;
  /** The feed's configured address when it was last polled: with another one, the conditional headers and `gone` no longer hold. */
  readonly address?: string;
  /** Replayed byte-exact, never empty. */
  readonly etag?: string;
  readonly lastModified?: string;
  readonly bodyHash?: string;
  /** When a whole document last came, known or not. */
  readonly bodyAt?: Instant;
  /** Kept because an unchanged answer does not repeat them. */
  readonly hints?: FeedHints;
  readonly nextAt: Instant;
  /** The first good read is done: from now on news is news. */
  readonly baselineAt?: Instant;
  readonly lastOkAt?: Instant;
  /** When it last brought an item that was not known. */
  readonly lastNewAt?: Instant;
  /** Failed polls in a row. */
  readonly failures: number;
  readonly blindSince?: Instant;
  readonly frozenSince?: Instant;
  /** The last failure in words, while it lasts. */
  readonly reason?: string;
  readonly slowedByPublisher?: boolean;
  /** What the operator was told of this feed and has not heard the end of. */
  readonly noticed?: 'blind' | 'frozen' | 'gone';
  /** The publisher said 410: polled no more until the address changes. */
  readonly gone?: boolean;
  /** A permanent redirect that was seen, and is not believed yet. */
  readonly moved?: { readonly to: string; readonly since: Instant; readonly sightings: number };
  /** Where permanent redirects led for long enough: asked instead of the configured address, until it fails. */
  readonly permanentUrl?: string;
  /** What the register's diff remembers, as JSON. */
  readonly register?: string;
  /** What is not known though the feed reads well, in words: rows that a list shows no more, pages that could not be read. */
  readonly unknown?: string;
  /** What an error of ours kept from being told. */
  readonly setAside?: SetAside;
  /** Times in which Attaché itself did not look (`talk/unwatched.ts`); of no source. */
  readonly unwatched?: readonly { readonly since: Instant; readonly until: Instant }[];
}

/** Items of a feed that could not be worked on and were recorded without being told. */
export interface SetAside {
  readonly count: number;
  /** The last of them. */
  readonly title: string;
  readonly reason: string;
  readonly at: Instant;
  /** Those that are tried once more: after a day, or by another version of Attaché. */
  readonly again?: readonly SetAsideItem[];
}

export interface SetAsideItem {
  readonly id: string;
  readonly at: Instant;
  readonly version: string;
  /** It was part of a first read: no news. */
  readonly baseline: boolean;
}

/** The feeds' cursors and which of their items are known. */
export interface FeedStore {
  cursors(): Promise<readonly FeedCursor[]>;
  cursor(feedId: string): Promise<FeedCursor | undefined>;
  moveCursor(cursor: FeedCursor): Promise<void>;
  /** Which of these item ids of one feed were never recorded, in the order given. */
  unrecorded(feedId: string, ids: readonly string[]): Promise<readonly string[]>;
  /** Items that a document still lists are kept, however old: each is marked as listed once in a while. */
  markListed(feedId: string, ids: readonly string[], at: Instant): Promise<void>;
  /** Forgets those of these items that were set aside: they are unseen again. */
  takeBack(feedId: string, ids: readonly string[]): Promise<void>;
  /** Marks items without findings as seen, many in one transaction. */
  recordSeen(seen: readonly { readonly story: Story; readonly dropped: DropReason }[]): Promise<void>;
  /** What became of an item: its reason, and the events it joined. */
  itemOutcome(
    itemId: string,
  ): Promise<{ readonly dropped?: DropReason; readonly events: readonly string[]; readonly title: string } | undefined>;
}
