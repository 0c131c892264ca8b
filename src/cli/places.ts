/** `attache places check`: every country is known by its name in every language, as people type it and as the detector reads it. */
import { compileLanguages, type Languages, readLanguages } from '../detect/language.ts';
import { type Lexicon, phrasesOf } from '../detect/lexicon.ts';
import { readUnits } from '../detect/units.ts';
import type { CountryCode } from '../model/basics.ts';
import { fold, type PlaceEntry, type Places } from '../places.ts';

export interface PlacesReport {
  /** One line each; empty where all is well. */
  readonly problems: readonly string[];
  /** Names that could mean something else, and what they are taken for: one line each. */
  readonly ambiguous: readonly string[];
  readonly counted: {
    readonly countries: number;
    readonly languages: number;
    /** Names and words for peoples that the lexicons give. */
    readonly words: number;
  };
}

const languagesNamed = ['en', 'fr', 'es', 'de', 'it', 'pt', 'pl', 'uk', 'ru', 'ar', 'zh', 'ja'];

/** @param lexicons where a language has none, only what people type is tried */
export function checkPlaces(places: Places, lexicons: readonly Lexicon[]): PlacesReport {
  const readers = readersOf(lexicons, places);
  const names = namesOf(places);
  const unknown = isoCountries().filter((code) => !places.knows(code));
  const words = lexicons.flatMap(wordsOf);
  const owned = new Set(words.map(({ language, code, word }) => `${language} ${code} ${word}`));
  const problems = [
    ...unknown.map((code) => `${code}: no such country in config/places.tsv`),
    ...languagesNamed.flatMap((language) =>
      places.codes.flatMap((code) => nameProblems(code, language, names.get(`${language} ${code}`) ?? [], places, readers.get(language))),
    ),
    ...words.flatMap(({ language, group, code, word }) => {
      const found = readers.get(language)?.(word);
      const isItsOwn = owned.has(`${language} ${found} ${word}`);
      return found === code || isItsOwn || places.country(word) === found
        ? []
        : [`${language}: ${group}: “${word}” of ${code} is read as ${found ?? 'nothing'}`];
    }),
  ];
  const ambiguous = [...sharedNames(places, readers), ...sharedWords(words, places, readers), ...flagged(places.entries)];
  return { problems, ambiguous, counted: { countries: places.codes.length, languages: languagesNamed.length, words: words.length } };
}

/** @returns the exit code: 1 where a name does not lead to its country */
export function reportPlaces({ problems, ambiguous, counted }: PlacesReport, say: (line: string) => void): number {
  const { countries, languages, words } = counted;
  say(`${countries} countries by their names in ${languages} languages, ${words} other names and words for peoples in the lexicons`);
  if (ambiguous.length > 0) say('\nNames that mean several things, and how they are taken:');
  for (const line of ambiguous) say(`  ${line}`);
  say(problems.length === 0 ? '\nEvery name leads to its country.' : `\n${problems.length} names do not lead to their country:`);
  for (const line of problems) say(`  ${line}`);
  return problems.length > 0 ? 1 : 0;
}

/** The country that a name is read as within a text of a language. */
type Reader = (name: string) => CountryCode | undefined;

/** One reader for each language, deaf to the others. */
function readersOf(lexicons: readonly Lexicon[], places: Places): ReadonlyMap<string, Reader> {
  const languages: Languages = readLanguages(compileLanguages(lexicons, places));
  return new Map(
    languages.speeches.map((speech) => {
      const alone = { ...languages, speeches: [speech] };
      return [speech.language, (name) => readUnits(name, alone).units.find((unit) => unit.name !== undefined)?.name?.country];
    }),
  );
}

/** Names and other names of countries by language and country. */
function namesOf({ entries }: Places): ReadonlyMap<string, readonly PlaceEntry[]> {
  const names = new Map<string, PlaceEntry[]>();
  for (const entry of entries) {
    if (entry.role !== 'country' && entry.role !== 'alias') continue;
    const key = `${entry.language} ${entry.country}`;
    names.set(key, [...(names.get(key) ?? []), entry]);
  }
  return names;
}

