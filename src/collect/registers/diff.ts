import type { CountryCode, Instant } from '../../model/basics.ts';
import type { AdviceRow } from '../../model/feed.ts';
import type { Direction, DropReason, Level } from '../../model/finding.ts';
import type { ActOfMission } from './mission-acts.ts';
import type { PageState } from './pages.ts';
import {
  type AcceptedRow,
  accepted,
  isNewer,
  isOlder,
  isPlaceholder,
  isReworded,
  keysOf,
  otherRowsHash,
  pageWaitMs,
  trendOf,
  withoutHold,
  withPresence,
  worst,
} from './rows.ts';
import type { Extent } from './types.ts';

export interface RegisterState {
  readonly rows: Readonly<Record<string, AcceptedRow>>;
  /** The newest date of any row so far. */
  readonly newest?: Instant;
  /** Further documents of the publisher, by name, and their last answers. */
  readonly pages?: Readonly<Record<string, PageState>>;
  /** The publisher asked for no requests until then. */
  readonly restUntil?: Instant;
}

export interface RegisterChange {
  readonly reading: AdviceRow;
  readonly direction: Direction;
  readonly previousLevel?: Level;
  /** Only a part of the country changed. */
  readonly regional: boolean;
  /** New statements in the row's text about the issuer's own missions there. */
  readonly acts: readonly ActOfMission[];
}

export interface HeldChange {
  readonly countries: readonly CountryCode[];
  readonly from?: Level;
  readonly to?: Level;
  readonly reason: Extract<DropReason, 'held' | 'placeholder' | 'stale-row' | 'redated'>;
}

export interface DiffRules {
  readonly now: Instant;
  /** A lowered level is accepted once every read has shown it for this long (ms). */
  readonly lowerHoldMs: number;
  readonly extent: Extent;
  /** Documents with the same date have the same text. */
  readonly dated?: boolean;
  /** Returns the acts of the issuer's missions in a row's text; called for new texts only. */
  readonly actsIn?: (reading: AdviceRow) => readonly ActOfMission[];
}

interface RowRules extends DiffRules {
  /** Hashes the other rows of the document. */
  readonly otherRows: () => string;
}

export interface FirstRead {
  readonly reading: AdviceRow;
  readonly acts: readonly ActOfMission[];
}

export interface RegisterDiff {
  readonly state: RegisterState;
  readonly changes: readonly RegisterChange[];
  readonly held: readonly HeldChange[];
  /** Known rows that are missing now: unknown, not all clear. */
  readonly vanished: readonly (readonly CountryCode[])[];
  /** Keys of the rows in this document, accepted or not. */
  readonly shown: readonly string[];
  /** Acts in texts that were read for the first time: the present state, not news. */
  readonly firstReads: readonly FirstRead[];
}

/**
 * Compares a document with the accepted rows.
 * @param state undefined before the first read, which yields no changes
 */
export function diffRegister(state: RegisterState | undefined, readings: readonly AdviceRow[], rules: DiffRules): RegisterDiff {
  const withBodies = readings.filter((reading) => (reading.body ?? '').length > 200).length > readings.length / 2;
  const keys = keysOf(readings);
  const redating = state && massRedateDay(state, readings, keys);
  const rows: Record<string, AcceptedRow> = { ...state?.rows };
  const changes: RegisterChange[] = [];
  const held: HeldChange[] = [];
  const firstReads: FirstRead[] = [];
  for (const reading of readings) {
    const key = keys(reading);
    const known = rows[key];
    const decided =
      withBodies && isPlaceholder(reading)
        ? refused(known, reading)
        : decideRow(known, reading, dayOf(reading) === redating, state, { ...rules, otherRows: () => otherRowsHash(readings, reading) });
    if (decided.row) rows[key] = decided.row;
    if (decided.change) changes.push(decided.change);
    if (decided.held) held.push(decided.held);
    if (decided.firstActs?.length) firstReads.push({ reading, acts: decided.firstActs });
  }
  const shown = [...new Set(readings.map(keys))];
  const present = withPresence(rows, shown, rules);
  const vanished = Object.values(present).flatMap((row) => (row.missingSince === undefined ? [] : [row.countries]));
  const newest = Math.max(state?.newest ?? 0, ...readings.map((reading) => reading.publishedAt ?? 0));
  return {
    state: { ...state, rows: present, newest },
    changes: state ? changes : [],
    held: state ? held : [],
    vanished,
    shown,
    firstReads,
  };
}

