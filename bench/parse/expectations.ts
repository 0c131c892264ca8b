/**
 * The public feedparser corpus states in a comment of each document what a reading must give, as a Python expression:
 * `not bozo and entries[0]['title'] == 'Example'`. The literals that a feed reader for news can be held to are read; what is
 * about markup, people, pictures and enclosures is not.
 */

export const columns = ['title', 'link', 'id', 'date', 'count', 'feed title', 'feed link'] as const;
export type Column = (typeof columns)[number];

export interface Expectation {
  readonly column: Column;
  /** Which item; 0 for what is said of the feed. */
  readonly index: number;
  /** Epoch milliseconds for dates. */
  readonly value: string | number;
}

export interface CorpusDocument {
  readonly contentType?: string;
  /** Where the document claims to come from. */
  readonly location?: string;
  readonly expectations: readonly Expectation[];
}

/** What the table of patterns in the report shows: the form of the left side, and which column it counts for. */
export const patterns: readonly { readonly form: string; readonly column: Column; readonly shape: RegExp }[] = [
  { form: "entries[N]['title'], .title, ['title_detail']['value']", column: 'title', shape: entry("title(?:_detail'?\\]\\['value)?") },
  { form: "entries[N]['link'], .link", column: 'link', shape: entry('link') },
  { form: "entries[N]['id'], ['guid']", column: 'id', shape: entry('(?:id|guid)') },
  {
    form: "entries[N]['published_parsed'], ['updated_parsed'], ['created_parsed']",
    column: 'date',
    shape: entry('(?:published|updated|created)_parsed'),
  },
  { form: 'len(entries)', column: 'count', shape: /^len\(entries\)$/ },
  { form: "feed['title'], .title, ['title_detail']['value']", column: 'feed title', shape: feed("title(?:_detail'?\\]\\['value)?") },
  { form: "feed['link'], .link", column: 'feed link', shape: feed('link') },
];

function entry(field: string): RegExp {
  return new RegExp(`^entries\\[(\\d+)\\](?:\\.|\\[')${field}(?:'\\])?$`);
}

function feed(field: string): RegExp {
  return new RegExp(`^feed(?:\\.|\\[')${field}(?:'\\])?$`);
}

/** @param text the document, decoded in whatever way keeps its comment readable */
export function readCorpusDocument(text: string): CorpusDocument {
  const said = /Expect:[ \t]*(.*?)\s*(?:-->|[\r\n]|$)/.exec(text)?.[1] ?? '';
  const contentType = /^\s*Header:\s*Content-type:\s*(.+?)\s*$/im.exec(text)?.[1];
  const location = /^\s*Header:\s*Content-Location:\s*(.+?)\s*$/im.exec(text)?.[1];
  return {
    ...(contentType !== undefined && { contentType }),
    ...(location !== undefined && { location }),
    expectations: split(said, ' and ').flatMap(readComparison),
  };
}

/** `a == literal`, or `a == b == literal`, of which each side counts. */
function readComparison(said: string): readonly Expectation[] {
  const sides = split(said, ' == ').map((side) => side.trim());
  const value = literalOf(sides.at(-1) ?? '');
  if (value === undefined) return [];
  return sides.slice(0, -1).flatMap((side) => {
    for (const { column, shape } of patterns) {
      const match = shape.exec(side);
      if (match && (typeof value === 'number') === (column === 'date' || column === 'count'))
        return [{ column, index: Number(match[1] ?? 0), value }];
    }
    return [];
  });
}

/** Splits outside of quotes. */
function split(text: string, by: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (quote !== undefined) quote = text[at] === quote ? undefined : quote;
    else if (text[at] === "'" || text[at] === '"') quote = text[at];
    else if (text.startsWith(by, at)) {
      parts.push(text.slice(start, at));
      start = at + by.length;
    }
  }
  return [...parts, text.slice(start)];
}

function literalOf(text: string): string | number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const time = /^\((\d+), (\d+), (\d+), (\d+), (\d+), (\d+), \d+, \d+, 0\)$/.exec(text)?.slice(1).map(Number);
  if (time) {
    const [year = 0, month = 0, day, hour, minute, second] = time;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }
  const quoted = /^u?(['"])((?:\\.|(?!\1)[^\\])*)\1$/s.exec(text)?.[2];
  return quoted?.replace(/\\(?:u([\da-f]{4})|U([\da-f]{8})|x([\da-f]{2})|(.))/gis, (_, four, eight, two, one: string | undefined) => {
    if (one !== undefined) return { n: '\n', t: '\t', r: '\r' }[one] ?? one;
    return String.fromCodePoint(Number.parseInt(four ?? eight ?? two, 16));
  });
}
