import type { Instant } from '../model/basics.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Minutes east of UTC, for zone names seen in feeds. */
const zones: ReadonlyMap<string, number> = new Map(
  Object.entries({
    z: 0,
    ut: 0,
    utc: 0,
    gmt: 0,
    wet: 0,
    west: 60,
    bst: 60,
    ist: 330,
    cet: 60,
    cest: 120,
    met: 60,
    mest: 120,
    eet: 120,
    eest: 180,
    msk: 180,
    sast: 120,
    eat: 180,
    pkt: 300,
    wib: 420,
    hkt: 480,
    sgt: 480,
    awst: 480,
    jst: 540,
    kst: 540,
    acst: 570,
    acdt: 630,
    aest: 600,
    aedt: 660,
    nzst: 720,
    nzdt: 780,
    est: -300,
    edt: -240,
    cst: -360,
    cdt: -300,
    mst: -420,
    mdt: -360,
    pst: -480,
    pdt: -420,
    akst: -540,
    akdt: -480,
    hst: -600,
    brt: -180,
    art: -180,
  }),
);

const iso = /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?\s*(.*)$/i;
const rfc =
  /^(?:[a-z]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{2,4})(?:,?\s+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?\s*([ap]m)?)?\s*(.*)$/i;
const american =
  /^(?:[a-z]+\.?,?\s+)?([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?)?\s*(.*)$/i;
const unixStyle = /^[a-z]{3,9},?\s+([a-z]{3})[a-z]*\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s+([a-z]+\s+)?(\d{4})$/i;

/** Returns the instant that a feed's date names, or undefined. */
export function readDate(text: string): Instant | undefined {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  if (trimmed === '' || trimmed.length > 80) return undefined;
  if (/^\d{9,10}$/.test(trimmed)) return Number(trimmed) * 1000;
  if (/^\d{12,13}$/.test(trimmed)) return Number(trimmed);
  return readIso(trimmed) ?? readRfc(trimmed) ?? readAmerican(trimmed) ?? readUnix(trimmed);
}

function readIso(text: string): Instant | undefined {
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '0', zone = ''] = iso.exec(text) ?? [];
  if (!year) return undefined;
  const offset = offsetOf(zone);
  if (offset === undefined) return undefined;
  const at = instantOf([year, month, day, hour, minute, second].map(Number), offset);
  return at === undefined ? undefined : at + Math.floor(Number(`0.${fraction}`) * 1000);
}

function readRfc(text: string): Instant | undefined {
  const [, day, month = '', year = '', hour = '0', minute = '0', second = '0', half, zone = ''] = rfc.exec(text) ?? [];
  return day ? fromWords({ year, month, day, hour, minute, second, half, zone }) : undefined;
}

function readAmerican(text: string): Instant | undefined {
  const [, month, day = '', year = '', hour = '0', minute = '0', second = '0', half, zone = ''] = american.exec(text) ?? [];
  return month ? fromWords({ year, month, day, hour, minute, second, half, zone }) : undefined;
}

function readUnix(text: string): Instant | undefined {
  const [, month, day = '', hour = '', minute = '', second = '', zone = '', year = ''] = unixStyle.exec(text) ?? [];
  return month ? fromWords({ year, month, day, hour, minute, second, half: undefined, zone }) : undefined;
}

interface Words {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  readonly half: string | undefined;
  readonly zone: string;
}

function fromWords({ year, month, day, hour, minute, second, half, zone }: Words): Instant | undefined {
  const index = months.indexOf(month.toLowerCase());
  const offset = offsetOf(zone);
  if (index < 0 || offset === undefined) return undefined;
  const shortYear = year.length === 2 ? (Number(year) < 70 ? 2000 : 1900) : 0;
  const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hour);
  return instantOf([Number(year) + shortYear, index + 1, Number(day), hours, Number(minute), Number(second)], offset);
}

/**
 * Returns minutes east of UTC; 0 if no zone is named; undefined if the rest of the text is not a
 * zone.
 */
function offsetOf(zone: string): number | undefined {
  const bare = zone
    .trim()
    .toLowerCase()
    .replace(/[()]/g, '')
    .replace(/^(gmt|utc)(?=[+-])/, '');
  if (bare === '') return 0;
  const numeric = /^([+-])\s?(\d{1,2}):?(\d{2})?(?:\s+[a-z]+)?$/.exec(bare);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return numeric[1] === '-' ? -minutes : minutes;
  }
  if (/^[a-ik-z]$/.test(bare) && bare !== 'z') return 0;
  return zones.get(bare) ?? (/^[a-z]{1,5}$/.test(bare) ? 0 : undefined);
}

function instantOf(
  [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: readonly number[],
  offset: number,
): Instant | undefined {
  // Date.UTC reads the years 0–99 as 1900–1999; no feed means those.
  if (year < 100 || month < 1 || month > 12 || day < 1 || (day > 28 && day > daysIn(year, month))) return undefined;
  if (hour > 24 || minute > 59 || second > 60) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute - offset, second);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
