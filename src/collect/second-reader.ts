/**
 * Another pair of eyes: a document as rss-parser reads it, which shares no line with `canonical.ts`. It knows well-formed RSS and Atom only, so it is
 * asked where ours finds nothing, and by people who want to know whether two readings agree.
 */
import RssParser from 'rss-parser';
import type { CanonicalFeed } from './canonical.ts';
import { type CanonicalItem, dateFields } from './canonical-item.ts';
import { resolved } from './text.ts';

export type SecondFeed =
  | { readonly kind: 'read'; readonly feed: CanonicalFeed }
  /** Why it was not read, in one line. */
  | { readonly kind: 'unread'; readonly reason: string };

type RawItem = Readonly<Record<string, unknown>>;

/**
 * rss-parser makes snippets of texts, with patterns that some texts occupy for minutes, and throws a whole feed away for one bad date: it must know
 * neither by its name.
 */
const renamed: ReadonlyMap<string, string> = new Map([
  ['description', 'markup'],
  ['summary', 'markup'],
  ['content:encoded', 'whole'],
  ['content', 'whole'],
  ...dateFields.map((name): [string, string] => [name === 'pubdate' ? 'pubDate' : name, `when:${name}`]),
]);
const kept = ['title', 'link', 'guid', 'id', 'markup', 'whole', 'category', 'source', ...dateFields.map((name) => `when:${name}`)];
const parser = new RssParser<Record<string, unknown>, RawItem>({
  defaultRSS: 2.0,
  xml2js: { tagNameProcessors: [(name: string) => renamed.get(name) ?? name] },
  customFields: { item: kept.map((name): [string, string, { keepArray: true }] => [name, `all:${name}`, { keepArray: true }]) },
});

/** Characters. */
const longest = 1_000_000;
/** More than any feed has; the rest is not read. */
const mostItems = 10_000;

/** @param text decoded, without characters that XML forbids; @param url what its links are relative to */
export async function readSecond(text: string, url: string): Promise<SecondFeed> {
  if (text.length > longest) return { kind: 'unread', reason: 'longer than the second reader takes' };
  if (!isShallow(text)) return { kind: 'unread', reason: 'not well-formed, or deeper than the second reader takes' };
  try {
    const { title, link, items } = await parser.parseString(text.replace(/^\s+(?=<\?xml)/, ''));
    const format = /<(?:\w+:)?(rss|feed|rdf)[\s>]/i.exec(text)?.[1]?.toLowerCase();
    return {
      kind: 'read',
      feed: {
        format: format === 'feed' ? 'atom' : format === 'rdf' ? 'rdf' : 'rss',
        title: typeof title === 'string' ? title : '',
        url: typeof link === 'string' ? resolved(link, url) : '',
        hints: {},
        items: items
          .slice(0, mostItems)
          .map((item) => itemOf(item, url))
          .filter(({ title, link, id, summary }) => title || link || id || summary),
        truncated: items.length > mostItems,
      },
    };
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { kind: 'unread', reason: `rss-parser gives up: ${reason}` };
  }
}

function itemOf(item: RawItem, base: string): CanonicalItem {
  const all = (name: string) => elementsOf(item[`all:${name}`]);
  const textOf = (name: string) => all(name)[0]?.text ?? '';
  const [guid] = all('guid');
  return {
    title: textOf('title'),
    link: addressOf(all('link'), base),
    id: (guid?.text || textOf('id')).trim(),
    permalink: guid !== undefined && (guid.attributes.isPermaLink ?? 'true').toLowerCase() !== 'false',
    dates: Object.fromEntries(dateFields.map((name) => [name, textOf(`when:${name}`)]).filter(([, written]) => written !== '')),
    summary: textOf('markup'),
    content: textOf('whole'),
    categories: all('category').map(({ text, attributes }) => ({
      domain: attributes.domain ?? attributes.scheme ?? '',
      text: (attributes.term ?? text).trim(),
    })),
    source: textOf('source').trim(),
  };
}

function addressOf(links: readonly Element[], base: string): string {
  const link = links.find(({ attributes }) => (attributes.rel ?? 'alternate') === 'alternate');
  return link ? resolved(link.attributes.href ?? link.text, base) : '';
}

/** rss-parser's cost grows with the square of the depth; the deepest feeds carry a page of XHTML in each entry. */
const deepest = 64;

function isShallow(text: string): boolean {
  let depth = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const isData = text.startsWith('<![CDATA[', at);
    const isNote = text.startsWith('<?', at);
    const ending = isData ? ']]>' : isNote ? '?>' : text.startsWith('<!--', at) ? '-->' : '>';
    const end = text.indexOf(ending, at);
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

/** xml2js gives a string, or an object with the text under `_` and the attributes under `$`. */
function elementsOf(field: unknown): readonly Element[] {
  return (Array.isArray(field) ? field : []).map((value: unknown) => {
    if (typeof value !== 'object' || value === null) return { text: typeof value === 'string' ? value : '', attributes: {} };
    const text: unknown = Reflect.get(value, '_');
    const attributes: unknown = Reflect.get(value, '$') ?? {};
    return { text: typeof text === 'string' ? text : '', attributes: attributes as Readonly<Record<string, string>> };
  });
}
