/** One item of a feed in one shape: which element fills which field, and which of two is better. */

import { escaped, resolved } from './text.ts';
import type { Attributes } from './xml-namespaces.ts';

export interface CanonicalItem {
  /** Markup, like `summary` and `content`. */
  title: string;
  /** Absolute http(s) address, or ''. */
  link: string;
  id: string;
  /** The id is an address to open if there is no link. */
  permalink: boolean;
  /** As written, by element. */
  readonly dates: Record<string, string>;
  summary: string;
  content: string;
  readonly categories: { readonly domain: string; readonly text: string }[];
  /** The outlet, if an aggregator names it. */
  source: string;
}

/** An element that was read to its end. */
export interface Field {
  readonly name: string;
  readonly attributes: Attributes;
  readonly text: string;
}

export interface ItemReading {
  readonly item: CanonicalItem;
  /** @param depth the field's depth below the item: 1 for its children */
  add(field: Field, depth: number, base: string): void;
}

/** In order of preference: publication dates come before dates of changes. */
export const dateFields = [
  'pubdate',
  'published',
  'dc:date',
  'issued',
  'dcterms:issued',
  'dcterms:date',
  'date',
  'dcterms:created',
  'created',
  'updated',
  'modified',
  'dcterms:modified',
] as const;
const dates: ReadonlySet<string> = new Set(dateFields);

type Slot = 'title' | 'link' | 'id' | 'summary' | 'content' | 'source';
/**
 * Elements by the slot they fill. Among siblings a lower number is better, and any child is better
 * than a grandchild.
 */
const slots: ReadonlyMap<string, readonly [Slot, number]> = new Map<string, readonly [Slot, number]>([
  ['title', ['title', 0]],
  ['dc:title', ['title', 1]],
  ['media:title', ['title', 2]],
  ['link', ['link', 0]],
  ['guid', ['id', 0]],
  ['id', ['id', 1]],
  ['description', ['summary', 0]],
  ['summary', ['summary', 0]],
  ['abstract', ['summary', 1]],
  ['dc:description', ['summary', 1]],
  ['media:description', ['summary', 2]],
  ['content:encoded', ['content', 0]],
  ['content', ['content', 0]],
  ['html:body', ['content', 1]],
  ['body', ['content', 1]],
  ['fullitem', ['content', 1]],
  ['source', ['source', 0]],
]);
const categories: ReadonlySet<string> = new Set(['category', 'dc:subject']);
const perDepth = 10;
/**
 * Only this many links of an item are considered: resolving addresses is the most expensive work
 * that a short element can cause.
 */
const mostLinks = 50;
/** An item with more subjects is not really categorised. */
const mostCategories = 100;

export const itemFields: ReadonlySet<string> = new Set([...slots.keys(), ...categories, ...dates]);
/** Elements within a feed or an item that have a title and a link of their own. */
export const asides: ReadonlySet<string> = new Set(['image', 'textinput', 'author', 'contributor', 'media:credit']);
/** Fields whose text is markup: elements inside them belong to the text. */
export const markupSlots: ReadonlySet<Slot> = new Set<Slot>(['title', 'summary', 'content']);

export function holdsMarkup(name: string): boolean {
  const slot = slots.get(name);
  return slot !== undefined && markupSlots.has(slot[0]);
}

export function createItem(attributes: Attributes, base: string): ItemReading {
  const item: CanonicalItem = {
    title: '',
    link: resolved(attributes.href ?? '', base),
    id: (attributes['rdf:about'] ?? '').trim(),
    permalink: false,
    dates: {},
    summary: '',
    content: '',
    categories: [],
    source: '',
  };
  if (attributes.lastmod !== undefined) item.dates.modified = attributes.lastmod;
  const scores = new Map<string, number>();
  let links = 0;
  const better = (slot: string, score: number) => score < (scores.get(slot) ?? Number.POSITIVE_INFINITY);
  return {
    item,
    add: (field, depth, base) => {
      if (categories.has(field.name)) return addCategory(item, field);
      if (dates.has(field.name)) {
        // Of two siblings the later one counts; a deeper one belongs to something else.
        if (field.text.trim() === '' || !better(field.name, depth)) return;
        scores.set(field.name, depth + 0.5);
        item.dates[field.name] = field.text;
        return;
      }
      const [slot, rank] = slots.get(field.name) ?? [];
      if (slot === undefined || rank === undefined) return;
      if (slot === 'link') links += 1;
      if (links > mostLinks && slot === 'link') return;
      const value = slot === 'link' ? addressOf(field, base) : slot === 'id' ? idOf(field, base) : markupOf(field);
      const score = depth * perDepth + rank + (slot === 'link' && /\/(?!x?html)/.test(field.attributes.type ?? '') ? 1 : 0);
      if (value === '' || !better(slot, score)) return;
      scores.set(slot, score);
      item[slot] = value;
      if (field.name === 'guid') item.permalink = (field.attributes.ispermalink ?? 'true').trim().toLowerCase() !== 'false';
    },
  };
}

/** Returns the address of a link to the page itself: an attribute in Atom, the text in RSS. */
export function addressOf({ attributes, text }: Field, base: string): string {
  const rel = attributes.rel ?? 'alternate';
  return rel === 'alternate' || rel.endsWith('/alternate') ? resolved(attributes.href ?? text, base) : '';
}

function idOf({ name, text }: Field, base: string): string {
  const id = text.trim();
  // Atom's ids are absolute addresses; one that begins like a path was meant to be.
  return name === 'id' && id.startsWith('/') ? resolved(id, base) || id : id;
}

function addCategory(item: CanonicalItem, { attributes, text }: Field): void {
  const label = (attributes.term ?? attributes.label ?? text).trim();
  if (label === '' || item.categories.length >= mostCategories) return;
  item.categories.push({ domain: attributes.domain ?? attributes.scheme ?? '', text: label });
}

/** Returns the text of a field as markup, whatever its declared type. */
export function markupOf({ attributes, text }: Field): string {
  const type = (attributes.type ?? '').trim().toLowerCase();
  if (attributes.mode === 'base64' || isBinary(type)) return Buffer.from(text, 'base64').toString('utf8');
  // Escapes declared plain text, because it is parsed as markup next.
  return type === 'text' || type === 'text/plain' ? escaped(text) : text;
}

/** Atom encodes media types other than text and XML in base64. */
function isBinary(type: string): boolean {
  return /^[\w.-]+\/[\w.+-]+$/.test(type) && !/^text\/|html|xml$/.test(type);
}
