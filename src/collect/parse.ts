/** A fetched document to items: rss-parser, made to read what is really out there. */
import RssParser from 'rss-parser';
import { type CanonicalFeed, type CanonicalItem, canonical } from './canonical.ts';
import { readDate } from './dates.ts';
import { decode } from './decode.ts';
import { readJsonFeed } from './json-feed.ts';
import { hashOf, type ParsedItem, type ParseHow, type ParseOutcome } from './parsed.ts';
import { plain, resolved } from './text.ts';

type RawItem = Readonly<Record<string, unknown>>;

const parser = new RssParser<Record<string, unknown>, RawItem>({
  customFields: {
    item: [
      ['title', 'titles', { keepArray: true }],
      ['link', 'links', { keepArray: true }],
      ['guid', 'guids', { keepArray: true }],
      ['category', 'allCategories', { keepArray: true }],
      ['source', 'sources', { keepArray: true }],
      ['dcterms:created', 'created'],
    ],
  },
});

/** Never throws: a document ends in items, or in the reason why it is no feed. */
export async function parseFeed(bytes: Uint8Array, how: ParseHow): Promise<ParseOutcome> {
  const text = decode(bytes, how.contentType);
  const start = text.slice(0, 4096).trimStart();
  if (start === '') return { kind: 'not-a-feed', reason: 'an empty document' };
  if (start.startsWith('{')) return readJsonFeed(text, how);
  const feed = (await fastRead(text, how.url)) ?? canonical(cleaned(text), how.url);
  if (feed && (feed.items.length > 0 || !isHtml(start))) {
    const items = feed.items.map((item) => finished(item, how));
    const ttl = Number(feed.ttl);
    const { title, url, format, truncated } = feed;
    return { kind: 'feed', feed: { title: plain(title), url, format, ...(ttl > 0 && { ttlMinutes: ttl }) }, items, truncated };
  }
  return { kind: 'not-a-feed', reason: isHtml(start) ? 'an HTML page instead of a feed' : 'neither RSS, Atom, RDF nor JSON Feed' };
}

function isHtml(start: string): boolean {
  return /<!doctype\s+html|<html[\s>]/i.test(start);
}

/** Junk before the first tag, a DOCTYPE with its entities, and characters that XML forbids. */
function cleaned(text: string): string {
  const first = text.search(/<[?!a-zA-Z]/);
  const body = first > 0 ? text.slice(first) : text;
  const withoutDoctype = body.replace(/^((?:\s*<\?[^>]*\?>|\s*<!--[\s\S]*?-->)*)\s*<!DOCTYPE[^>[]*(?:\[[\s\S]*?\]\s*)?>/i, '$1');
  return withoutDoctype.replace(/[^\P{Cc}\t\n\r]/gu, '');
}

/** Plain RSS 2.0 goes straight to rss-parser; whatever is unusual is left to the careful reading. */
async function fastRead(text: string, url: string): Promise<CanonicalFeed | undefined> {
  const root = /<rss\b[^>]*>/i.exec(text.slice(0, 4096))?.[0];
  if (!root || !/version=["']2/.test(root) || /\sxmlns=|xml:base/.test(root)) return undefined;
  if (/<!DOCTYPE|xml:base|type=["']xhtml|base64|<(?:rss|atom|a10):(?:item|entry)/i.test(text)) return undefined;
  const read = await parser.parseString(text).catch(() => undefined);
  if (!read || read.items.length === 0) return undefined;
  const items = read.items.map((item) => fromRssParser(item, url));
  if (items.some((item) => item === undefined)) return undefined;
  const link = typeof read.link === 'string' ? read.link : '';
  const ttl = read.ttl;
  return {
    format: 'rss',
    title: typeof read.title === 'string' ? read.title : '',
    url: resolved(link, url),
    ttl: typeof ttl === 'string' ? ttl : '',
    items: items.filter((item) => item !== undefined),
    truncated: false,
  };
}

function fromRssParser(raw: RawItem, base: string): CanonicalItem | undefined {
  const title = firstText(raw.titles);
  const guid = first(raw.guids);
  const links = (Array.isArray(raw.links) ? raw.links : []).map(textOf).filter((link) => link !== '');
  if (title === undefined || (links.length === 0 && guid === undefined)) return undefined;
  const dates: Record<string, string> = {};
  for (const [field, name] of [
    ['pubDate', 'pubdate'],
    ['dc:date', 'dc:date'],
    ['created', 'dcterms:created'],
  ] as const) {
    if (typeof raw[field] === 'string') dates[name] = raw[field];
  }
  const content = raw['content:encoded'];
  const categories = Array.isArray(raw.allCategories) ? raw.allCategories : [];
  return {
    title,
    links: links.map((link) => resolved(link, base)),
    id: textOf(guid).trim(),
    permalink: guid !== undefined && (attributeOf(guid, 'isPermaLink') ?? 'true') !== 'false',
    dates,
    summary: typeof raw.content === 'string' ? raw.content : '',
    content: typeof content === 'string' ? content : '',
    categories: categories.map((one) => ({ domain: attributeOf(one, 'domain') ?? '', text: textOf(one).trim() })),
    source: firstText(raw.sources)?.trim() ?? '',
  };
}

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);
const firstText = (value: unknown): string | undefined => {
  const one = first(value);
  return one === undefined ? '' : typeof one === 'string' || textOf(one) !== '' ? textOf(one) : undefined;
};

/** xml2js gives a string, or an object with the text under `_` and the attributes under `$`. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const inner = typeof value === 'object' && value !== null ? Reflect.get(value, '_') : undefined;
  return typeof inner === 'string' ? inner : '';
}

function attributeOf(value: unknown, name: string): string | undefined {
  const attributes: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, '$') : undefined;
  const found: unknown = typeof attributes === 'object' && attributes !== null ? Reflect.get(attributes, name) : undefined;
  return typeof found === 'string' ? found : undefined;
}

const inOrder = [
  'pubdate',
  'published',
  'dc:date',
  'issued',
  'dcterms:issued',
  'date',
  'dcterms:created',
  'created',
  'updated',
  'modified',
  'dcterms:modified',
];

function finished(item: CanonicalItem, { url: base, clampTo }: ParseHow): ParsedItem {
  const fromId = item.permalink || item.links.length === 0 ? resolved(/^https?:/i.test(item.id) ? item.id : '', base) : '';
  const url = item.links.find((link) => link !== '') ?? fromId;
  const title = plain(item.title);
  const summary = plain(item.summary || item.content);
  const body = item.content === '' ? '' : plain(item.content);
  const dated = inOrder.map((name) => item.dates[name]).find((date) => date !== undefined && readDate(date) !== undefined);
  const read = dated === undefined ? undefined : readDate(dated);
  const publishedAt = read !== undefined && clampTo !== undefined ? Math.min(read, clampTo) : read;
  return {
    id: item.id || url || hashOf(`${title}\n${dated ?? ''}`),
    title,
    url,
    summary,
    ...(body !== '' && body !== summary && { body }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(item.categories.length > 0 && { categories: item.categories }),
    ...(item.source !== '' && { source: item.source }),
  };
}
