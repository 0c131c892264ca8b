/**
 * Plain RSS 2.0, as most publishers write it: read by rss-parser. Whatever is unusual in a document is left to the careful reading of
 * `canonical.ts`, and both come to the same items.
 */
import RssParser from 'rss-parser';
import type { CanonicalFeed } from './canonical.ts';
import type { CanonicalItem } from './canonical-item.ts';
import { resolved } from './text.ts';

type RawItem = Readonly<Record<string, unknown>>;

const raw = (field: string, name: string): [string, string, { keepArray: true }] => [field, name, { keepArray: true }];
/** rss-parser makes a snippet of a description and of a content, with patterns that some texts occupy for minutes: it must not know them by name. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['description', 'markup'],
  ['content:encoded', 'whole'],
]);
const parser = new RssParser<Record<string, unknown>, RawItem>({
  xml2js: { tagNameProcessors: [(name: string) => renamed.get(name) ?? name] },
  customFields: {
    item: [
      raw('title', 'titles'),
      raw('link', 'links'),
      raw('guid', 'guids'),
      raw('markup', 'descriptions'),
      raw('whole', 'contents'),
      raw('category', 'subjects'),
      raw('source', 'sources'),
      raw('pubDate', 'dates'),
    ],
  },
});

/** Anything that plain RSS does not need: other namespaces' items and dates, markup in place, entities of the document's own, hints beyond `ttl`. */
const unusual = new RegExp(
  [
    '<!DOCTYPE|<!ENTITY|xml:base|xhtml|base64|<skip(?:Hours|Days)|<(?:item|entry)\\s',
    '<(?:body|fullitem|abstract|markup|whole|issued|published|updated|modified|created|date|id|content|summary)[\\s>]',
    // What other vocabularies say of who, how long and in pictures is no field of ours.
    '<(?:a10|rdf|dcterms|sy|rss|content:(?!encoded)|dc:(?!creator|language|rights|publisher)|media:(?:title|description))',
    '<atom:(?!link[^>]*rel=["\'](?:self|hub|next|search)["\'])',
  ].join('|'),
  'i',
);

/** Characters; longer documents are rare, and the careful reading knows when to stop. */
const longest = 1_000_000;

/** The feed, or undefined where the document is not that plain. */
export async function readPlainRss(text: string, url: string): Promise<CanonicalFeed | undefined> {
  if (text.length > longest) return undefined;
  const root = /^\s*(?:<\?xml[^>]*\?>\s*)?<rss\b[^>]*>/i.exec(text)?.[0];
  if (
    !root ||
    !/\sversion=["']2(?:\.0)?["']/.test(root) ||
    /\sxmlns=/.test(root) ||
    !/<\/rss>\s*$/.test(text) ||
    unusual.test(text.slice(root.length)) ||
    !isShallow(text)
  )
    return undefined;
  const read = await parser.parseString(text).catch(() => undefined);
  if (!read || read.items.length === 0) return undefined;
  const items = read.items.map((item) => itemOf(item, url));
  const { title, link } = read;
  const ttl = Number(read.ttl);
  if (typeof title !== 'string' || typeof link !== 'string' || items.includes(undefined)) return undefined;
  const hints = Number.isInteger(ttl) && ttl > 0 ? { ttlMinutes: ttl } : {};
  return { format: 'rss', title, url: resolved(link, url), hints, items: items.filter((item) => item !== undefined), truncated: false };
}

/** One of each field at most, and its text where a text belongs; else it is for the careful reading. */
function itemOf(item: RawItem, base: string): CanonicalItem | undefined {
  const title = only(item.titles);
  const link = only(item.links);
  const guid = only(item.guids);
  const summary = only(item.descriptions);
  const content = only(item.contents);
  const source = only(item.sources);
  const date = only(item.dates);
  if (!title || !link?.text || !guid || !summary || !content || !source || !date) return undefined;
  return {
    title: title.text,
    link: resolved(link.text, base),
    id: guid.text.trim(),
    permalink: guid.text !== '' && (guid.attributes.isPermaLink ?? 'true').toLowerCase() !== 'false',
    dates: date.text === '' ? {} : { pubdate: date.text },
    summary: summary.text,
    content: content.text,
    categories: many(item.subjects).map(({ text, attributes }) => ({ domain: attributes.domain ?? '', text: text.trim() })),
    source: source.text.trim(),
  };
}

/** Plain RSS is six elements deep at most. rss-parser's own cost grows with the square of the depth, so that deeper ones never reach it. */
const deepest = 8;

function isShallow(text: string): boolean {
  let depth = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const isData = text.startsWith('<![CDATA[', at);
    const end = isData ? text.indexOf(']]>', at) : text.startsWith('<!--', at) ? text.indexOf('-->', at) : text.indexOf('>', at);
    if (end < 0) return false;
    const mark = text[at + 1];
    if (mark === '/') depth -= 1;
    else if (mark !== '!' && mark !== '?' && text[end - 1] !== '/') depth += 1;
    if (depth > deepest) return false;
    at = end;
  }
  return depth === 0;
}

interface Element {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The one element of a field; an empty one where it is missing; undefined where there are more, or something other than text. */
function only(field: unknown): Element | undefined {
  const elements = Array.isArray(field) ? field : [];
  if (elements.length > 1) return undefined;
  return elements.length === 0 ? { text: '', attributes: {} } : elementOf(elements[0]);
}

function many(field: unknown): readonly Element[] {
  return Array.isArray(field) ? field.flatMap((one) => elementOf(one) ?? []) : [];
}

/** xml2js gives a string, or an object with the text under `_` and the attributes under `$`. */
function elementOf(value: unknown): Element | undefined {
  if (typeof value === 'string') return { text: value, attributes: {} };
  if (typeof value !== 'object' || value === null || Object.keys(value).some((key) => key !== '_' && key !== '$')) return undefined;
  const text: unknown = Reflect.get(value, '_') ?? '';
  const attributes: unknown = Reflect.get(value, '$') ?? {};
  return typeof text === 'string' ? { text, attributes: attributes as Readonly<Record<string, string>> } : undefined;
}
