/**
 * What changed in a register since it was last read, keyed on issuer and country: never on guid, link or date. Pure. Built against what registers really do:
 * placeholders with today's date, stale copies that alternate with new ones, mass re-dating, rows and lists that vanish.
 */
import { createHash } from 'node:crypto';
import type { CountryCode, Direction, DropReason, Instant, Level, Reading, RegionalAdvice } from '../../model.ts';

/** What is held to be true of one row. */
export interface AcceptedRow {
  readonly countries: readonly CountryCode[];
  readonly level?: Level;
  readonly nativeText: string;
  readonly regional: readonly RegionalAdvice[];
  readonly publishedAt?: Instant;
  readonly textHash?: string;
  readonly url: string;
  /** Since when the level stands, where its beginning was seen. */
  readonly since?: Instant;
  /** A lower level that was seen and must stand before it is believed. */
  readonly hold?: { readonly level: Level; readonly since: Instant };
}

export interface RegisterState {
  readonly rows: Readonly<Record<string, AcceptedRow>>;
  /** The newest date of any row so far. */
  readonly newest?: Instant;
}

export interface RegisterChange {
  readonly reading: Reading;
  readonly direction: Direction;
  readonly previousLevel?: Level;
  /** The change is in a part of the country only. */
  readonly regional: boolean;
}

export interface Held {
  readonly countries: readonly CountryCode[];
  readonly from?: Level;
  readonly to?: Level;
  readonly reason: Extract<DropReason, 'held' | 'placeholder' | 'stale-row' | 'redated'>;
}

export interface DiffRules {
  readonly now: Instant;
  /** A lowered level is believed once it stood on every read for this long (ms). */
  readonly lowerHoldMs: number;
  /** The document lists every row; a list of the latest changes does not. */
  readonly complete: boolean;
}

export interface RegisterDiff {
  readonly state: RegisterState;
  readonly changes: readonly RegisterChange[];
  readonly held: readonly Held[];
  /** Rows that were known and are not in this document: unknown, not all clear. */
  readonly vanished: readonly (readonly CountryCode[])[];
}

/** @param state undefined before the first read, which changes nothing and alerts nothing */
export function diffRegister(state: RegisterState | undefined, readings: readonly Reading[], rules: DiffRules): RegisterDiff {
  const withBodies = readings.filter((reading) => (reading.body ?? '').length > 200).length > readings.length / 2;
  const keys = keysOf(readings);
  const redated = state !== undefined && isMassRedating(state, readings, keys);
  const rows: Record<string, AcceptedRow> = { ...state?.rows };
  const changes: RegisterChange[] = [];
  const held: Held[] = [];
  for (const reading of readings) {
    const key = keys(reading);
    const known = rows[key];
    if (withBodies && isPlaceholder(reading)) {
      held.push({ ...heldOf(reading, known), reason: 'placeholder' });
      continue;
    }
    if (!known) {
      rows[key] = accepted(reading, undefined, undefined);
      // A list of changes names a country for the first time because it changed.
      const isNews = !rules.complete && state?.newest !== undefined && (reading.publishedAt ?? 0) > state.newest;
      if (isNews) changes.push({ reading, direction: 'text-changed', regional: false });
      continue;
    }
    const judged = judge(known, reading, redated, rules);
    rows[key] = judged.row;
    if (judged.change) changes.push(judged.change);
    if (judged.held) held.push(judged.held);
  }
  const seen = new Set(readings.map(keys));
  const vanished = rules.complete ? Object.entries(state?.rows ?? {}).flatMap(([key, row]) => (seen.has(key) ? [] : [row.countries])) : [];
  const newest = Math.max(state?.newest ?? 0, ...readings.map((reading) => reading.publishedAt ?? 0));
  return { state: { rows, newest }, changes: state ? changes : [], held: state ? held : [], vanished };
}

/** A lower level has stood for long enough to be believed at the next read. */
export function holdsRipe({ rows }: RegisterState, { now, lowerHoldMs }: Pick<DiffRules, 'now' | 'lowerHoldMs'>): boolean {
  return Object.values(rows).some(({ hold }) => hold !== undefined && now - hold.since >= lowerHoldMs);
}

interface Judged {
  readonly row: AcceptedRow;
  readonly change?: RegisterChange;
  readonly held?: Held;
}

