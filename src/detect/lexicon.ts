/** The words of one language as a data file gives them: checked here, because here is what they mean. The format stands in config/lexicon/en.yaml. */
import type { CountryCode } from '../model.ts';
import { isTag, type Tag, tagMeanings } from './tags.ts';

export interface Lexicon {
  readonly language: string;
  readonly tags: Readonly<Partial<Record<Tag, readonly string[]>>>;
  /** What an item must hold to be read: one tag of `alone`, or one of each list of one of `together`. */
  readonly gate: { readonly alone: readonly Tag[]; readonly together: readonly (readonly (readonly Tag[])[])[] };
  /** Whether what acts stands before the act and what suffers it behind, either on either side, or the act comes last and what takes it back behind it. */
  readonly order: 'fixed' | 'free' | 'final';
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

const nameGroups = ['countries', 'signs', 'demonyms', 'citizens', 'capitals', 'speakers'] as const;
/** Names by country: the country itself, the one sign that stands for it, its adjective, its people, who speaks for it; capitals stand under the country too. */
export type NameGroup = (typeof nameGroups)[number];

type Problem = { readonly problem: string };
type Checked<T> = { readonly value: T } | Problem;

const keys = ['language', 'order', 'home', 'prefixes', 'variants', 'gate', 'tags', ...nameGroups, 'cities'] as const;

/** @param file named in the problem, which is one line: key, what was found, what is allowed */
export function readLexicon(value: unknown, file: string): { readonly lexicon: Lexicon } | Problem {
  if (!isRecord(value)) return { problem: `${file}: found ${shown(value)}; allowed: ${keys.join(', ')}` };
  const stranger = Object.keys(value).find((key) => !keys.some((one) => one === key));
  if (stranger) return wrong(file, stranger, value[stranger], keys.join(', '));
  const { language, order = 'fixed', prefixes = [], variants: signs = [], home } = value;
  if (typeof language !== 'string' || !/^[a-z]{2}$/.test(language)) return wrong(file, 'language', language, 'two letters such as en');
  if (order !== 'fixed' && order !== 'free' && order !== 'final') return wrong(file, 'order', order, 'fixed or free or final');
  if (home !== undefined && (typeof home !== 'string' || !isCountry(home))) return wrong(file, 'home', home, 'a country code such as UA');
  if (!isWords(prefixes)) return wrong(file, 'prefixes', prefixes, 'a list of letters');
  if (!isWords(signs)) return wrong(file, 'variants', signs, 'a list of signs, each with its other forms');
  const tags = readTags(value.tags, file);
  if ('problem' in tags) return tags;
  const gate = readGate(value.gate, tags.value, file);
  if ('problem' in gate) return gate;
  const names = readNames(value, file);
  if ('problem' in names) return names;
  const variants = new Map(signs.map((forms) => [forms.slice(0, 1), [...forms.slice(1)]]));
  const cities = readCities(value.cities ?? {}, file);
  if ('problem' in cities) return cities;
  const forms = nameGroups.map((group) => [group, inAllForms(names.value[group], variants)]);
  const written = { tags: inAllForms(tags.value, variants) as Lexicon['tags'], names: Object.fromEntries(forms) as Lexicon['names'] };
  const towns = Object.fromEntries(Object.entries(cities.value).map(([code, named]) => [code, inAllForms(named, variants)]));
  return { lexicon: { language, order, prefixes, variants, gate: gate.value, ...written, cities: towns, ...(home && { home }) } };
}

function readTags(given: unknown, file: string): Checked<Lexicon['tags']> {
  if (!isRecord(given)) return wrong(file, 'tags', given, 'tags with lists of words');
  for (const [tag, words] of Object.entries(given)) {
    if (!isTag(tag)) return wrong(file, `tags.${tag}`, 'a tag of that name', Object.keys(tagMeanings).join(', '));
    if (!isWords(words))
      return wrong(file, `tags.${tag}`, strangeWord(words), 'a list of words, in quotes where YAML reads something else ("false", "2")');
    const bad = words.find((word) => badPhrase(word));
    if (bad !== undefined)
      return wrong(file, `tags.${tag}`, bad, 'words; word* for a stem of two letters or more, a|b for either, word? for none or one');
  }
  return { value: given as Lexicon['tags'] };
}

const badPhrase = (phrase: string) =>
  phrase.split(/\s+/).some((word) => /\*(?!\??$|\|)/.test(word) || /(^|\|)\p{L}?\*/u.test(word) || /[{}<>]/.test(word));

function readGate(given: unknown, tags: Lexicon['tags'], file: string): Checked<Lexicon['gate']> {
  const { alone, together } = isRecord(given) ? given : {};
  if (!isWords(alone)) return wrong(file, 'gate.alone', alone, 'a list of tags');
  if (!Array.isArray(together)) return wrong(file, 'gate.together', together, 'a list of pairs of lists of tags');
  const pairs: unknown[] = together;
  const bad = pairs.find((pair) => !Array.isArray(pair) || pair.length !== 2 || !pair.every(isWords));
  if (bad !== undefined) return wrong(file, 'gate.together', bad, 'pairs of lists of tags');
  const named = [...alone, ...(pairs.flat(2) as string[])];
  const missing = named.find((tag) => !isTag(tag) || !(tag in tags));
  if (missing !== undefined) return wrong(file, 'gate', missing, 'tags that this file has words for');
  return { value: { alone: alone as Tag[], together: pairs as Tag[][][] } };
}

function readNames(value: Record<string, unknown>, file: string): Checked<Lexicon['names']> {
  const groups: Record<NameGroup, Record<string, readonly string[]>> = {
    countries: {},
    signs: {},
    demonyms: {},
    citizens: {},
    capitals: {},
    speakers: {},
  };
  for (const group of nameGroups) {
    const given = value[group] ?? {};
    if (!isRecord(given)) return wrong(file, group, given, 'country codes with lists of names');
    for (const [code, names] of Object.entries(given)) {
      if (!isCountry(code)) return wrong(file, `${group}.${code}`, code, 'a country code such as UA');
      if (!isWords(names)) return wrong(file, `${group}.${code}`, names, 'a list of names');
      groups[group][code] = names;
    }
  }
  return { value: groups };
}

function readCities(given: unknown, file: string): Checked<Lexicon['cities']> {
  if (!isRecord(given)) return wrong(file, 'cities', given, 'country codes with names of cities');
  for (const [code, cities] of Object.entries(given)) {
    if (!isCountry(code)) return wrong(file, `cities.${code}`, code, 'a country code such as UA');
    if (!isRecord(cities)) return wrong(file, `cities.${code}`, cities, 'English names with lists of names');
    const bad = Object.entries(cities).find(([, names]) => !isWords(names));
    if (bad) return wrong(file, `cities.${code}.${bad[0]}`, bad[1], 'a list of names');
  }
  return { value: given as Lexicon['cities'] };
}

function isCountry(code: string): code is CountryCode {
  return /^[A-Z]{2}$/.test(code);
}

function wrong(file: string, key: string, found: unknown, allowed: string): Problem {
  return { problem: `${file}: ${key}: found ${shown(found)}; allowed: ${allowed}` };
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

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string' && word.trim() !== '');
}

/** The member that is no word, where it is a list at all. */
function strangeWord(value: unknown): unknown {
  return Array.isArray(value) ? value.find((word) => typeof word !== 'string' || word.trim() === '') : value;
}

export function shown(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value)?.slice(0, 60) ?? String(value));
}
