/** What is held to be true of each row of a register, and how one reading stands to it. Pure. */
import { createHash } from 'node:crypto';
import type { CountryCode, Instant } from '../../model/basics.ts';
import type { AdviceRow, RegionalAdvice } from '../../model/feed.ts';
import type { Level } from '../../model/finding.ts';
import type { Extent } from './types.ts';

/** A list in sheets is not shown at one moment: its row is missing only after two days. */
const missingAfter = 48 * 3_600_000;

/** A page that was announced and did not come for so long: its list's words are told without it (ms). */
export const pageWaitMs = 3_600_000;

export interface AcceptedRow {
  readonly countries: readonly CountryCode[];
  readonly level?: Level;
  readonly nativeText: string;
  readonly regional: readonly RegionalAdvice[];
  readonly publishedAt?: Instant;
  /** The date that a mass re-dating gave it: up to there a new date is no news. */
  readonly redatedTo?: Instant;
  readonly textHash?: string;
  /** What its text says of the issuer's missions there: kind and status of each act. Absent until a text was read. */
  readonly acts?: readonly string[];
  readonly url: string;
  /** Since when the level stands, where its beginning was seen. */
  readonly since?: Instant;
  /** A lower level, of the whole or of parts, that was seen and must stand before it is believed. */
  readonly hold?: {
    readonly level: Level;
    readonly parts: number;
    readonly since: Instant;
    /** The other rows of the whole list that first showed it, by their hash. */
    readonly beside?: string;
  };
  /** Since when a list says that the country's page changed, and the page was not read. */
  readonly awaitedSince?: Instant;
  /** When it was last shown, where the list comes in sheets. */
  readonly shownAt?: Instant;
  /** Since when the list shows it no more: unknown, not all clear. */
  readonly missingSince?: Instant;
}

export type Trend = 'raised' | 'parts-raised' | 'same' | 'parts-lowered' | 'lowered';

/** The level of the whole counts first, then the strictest of its parts. Both must be known. */
export function trendOf(known: AcceptedRow, reading: AdviceRow): Trend {
  const whole = (reading.level ?? 0) - (known.level ?? 0);
  if (whole !== 0) return whole > 0 ? 'raised' : 'lowered';
  const parts = worst(reading.regional) - worst(known.regional);
  if (parts === 0) return 'same';
  return parts > 0 ? 'parts-raised' : 'parts-lowered';
}

/** The strictest level of any part; 0 where there is none. */
export function worst(regional: readonly RegionalAdvice[]): number {
  return regional.reduce((most, { level }) => Math.max(most, level), 0);
}

export function isOlder(reading: AdviceRow, known: AcceptedRow): boolean {
  return reading.publishedAt !== undefined && known.publishedAt !== undefined && reading.publishedAt < known.publishedAt;
}

/** Newer than what was accepted, and than the date that a mass re-dating gave the row. */
export function isNewer({ publishedAt }: AdviceRow, known: AcceptedRow): boolean {
  return publishedAt !== undefined && known.publishedAt !== undefined && publishedAt > Math.max(known.publishedAt, known.redatedTo ?? 0);
}

export function isReworded({ body }: AdviceRow, { textHash }: AcceptedRow): boolean {
  return body !== undefined && body !== '' && textHash !== undefined && hashOf(body) !== textHash;
}

/** The row as a reading states it. What the reading does not state stays as it was; `since` is kept where the level stands. */
export function accepted(reading: AdviceRow, known: AcceptedRow | undefined, since: Instant | undefined): AcceptedRow {
  const { countries, level, nativeText, regional, publishedAt = known?.publishedAt, url, body } = reading;
  const stands = level ?? known?.level;
  const textHash = body ? hashOf(body) : known?.textHash;
  return {
    countries,
    nativeText: nativeText || (known?.nativeText ?? ''),
    regional: level === undefined && known ? known.regional : regional,
    url,
    ...(stands !== undefined && { level: stands }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(textHash !== undefined && { textHash }),
    ...(known?.acts && { acts: known.acts }),
    ...(since !== undefined && { since }),
  };
}

/** What a list says beside one row of it: a copy that stands still for days says the same. */
export function otherRowsHash(readings: readonly AdviceRow[], row: AdviceRow): string {
  return hashOf(readings.map((one) => (one === row ? '' : `${one.title} ${one.level} ${one.publishedAt}`)).join('\n'));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** Issuer and country; where several rows of one document speak of one country (its islands), the row's title parts them. */
export function keysOf(readings: readonly AdviceRow[]): (reading: AdviceRow) => string {
  const rows = Map.groupBy(readings, keyOf);
  return (reading) => {
    const key = keyOf(reading);
    return (rows.get(key)?.length ?? 1) > 1 ? `${key}/${reading.title.replace(/\s*-?\s*Level \d.*$/i, '').toLowerCase()}` : key;
  };
}

function keyOf({ issuer, countries, area }: AdviceRow): string {
  return `${issuer}:${[...countries].sort().join('+')}${area ? `/${area}` : ''}`;
}

/** The row is there, its text is not: a level beside it cannot be believed. */
export function isPlaceholder({ body = '' }: AdviceRow): boolean {
  return body.length < 60 || /summary not available/i.test(body.slice(0, 400));
}

/** A whole list says which rows it has no more; a sheet speaks for its own rows alone. */
export function withPresence(
  rows: Readonly<Record<string, AcceptedRow>>,
  shown: readonly string[],
  { extent, now }: { readonly extent: Extent; readonly now: Instant },
): Readonly<Record<string, AcceptedRow>> {
  if (extent !== 'list' && extent !== 'sheet') return rows;
  const here = new Set(shown);
  const entries = Object.entries(rows).map(([key, { missingSince, shownAt, ...row }]): readonly [string, AcceptedRow] => {
    if (here.has(key)) return [key, { ...row, ...(extent === 'sheet' && { shownAt: now }) }];
    const stale = extent === 'list' || (shownAt !== undefined && now - shownAt >= missingAfter);
    if (!stale) return [key, { ...row, ...(shownAt !== undefined && { shownAt }) }];
    return [key, { ...withoutHold(row), ...(shownAt !== undefined && { shownAt }), missingSince: missingSince ?? now }];
  });
  return Object.fromEntries(entries);
}

export function withoutHold({ hold: _, ...row }: AcceptedRow): AcceptedRow {
  return row;
}
