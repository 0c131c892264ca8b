/** Text to words with their offsets, cut into clauses. */

export interface Token {
  /** Lower case, diacritics, dots and a possessive 's gone. */
  readonly word: string;
  /** UTF-16 offsets in the text as given, the end exclusive; a possessive 's is not part of it. */
  readonly start: number;
  readonly end: number;
  /** As written: begins with a capital. */
  readonly capital: boolean;
  /** As written: all capitals, or with dots ("U.S."). */
  readonly upper: boolean;
  readonly possessive: boolean;
  /** Joined by a hyphen to the word before ("US-led": led). */
  readonly joined: boolean;
  readonly clause: number;
}

export interface Clause {
  /** What led into it: a word such as "after", a mark such as ":", or '' at the beginning. */
  readonly lead: string;
  readonly from: number;
  readonly to: number;
}

export interface Text {
  readonly tokens: readonly Token[];
  readonly clauses: readonly Clause[];
  readonly shouting: boolean;
}

/** Longer texts are no headline and no report: the rest is not read. */
const longest = 20_000;
const wordPattern = /(?:\p{L}\.){2,}\p{L}?|[\p{L}\p{N}\p{M}]+(?:['’ʼ](?!s\b)[\p{L}]+)?(?:['’ʼ]s\b)?/gu;
const breakPattern = /[;:|()[\]!?…]|\s[-–—]+\s|—|\.(?=\s+["'“‘]?\p{Lu}|\s*$)/u;
const leads = new Set([
  'as',
  'after',
  'amid',
  'amidst',
  'while',
  'despite',
  'following',
  'because',
  'when',
  'where',
  'who',
  'which',
  'since',
  'until',
  'although',
  'but',
  'before',
  'over',
  'if',
  'whether',
  'ahead',
]);

export function foldWord(raw: string): string {
  return raw
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[’ʼ]/g, "'")
    .replace(/'s$/, '')
    .replace(/\./g, '');
}

export function tokenise(given: string): Text {
  const text = given.length > longest ? given.slice(0, longest) : given;
  const tokens: Token[] = [];
  const clauses: { lead: string; from: number; to: number }[] = [{ lead: '', from: 0, to: 0 }];
  let last = 0;
  let capitals = 0;
  for (const match of text.matchAll(wordPattern)) {
    const raw = match[0];
    const between = text.slice(last, match.index);
    const mark = breakPattern.exec(between)?.[0].trim();
    const word = foldWord(raw);
    const afterComma = between.includes(',');
    const lead = mark !== undefined && last > 0 ? mark : leads.has(word) && !opensName(tokens.at(-1), afterComma, word) ? word : undefined;
    if (lead !== undefined && (tokens.length > 0 || lead !== mark)) {
      const current = clauses.at(-1);
      if (current && current.from === tokens.length) current.lead = lead;
      else clauses.push({ lead, from: tokens.length, to: tokens.length });
    }
    const possessive =
      /['’ʼ]s$/i.test(raw) ||
      (/^['’]/.test(`${text.slice(match.index + raw.length, match.index + raw.length + 1)} `) && word.endsWith('s'));
    const bare = raw.replace(/['’ʼ]s$/i, '');
    const upper = bare.length > 1 && bare === bare.toUpperCase() && /\p{Lu}/u.test(bare);
    if (upper) capitals += 1;
    tokens.push({
      word,
      start: match.index,
      end: match.index + bare.length,
      capital: /^\p{Lu}/u.test(raw),
      upper,
      possessive,
      joined: /^[-‐‑]$/.test(between),
      clause: clauses.length - 1,
    });
    const clause = clauses.at(-1);
    if (clause) clause.to = tokens.length;
    last = match.index + raw.length;
  }
  return { tokens, clauses, shouting: tokens.length > 3 && capitals > tokens.length * 0.7 };
}

/** "over" and "before" lead a clause only where one can end: not at the beginning. */
function opensName(before: Token | undefined, afterComma: boolean, word: string): boolean {
  return before === undefined && !afterComma && word !== 'after' && word !== 'as';
}
