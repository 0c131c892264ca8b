/** What readers take and give. */
import type { CountryCode, Instant, Level, Reading } from '../../model.ts';
import type { Places } from '../../places.ts';
import { decode } from '../decode.ts';

export interface RegisterDocument {
  readonly bytes: Uint8Array;
  readonly url: string;
  readonly contentType?: string;
  /** Later dates are clamped to this instant. */
  readonly clampTo?: Instant;
}

/** `partial`: a list of the latest changes; a row that is not in it says nothing. */
export type RegisterRead = { readonly readings: readonly Reading[]; readonly partial?: boolean } | { readonly reason: string };

/** One row can name several: "Israel, the West Bank and Gaza", "Mainland China, Hong Kong & Macau". */
export function countriesNamed(named: string, places: Places): readonly CountryCode[] {
  const bare = named
    .replace(/\s+travel advice$/i, '')
    .replace(/\s*-\s*see .*$/i, '')
    .trim();
  const inside = /\((.+)\)/.exec(bare)?.[1] ?? '';
  const whole = [bare, bare.replace(/\s*\(.*\)\s*$/, ''), bare.replace(/^the\s+/i, ''), bare.replace(/^kingdom of\s+/i, ''), inside]
    .map((text) => places.country(text))
    .find((code) => code !== undefined);
  if (whole) return [whole];
  const parts = bare.split(/,|&|\/|\band\b|;/).map((part) => part.replace(/\b(mainland|the)\b/gi, '').trim());
  return [...new Set(parts.flatMap((part) => places.country(part) ?? []))];
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

export function clamped(at: Instant | undefined, { clampTo }: RegisterDocument): { readonly publishedAt?: Instant } {
  if (at === undefined) return {};
  return { publishedAt: clampTo === undefined ? at : Math.min(at, clampTo) };
}
