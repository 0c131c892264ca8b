import type { CountryCode } from '../model/basics.ts';
import { joinHalves } from './apart.ts';
import { type Node, ways } from './forest.ts';
import { type Languages, languageOf } from './language.ts';
import { foldUnit } from './letters.ts';
import type { Tag } from './tags.ts';
import { type Token, tokenise } from './tokens.ts';
import type { Name, Speech } from './trie.ts';

export interface Unit {
  /** UTF-16 offsets in the text as given, the end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly word: string;
  readonly tags: ReadonlySet<Tag>;
  readonly name?: Name;
  readonly clause: number;
  /** A comma stands before it. */
  readonly comma: boolean;
  readonly capital: boolean;
  readonly upper: boolean;
  readonly possessive: boolean;
  readonly joined: boolean;
  /** How much it parts what stands around it: a word 1, an ideograph a third. */
  readonly weight: number;
  /** Its number, where it is one. */
  readonly count?: number;
}

export interface Clause {
  /** What opens it: the beginning of the text, a mark, a word of equal or of lesser weight. */
  readonly opener: 'start' | 'mark' | 'colon' | 'bracket' | 'equal' | 'aside';
  readonly from: number;
  readonly to: number;
  /** Which sentence it stands in, from 0. */
  readonly sentence: number;
}

export interface Text {
  readonly given: string;
  readonly units: readonly Unit[];
  readonly clauses: readonly Clause[];
  /** Which units carry a tag, in their order: most questions about a text are whether and where it holds one. */
  readonly tags: ReadonlyMap<Tag, readonly number[]>;
  /** Which units are names, and which are numbers. */
  readonly named: readonly number[];
  readonly counted: readonly number[];
  readonly asks: boolean;
  /** Which of the lexicons its words are of. */
  readonly language: string;
  /** Whether the words of its language stand in any order. */
  readonly free: boolean;
  /** Whether what takes an act back stands behind it. */
  readonly final: boolean;
  /** Whose government is meant where none is named. */
  readonly home?: CountryCode;
}

const none: ReadonlySet<Tag> = new Set();