function nameProblems(
  code: CountryCode,
  language: string,
  names: readonly PlaceEntry[],
  places: Places,
  read: Reader | undefined,
): readonly string[] {
  if (names.every(({ role }) => role !== 'country')) return [`${language}: ${code} has no name`];
  return names.flatMap(({ text }) => {
    const typed = places.country(text);
    const found = read?.(text);
    return [
      ...(typed === code ? [] : [`${language}: “${text}” of ${code} is taken for ${typed ?? 'nothing'} where it is typed`]),
      ...(read === undefined || found === code ? [] : [`${language}: “${text}” of ${code} is read as ${found ?? 'nothing'}`]),
    ];
  });
}

interface Word {
  readonly language: string;
  readonly group: string;
  readonly code: CountryCode;
  readonly word: string;
}

/** What a lexicon calls countries, their people and what is theirs; single signs count only beside others and are left out. */
function wordsOf({ language, names }: Lexicon): readonly Word[] {
  return Object.entries(names)
    .filter(([group]) => group !== 'signs' && group !== 'speakers')
    .flatMap(([group, byCountry]) =>
      Object.entries(byCountry).flatMap(([code, patterns]) =>
        patterns.flatMap(phrasesOf).map((phrase) => ({ language, group, code, word: capitalised(phrase.join(' ').replaceAll('*', '')) })),
      ),
    );
}

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Names that two countries share, and which of them is meant. */
function sharedNames(places: Places, readers: ReadonlyMap<string, Reader>): readonly string[] {
  const byName = new Map<string, PlaceEntry[]>();
  for (const entry of places.entries) {
    if (entry.role === 'city') continue;
    const key = `${entry.language} ${fold(entry.text)}`;
    byName.set(key, [...(byName.get(key) ?? []), entry]);
  }
  return [...byName.values()].flatMap(([first, ...others]) => {
    const countries = [...new Set([first, ...others].map((entry) => entry?.country))];
    if (!first || countries.length < 2) return [];
    const meant = readers.get(first.language)?.(first.text) ?? first.country;
    return [`${first.language}: “${first.text}” names ${countries.join(' and ')}: ${meant} is meant`];
  });
}

function sharedWords(words: readonly Word[], places: Places, readers: ReadonlyMap<string, Reader>): readonly string[] {
  const byWord = new Map<string, Word[]>();
  for (const one of words) byWord.set(`${one.language}: “${one.word}”`, [...(byWord.get(`${one.language}: “${one.word}”`) ?? []), one]);
  return [...byWord].flatMap(([key, same]) => {
    const [first] = same;
    const known = first && places.country(first.word);
    const codes = new Set([...same.map(({ code }) => code), ...(known ? [known] : [])]);
    if (!first || codes.size < 2) return [];
    return [`${key} names ${[...codes].join(' and ')}: ${readers.get(first.language)?.(first.word) ?? 'none'} is meant`];
  });
}

/** Names that are everyday words or other places too. */
function flagged(entries: readonly PlaceEntry[]): readonly string[] {
  const also = entries.filter(({ ambiguous }) => ambiguous);
  const cities = also.filter(({ role }) => role === 'city').map(({ text }) => text);
  const rest = also.filter(({ role }) => role !== 'city').map(({ text, country }) => `${text} (${country})`);
  return [
    `en: common words too, never read as cities: ${cities.join(', ')}`,
    `en: something else too, counted only where a frame needs a State, a people or a place: ${rest.join(', ')}`,
  ];
}

/** Codes that CLDR names beside those of ISO 3166-1: groups, islands with codes of their own, tests; and what nobody lives in. */
const others = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ AQ BV HM TF UM'.split(' '));

function isoCountries(): readonly CountryCode[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return codes.filter((code) => !others.has(code) && new Intl.Locale(`und-${code}`).region === code && names.of(code) !== undefined);
}
