/**
 * The tolerant reader: reads any published feed, well-formed or not, into one shape: RSS 0.9x–2.0,
 * RDF, Atom 0.3 and 1.0, wherever its items are and whatever its prefixes are called. htmlparser2
 * forgives broken markup; what elements mean is decided here, because no feed library reads as many
 * published feeds correctly (`npm run eval:parse`). Declared entities are expanded if they are one
 * line of plain text; nothing is fetched, and nothing is expanded twice.
 */
import { Parser } from 'htmlparser2';
import { escaped } from './text.ts';
import { createEntities, type Entities } from './xml-entities.ts';
import { asides, type CanonicalItem, createItem, holdsMarkup, type ItemReading, itemFields } from './xml-item.ts';
import { type CanonicalHead, createHead, type HeadReading, headFields } from './xml-metadata.ts';
import { type Attributes, createScope, type Scope } from './xml-namespaces.ts';

export interface RawFeed extends CanonicalHead {
  readonly format: 'rss' | 'atom' | 'rdf';
  readonly items: readonly CanonicalItem[];
  /** The document ended inside an item, which was dropped, or was too long or too deep. */
  readonly truncated: boolean;
}

/**
 * Deeper nesting is an attack: nothing after it is read. The parser's cost grows with the square of
 * its stack.
 */
const deepest = 512;
/** More than any feed has; the rest is ignored. */
export const mostItems = 10_000;

const roots: ReadonlyMap<string, RawFeed['format']> = new Map([
  ['rss', 'rss'],
  ['channel', 'rss'],
  ['rdf:rdf', 'rdf'],
  ['feed', 'atom'],
]);
const none: Attributes = {};

interface OpenField {
  readonly name: string;
  readonly depth: number;
  readonly attributes: Attributes;
  /** Declared to hold elements as its text: characters are literal. */
  readonly xhtml: boolean;
  readonly markup: boolean;
  text: string;
  /** The last element opened inside it. */
  inner: string;
}

interface OpenItem extends ItemReading {
  readonly depth: number;
  complete: boolean;
}

/** State of the walk through a document. */
interface Walk {
  readonly scope: Scope;
  readonly head: HeadReading;
  readonly entities: Entities;
  readonly items: OpenItem[];
  readonly open: OpenItem[];
  format?: RawFeed['format'] | undefined;
  /** Why the rest is not read. */
  stopped?: 'html' | 'limit';
  depth: number;
  /** The depth of the root element. */
  root: number;
  /** The depth of the element being skipped; 0 for none. */
  aside: number;
  field?: OpenField | undefined;
}

/** Returns the feed; `html` for a page; undefined if no element identifies a feed. */
export function parseXmlFeed(xml: string, url: string): RawFeed | 'html' | undefined {
  const walk: Walk = {
    scope: createScope(url),
    head: createHead(),
    entities: createEntities(),
    items: [],
    open: [],
    depth: 0,
    root: 0,
    aside: 0,
  };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        opened(walk, name, attributes);
        if (walk.stopped) parser.pause();
      },
      onclosetag: (name) => closed(walk, name),
      ontext: (text) => heard(walk, text),
      onprocessinginstruction: (_, text) => walk.entities.declare(text),
    },
    { xmlMode: true },
  );
  // The parser is not told about the end, so an item still open there is known to be cut off.
  parser.write(xml);
  return resultOf(walk);
}

function resultOf({ head, items, open, format, stopped }: Walk): RawFeed | 'html' | undefined {
  if (stopped === 'html') return 'html';
  const whole = items.filter(({ complete, item }) => complete && !holdsNothing(item)).map(({ item }) => item);
  if (format === undefined && whole.length === 0) return undefined;
  return { format: format ?? 'rss', ...head.result(), items: whole, truncated: stopped === 'limit' || open.length > 0 };
}

/** Returns whether an item is empty. */
export function holdsNothing({ title, link, id, summary, content, dates }: CanonicalItem): boolean {
  return Object.keys(dates).length === 0 && title === '' && link === '' && id === '' && summary === '' && content === '';
}

function opened(walk: Walk, raw: string, given: Attributes): void {
  walk.depth += 1;
  if (walk.depth > deepest) walk.stopped = 'limit';
  if (walk.stopped) return;
  const attributes = lowered(given, walk.entities);
  if (attributes !== none) walk.scope.open(walk.depth, attributes);
  const name = walk.scope.nameOf(raw);
  if (walk.field) openedWithin(walk.field, name);
  else if (walk.aside === 0) openedOutside(walk, name, attributes);
}

function openedOutside(walk: Walk, name: string, attributes: Attributes): void {
  if (walk.format === undefined) openedRoot(walk, name, attributes);
  if (name === 'item' || name === 'entry') openedItem(walk, attributes);
  else if (asides.has(name)) walk.aside = walk.depth;
  else if (isField(walk, name)) walk.field = openField(name, walk.depth, attributes);
}

/** The first meaningful element determines the format. */
function openedRoot(walk: Walk, name: string, attributes: Attributes): void {
  walk.format = roots.get(name);
  if (walk.format !== undefined) {
    walk.root = walk.depth;
    walk.head.open(attributes, walk.scope.base());
  } else if (name === 'html' || name === 'head') walk.stopped = 'html';
}

function openedItem(walk: Walk, attributes: Attributes): void {
  const item = { ...createItem(attributes, walk.scope.base()), depth: walk.depth, complete: false };
  walk.items.push(item);
  walk.open.push(item);
  if (walk.items.length > mostItems) walk.stopped = 'limit';
}

function isField({ open, format, depth, root }: Walk, name: string): boolean {
  return open.length > 0 ? itemFields.has(name) : format !== undefined && depth - root <= 3 && headFields.has(name);
}

function openField(name: string, depth: number, attributes: Attributes): OpenField {
  const xhtml = /xhtml/i.test(attributes.type ?? '') || attributes.mode === 'xml' || name === 'html:body' || name === 'body';
  return { name, depth, attributes, xhtml, markup: holdsMarkup(name), text: '', inner: '' };
}

const tag = (name: string) => `<${name.replace('html:', '')}>`;

/** An element inside a text is part of it; the name of a source is its title. */
function openedWithin(field: OpenField, name: string): void {
  if (field.markup) field.text += tag(name);
  else if (name === 'title') field.text = '';
  field.inner = name;
}

function heard({ field, depth, stopped }: Walk, text: string): void {
  if (!field || stopped) return;
  if (field.markup) field.text += field.xhtml ? escaped(text) : text;
  else if (depth === field.depth || field.inner === 'title') field.text += text;
}

function closed(walk: Walk, raw: string): void {
  const { field, depth, scope } = walk;
  if (walk.stopped) return;
  if (field && field.depth === depth) {
    walk.field = undefined;
    field.text = walk.entities.expand(field.text);
    take(walk, field);
  } else if (field?.markup) field.text += tag(`/${scope.nameOf(raw)}`);
  const last = walk.open.at(-1);
  if (last && last.depth === depth) {
    walk.open.pop();
    last.complete = true;
  }
  if (walk.aside === depth) walk.aside = 0;
  scope.close(depth);
  walk.depth -= 1;
}

function take({ open, head, scope, depth }: Walk, field: OpenField): void {
  const item = open.at(-1);
  if (item) item.add(field, depth - item.depth, scope.base());
  else head.add(field, scope.base());
}

function lowered(attributes: Attributes, entities: Entities): Attributes {
  let any: Record<string, string> | undefined;
  for (const key in attributes) {
    any ??= {};
    any[key.toLowerCase()] = entities.expand(attributes[key] ?? '');
  }
  return any ?? none;
}
