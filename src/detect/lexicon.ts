import type { CountryCode, Problems } from '../model/basics.ts';
import { entriesIn, isRecord, type Path, type Where, wordsIn, wrong } from './check.ts';
import { inflected } from './inflect.ts';

import { isTag, type Tag, tagMeanings } from './tags.ts';

export interface Lexicon {
  readonly language: string;
  readonly tags: Readonly<Partial<Record<Tag, readonly string[]>>>;
  /** What an item must hold to be read: one tag of `alone`, or one of each list of one of `together`. */
  readonly gate: { readonly alone: readonly Tag[]; readonly together: readonly (readonly (readonly Tag[])[])[] };
  /** Whether what acts stands before the act and what suffers it behind, either on either side, or the act comes last and what takes it back behind it. */
  readonly order: (typeof orders)[number];
  /** Whose government is meant where a text of this language says "the ministry" and no more. */
  readonly home?: CountryCode;
  /** Letters written together with the word behind them, such as the Arabic article. */
  readonly prefixes: readonly string[];
  /** Signs that are written in several ways: words of the first count in the others too. */
  readonly variants: ReadonlyMap<string, readonly string[]>;
  readonly names: Readonly<Record<NameGroup, Readonly<Record<string, readonly string[]>>>>;
  /** By country code and English name. */
  readonly cities: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const orders = ['fixed', 'free', 'final'] as const;
const nameGroups = ['countries', 'signs', 'demonyms', 'citizens', 'capitals', 'speakers'] as const;
/** Names by country: the country itself, the one sign that stands for it, its adjective, its people, who speaks for it; capitals stand under the country too. */
export type NameGroup = (typeof nameGroups)[number];

const keys: readonly string[] = ['language', 'order', 'home', 'prefixes', 'variants', 'irregular', 'gate', 'tags', ...nameGroups, 'cities'];
const code = 'a country code such as UA';
const someWords = 'a list of words, in quotes where YAML reads something else ("false", "2")';
const pattern = 'words; word* for a stem of two letters or more, verb+ for its forms, a|b for either, word? for none or one';

/**
 * @param where names the place of an entry in the problems, one line each: where, what was found, what is allowed
 * @param knows whether there is a country of that code
 */
export function readLexicon(
  value: unknown,
  where: Where,
  knows: (code: string) => boolean = () => true,
): { readonly lexicon: Lexicon } | Problems {
  if (!isRecord(value)) return { problems: [wrong(where, [], value, keys.join(', '))] };
  const read = readerOf(where, knows);
  for (const key of Object.keys(value)) if (!keys.includes(key)) read.refuse([key], key, keys.join(', '));
  const { language, order = 'fixed' } = value;
  const home = value.home === undefined ? undefined : String(value.home);
  if (typeof language !== 'string' || !/^[a-z]{2}$/.test(language)) read.refuse(['language'], language, 'two letters such as en');
  if (!orders.some((one) => one === order)) read.refuse(['order'], order, orders.join(', '));
  if (home !== undefined) read.country(['home'], home);
  const prefixes = read.words(['prefixes'], value.prefixes ?? [], 'a list of letters');
  const signs = read.words(['variants'], value.variants ?? [], 'a list of signs, each with its other forms');
  const variants = new Map(signs.map((forms) => [forms.slice(0, 1), [...forms.slice(1)]]));
  const irregular = new Map(Object.entries(readNames(value.irregular ?? {}, ['irregular'], 'a verb', read)));
  const tags = readTags(value.tags, irregular, read);
  const gate = readGate(value.gate, tags, read);
  const named = nameGroups.map((group) => [group, inAllForms(readNames(value[group] ?? {}, [group], code, read), variants)]);
  const cities = readCities(value.cities ?? {}, read).map(([country, towns]) => [country, inAllForms(towns, variants)]);
  if (read.problems.length > 0) return { problems: read.problems };
  const written = { tags: inAllForms(tags, variants), names: Object.fromEntries(named), cities: Object.fromEntries(cities) };
  return { lexicon: { language, order, prefixes, variants, gate, ...written, ...(home && { home }) } as Lexicon };
}

/** Collects what is wrong on the way, so that one reading names it all. */
interface Reader {
  readonly problems: readonly string[];
  refuse(path: Path, found: unknown, allowed: string): void;
  country(path: Path, found: unknown): void;
  words(path: Path, found: unknown, allowed: string): readonly string[];
  /** Words as a lexicon writes them, with stems and choices. */
  patterns(path: Path, found: unknown): readonly string[];
  entries(path: Path, found: unknown, allowed: string): readonly (readonly [string, unknown])[];
}

function readerOf(where: Where, knows: (code: string) => boolean): Reader {
  const problems: string[] = [];
  const refuse: Reader['refuse'] = (path, found, allowed) => void problems.push(wrong(where, path, found, allowed));
  const words: Reader['words'] = (path, found, allowed) => wordsIn(found, path, allowed, where, problems);
  return {
    problems,
    refuse,
    words,
    country: (path, found) =>
      typeof found === 'string' && /^[A-Z]{2}$/.test(found) && knows(found) ? undefined : refuse(path, found, code),
    patterns: (path, found) => {
      const given = words(path, found, someWords);
      for (const [at, word] of given.entries()) if (isBadPattern(word)) refuse([...path, at], word, pattern);
      return given;
    },
    entries: (path, found, allowed) => entriesIn(found, path, allowed, where, problems),
  };
}

function readTags(given: unknown, irregular: Irregular, read: Reader): Record<string, readonly string[]> {
  return Object.fromEntries(
    read.entries(['tags'], given, 'tags with lists of words').map(([tag, words]) => {
      if (!isTag(tag)) read.refuse(['tags', tag], tag, tagsLike(tag));
      return [tag, read.patterns(['tags', tag], words).map((pattern) => withForms(pattern, irregular))];
    }),
  );
}

type Irregular = ReadonlyMap<string, readonly string[]>;

/** "pull+ out" to "pull|pulls|pulled|pulling out". */
function withForms(pattern: string, irregular: Irregular): string {
  return pattern.replace(/([^\s|+]+)\+/g, (_, lemma: string) => inflected(lemma, irregular).join('|'));
}

/** Of so many tags those that may have been meant. */
function tagsLike(name: string): string {
  const all = Object.keys(tagMeanings);
  const near = all.filter((tag) => tag.startsWith(name.slice(0, 2)));
  return `${(near.length > 0 ? near : all.slice(0, 8)).join(', ')} and what else src/detect/tags.ts lists`;
}

const isBadPattern = (phrase: string) =>
  phrase.split(/\s+/).some((word) => /\*(?!\??$|\|)/.test(word) || /(^|\|)\p{L}?\*/u.test(word) || /[{}<>]/.test(word));

function readGate(given: unknown, tags: Readonly<Record<string, unknown>>, read: Reader): unknown {
  const gate = Object.fromEntries(read.entries(['gate'], given, 'alone and together'));
  const known = (path: Path, found: unknown) => {
    const names = read.words(path, found, 'a list of tags');
    for (const [at, name] of names.entries())
      if (!isTag(name) || !(name in tags)) read.refuse([...path, at], name, 'tags that this file has words for');
    return names;
  };
  const alone = known(['gate', 'alone'], gate.alone);
  const pairs: readonly unknown[] = Array.isArray(gate.together) ? gate.together : [];
  if (!Array.isArray(gate.together)) read.refuse(['gate', 'together'], gate.together, 'a list of pairs of lists of tags');
  const together = pairs.map((pair, at) => {
    const path = ['gate', 'together', at];
    if (!Array.isArray(pair) || pair.length !== 2) read.refuse(path, pair, 'a pair of lists of tags');
    return Array.isArray(pair) ? pair.map((half, side) => known([...path, side], half)) : [];
  });
  return { alone, together };
}

/** Lists of words by country, or by what else the key names. */
function readNames(given: unknown, path: Path, allowed: string, read: Reader): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    read.entries(path, given, `${allowed} with a list of names`).map(([key, names]) => {
      if (allowed === code) read.country([...path, key], key);
      return [key, read.patterns([...path, key], names)];
    }),
  );
}

