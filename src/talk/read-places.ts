import type { CountryCode } from '../model/basics.ts';
import type { Places } from '../places.ts';

export interface PlacesRead {
  /** In the order named, without duplicates. */
  readonly countries: readonly CountryCode[];
  /** The first words that name no place; undefined if all do. */
  readonly unknown?: string;
  /** All words from the unknown ones on. */
  readonly rest?: string;
  /** True if the unknown words are first or follow a comma, where a place is expected. */
  readonly listed?: boolean;
  /** The countries that the unknown words could mean, if several. */
  readonly either?: readonly CountryCode[];
}

/** Names that two countries share; the answer asks which one is meant. */
const shared: Readonly<Record<string, readonly CountryCode[]>> = {
  congo: ['CD', 'CG'],
  korea: ['KR', 'KP'],
};

const sharedBy = (words: readonly string[]): readonly CountryCode[] | undefined => shared[words.join(' ').toLowerCase()];

const between = /^(?:,|;|&|and|And|AND|or|Or|OR|the|The|THE|of|Of|in)$/;
/** The most words in a place's name. */
const longestName = 7;

/**
 * Reads "Ukraine, South Sudan and Trinidad and Tobago": at each step the longest name of a place,
 * including its own commas and "and".
 */
export function readPlaces(text: string, places: Places): PlacesRead {
  const words = text.replace(/["“”„«»]/g, ' ').match(/[,;]|[^\s,;]+/g) ?? [];
  const alone = words.length === 1;
  const found = new Set<CountryCode>();
  let at = 0;
  while (at < words.length) {
    const end = nameEnd(words, at, places, alone);
    const either = sharedBy(words.slice(at, end));
    if (either) return { countries: [...found], ...stuckAt(words, at), unknown: words.slice(at, end).join(' '), listed: true, either };
    if (end > at) {
      for (const code of countriesOf(words.slice(at, end), places, alone) ?? []) found.add(code);
      at = end;
    } else if (between.test(words[at] ?? '')) {
      at += 1;
    } else {
      return { countries: [...found], ...stuckAt(words, at) };
    }
  }
  return { countries: [...found] };
}

const separator = /^(?:,|;|&|and|or)$/i;

function stuckAt(words: readonly string[], at: number): Required<Omit<PlacesRead, 'countries' | 'either'>> {
  const rest = words.slice(at);
  const stop = rest.findIndex((word) => separator.test(word));
  return {
    unknown: rest.slice(0, stop === -1 ? undefined : stop).join(' '),
    listed: at === 0 || separator.test(words[at - 1] ?? ''),
    rest: rest.join(' ').replaceAll(/ ([,;])/g, '$1'),
  };
}

function nameEnd(words: readonly string[], at: number, places: Places, alone: boolean): number {
  for (let end = Math.min(words.length, at + longestName); end > at; end -= 1) {
    const name = words.slice(at, end);
    const tidy = !between.test(name[0] ?? '') && !between.test(name.at(-1) ?? '');
    if (tidy && countriesOf(name, places, alone)) return end;
  }
  return at;
}

function countriesOf(name: readonly string[], places: Places, alone: boolean): readonly CountryCode[] | undefined {
  const text = name.join(' ').replaceAll(' , ', ', ');
  // "it" and "no" are country codes only on their own or in capitals.
  if (/^\p{L}{2}$/u.test(text) && !alone && text !== text.toUpperCase()) return undefined;
  const city = places.city(text);
  return places.countries(text) ?? (city && [city.country]);
}

/** Returns the single country that a text names, directly or by a city. */
export function readCountry(text: string, places: Places): CountryCode | undefined {
  const { countries, unknown } = readPlaces(text, places);
  return unknown === undefined && countries.length === 1 ? countries[0] : undefined;
}

export function isEverywhere(text: string): boolean {
  return /^(?:everywhere|anywhere|all|world|worldwide|\*)$/i.test(text.trim());
}
