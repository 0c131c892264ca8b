/** Whether an independent reading of a document agrees with ours: what a person who adds a feed wants to know before trusting it. */
import type { CanonicalItem } from './canonical-item.ts';
import { dateFields } from './canonical-item.ts';
import { decode } from './decode.ts';
import { parseFeed, withoutForbidden } from './parse.ts';
import type { ParsedItem, ParseHow } from './parsed.ts';
import { readSecond } from './second-reader.ts';
import { plain } from './text.ts';

export interface Difference {
  readonly field: 'items' | 'title' | 'link' | 'date';
  /** Our title of the item; absent where the number of items differs. */
  readonly item?: string;
  /** As a person may read it: counts, titles, addresses, dates in ISO 8601; '' for nothing. */
  readonly ours: string;
  readonly theirs: string;
}

export type Comparison =
  | { readonly kind: 'compared'; readonly items: number; readonly differences: readonly Difference[] }
  /** The other reader cannot read it, which says nothing against ours: it knows well-formed RSS and Atom only. */
  | { readonly kind: 'unread'; readonly reason: string };

/** Reads the document once more with rss-parser, and tells each item's title, link or date that came out otherwise. Never throws. */
export async function secondReading(bytes: Uint8Array, how: ParseHow): Promise<Comparison> {
  const { clampTo: _, ...unclamped } = how;
  const ours = await parseFeed(bytes, unclamped);
  const text = withoutForbidden(decode(bytes, how.contentType));
  if (ours.kind === 'feed' && ours.feed.format === 'json') return { kind: 'unread', reason: 'the second reader knows no JSON Feed' };
  const second = await readSecond(text, how.url);
  if (second.kind === 'unread') return second;
  const items = ours.kind === 'feed' ? ours.items : [];
  const theirs = second.feed.items;
  const counted: readonly Difference[] =
    items.length === theirs.length ? [] : [{ field: 'items', ours: String(items.length), theirs: String(theirs.length) }];
  const byId = new Map(theirs.map((item) => [item.id || item.link, item]));
  const paired = items.flatMap((item, index) => {
    const other = counted.length === 0 ? theirs[index] : (byId.get(item.id) ?? byId.get(item.url));
    return other ? differencesOf(item, other) : [];
  });
  return { kind: 'compared', items: items.length, differences: [...counted, ...paired] };
}

/** What the other reader is silent about is no disagreement. */
function differencesOf(ours: ParsedItem, theirs: CanonicalItem): readonly Difference[] {
  const fields = [
    ['title', ours.title, plain(theirs.title)],
    ['link', ours.url, theirs.link],
    ['date', isoOf(ours.publishedAt), isoOf(dateOf(theirs))],
  ] as const;
  return fields.flatMap(([field, mine, other]) =>
    other !== '' && other !== mine ? { field, item: ours.title, ours: mine, theirs: other } : [],
  );
}

/** As the platform reads it, save that a time without a zone is UTC and not this machine's. */
function dateOf({ dates }: CanonicalItem): number | undefined {
  const written =
    dateFields
      .map((field) => dates[field])
      .find((one) => one !== undefined)
      ?.trim() ?? '';
  const zoned = /(?:z|[+-]\d\d:?\d\d|[a-z]{3,5})$/i.test(written) || !/\d:\d/.test(written);
  const read = Date.parse(zoned ? written : /^\d{4}-/.test(written) ? `${written.replace(' ', 'T')}Z` : `${written} UTC`);
  return Number.isNaN(read) ? undefined : read;
}

/** To the second, which is what feeds give. */
function isoOf(at: number | undefined): string {
  return at === undefined ? '' : `${new Date(at).toISOString().slice(0, 19)}Z`;
}
