/** Compares two readings of a document, for people who add a feed and want to trust it. */

import { decode } from './decode.ts';
import type { ParsedItem, ParseHow } from './feed-types.ts';
import { outcomeOf, withoutForbidden } from './parse.ts';
import { readWellFormed } from './well-formed.ts';
import { parseXmlFeed } from './xml-feed.ts';

export interface Difference {
  readonly field: 'items' | 'title' | 'link' | 'date';
  /** Our title of the item; absent if the number of items differs. */
  readonly item?: string;
  /** Readable by people: counts, titles, addresses, dates in ISO 8601; '' for nothing. */
  readonly ours: string;
  readonly theirs: string;
}

export type Comparison =
  | { readonly kind: 'compared'; readonly items: number; readonly differences: readonly Difference[] }
  /**
   * rss-parser cannot read it. That is no fault of the tolerant reader: rss-parser handles
   * well-formed RSS and Atom only.
   */
  | { readonly kind: 'unread'; readonly reason: string };

/**
 * Reads the document with rss-parser and with the tolerant reader, and returns each title, link or
 * date that differs. Never throws.
 */
export async function secondReading(bytes: Uint8Array, how: ParseHow): Promise<Comparison> {
  const text = withoutForbidden(decode(bytes, how.contentType));
  if (/^\s*\{/.test(text)) return { kind: 'unread', reason: 'rss-parser knows no JSON Feed' };
  const first = await readWellFormed(text, how.url);
  if (first.kind === 'unread') return first;
  const { clampTo: _, ...unclamped } = how;
  const tolerant = parseXmlFeed(text, how.url);
  const ours = outcomeOf(first.feed, unclamped).items;
  const theirs = tolerant === undefined || tolerant === 'html' ? [] : outcomeOf(tolerant, unclamped).items;
  const counted: readonly Difference[] =
    ours.length === theirs.length ? [] : [{ field: 'items', ours: String(ours.length), theirs: String(theirs.length) }];
  const byId = new Map(theirs.map((item) => [item.id, item]));
  const paired = ours.flatMap((item, index) => {
    const other = counted.length === 0 ? theirs[index] : byId.get(item.id);
    return other ? differencesOf(item, other) : [];
  });
  return { kind: 'compared', items: ours.length, differences: [...counted, ...paired] };
}

function differencesOf(ours: ParsedItem, theirs: ParsedItem): readonly Difference[] {
  const fields = [
    ['title', ours.title, theirs.title],
    ['link', ours.url, theirs.url],
    ['date', isoOf(ours.publishedAt), isoOf(theirs.publishedAt)],
  ] as const;
  return fields.flatMap(([field, mine, other]) => (other === mine ? [] : { field, item: ours.title, ours: mine, theirs: other }));
}

/** To the second, as precise as feeds are. */
function isoOf(at: number | undefined): string {
  return at === undefined ? '' : `${new Date(at).toISOString().slice(0, 19)}Z`;
}
