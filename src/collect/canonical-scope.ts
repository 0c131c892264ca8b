/** What an element means depends on where it stands: its namespace's prefix, and the base its addresses are relative to. */

/** The prefixes used below, whatever a document calls them; '' is what a feed is made of. */
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

/** Prefixes that stand for the feed's own elements even where nobody declared them. */
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
  /** An element opens at this depth; attribute names are in lower case. */
  open(depth: number, attributes: Attributes): void;
  close(depth: number): void;
  /** What relative addresses are relative to. */
  base(): string;
  /** An element's name in lower case under its canonical prefix: `a10:Updated` is `updated`. */
  nameOf(raw: string): string;
}

export function createScope(feedUrl: string): Scope {
  const bases: { readonly depth: number; readonly base: string }[] = [];
  const prefixes: { readonly depth: number; readonly prefix: string; readonly named: string }[] = [];
  const known = new Map<string, string>();
  const base = () => bases.at(-1)?.base ?? feedUrl;
  return {
    base,
    open: (depth, attributes) => {
      for (const key in attributes) {
        const value = attributes[key] ?? '';
        if (key === 'xml:base') bases.push({ depth, base: URL.parse(value.trim(), base() || undefined)?.href ?? base() });
        else if (key.startsWith('xmlns') && (key.length === 5 || key[5] === ':')) {
          const prefix = key.slice(6);
          const named = namespaces.get(value.trim().toLowerCase()) ?? (prefix === '' ? '' : undefined);
          if (named !== undefined) prefixes.push({ depth, prefix, named });
          known.clear();
        }
      }
    },
    close: (depth) => {
      while ((bases.at(-1)?.depth ?? 0) >= depth) bases.pop();
      while ((prefixes.at(-1)?.depth ?? 0) >= depth) {
        prefixes.pop();
        known.clear();
      }
    },
    nameOf: (raw) => {
      const name = known.get(raw);
      if (name !== undefined) return name;
      const lower = raw.toLowerCase();
      const colon = lower.indexOf(':');
      const prefix = lower.slice(0, Math.max(0, colon));
      const named = prefixes.findLast((one) => one.prefix === prefix)?.named ?? undeclared.get(prefix) ?? prefix;
      const local = lower.slice(colon + 1);
      const canonical = named === '' ? local : `${named}:${local}`;
      known.set(raw, canonical);
      return canonical;
    },
  };
}