/** @param hint the language that the feed claims; the words decide */
export function readUnits(given: string, languages: Languages, hint?: string): Text {
  const { tokens: whole, shouting } = tokenise(given);
  const speech = languageOf(whole, languages, hint);
  const tokens = speech.particles.length > 0 ? whole.flatMap((token) => parted(given, token, speech)) : whole;
  const units: Unit[] = [];
  const clauses: { opener: Clause['opener']; from: number; to: number; sentence: number }[] = [];
  let sentence = 0;
  for (let at = 0; at < tokens.length; ) {
    const found = longest(given, tokens, at, speech, languages.names, shouting);
    const first = tokens[at];
    const last = tokens[found.to - 1];
    if (!first || !last) break;
    if ((first.mark === '.' || first.mark === '?') && at > 0) sentence += 1;
    const opener = closesName(given, first, units.at(-1)) ? undefined : openerOf(first, found, units.length, tokens[found.to]);
    const current = clauses.at(-1);
    if (opener && current?.from === units.length) current.opener = stronger(current.opener, opener);
    else if (opener || !current) clauses.push({ opener: opener ?? 'start', from: units.length, to: units.length, sentence });
    units.push(unitOf(first, last, found, clauses.length - 1));
    const clause = clauses.at(-1);
    if (clause) clause.to = units.length;
    at = found.to;
  }
  const joined = speech.halves.size > 0 ? joinHalves(given, units, speech.halves) : units;
  const read = joined.some(({ name }) => name?.sign) ? joined.map((unit, index) => signed(joined, unit, index)) : joined;
  return {
    given,
    units: read,
    clauses,
    ...placed(read),
    asks: given.includes('？') || /[?؟]["'”’»\s]*$/.test(given.slice(-6)),
    language: speech.language,
    free: speech.free,
    final: speech.final,
    ...(speech.home && !whole.some(({ word, ideograph }) => ideograph && speech.elsewhere.includes(word)) && { home: speech.home }),
  };
}

function placed(units: readonly Unit[]): Pick<Text, 'tags' | 'named' | 'counted'> {
  const tags = new Map<Tag, number[]>();
  const named: number[] = [];
  const counted: number[] = [];
  for (const [index, unit] of units.entries()) {
    if (unit.name) named.push(index);
    if (unit.count !== undefined) counted.push(index);
    for (const tag of unit.tags) {
      const known = tags.get(tag);
      if (known) known.push(index);
      else tags.set(tag, [index]);
    }
  }
  return { tags, named, counted };
}

/** A word has no more of them; a text made to be read endlessly may. */
const mostParts = 5;

/** "و" + "السفارة", "Botschafts" + "personal": a word that is known only without what is written together with it. */
function parted(given: string, token: Token, speech: Speech, most = mostParts): readonly Token[] {
  if (most === 0 || ways(speech.root, token.word, speech.prefixes).length > 0) return [token];
  for (const particle of speech.particles) {
    if (!token.word.startsWith(particle) || token.word.length < particle.length + 2) continue;
    const start = behindUnits(given, token.start, particle.length);
    const behind = { ...token, word: token.word.slice(particle.length), start, joined: false, comma: false, mark: '' };
    const rest = parted(given, behind, speech, most - 1);
    const [first] = rest;
    if (first && ways(speech.root, first.word, speech.prefixes).length > 0)
      return [{ ...token, word: particle, end: start, possessive: false }, ...rest];
  }
  return [token];
}

/** The offset behind so many units that count. */
function behindUnits(given: string, start: number, count: number): number {
  let at = start;
  for (let left = count; left > 0 || (at < given.length && foldUnit(given.charCodeAt(at)) === 0); at += 1)
    if (foldUnit(given.charCodeAt(at)) !== 0) left -= 1;
  return at;
}

/** A sign is a State only where all that is written together with it is known: 美 in 驻美大使, not in 美丽 or 26日. */
function signed(units: readonly Unit[], unit: Unit, index: number): Unit {
  if (!unit.name?.sign) return unit;
  const beside = [units[index - 1], units[index + 1]].filter((other) => other?.end === unit.start || other?.start === unit.end);
  if (beside.every((other) => other && (other.tags.size > 0 || other.name))) return unit;
  const { name: _, ...rest } = unit;
  return { ...rest, weight: unit.tags.size > 0 ? 1 : 0.34 };
}

/** The bracket before it belongs to the name before it: 刚果（金）. */
const closesName = (given: string, { mark }: Token, before: Unit | undefined) =>
  mark === '(' && before !== undefined && /[(（]/.test(given.slice(before.start, before.end));

interface Found {
  readonly to: number;
  readonly tags?: ReadonlySet<Tag>;
  readonly name?: Name;
}

function longest(given: string, tokens: readonly Token[], from: number, speech: Speech, names: Node, shouting: boolean): Found {
  let found: Found = { to: from + 1 };
  const visit = (at: Node, to: number): void => {
    const token = tokens[to];
    if (!token || (to > from && ((token.mark !== '' && !(token.ideograph && token.mark === '(')) || token.comma))) return;
    const isWhole = !token.ideograph || !cutsWord(given, tokens[from]?.start ?? 0, token.end);
    for (const next of ways(at, token.word, speech.prefixes)) {
      if (isWhole) found = better(found, to + 1, next.tags, nameAt(given, next, tokens, from, to, shouting));
      if (next.goesOn) visit(next, to + 1);
    }
  };
  visit(speech.root, from);
  visit(names, from);
  return found;
}

/** Words in katakana end where katakana ends: マリ is no country in マリナーズ. */
function cutsWord(given: string, start: number, end: number): boolean {
  const joins = (at: number) => isKatakana(given.charCodeAt(at - 1)) && isKatakana(given.charCodeAt(at));
  return joins(start) || joins(end);
}

const isKatakana = (unit: number) => unit >= 0x30a1 && unit <= 0x30ff && unit !== 0x30fb;

/** A longer phrase hides a shorter one; of equal ones the words of one and the name of another stand together. */
function better(found: Found, to: number, tags: ReadonlySet<Tag>, name: Name | undefined): Found {
  if (to < found.to || (tags.size === 0 && !name)) return found;
  const known = to === found.to ? found : { to };
  const own = known.tags ?? (tags.size > 0 ? tags : undefined);
  const called = known.name ?? name;
  return { to, ...(own && { tags: own }), ...(called && { name: called }) };
}

function nameAt(given: string, at: Node, tokens: readonly Token[], from: number, to: number, shouting: boolean): Name | undefined {
  if (at.names.length === 0) return undefined;
  const first = tokens[from];
  const last = tokens[to];
  if (!first || !last) return undefined;
  const cased = /^[\p{Lu}\p{Ll}]/u.test(given.slice(first.start, first.start + 2));
  const capital = !cased || first.capital || last.capital;
  const fits = (name: Name) => {
    if (name.exact !== undefined) {
      const written = narrow(given.slice(first.start, last.end)).replaceAll('.', '');
      return written === name.exact.replaceAll('.', '') || (shouting && written.length > 2 && written === name.exact.toUpperCase());
    }
    if (name.ambiguous && name.role === 'city') return false;
    return name.lower || capital;
  };
  // عمّان is Amman, whatever else its letters can mean.
  const [written] = at.names.filter(({ exact, lower }) => exact !== undefined && lower).filter(fits);
  return written ?? at.names.find(fits);
}

/** Letters as wide as signs, folded to their usual width: ＵＳ. */
const narrow = (text: string) => (/[\uff01-\uff5e]/.test(text) ? text.normalize('NFKC') : text);

function openerOf(token: Token, found: Found, index: number, next: Token | undefined): Clause['opener'] | undefined {
  if (token.mark === ':') return 'colon';
  if (token.mark === '(') return 'bracket';
  if (token.mark !== '' && index > 0) return 'mark';
  // "over 240 people"
  const counts = found.tags?.has('prep') && next !== undefined && /^\d/.test(next.word);
  if (index > 0 && found.tags?.has('aside') && !counts) return 'aside';
  if (index > 0 && found.tags?.has('clause')) return 'equal';
  return index === 0 ? (found.tags?.has('aside') && !counts ? 'aside' : 'start') : undefined;
}

const stronger = (one: Clause['opener'], other: Clause['opener']): Clause['opener'] => (one === 'aside' ? one : other);

function unitOf(first: Token, last: Token, found: Found, clause: number): Unit {
  const count = first === last && /^\d{1,7}$/.test(first.word) ? Number(first.word) : undefined;
  return {
    start: first.start,
    end: last.end,
    word: first.word,
    tags: found.tags ?? none,
    clause,
    comma: first.comma,
    capital: first.capital,
    upper: first.upper,
    possessive: last.possessive,
    joined: first.joined,
    weight: first.ideograph && first === last && !found.tags && !found.name ? 0.34 : 1,
    ...(found.name && { name: found.name }),
    ...(count !== undefined && { count }),
  };
}

export const has = (text: Text, index: number, ...tags: readonly Tag[]): boolean => {
  const found = text.units[index]?.tags;
  return found !== undefined && found.size > 0 && tags.some((tag) => found.has(tag));
};

/** Written in signs that need no spaces: Chinese and Japanese. */
export const isSpaceless = (text: Text, index: number): boolean => text.given.charCodeAt(text.units[index]?.start ?? 0) > 0x3000;
