/**
 * Reads a well-formed feed with rss-parser: its XML, its items, their fields. What fields mean is
 * decided in one place for every feed (`xml-item.ts`, `xml-metadata.ts`). What rss-parser cannot
 * read or reads worse is refused here and left to the tolerant reader (`xml-feed.ts`): broken
 * markup, entities of HTML or the document's own, items in other places, text whose markup is
 * written as elements, `xml:base`, prefixes that change their meaning, more than a million
 * characters.
 */
import RssParser from 'rss-parser';
import { holdsNothing, mostItems, type RawFeed } from './xml-feed.ts';
import { asides, type CanonicalItem, createItem, type Field, holdsMarkup, itemFields } from './xml-item.ts';
import { createHead, headFields } from './xml-metadata.ts';
import { type Attributes, createScope } from './xml-namespaces.ts';

export type WellFormed =
  | { readonly kind: 'read'; readonly feed: RawFeed }
  /** Why it was not read, in one line. */
  | { readonly kind: 'unread'; readonly reason: string };

/** By the names that rss-parser uses. */
const structure: ReadonlyMap<string, string> = new Map([
  ['rss', 'rss'],
  ['channel', 'channel'],
  ['rdf:rdf', 'rdf:RDF'],
  ['feed', 'feed'],
  ['item', 'item'],
  ['entry', 'entry'],
  ...['title', 'link', 'guid', 'id', 'category'].map((name): [string, string] => [name, name]),
]);
const formats: ReadonlyMap<string, RawFeed['format']> = new Map([
  ['feed', 'atom'],
  ['rdf:rdf', 'rdf'],
  ['rss', 'rss'],
]);
const fields: ReadonlySet<string> = new Set([...itemFields, ...headFields]);
/** Names for elements that hold others, and for ignored ones. */
const other = '~';
const aside = '-';

/**
 * rss-parser makes snippets with patterns that take minutes on some texts, and drops a whole feed
 * for one bad date, so it must not recognise either field by name.
 */
function nameFor(name: string): string {
  return structure.get(name) ?? (fields.has(name) ? `=${name}` : asides.has(name) ? aside : other);
}

const allOf = (names: ReadonlySet<string>) =>
  [...[...names].map(nameFor), other, '$'].map((name): [string, string, { keepArray: true }] => [name, `all:${name}`, { keepArray: true }]);
// Its types know renamed fields of items only.
const customFields = { item: allOf(itemFields), feed: allOf(headFields) as unknown as string[] };

class Unfit extends Error {}

type Raw = Readonly<Record<string, unknown>>;

/**
 * @param text decoded, without characters that XML forbids
 * @param url its links are relative to this
 */
export async function readWellFormed(text: string, url: string): Promise<WellFormed> {
  const unfit = unfitFor(text);
  if (unfit) return { kind: 'unread', reason: unfit };
  const rules = createRules(url);
  const parser = new RssParser<Raw, Raw>({ defaultRSS: 2.0, customFields, xml2js: rules.xml2js });
  try {
    // It parses synchronously; for a document without any element its promise never settles.
    const read = await Promise.race([parser.parseString(text.trimStart()), Promise.resolve(undefined)]);
    if (!read) return { kind: 'unread', reason: 'no element in it' };
    const { items, format } = rules.seen;
    if (read.items.length !== items) return { kind: 'unread', reason: 'items outside of the feed' };
    const head = createHead();
    eachField(read, headFields, (field) => head.add(field, url));
    const whole = read.items.map((item) => itemOf(item, url)).filter((item) => !holdsNothing(item));
    return { kind: 'read', feed: { format, ...head.result(), items: whole, truncated: false } };
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { kind: 'unread', reason: error instanceof Unfit ? reason : `rss-parser gives up: ${reason}` };
  }
}

/**
 * Renames elements and attributes as they are first seen: by their namespace, not by the document's
 * prefix.
 */