/** A list unchanged for this long is not a stale copy but what the government says (ms). */
const longestHold = 7 * 24 * 3_600_000;

/**
 * Returns whether a held lower level can be accepted at the next read. One from a whole list must
 * appear in a different list, which is read whenever it comes.
 */
export function holdsRipe({ rows }: RegisterState, { now, lowerHoldMs }: Pick<DiffRules, 'now' | 'lowerHoldMs'>): boolean {
  const waits = (beside: string | undefined) => (beside === undefined ? lowerHoldMs : Math.max(longestHold, lowerHoldMs));
  return Object.values(rows).some(({ hold }) => hold !== undefined && now - hold.since >= waits(hold.beside));
}

interface RowDecision {
  readonly row?: AcceptedRow;
  readonly change?: RegisterChange;
  readonly held?: HeldChange;
  readonly firstActs?: readonly ActOfMission[];
}

/** A row without its text shows nothing, so a held lower level has not appeared on every read. */
function refused(known: AcceptedRow | undefined, reading: AdviceRow): RowDecision {
  return { ...(known && { row: withoutHold(known) }), held: { ...heldOf(reading, known), reason: 'placeholder' } };
}

function decideRow(
  known: AcceptedRow | undefined,
  reading: AdviceRow,
  redated: boolean,
  state: RegisterState | undefined,
  rules: RowRules,
): RowDecision {
  if (!known) return firstSeen(reading, state, rules);
  if (reading.level === undefined && known.level !== undefined) return decideListed(known, reading, rules);
  if (isOlder(reading, known)) {
    // A stale copy with the accepted level contradicts the lower one.
    if (trendOf(known, reading) === 'same') return { row: withoutHold(known) };
    return { row: known, held: { ...heldOf(reading, known), reason: 'stale-row' } };
  }
  const trend = reading.level === undefined || known.level === undefined ? 'same' : trendOf(known, reading);
  if (trend === 'same') return decideText(withoutHold(known), reading, redated, rules);
  const parts = trend === 'parts-raised' || trend === 'parts-lowered';
  const since = parts ? known.since : rules.now;
  if (trend === 'raised' || trend === 'parts-raised')
    return changed(withActs(accepted(reading, known, since), known, reading, rules), reading, 'raised', known, parts);
  return decideLower(known, reading, since, parts, rules);
}

/**
 * A first read is accepted as it is. A list of latest changes, though, names a country for the
 * first time because it changed.
 */
function firstSeen(reading: AdviceRow, state: RegisterState | undefined, rules: DiffRules): RowDecision {
  const { row, firstActs } = withActs(accepted(reading, undefined, undefined), undefined, reading, rules);
  const isNews = rules.extent === 'latest' && state?.newest !== undefined && (reading.publishedAt ?? 0) > state.newest;
  return { row, firstActs, ...(isNews && { change: { reading, direction: 'text-changed', regional: false, acts: [] } }) };
}

/**
 * If a country's own page states its level, a list shows only that the page changed. The page then
 * reports the change, unless it fails to arrive.
 */
function decideListed({ awaitedSince, ...known }: AcceptedRow, reading: AdviceRow, { now }: DiffRules): RowDecision {
  // The page with the held lower level has arrived, though the level is not accepted yet.
  if (!isNewer(reading, known) || known.hold) return { row: known };
  const since = awaitedSince ?? now;
  if (now - since < pageWaitMs) return { row: { ...known, awaitedSince: since } };
  const publishedAt = reading.publishedAt ?? now;
  return { row: { ...known, publishedAt }, change: { reading, direction: 'text-changed', regional: false, acts: [] } };
}

/**
 * A single document may be a stale copy for days: a lower level needs two different ones, or the
 * country's own page.
 */
function decideLower(known: AcceptedRow, reading: AdviceRow, since: Instant | undefined, parts: boolean, rules: RowRules): RowDecision {
  const { now, lowerHoldMs, extent } = rules;
  const seen = { level: reading.level ?? 1, parts: worst(reading.regional) };
  const { hold } = known;
  const begun = hold?.level === seen.level && hold.parts === seen.parts ? hold : undefined;
  const stood = begun === undefined ? 0 : now - begun.since;
  const isAgreed = begun?.beside === undefined || stood >= longestHold || begun.beside !== rules.otherRows();
  if (begun && isAgreed && stood >= lowerHoldMs)
    return changed(withActs(accepted(reading, known, since), known, reading, rules), reading, 'lowered', known, parts);
  const next = begun ?? { ...seen, since: now, ...(extent === 'list' && { beside: rules.otherRows() }) };
  return { row: { ...known, hold: next }, held: { ...heldOf(reading, known), reason: 'held' } };
}

