/** The accepted state of each row of a register, and how a new reading compares with it. Pure. */
import { createHash } from 'node:crypto';
import type { CountryCode, Instant } from '../../model/basics.ts';
import type { AdviceRow, RegionalAdvice } from '../../model/feed.ts';
import type { Level } from '../../model/finding.ts';
import type { Extent } from './types.ts';

/**
 * The sheets of a list do not show one moment, so a row counts as missing only after two days (ms).
 */
const missingAfter = 48 * 3_600_000;

/** How long to wait for an announced country page before reporting from the list alone (ms). */
export const pageWaitMs = 3_600_000;

export interface AcceptedRow {
  readonly countries: readonly CountryCode[];
  readonly level?: Level;
  readonly nativeText: string;
  readonly regional: readonly RegionalAdvice[];
  readonly publishedAt?: Instant;
  /** The date from a mass re-dating: no date up to this one is news. */
  readonly redatedTo?: Instant;
  readonly textHash?: string;
  /**
   * Kind and status of each act of the issuer's missions in its text. Absent until a text was read.
   */
  readonly acts?: readonly string[];
  readonly url: string;
  /** When the level began, if that was observed. */
  readonly since?: Instant;
  /** A lower level, of the country or its parts, that must last before it is accepted. */
  readonly hold?: {
    readonly level: Level;
    readonly parts: number;
    readonly since: Instant;
    /** Hash of the other rows in the whole list that first showed it. */
    readonly beside?: string;
  };
  /** Since when a list has announced a change of the country's page that was not read yet. */
  readonly awaitedSince?: Instant;
  /** When it was last shown, if the list comes in sheets. */
  readonly shownAt?: Instant;
  /** Since when it has been missing from the list: unknown, not all clear. */
  readonly missingSince?: Instant;
}

export type Trend = 'raised' | 'parts-raised' | 'same' | 'parts-lowered' | 'lowered';

/** Compares the country's level first, then the strictest of its parts. Both must be known. */
export function trendOf(known: AcceptedRow, reading: AdviceRow): Trend {
  const whole = (reading.level ?? 0) - (known.level ?? 0);
  if (whole !== 0) return whole > 0 ? 'raised' : 'lowered';
  const parts = worst(reading.regional) - worst(known.regional);
  if (parts === 0) return 'same';
  return parts > 0 ? 'parts-raised' : 'parts-lowered';
}

/** Returns the strictest level of any part; 0 if there is none. */
export function worst(regional: readonly RegionalAdvice[]): number {
  return regional.reduce((most, { level }) => Math.max(most, level), 0);
}

export function isOlder(reading: AdviceRow, known: AcceptedRow): boolean {
  return reading.publishedAt !== undefined && known.publishedAt !== undefined && reading.publishedAt < known.publishedAt;
}

/** Returns whether it is newer than the accepted row, and than the date of a mass re-dating. */
export function isNewer({ publishedAt }: AdviceRow, known: AcceptedRow): boolean {
  return publishedAt !== undefined && known.publishedAt !== undefined && publishedAt > Math.max(known.publishedAt, known.redatedTo ?? 0);
}

export function isReworded({ body }: AdviceRow, { textHash }: AcceptedRow): boolean {
  return body !== undefined && body !== '' && textHash !== undefined && hashOf(body) !== textHash;
}

/**
 * Returns the row as a reading states it. What the reading omits stays as it was; `since` is kept
 * while the level is unchanged.
 */
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

/** Hashes the other rows of a list: a stale copy has the same ones for days. */
export function otherRowsHash(readings: readonly AdviceRow[], row: AdviceRow): string {
  return hashOf(readings.map((one) => (one === row ? '' : `${one.title} ${one.level} ${one.publishedAt}`)).join('\n'));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/**
 * Returns the key of a row: issuer and country. If several rows of one document are about one
 * country (its islands), the title tells them apart.
 */
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

/** Returns whether the row has no text, so that its level cannot be trusted. */
export function isPlaceholder({ body = '' }: AdviceRow): boolean {
  return body.length < 60 || /summary not available/i.test(body.slice(0, 400));
}

/**
 * Marks missing rows. A whole list shows which rows are missing; a sheet only speaks for its own
 * rows.
 */
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