function createRules(url: string) {
  const scope = createScope(url);
  const seen: { items: number; format: RawFeed['format'] } = { items: 0, format: 'rss' };
  let isRoot = true;
  const declared = (key: string, value: string) => {
    const before = isRoot ? undefined : scope.nameOf(`${key.slice(6)}:`);
    scope.open(1, { [key]: value });
    if (before !== undefined && scope.nameOf(`${key.slice(6)}:`) !== before) throw new Unfit('a prefix that changes its meaning');
  };
  const xml2js = {
    attrNameProcessors: [(name: string) => name.toLowerCase()],
    attrValueProcessors: [
      (value: string, name: string) => {
        const key = name.toLowerCase();
        if (key === 'xml:base') throw new Unfit('addresses with a base of their own');
        if (key === 'xmlns' || key.startsWith('xmlns:')) declared(key, value);
        return value;
      },
    ],
    tagNameProcessors: [
      (raw: string) => {
        const name = scope.nameOf(raw);
        if (isRoot) seen.format = formats.get(name) ?? 'rss';
        isRoot = false;
        if (name === 'item' || name === 'entry') seen.items += 1;
        if (seen.items > mostItems) throw new Unfit('more items than any feed has');
        return nameFor(name);
      },
    ],
  };
  return { seen, xml2js };
}

function itemOf(raw: Raw, base: string): CanonicalItem {
  const { item, add: take } = createItem(attributesOf(raw['all:$']), base);
  eachField(raw, itemFields, (field, depth) => take(field, depth, base));
  return item;
}

/** First the children, then deeper descendants. */
function eachField(raw: Raw, names: ReadonlySet<string>, take: (field: Field, depth: number) => void): void {
  for (const name of names) for (const value of listOf(raw[`all:${nameFor(name)}`])) take(fieldOf(name, value), 1);
  for (const value of listOf(raw[`all:${other}`])) eachInner(value, names, take, 2);
}

function eachInner(value: unknown, names: ReadonlySet<string>, take: (field: Field, depth: number) => void, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const name = key.startsWith('=') ? key.slice(1) : key;
    if (key === other) for (const one of listOf(inner)) eachInner(one, names, take, depth + 1);
    else if (names.has(name)) for (const one of listOf(inner)) take(fieldOf(name, one), depth);
  }
}

/**
 * xml2js gives a string, or an object with the text under `_`, attributes under `$` and each child
 * under its name.
 */
function fieldOf(name: string, value: unknown): Field {
  if (typeof value !== 'object' || value === null) return { name, attributes: none, text: typeof value === 'string' ? value : '' };
  const { _: text, $: attributes, ...children } = value as Raw;
  if (holdsMarkup(name) && Object.keys(children).length > 0) throw new Unfit('markup that is written as elements');
  // The name of a source is its title.
  const [title] = listOf(children.title);
  if (title !== undefined) return { ...fieldOf('source', title), name, attributes: attributesOf(attributes) };
  return { name, attributes: attributesOf(attributes), text: typeof text === 'string' ? text : '' };
}

const none: Attributes = {};

function attributesOf(value: unknown): Attributes {
  return typeof value === 'object' && value !== null ? (value as Attributes) : none;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Characters. */
const longest = 1_000_000;
/**
 * rss-parser's cost grows with the square of the depth; the deepest feeds carry a page of XHTML in
 * each entry.
 */
const deepest = 64;
const unreadable = /<!DOCTYPE|\stype\s*=\s*["'][^"']{0,30}xhtml/i;

function unfitFor(text: string): string | undefined {
  if (text.length > longest) return 'longer than a million characters';
  if (!isShallow(text)) return 'not well-formed, or deeper than any feed';
  return unreadable.test(text) ? 'a document type, or markup that is written as elements' : undefined;
}

function isShallow(text: string): boolean {
  let depth = 0;
  let elements = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const mark = text.charCodeAt(at + 1);
    const isMarked = mark === 33 || mark === 63;
    const ending = isMarked ? endingOf(text, at) : '>';
    const end = text.indexOf(ending, at);
    if (end < 0) return false;
    if (mark === 47) depth -= 1;
    else if (!isMarked) {
      elements += 1;
      if (text.charCodeAt(end - 1) !== 47) depth += 1;
    }
    if (depth > deepest) return false;
    at = end;
  }
  return depth === 0 && elements > 0;
}

/** The end of what begins with `<!` or `<?`. */
function endingOf(text: string, at: number): string {
  if (text.startsWith('<![CDATA[', at)) return ']]>';
  if (text.startsWith('<!--', at)) return '-->';
  return text.startsWith('<?', at) ? '?>' : '>';
}