function judge(known: AcceptedRow, reading: Reading, redated: boolean, { now, lowerHoldMs }: DiffRules): Judged {
  const { hold, ...kept } = known;
  const same = reading.level === known.level;
  if (isOlder(reading, known)) {
    // A stale copy that shows the accepted level speaks against the lower one that was seen.
    return same ? { row: kept } : { row: known, held: { ...heldOf(reading, known), reason: 'stale-row' } };
  }
  if (reading.level === undefined || known.level === undefined || same) return judgeText(kept, reading, redated);
  if (reading.level > known.level) return { row: accepted(reading, known, now), change: changeOf(reading, 'raised', known, false) };
  const since = hold?.level === reading.level ? hold.since : now;
  if (now - since >= lowerHoldMs) return { row: accepted(reading, known, now), change: changeOf(reading, 'lowered', known, false) };
  return { row: { ...kept, hold: { level: reading.level, since } }, held: { ...heldOf(reading, known), reason: 'held' } };
}

/** The level of the whole stands: its parts, its date or its words may have changed. */
function judgeText(known: AcceptedRow, reading: Reading, redated: boolean): Judged {
  const before = worst(known.regional);
  const after = worst(reading.regional);
  const row = { ...accepted(reading, known, undefined), ...(known.since !== undefined && { since: known.since }) };
  if (after > before) return { row, change: changeOf(reading, 'raised', known, true) };
  const newer = reading.publishedAt !== undefined && known.publishedAt !== undefined && reading.publishedAt > known.publishedAt;
  const reworded = row.textHash !== undefined && known.textHash !== undefined && row.textHash !== known.textHash;
  if (!newer && !reworded) return { row };
  if (redated && !reworded)
    return {
      row: { ...row, ...(known.publishedAt !== undefined && { publishedAt: known.publishedAt }) },
      held: { ...heldOf(reading, known), reason: 'redated' },
    };
  // Without a level only the words can have changed; with one, a new date under it is a reissue.
  const direction = reading.level === undefined || !newer ? 'text-changed' : 'reissued';
  return { row, change: changeOf(reading, direction, known, false) };
}

function worst(regional: readonly RegionalAdvice[]): number {
  return regional.reduce((most, { level }) => Math.max(most, level), 0);
}

function isOlder(reading: Reading, known: AcceptedRow): boolean {
  return reading.publishedAt !== undefined && known.publishedAt !== undefined && reading.publishedAt < known.publishedAt;
}

function accepted(reading: Reading, known: AcceptedRow | undefined, since: Instant | undefined): AcceptedRow {
  const { countries, level, nativeText, regional, publishedAt, url, body } = reading;
  const stands = level ?? known?.level;
  return {
    countries,
    nativeText: nativeText || (known?.nativeText ?? ''),
    regional,
    url,
    ...(stands !== undefined && { level: stands }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(body !== undefined && body !== '' && { textHash: createHash('sha256').update(body).digest('base64url').slice(0, 16) }),
    ...(since !== undefined && { since }),
  };
}

/** At least twenty rows, and two in five of those known, took a new date under an unchanged level. */
function isMassRedating(state: RegisterState, readings: readonly Reading[], keys: (reading: Reading) => string): boolean {
  const moved = readings.filter((reading) => {
    const known = state.rows[keys(reading)];
    return (
      known !== undefined &&
      reading.level === known.level &&
      reading.publishedAt !== undefined &&
      known.publishedAt !== undefined &&
      reading.publishedAt > known.publishedAt
    );
  });
  return moved.length >= 20 && moved.length >= Object.keys(state.rows).length * 0.4;
}

/** The row is there, its text is not: a level beside it cannot be believed. */
function isPlaceholder({ body = '' }: Reading): boolean {
  return body.length < 60 || /summary not available/i.test(body.slice(0, 400));
}

function keyOf({ issuer, countries, area }: Reading): string {
  return `${issuer}:${[...countries].sort().join('+')}${area ? `/${area}` : ''}`;
}

/** Issuer and country; where several rows of one document speak of one country (its islands), the row's title parts them. */
function keysOf(readings: readonly Reading[]): (reading: Reading) => string {
  const rows = Map.groupBy(readings, keyOf);
  return (reading) => {
    const key = keyOf(reading);
    return (rows.get(key)?.length ?? 1) > 1 ? `${key}/${reading.title.replace(/\s*-?\s*Level \d.*$/i, '').toLowerCase()}` : key;
  };
}

function heldOf(reading: Reading, known: AcceptedRow | undefined): Omit<Held, 'reason'> {
  return {
    countries: reading.countries,
    ...(known?.level !== undefined && { from: known.level }),
    ...(reading.level !== undefined && { to: reading.level }),
  };
}

function changeOf(reading: Reading, direction: Direction, known: AcceptedRow, regional: boolean): RegisterChange {
  return { reading, direction, regional, ...(known.level !== undefined && { previousLevel: known.level }) };
}
