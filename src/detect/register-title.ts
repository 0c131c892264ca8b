import type { CountryCode } from '../model/basics.ts';
import type { Finding } from '../model/finding.ts';
import type { Places } from '../places.ts';
import { severityOf } from '../severity.ts';
import type { DetectInput } from './detector.ts';
import type { Levels } from './levels.ts';

/** "Level 3" without a government's name is what outlets write of the one that numbers its levels. */
export const numbersLevels: CountryCode = 'US';

const row = /^(.{2,80}?)\s*(?:Travel Advisory)?\s*[-–—:]+\s*Level\s*([1-4])\b/i;

/** "Israel, the West Bank and Gaza - Level 4: …" is short. */
const longestRow = 200;

export function readRegisterTitle(
  input: DetectInput,
  { places, levels }: { readonly places: Places; readonly levels: Levels },
): Finding | undefined {
  // Nearly no title says "Level": a look costs less than the pattern.
  if (!/level/i.test(input.title)) return undefined;
  const [, named = '', digit = ''] = row.exec(input.title.slice(0, longestRow)) ?? [];
  const hosts = digit === '' ? [] : countriesOf(named, places);
  if (hosts.length === 0) return undefined;
  const level = Number(digit) as 1 | 2 | 3 | 4;
  const sender = input.sender ?? numbersLevels;
  const start = input.title.search(/Level\s*[1-4]/i);
  const rule = 'register-row';
  const words = levels.native(sender, level) ?? '';
  // Where the row itself says that nothing changed, it is a reissue.
  const same = /no changes? to the advisory level/i.test(`${input.summary ?? ''} ${input.body ?? ''}`.slice(0, 600));
  const direction = same ? 'reissued' : 'issued';
  return {
    kind: 'travel-advisory',
    status: 'happening',
    sender,
    hosts,
    level,
    nativeText: `Level ${level}: ${words}`,
    direction,
    scope: 'country',
    severity: severityOf({ kind: 'travel-advisory', status: 'happening', level, direction, regional: false, act: 'other' }),
    confidence: 0.97,
    evidence: [
      { field: 'title', start: 0, end: named.length, role: 'host', rule },
      { field: 'title', start, end: start + 7, role: 'level', rule },
    ],
  };
}

/** One row can name several: "Israel, the West Bank and Gaza". */
export function countriesOf(named: string, places: Places): readonly CountryCode[] {
  const whole =
    places.country(named) ?? places.country(named.replace(/\s*\(.*\)\s*$/, '')) ?? places.country(named.replace(/^The\s+/i, ''));
  if (whole) return [whole];
  const inBrackets = places.country(/\((.+)\)/.exec(named)?.[1] ?? '');
  if (inBrackets) return [inBrackets];
  const parts = named.split(/,|&|\/|\band\b|;/).map((part) => part.replace(/\b(mainland|the|see summaries)\b/gi, '').trim());
  return [...new Set(parts.flatMap((part) => places.country(part) ?? []))];
}
