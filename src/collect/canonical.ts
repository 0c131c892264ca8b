/**
 * Any feed that people publish, well-formed or not, to one plain shape: RSS 0.9x–2.0, RDF, Atom 0.3 and 1.0, wherever its items
 * hang and whatever its prefixes are called.
 */
import { Parser } from 'htmlparser2';
import { resolved } from './text.ts';

export interface CanonicalItem {
  title: string;
  links: string[];
  id: string;
  /** The id is an address to open. */
  permalink: boolean;
  dates: Record<string, string>;
  summary: string;
  content: string;
  categories: { domain: string; text: string }[];
  source: string;
}

export interface CanonicalFeed {
  readonly format: 'rss' | 'atom' | 'rdf';
  readonly title: string;
  readonly url: string;
  readonly ttl: string;
  readonly items: readonly CanonicalItem[];
  /** The document ended inside an item, which was dropped. */
  readonly truncated: boolean;
}

const namespaces: Readonly<Record<string, string>> = {
  'http://purl.org/rss/1.0/': '',
  'http://my.netscape.com/rdf/simple/0.9/': '',
  'http://backend.userland.com/rss2': '',
  'http://www.w3.org/2005/atom': '',
  'http://purl.org/atom/ns#': '',
  'http://www.w3.org/1999/xhtml': 'html',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/dc/terms/': 'dcterms',
  'http://purl.org/rss/1.0/modules/content/': 'content',
  'http://purl.org/rss/1.0/modules/syndication/': 'sy',
  'http://search.yahoo.com/mrss/': 'media',
};
const dateFields = new Set([
  'pubdate',
  'published',
  'issued',
  'dc:date',
  'dcterms:issued',
  'dcterms:created',
  'date',
  'created',
  'updated',
  'modified',
  'dcterms:modified',
]);
const textFields = new Set([
  'title',
  'link',
  'guid',
  'id',
  'description',
  'summary',
  'content',
  'content:encoded',
  'body',
  'html:body',
  'category',
  'dc:subject',
  'source',
  'dc:title',
  'ttl',
  'fullitem',
  ...dateFields,
]);
/** Deeper nesting is an attack: what lies below is not looked at. */
const deepest = 512;

interface Field {
  readonly name: string;
  readonly depth: number;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  /** Child elements are markup of the text, not fields. */
  readonly inline: boolean;
}

/** Reads a document; undefined where no element of it says that it is a feed. */
export function canonical(xml: string, url: string): CanonicalFeed | undefined {
  const reading = createReading(url);
  const parser = new Parser(reading.handler, { xmlMode: true, decodeEntities: true, recognizeCDATA: true });
  parser.write(xml);
  reading.ending();
  parser.end();
  return reading.feed();
}

