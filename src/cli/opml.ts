/** Lists of feeds as other readers write them (OPML 2.0): `attache feeds import` and `feeds export`. */
import { Parser } from 'htmlparser2';
import { bare } from '../collect/address.ts';
import { isLanguage, problemsOfFeed } from '../config.ts';
import type { Problems } from '../model/basics.ts';
import { type Feed, unknownLicence } from '../model/feed.ts';

/** What OPML has no word for stands in attributes of our own. */
const ours = 'https://github.com/attache-bot/attache';
const prefix = 'attache:';
const kept = ['id', 'kind', 'tier', 'sender', 'host', 'reader', 'everyMinutes', 'licence', 'attribution', 'terms', 'on'] as const;

export function toOpml(feeds: readonly Feed[]): string {
  const attribute = (name: string, value: unknown) => (value === undefined ? '' : ` ${name}="${escaped(String(value))}"`);
  const outline = (feed: Feed) => {
    const plain = { type: 'rss', text: feed.source, title: feed.source, xmlUrl: bare(feed.url), language: feed.language };
    const own = kept.map((key) => attribute(`${prefix}${key}`, feed[key]));
    return `    <outline${[...Object.entries(plain).map(([name, value]) => attribute(name, value)), ...own].join('')}/>`;
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<opml version="2.0" xmlns:attache="${ours}">`,
    '  <head><title>Sources of Attaché</title></head>',
    '  <body>',
    ...feeds.map(outline),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replace(/[\n\r\t]/g, ' ');
}

export interface Imported {
  readonly feeds: readonly Feed[];
  /** Addresses that are known, or stand in the file before. */
  readonly known: number;
}

/**
 * The feeds of an OPML text that are new. Folders are walked into, outlines without `xmlUrl` are no feeds.
 * @returns one line for each wrong row, with its number; then there are no feeds
 */
export function fromOpml(text: string, before: readonly Feed[]): Imported | Problems {
  const read = rowsOf(text);
  if ('problems' in read) return read;
  const addresses = new Set(before.map(({ url }) => url));
  const ids = new Set(before.map(({ id }) => id));
  const feeds: Feed[] = [];
  const problems: string[] = [];
  for (const { line, attributes } of read.rows) {
    const url = attributes.get('xmlurl') ?? '';
    if (addresses.has(url)) continue;
    addresses.add(url);
    const row = feedOf(url, attributes, ids);
    const wrong = problemsOfFeed(row);
    problems.push(...wrong.map((one) => `${line}: ${one}`));
    if (ids.has(row.id)) problems.push(`${line}: attache:id: found "${row.id}" a second time; allowed: each id once`);
    ids.add(row.id);
    if (wrong.length === 0) feeds.push(row);
  }
  return problems.length > 0 ? { problems } : { feeds, known: read.rows.length - feeds.length };
}

interface Row {
  readonly line: number;
  /** By their names in lower case: readers write `xmlUrl`, `xmlurl` and `XMLURL`. */
  readonly attributes: ReadonlyMap<string, string>;
}

function rowsOf(text: string): { readonly rows: readonly Row[] } | Problems {
  const rows: Row[] = [];
  let isOpml = false;
  let line = 1;
  let counted = 0;
  const parser = new Parser(
    {
      onopentag: (name, given) => {
        isOpml ||= name.toLowerCase() === 'opml';
        line += (text.slice(counted, parser.startIndex).match(/\n/g) ?? []).length;
        counted = parser.startIndex;
        const attributes = new Map(Object.entries(given).map(([key, value]) => [key.toLowerCase(), value.trim()]));
        if (name.toLowerCase() === 'outline' && attributes.get('xmlurl')) rows.push({ line, attributes });
      },
    },
    { xmlMode: true },
  );
  parser.write(text);
  parser.end();
  if (!isOpml) return { problems: ['1: found no <opml>; allowed: an OPML file, as feed readers export one'] };
  if (!/<\/opml\s*>\s*$/i.test(text))
    return { problems: [`${text.split('\n').length}: found no </opml>: only a part of the file is here`] };
  return rows.length > 0 ? { rows } : { problems: ['1: found no feed; allowed: outlines with xmlUrl'] };
}

/** What a row does not say is as `feeds add` would have it. */
function feedOf(url: string, attributes: Row['attributes'], taken: ReadonlySet<string>): Feed {
  const own = (key: (typeof kept)[number]) => attributes.get(`${prefix}${key.toLowerCase()}`);
  const source = attributes.get('title') || attributes.get('text') || (URL.parse(url)?.hostname ?? url);
  const said = attributes.get('language')?.toLowerCase().split(/[-_]/)[0] ?? '';
  const [sender, host, reader] = [own('sender'), own('host'), own('reader')];
  // Whatever stands there is checked afterwards, as a row of feeds.yaml is.
  return {
    id: own('id') ?? freeId(url, taken),
    url,
    kind: (own('kind') ?? 'news') as Feed['kind'],
    tier: (own('tier') ?? 'media') as Feed['tier'],
    source,
    ...(sender && { sender }),
    ...(host && { host }),
    ...(reader && { reader: reader as NonNullable<Feed['reader']> }),
    language: isLanguage(said) ? said : 'en',
    everyMinutes: Number(own('everyMinutes') ?? 5),
    licence: own('licence') ?? unknownLicence,
    attribution: own('attribution') ?? source,
    terms: (own('terms') ?? 'unverified') as Feed['terms'],
    on: (own('on') ?? 'true') === 'true',
  };
}

/** The name of the site, with a number where it has other feeds already. */
export function freeId(url: string, taken: ReadonlySet<string>): string {
  const { hostname = 'feed', host = '' } = URL.parse(url) ?? {};
  const labels = hostname.split('.').filter((label) => !/^(?:www|feeds?|rss|news)$/.test(label));
  // A number has no name within it; behind its ports may stand several sites.
  const isNumber = /^[\d.]+$|^\[/.test(hostname);
  const name = (isNumber ? host.replace(/\W+/g, '-').replace(/^-|-$/g, '') : labels.slice(0, -1).join('-') || labels.join('-') || 'feed')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-');
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(id)) return id;
  }
}
