/** What reading a document gives, whatever its format. */
import { createHash } from 'node:crypto';
import type { Instant } from '../model.ts';

export interface ParsedItem {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly summary: string;
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
      readonly feed: { readonly title: string; readonly url: string; readonly format: FeedFormat; readonly ttlMinutes?: number };
      readonly items: readonly ParsedItem[];
      /** The document ended inside an item, which was dropped. */
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

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