/** The level is unchanged, or stated for the first time: the date or the text may have changed. */
function decideText(known: AcceptedRow, reading: AdviceRow, redated: boolean, rules: DiffRules): RowDecision {
  const learned = withActs(accepted(reading, known, known.since), known, reading, rules);
  const newer = isNewer(reading, known);
  const reworded = rules.dated !== true && isReworded(reading, known);
  if (redated && newer && !reworded) {
    const { publishedAt, redatedTo: _, ...row } = learned.row;
    return {
      row: {
        ...row,
        ...(known.publishedAt !== undefined && { publishedAt: known.publishedAt }),
        ...(publishedAt !== undefined && { redatedTo: publishedAt }),
      },
      held: { ...heldOf(reading, known), reason: 'redated' },
      firstActs: learned.firstActs,
    };
  }
  const row = newer ? learned.row : { ...learned.row, ...keepRedating(known) };
  if (!newer && !reworded && learned.acts.length === 0) return { row, firstActs: learned.firstActs };
  // Without a level only the text can have changed; with one, a new date is a reissue.
  const direction = reading.level === undefined || !newer || rules.dated ? 'text-changed' : 'reissued';
  return changed({ ...learned, row }, reading, direction, known, false);
}

/** Keeps the date before a mass re-dating, so that the new one never becomes news. */
function keepRedating({ redatedTo, publishedAt }: AcceptedRow): Partial<AcceptedRow> {
  if (redatedTo === undefined) return {};
  return { redatedTo, ...(publishedAt !== undefined && { publishedAt }) };
}

interface Learned {
  readonly row: AcceptedRow;
  readonly acts: readonly ActOfMission[];
  readonly firstActs: readonly ActOfMission[];
}

/**
 * Finds acts of the issuer's missions in a new text. Each is reported once while the text repeats
 * it, and never from a first text.
 */
function withActs(row: AcceptedRow, known: AcceptedRow | undefined, reading: AdviceRow, { actsIn }: DiffRules): Learned {
  const unread = reading.body !== undefined && reading.body !== '' && (known?.acts === undefined || row.textHash !== known.textHash);
  if (!actsIn || !unread) return { row, acts: [], firstActs: [] };
  const found = new Map<string, ActOfMission>();
  // If several sentences report an act, the first recent one counts.
  for (const act of actsIn(reading)) {
    const name = `${act.finding.kind}:${act.finding.status}`;
    if (!found.get(name)?.recent) found.set(name, act);
  }
  const acts = [...found.keys()].sort();
  const before = known?.acts;
  const fresh = [...found].flatMap(([name, act]) => (act.recent && before !== undefined && !before.includes(name) ? [act] : []));
  return { row: { ...row, acts }, acts: fresh, firstActs: before ? [] : [...found.values()] };
}

function changed(
  { row, acts, firstActs }: Learned,
  reading: AdviceRow,
  direction: Direction,
  known: AcceptedRow,
  regional: boolean,
): RowDecision {
  const before = regional ? worst(known.regional) : known.level;
  const previousLevel = before ? { previousLevel: before as Level } : {};
  return { row, firstActs, change: { reading, direction, regional, acts, ...previousLevel } };
}

/**
 * Returns the day that at least 20 rows, and 40 % of those known, got as their new date at an
 * unchanged level; else undefined.
 */
function massRedateDay(state: RegisterState, readings: readonly AdviceRow[], keys: (reading: AdviceRow) => string): number | undefined {
  const moved = readings.filter((reading) => {
    const known = state.rows[keys(reading)];
    return known !== undefined && reading.level !== undefined && reading.level === known.level && isNewer(reading, known);
  });
  const [most] = [...Map.groupBy(moved, dayOf)].toSorted(([, a], [, b]) => b.length - a.length);
  return most && most[1].length >= 20 && most[1].length >= Object.keys(state.rows).length * 0.4 ? most[0] : undefined;
}

const dayOf = ({ publishedAt = 0 }: AdviceRow): number => Math.floor(publishedAt / (24 * 3_600_000));

function heldOf(reading: AdviceRow, known: AcceptedRow | undefined): Omit<HeldChange, 'reason'> {
  return {
    countries: reading.countries,
    ...(known?.level !== undefined && { from: known.level }),
    ...(reading.level !== undefined && { to: reading.level }),
  };
}
