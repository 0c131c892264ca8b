import type { CountryCode, Instant, Problem } from '../../model/basics.ts';
import type { AdviceRow } from '../../model/feed.ts';
import type { Level } from '../../model/finding.ts';
import type { Places } from '../../places.ts';
import { decode } from '../decode.ts';

export interface RegisterDocument {
  readonly bytes: Uint8Array;
  readonly url: string;
  readonly contentType?: string;
  /** When it was fetched. A row dated more than a day later counts as undated. */
  readonly fetchedAt?: Instant;
}

/**
 * How much of the register a document shows: the whole list, one sheet of it, the latest changes,
 * or the page of one country. A row missing from anything but the whole list means nothing.
 */
export type Extent = 'list' | 'sheet' | 'latest' | 'page';

export interface RegisterRows {
  readonly readings: readonly AdviceRow[];
  readonly extent: Extent;
  /**
   * Every change gets a new date: the same date means the same text, however a document cuts it.
   */
  readonly dated?: true;
  /** Number of rows in the document, including unreadable ones. */
  readonly listed?: number;
}

export type RegisterRead = RegisterRows | Problem;

/** Row names that the common names do not know or read as something else; lower case. */
export type OwnNames = Readonly<Record<string, readonly CountryCode[]>>;

const longestName = 300;

/**
 * Returns the countries of a row, which can name several: "Israel, the West Bank and Gaza",
 * "Mainland China, Hong Kong & Macau".
 */
export function countriesNamed(named: string, places: Places, own: OwnNames = {}): readonly CountryCode[] {
  const bare = named
    .slice(0, longestName)
    .replace(/\s+travel advice$/i, '')
    .replace(/\s*-\s*see .*$/i, '')
    .trim();
  const known = own[bare.toLowerCase()];
  if (known) return known;
  const inside = /\((.+)\)/.exec(bare)?.[1] ?? '';
  const whole = [bare, bare.replace(/\s*\(.*\)\s*$/, ''), bare.replace(/^the\s+/i, ''), bare.replace(/^kingdom of\s+/i, ''), inside]
    .map((text) => places.country(text))
    .find((code) => code !== undefined);
  if (whole) return [whole];
  const parts = bare.split(/,|&|\/|\band\b|;/).map((part) => part.replace(/\b(mainland|the)\b/gi, '').trim());
  return [...new Set(parts.flatMap((part) => own[part.toLowerCase()] ?? places.country(part) ?? []))];
}

export function isLevel(value: number): value is Level {
  return value === 1 || value === 2 || value === 3 || value === 4;
}

/** Returns the document as JSON, or undefined. */
export function jsonOf({ bytes, contentType }: RegisterDocument): unknown {
  try {
    return JSON.parse(decode(bytes, contentType));
  } catch {
    return undefined;
  }
}

const day = 24 * 3_600_000;

/** A day ahead can be another time zone; a later date would block every true one. */
export function datedBy(
  at: Instant | undefined,
  { fetchedAt = Number.POSITIVE_INFINITY }: RegisterDocument,
): { readonly publishedAt?: Instant } {
  return at === undefined || at > fetchedAt + day ? {} : { publishedAt: at };
}
