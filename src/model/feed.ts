/** What is read: feeds, their items, and the rows of a government's register. */
import type { CountryCode, Instant } from './basics.ts';
import type { Level } from './finding.ts';

export type FeedKind = 'news' | 'mission' | 'register';

/** Distance from the fact: the issuer itself, a news agency, an outlet. */
export type Tier = 'official' | 'wire' | 'media';

/** The licence of a source whose terms nobody has looked up. */
export const unknownLicence = 'Publisher’s terms, not looked up';

export interface Feed {
  readonly id: string;
  readonly url: string;
  readonly kind: FeedKind;
  readonly tier: Tier;
  /** The publisher as alerts name it: "BBC News". */
  readonly source: string;
  /** The sending State of a mission feed; the issuer of a register. */
  readonly sender?: CountryCode;
  /** The receiving State of a mission feed. */
  readonly host?: CountryCode;
  /** BCP 47 language of its texts. */
  readonly language: string;
  /** Name of the register reader for this document. */
  readonly reader?: string;
  readonly everyMinutes: number;
  readonly licence: string;
  readonly attribution: string;
  readonly terms: 'open' | 'unverified' | 'private';
  readonly on: boolean;
}

export interface FeedItem {
  /** Unique within its feed: guid, canonical link or a hash. */
  readonly id: string;
  readonly feedId: string;
  /** Absolute http(s) address; empty if the feed gives none. */
  readonly url: string;
  /** Plain text. */
  readonly title: string;
  /** Plain text. */
  readonly summary: string;
  /** Plain text; dropped after detection, never stored. */
  readonly body?: string;
  readonly language?: string;
  readonly publishedAt?: Instant;
  readonly fetchedAt: Instant;
}

/** One row of a government's register of travel advice, as stated in one document. */
export interface AdviceRow {
  readonly issuer: CountryCode;
  readonly countries: readonly CountryCode[];
  readonly area?: string;
  /** Absent if the document states none. */
  readonly level?: Level;
  /** The issuer's own words for the level. */
  readonly nativeText: string;
  readonly regional: readonly RegionalAdvice[];
  readonly publishedAt?: Instant;
  readonly url: string;
  readonly title: string;
  /** What the issuer says has changed. */
  readonly note?: string;
  readonly body?: string;
}

export interface RegionalAdvice {
  readonly area?: string;
  readonly level: Level;
  readonly nativeText: string;
}

/** An item with what the later stages need to know of its feed. */
export interface Story {
  readonly item: FeedItem;
  readonly source: string;
  readonly tier: Tier;
  readonly feedKind: FeedKind;
  /** Part of a feed's first poll: it fills the ledger and the open events, but raises no alert. */
  readonly baseline: boolean;
}
