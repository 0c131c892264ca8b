/** The result of parsing a document, whatever its format. */
import { createHash } from 'node:crypto';
import type { Instant } from '../model/basics.ts';
import type { FeedHints } from '../ports/feed-store.ts';

export interface ParsedItem {
  readonly id: string;
  /** Plain text, like `summary` and `body`. */
  readonly title: string;
  /** Absolute http(s) address, or ''. */
  readonly url: string;
  readonly summary: string;
  /** The full text, if the feed carries one beside the summary. */
  readonly body?: string;
  readonly publishedAt?: Instant;
  readonly categories?: readonly { readonly domain?: string; readonly text: string }[];
  /** The outlet, if an aggregator names it. */
  readonly source?: string;
}

export type FeedFormat = 'rss' | 'atom' | 'rdf' | 'json';

export type ParseOutcome =
  | {
      readonly kind: 'feed';
      /** `url` is the website's. */
      readonly feed: { readonly title: string; readonly url: string; readonly format: FeedFormat; readonly hints: FeedHints };
      readonly items: readonly ParsedItem[];
      /**
       * The document was not read to its end: it is cut off within an item, or longer or deeper
       * than any feed.
       */
      readonly truncated: boolean;
    }
  | { readonly kind: 'not-a-feed'; readonly reason: string };

export interface ParseHow {
  /** Address of the document: relative links resolve against it. */
  readonly url: string;
  readonly contentType?: string;
  /** Later dates are clamped to this instant. */
  readonly clampTo?: Instant;
}

/** Never throws. */
export type ParseFeed = (bytes: Uint8Array, how: ParseHow) => Promise<ParseOutcome>;

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/**
 * Longest id (bytes of UTF-8) and subject (characters): a longer id is replaced by its hash, a
 * longer subject is cut.
 */
const longestName = 1000;

/**
 * Counts bytes, because an index of the store holds only a few thousand per row. The store applies
 * the same rule.
 */
export function keyOf(id: string): string {
  return Buffer.byteLength(id) > longestName ? hashOf(id) : id;
}

export function subjectOf(text: string): string {
  return text.length > longestName ? text.slice(0, longestName).toWellFormed() : text;
}

/** @param clampTo a later date is the publisher's mistake and becomes this one */
export function clamped(date: Instant | undefined, clampTo: Instant | undefined): { readonly publishedAt?: Instant } {
  if (date === undefined) return {};
  return { publishedAt: clampTo === undefined ? date : Math.min(date, clampTo) };
}
