/**
 * Parses a fetched document: bytes → text (`decode`) → raw feed (`well-formed`, `xml-feed`,
 * `json-feed`) → items of plain text, absolute addresses and instants.
 */

import { readDate } from './dates.ts';
import { decode } from './decode.ts';
import { clamped, hashOf, keyOf, type ParsedItem, type ParseHow, type ParseOutcome, subjectOf } from './feed-types.ts';
import { readJsonFeed } from './json-feed.ts';
import { plain, resolved } from './text.ts';
import { readWellFormed } from './well-formed.ts';
import { parseXmlFeed, type RawFeed } from './xml-feed.ts';
import { type CanonicalItem, dateFields } from './xml-item.ts';

/** Never throws: returns items, or the reason why it is not a feed. */
export async function parseFeed(bytes: Uint8Array, how: ParseHow): Promise<ParseOutcome> {
  const text = decode(bytes, how.contentType);
  const start = text.slice(0, 4096).trimStart();
  if (start === '' && text.trim() === '') return { kind: 'not-a-feed', reason: 'an empty document' };
  if (start.startsWith('{')) return readJsonFeed(text, how);
  const clean = withoutForbidden(text);
  const first = await readWellFormed(clean, how.url);
  const feed = first.kind === 'read' ? first.feed : parseXmlFeed(clean, how.url);
  if (feed === 'html') return { kind: 'not-a-feed', reason: 'an HTML page instead of a feed' };
  return feed ? outcomeOf(feed, how) : { kind: 'not-a-feed', reason: 'neither RSS, Atom, RDF nor JSON Feed' };
}

/**
 * Removes characters that XML forbids and no message should carry. C1 controls stay until mojibake
 * is repaired.
 */
export function withoutForbidden(text: string): string {
  return text.replace(/[^\t\n\r -~\u0080-\uffff]+/g, '');
}

export function outcomeOf(
  { format, title, url, hints, items, truncated }: RawFeed,
  how: ParseHow,
): Extract<ParseOutcome, { readonly kind: 'feed' }> {
  return {
    kind: 'feed',
    feed: { title: plain(title), url, format, hints },
    items: items.map((item) => finished(item, how)),
    truncated,
  };
}

function finished(item: CanonicalItem, { url: base, clampTo }: ParseHow): ParsedItem {
  // A guid is by default the item's address, but most guids that are not addresses omit
  // `isPermaLink` as well.
  const url = item.link || (item.permalink && /^(?:https?:\/)?\//i.test(item.id) ? resolved(item.id, base) : '');
  const title = plain(item.title);
  const summary = plain(item.summary || item.content);
  const body = item.summary === '' || item.content === item.summary ? '' : plain(item.content);
  const { written, date } = publishedOf(item);
  return {
    id: keyOf(item.id || url) || hashOf(`${title}\n${written}`),
    title,
    url,
    summary,
    ...(body !== '' && body !== summary && { body }),
    ...clamped(date, clampTo),
    ...(item.categories.length > 0 && {
      categories: item.categories.map(({ domain, text }) => ({ domain: subjectOf(domain), text: subjectOf(text) })),
    }),
    ...(item.source !== '' && { source: plain(item.source) }),
  };
}

/** The first readable date, in order of meaning. */
function publishedOf({ dates }: CanonicalItem): { readonly written: string; readonly date?: number } {
  for (const field of dateFields) {
    const written = dates[field];
    const date = written === undefined ? undefined : readDate(written);
    // No feed is older than 1970: some systems write an unknown date that way.
    if (written !== undefined && date !== undefined && date > 0) return { written, date };
  }
  return { written: '' };
}
