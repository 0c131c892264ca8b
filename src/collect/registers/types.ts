import type { CountryCode, Instant, Problem } from '../../model/basics.ts';
import type { AdviceRow } from '../../model/feed.ts';
import type { Level } from '../../model/finding.ts';
import type { Places } from '../../places.ts';
import { decode } from '../decode.ts';

export interface RegisterDocument {
  readonly bytes: Uint8Array;
  readonly url: string;
  readonly contentType?: string;
  /** When it was fetched. A row dated more than a day later is read as undated. */
  readonly fetchedAt?: Instant;
}

/**
 * How much of the register a document shows: its whole list, one sheet of a list that comes in several, the latest changes, or the page of
 * one country. A row that is missing from anything but the whole list says nothing.
 */
export type Extent = 'list' | 'sheet' | 'latest' | 'page';

export interface RegisterRows {
  readonly readings: readonly AdviceRow[];
  readonly extent: Extent;
  /** Every change carries a new date: under the same date the words are the same, however a document cuts them. */
  readonly dated?: true;
  /** How many rows the document held, those included that could not be read. */
  readonly listed?: number;
}

export type RegisterRead = RegisterRows | Problem;

/** What a register calls a row that the common names do not know, or know as something else; in lower case. */
export type OwnNames = Readonly<Record<string, readonly CountryCode[]>>;

const longestName = 300;

/** One row can name several: "Israel, the West Bank and Gaza", "Mainland China, Hong Kong & Macau". */
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

/** The document as JSON, or undefined. */
export function jsonOf({ bytes, contentType }: RegisterDocument): unknown {
  try {
    return JSON.parse(decode(bytes, contentType));
  } catch {
    return undefined;
  }
}

const day = 24 * 3_600_000;

/** A day ahead is another zone's; a date beyond that would stand in the way of every true one. */
export function datedBy(
  at: Instant | undefined,
  { fetchedAt = Number.POSITIVE_INFINITY }: RegisterDocument,
): { readonly publishedAt?: Instant } {
  return at === undefined || at > fetchedAt + day ? {} : { publishedAt: at };
}
