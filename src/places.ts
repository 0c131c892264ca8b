import type { CountryCode, Problems } from './model/basics.ts';
import type { Place } from './model/finding.ts';

/**
 * country, demonym ("Malian", "Ukraine's" is the country), capital, city, metonym (speaks for the
 * State: "Kremlin"), alias. A capital can also speak for its State ("Moscow expels"): the detector
 * decides by its place in the clause.
 */
export const placeRoles = ['country', 'demonym', 'capital', 'city', 'metonym', 'alias'] as const;
export type PlaceRole = (typeof placeRoles)[number];

export interface PlaceEntry {
  /** As written, in the language below. */
  readonly text: string;
  readonly role: PlaceRole;
  readonly country: CountryCode;
  /** The English name: of the city for capital and city, else of the country. */
  readonly name: string;
  readonly language: string;
  /** Matches only as written: "US", "Nice", "Chad". */
  readonly exact: boolean;
  /** Also a common word or another place, so it needs a second sign: "Georgia", "Reading". */
  readonly ambiguous: boolean;
}

export interface Places {
  readonly entries: readonly PlaceEntry[];
  /**
   * Returns the country that a typed name, alias or ISO code means, ignoring case and diacritics.
   */
  country(text: string): CountryCode | undefined;
  /** Returns a country, or the countries of a region ("Sahel", "Gulf", "Golfe"). */
  countries(text: string): readonly CountryCode[] | undefined;
  city(text: string): Place | undefined;
  /** Returns a country's name in a language, or in English if that is missing. */
  name(code: CountryCode, language?: string): string;
  knows(code: string): boolean;
  /** Returns what a misspelt or half-typed country may mean, best first. */
  suggest(typed: string, limit: number, language?: string): readonly { readonly code: CountryCode; readonly name: string }[];
  readonly codes: readonly CountryCode[];
  readonly regions: readonly Region[];
}

export interface Region {
  /** English. */
  readonly name: string;
  /** In other languages. */
  readonly names?: Readonly<Record<string, string>>;
  readonly countries: readonly CountryCode[];
}

/** Folds text for comparing names: lower case, no diacritics or punctuation, single spaces. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Parses lines of `text⇥role⇥country⇥name⇥language⇥flags`; `#` starts a comment. Problems carry the
 * line number.
 */
export function readPlaces(tsv: string): { readonly entries: readonly PlaceEntry[] } | Problems {
  const entries: PlaceEntry[] = [];
  const problems: string[] = [];
  const lines = tsv.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const [text, role, country, name, language, flags = ''] = line.split('\t');
    const known = placeRoles.find((one) => one === role);
    if (!text || !known || !country || !/^[A-Z]{2}$/.test(country) || !name || !language) {
      const allowed = `text, role (${placeRoles.join(', ')}), country, name, language, parted by tabs`;
      problems.push(`${index + 1}: found ${JSON.stringify(line.slice(0, 60))}; allowed: ${allowed}`);
      continue;
    }
    entries.push({ text, role: known, country, name, language, exact: flags.includes('exact'), ambiguous: flags.includes('ambiguous') });
  }
  return problems.length > 0 ? { problems } : { entries };
}

/**
 * @param given the entries, or a function that reads them again: they are many and rarely needed as
 * a whole
 * @param regions from `config/regions.yaml`
 */
export function createPlaces(given: readonly PlaceEntry[] | (() => readonly PlaceEntry[]), regions: readonly Region[]): Places {
  const names = new Map<CountryCode, Map<string, string>>();
  const countries = new Map<string, CountryCode>();
  const cities = new Map<string, Place>();
  const regionsByName = new Map(
    regions.flatMap(({ name, names = {}, countries: codes }) => [name, ...Object.values(names)].map((one) => [fold(one), codes] as const)),
  );
  for (const entry of typeof given === 'function' ? given() : given) {
    const key = fold(entry.text);
    if (entry.role === 'capital' || entry.role === 'city') {
      if (!cities.has(key)) cities.set(key, { name: entry.name, country: entry.country });
      continue;
    }
    if (entry.role === 'country') {
      const byLanguage = names.get(entry.country) ?? new Map<string, string>();
      names.set(entry.country, byLanguage.set(entry.language, entry.text));
    }
    if ((entry.role === 'country' || entry.role === 'alias') && !countries.has(key)) countries.set(key, entry.country);
  }
  for (const code of names.keys()) countries.set(code.toLowerCase(), code);

  const country = (text: string) => countries.get(fold(flagCode(text) ?? text));
  const name = (code: CountryCode, language = 'en') => {
    const known = names.get(code);
    return known?.get(language) ?? known?.get(language.slice(0, 2)) ?? known?.get('en') ?? code;
  };
  return {
    get entries() {
      return typeof given === 'function' ? given() : given;
    },
    country,
    countries: (text) => {
      const one = country(text);
      return one ? [one] : regionsByName.get(fold(text));
    },
    city: (text) => cities.get(fold(text)),
    name,
    knows: (code) => names.has(code),
    suggest: (typed, limit, language = 'en') =>
      suggest(fold(typed), countries, limit).map((code) => ({ code, name: name(code, language) })),
    codes: [...names.keys()],
    regions,
  };
}

/** Returns the ISO code that the two letters of a flag (🇺🇦) stand for. */
function flagCode(text: string): string | undefined {
  const letters = [...text.trim()].map((one) => (one.codePointAt(0) ?? 0) - 0x1f1e6);
  return letters.length === 2 && letters.every((at) => at >= 0 && at < 26)
    ? String.fromCharCode(...letters.map((at) => at + 65))
    : undefined;
}

function suggest(typed: string, countries: ReadonlyMap<string, CountryCode>, limit: number): readonly CountryCode[] {
  const best = new Map<CountryCode, number>();
  for (const [name, code] of countries) {
    const cost = nearness(typed, name);
    if (cost !== undefined && cost < (best.get(code) ?? Number.POSITIVE_INFINITY)) best.set(code, cost);
  }
  return [...best]
    .sort(([a, costA], [b, costB]) => costA - costB || a.localeCompare(b))
    .slice(0, limit)
    .map(([code]) => code);
}

/**
 * Returns 0 for equal names, below 1 for a prefix, more for prefixes of later words and for
 * misspellings; undefined for another name.
 */
function nearness(typed: string, name: string): number | undefined {
  if (name === typed) return 0;
  if (name.startsWith(typed)) return 0.1 + (name.length - typed.length) / 100;
  if (name.includes(` ${typed}`)) return 1;
  if (typed.length < 3) return undefined;
  // A short word with two wrong letters is another word: "Narnia" is not "Dania".
  const allowed = typed.length < 8 ? 1 : 2;
  const mistakes = distance(typed, name, allowed);
  return mistakes === undefined ? undefined : 1 + mistakes;
}

/**
 * Returns how many letters are changed, missing, extra or swapped with a neighbour; undefined above
 * `allowed`.
 */
function distance(a: string, b: string, allowed: number): number | undefined {
  if (Math.abs(a.length - b.length) > allowed) return undefined;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  let above: readonly number[] = [];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swapped ? (above[j - 2] ?? 0) + 1 : swap));
    }
    above = row;
    row = next;
  }
  const result = row[b.length] ?? allowed + 1;
  return result <= allowed ? result : undefined;
}