function createReading(feedUrl: string) {
  let format: CanonicalFeed['format'] | undefined;
  let atEnd = false;
  let truncated = false;
  let depth = 0;
  const head = { title: '', url: '', ttl: '' };
  const items: CanonicalItem[] = [];
  const open: { readonly item: CanonicalItem; readonly depth: number }[] = [];
  const bases: { readonly depth: number; readonly base: string }[] = [{ depth: 0, base: feedUrl }];
  const prefixes: { readonly depth: number; readonly prefix: string; readonly named: string }[] = [];
  let field: Field | undefined;

  const base = () => bases.at(-1)?.base ?? feedUrl;
  const nameOf = (raw: string) => {
    const lower = raw.toLowerCase();
    const colon = lower.indexOf(':');
    const prefix = colon < 0 ? '' : lower.slice(0, colon);
    const local = colon < 0 ? lower : lower.slice(colon + 1);
    const known = prefixes.findLast((one) => one.prefix === prefix);
    const named = known ? known.named : prefix === 'atom' || prefix === 'a10' || prefix === 'rss' ? '' : prefix;
    return named === '' ? local : `${named}:${local}`;
  };

  const onopentag = (raw: string, attributes: Record<string, string>) => {
    depth += 1;
    if (depth > deepest) return;
    noteScope(attributes);
    const name = nameOf(raw);
    if (field) {
      if (field.inline) field.text += `<${name.replace(/^html:/, '')}>`;
      return;
    }
    if (name === 'rss' || name === 'rdf:rdf' || name === 'feed') format ??= name === 'rss' ? 'rss' : name === 'feed' ? 'atom' : 'rdf';
    if (name === 'channel') format ??= 'rss';
    if (name === 'item' || name === 'entry') return openItem(attributes);
    const lower = lowered(attributes);
    if (name === 'link' && lower.href !== undefined) return addLink(lower);
    const inside = open.length > 0 || (format !== undefined && depth <= 3);
    if (inside && textFields.has(name)) field = { name, depth, attributes: lower, text: '', inline: isInline(name, lower) };
  };

  const noteScope = (attributes: Record<string, string>) => {
    for (const [key, value] of Object.entries(attributes)) {
      const lower = key.toLowerCase();
      if (lower === 'xml:base') bases.push({ depth, base: URL.parse(value, URL.canParse(base()) ? base() : undefined)?.href ?? base() });
      if (lower === 'xmlns' || lower.startsWith('xmlns:')) {
        const named = namespaces[value.trim().toLowerCase()];
        const prefix = lower.slice(6);
        if (named !== undefined) prefixes.push({ depth, prefix, named });
        else if (prefix === '') prefixes.push({ depth, prefix, named: '' });
      }
    }
  };

  const openItem = (attributes: Record<string, string>) => {
    const id = lowered(attributes)['rdf:about'] ?? '';
    open.push({
      depth,
      item: { title: '', links: [], id, permalink: false, dates: {}, summary: '', content: '', categories: [], source: '' },
    });
  };

  const addLink = (attributes: Readonly<Record<string, string>>) => {
    const rel = attributes.rel ?? 'alternate';
    const address = resolved(attributes.href ?? '', base());
    const item = open.at(-1)?.item;
    if (rel !== 'alternate' && !rel.endsWith('/alternate')) return;
    if (item) item.links.push(address);
    else if (open.length === 0) head.url ||= address;
  };

  const closeField = (done: Field) => {
    const item = open.at(-1)?.item;
    const text = done.attributes.mode === 'base64' ? Buffer.from(done.text, 'base64').toString('utf8') : done.text;
    if (item) fill(item, done, text, base());
    else if (done.name === 'title') head.title ||= text;
    else if (done.name === 'link') head.url ||= resolved(text, base());
    else if (done.name === 'ttl') head.ttl ||= text;
  };

  const onclosetag = (raw: string) => {
    if (field && field.depth === depth) {
      closeField(field);
      field = undefined;
    } else if (field?.inline) {
      field.text += `</${nameOf(raw).replace(/^html:/, '')}>`;
    }
    const last = open.at(-1);
    if (last && last.depth === depth) {
      open.pop();
      if (atEnd) truncated = true;
      else items.push(last.item);
    }
    while ((bases.at(-1)?.depth ?? 0) >= depth && bases.length > 1) bases.pop();
    while (prefixes.length > 0 && (prefixes.at(-1)?.depth ?? 0) >= depth) prefixes.pop();
    depth -= 1;
  };

  return {
    handler: {
      onopentag,
      onclosetag,
      ontext: (text: string) => {
        if (field && depth <= deepest) field.text += field.inline ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : text;
      },
    },
    ending: () => {
      atEnd = true;
    },
    feed: (): CanonicalFeed | undefined =>
      format || items.length > 0 ? { format: format ?? 'rss', ...head, items, truncated } : undefined,
  };
}

function lowered(attributes: Record<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value]));
}

function isInline(name: string, attributes: Readonly<Record<string, string>>): boolean {
  return attributes.type === 'xhtml' || name === 'html:body' || name === 'body' || attributes.type === 'application/xhtml+xml';
}

function fill(item: CanonicalItem, { name, attributes }: Field, text: string, base: string): void {
  // Atom's type="text" is no markup: what looks like it must survive the reading as markup that follows.
  const markup = attributes.type === 'text' ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : text;
  if (name === 'title') item.title ||= markup;
  else if (name === 'dc:title') item.title ||= markup;
  else if (name === 'link') item.links.push(resolved(text, base));
  else if (name === 'guid' || name === 'id') {
    item.id = text.trim() || item.id;
    item.permalink = name === 'guid' && (attributes.ispermalink ?? 'true').toLowerCase() !== 'false';
  } else if (name === 'description' || name === 'summary') item.summary ||= markup;
  else if (name === 'content' || name === 'content:encoded' || name.endsWith('body') || name === 'fullitem') item.content ||= markup;
  else if (name === 'category' || name === 'dc:subject') {
    const label = attributes.term ?? attributes.label ?? text;
    item.categories.push({ domain: attributes.domain ?? attributes.scheme ?? '', text: label.trim() });
  } else if (name === 'source') item.source ||= text.trim();
  else if (dateFields.has(name)) item.dates[name] ??= text;
}
