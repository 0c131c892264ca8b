/**
 * What an element's context determines: the meaning of its prefix, and the base of its addresses.
 */
import { longestBase } from './text.ts';

/** Canonical prefixes, whatever a document calls them; '' is the feed's own vocabulary. */
const namespaces: ReadonlyMap<string, string> = new Map([
  ['http://purl.org/rss/1.0/', ''],
  ['http://my.netscape.com/rdf/simple/0.9/', ''],
  ['http://channel.netscape.com/rdf/simple/0.9/', ''],
  ['http://backend.userland.com/rss2', ''],
  ['http://www.w3.org/2005/atom', ''],
  ['http://purl.org/atom/ns#', ''],
  ['http://www.w3.org/1999/xhtml', 'html'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'rdf'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://purl.org/dc/terms/', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/content/', 'content'],
  ['http://purl.org/rss/1.0/modules/syndication/', 'sy'],
  ['http://search.yahoo.com/mrss/', 'media'],
]);

/** Prefixes of the feed's own elements that documents use undeclared. */
const undeclared: ReadonlyMap<string, string> = new Map([
  ['atom', ''],
  ['a10', ''],
  ['atom10', ''],
  ['rss', ''],
  ['xhtml', 'html'],
  ['dct', 'dcterms'],
]);

export type Attributes = Readonly<Record<string, string>>;

export interface Scope {
  /** Enters an element at this depth; attribute names are in lower case. */
  open(depth: number, attributes: Attributes): void;
  close(depth: number): void;
  /** Returns the base of relative addresses. */
  base(): string;
  /**
   * Returns an element's name in lower case under its canonical prefix: `a10:Updated` is `updated`.
   */
  nameOf(raw: string): string;
}

interface Base {
  readonly depth: number;
  readonly written: string;
  /** Resolved when first needed: few of thousands ever are. */
  href?: string;
}

export function createScope(feedUrl: string): Scope {
  const bases: Base[] = [{ depth: 0, written: '', href: feedUrl }];
  const declared: { readonly depth: number; readonly prefix: string }[] = [];
  /** The meanings of each prefix, innermost last. */
  const meanings = new Map<string, string[]>();
  const known = new Map<string, string>();
  const baseAt = (index: number): string => {
    const base = bases[index];
    if (!base) return feedUrl;
    base.href ??= withinLimits(base.written, baseAt(index - 1));
    return base.href;
  };
  const declare = (depth: number, prefix: string, uri: string) => {
    const named = namespaces.get(uri.trim().toLowerCase()) ?? (prefix === '' ? '' : undefined);
    if (named === undefined) return;
    declared.push({ depth, prefix });
    const meaning = meanings.get(prefix);
    if (meaning) meaning.push(named);
    else meanings.set(prefix, [named]);
    known.clear();
  };
  return {
    base: () => baseAt(bases.length - 1),
    open: (depth, attributes) => {
      for (const key in attributes) {
        const value = attributes[key] ?? '';
        if (key === 'xml:base') bases.push({ depth, written: value });
        else if (key.startsWith('xmlns') && (key.length === 5 || key[5] === ':')) declare(depth, key.slice(6), value);
      }
    },
    close: (depth) => {
      while (bases.length > 1 && (bases.at(-1)?.depth ?? 0) >= depth) bases.pop();
      while ((declared.at(-1)?.depth ?? 0) >= depth) {
        meanings.get(declared.pop()?.prefix ?? '')?.pop();
        known.clear();
      }
    },
    nameOf: (raw) => {
      const name = known.get(raw);
      if (name !== undefined) return name;
      const lower = raw.toLowerCase();
      const colon = lower.indexOf(':');
      const prefix = lower.slice(0, Math.max(0, colon));
      const named = meanings.get(prefix)?.at(-1) ?? undeclared.get(prefix) ?? prefix;
      const local = lower.slice(colon + 1);
      const canonical = named === '' ? local : `${named}:${local}`;
      known.set(raw, canonical);
      return canonical;
    },
  };
}

/**
 * A base that is no address, or longer than any real one, is ignored: each address of the document
 * would pay for its length.
 */
function withinLimits(written: string, outer: string): string {
  const trimmed = written.trim();
  const href = trimmed.length > longestBase ? undefined : URL.parse(trimmed, outer || undefined)?.href;
  return href !== undefined && href.length <= longestBase ? href : outer;
}
