/** What reading a document gives, whatever its format. */
import { createHash } from 'node:crypto';
import type { Instant } from '../model/basics.ts';
import type { FeedHints } from '../ports/feed-store.ts';

export interface ParsedItem {
  readonly id: string;
  /** Plain text, as are `summary` and `body`. */
  readonly title: string;
  /** Absolute http(s) address, or ''. */
  readonly url: string;
  readonly summary: string;
  /** The whole text, where the feed carries one beside the summary. */
  readonly body?: string;
  readonly publishedAt?: Instant;
  readonly categories?: readonly { readonly domain?: string; readonly text: string }[];
  /** The outlet, where an aggregator names it. */
  readonly source?: string;
}

export type FeedFormat = 'rss' | 'atom' | 'rdf' | 'json';

export type ParseOutcome =
  | {
      readonly kind: 'feed';
      /** `url` is the site's. */
      readonly feed: { readonly title: string; readonly url: string; readonly format: FeedFormat; readonly hints: FeedHints };
      readonly items: readonly ParsedItem[];
      /** Not all of the document could be read: it was cut off within an item, or it is longer or deeper than any feed. */
      readonly truncated: boolean;
    }
  | { readonly kind: 'not-a-feed'; readonly reason: string };

export interface ParseHow {
  /** Where the document came from: relative links resolve against it. */
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

/** Longer ids (in bytes of UTF-8) and subjects are no names: an id is then known by its hash, a subject by its beginning. */
const longestName = 1000;

/** By bytes, since an index of the store holds no more than some thousand of them. The store does the same with what it gets. */
export function keyOf(id: string): string {
  return Buffer.byteLength(id) > longestName ? hashOf(id) : id;
}

export function subjectOf(text: string): string {
  return text.length > longestName ? text.slice(0, longestName).toWellFormed() : text;
}

/** @param clampTo a later date than this one is a mistake of the publisher and becomes this one */
export function clamped(date: Instant | undefined, clampTo: Instant | undefined): { readonly publishedAt?: Instant } {
  if (date === undefined) return {};
  return { publishedAt: clampTo === undefined ? date : Math.min(date, clampTo) };
}