function readCities(given: unknown, read: Reader): readonly (readonly [string, Readonly<Record<string, readonly string[]>>])[] {
  return read.entries(['cities'], given, 'country codes with names of cities').map(([country, towns]) => {
    read.country(['cities', country], country);
    return [country, readNames(towns, ['cities', country], 'the English name of a city', read)];
  });
}

/** A word as given, then with every sign in its other forms. */
export function formsOf(word: string, variants: Lexicon['variants']): readonly string[] {
  const most = [...word].reduce((count, sign) => Math.max(count, variants.get(sign)?.length ?? 0), 0);
  const others = Array.from({ length: most }, (_, index) =>
    [...word].map((sign) => variants.get(sign)?.[index] ?? variants.get(sign)?.[0] ?? sign).join(''),
  );
  return [...new Set([word, ...others])];
}

function inAllForms(
  words: Readonly<Record<string, readonly string[]>>,
  variants: Lexicon['variants'],
): Readonly<Record<string, readonly string[]>> {
  if (variants.size === 0) return words;
  return Object.fromEntries(Object.entries(words).map(([key, list]) => [key, list.flatMap((word) => formsOf(word, variants))]));
}

/** "pull|pulls out of?" to every phrase that it stands for. */
export function phrasesOf(pattern: string): readonly (readonly string[])[] {
  let phrases: readonly (readonly string[])[] = [[]];
  for (const part of pattern.trim().split(/\s+/)) {
    const optional = part.endsWith('?');
    const choices = (optional ? part.slice(0, -1) : part).split('|');
    phrases = phrases.flatMap((phrase) => [...(optional ? [phrase] : []), ...choices.map((choice) => [...phrase, choice])]);
  }
  return phrases.filter((phrase) => phrase.length > 0);
}
