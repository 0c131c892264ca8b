import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDate } from '../../src/collect/dates.ts';

const at = (iso: string) => Date.parse(iso);

describe('dates as feeds write them', () => {
  test.each([
    ['Mon, 14 Feb 2022 15:00:00 GMT', '2022-02-14T15:00:00Z'],
    ['Mon, 14 Feb 2022 15:00:00 +0530', '2022-02-14T09:30:00Z'],
    ['14 Feb 22 15:00 EST', '2022-02-14T20:00:00Z'],
    ['Monday, 14 February 2022 15:00:00 (CET)', '2022-02-14T14:00:00Z'],
    ['27 Mar 2025 23:00:00 AEDT', '2025-03-27T12:00:00Z'],
    ['27 Jul 2025 23:00:00 AEST', '2025-07-27T13:00:00Z'],
    ['Fri, 1 Jul 2022 10:00:00 BST', '2022-07-01T09:00:00Z'],
    ['Fri, 1 Jul 2022 10:00:00 JST', '2022-07-01T01:00:00Z'],
    ['Sat, Dec 16 2023 02:02:33 PM', '2023-12-16T14:02:33Z'],
    ['Mon Feb 14 15:00:00 UTC 2022', '2022-02-14T15:00:00Z'],
    ['2022-02-14T15:00:00.250+01:00', '2022-02-14T14:00:00.250Z'],
    ['2022-02-14 15:00', '2022-02-14T15:00:00Z'],
    ['20220214T150000Z', '2022-02-14T15:00:00Z'],
    ['2022-02-14', '2022-02-14T00:00:00Z'],
    ['2022-02', '2022-02-01T00:00:00Z'],
    ['1644850800', '2022-02-14T15:00:00Z'],
    ['1644850800000', '2022-02-14T15:00:00Z'],
  ])('%s', (written, meant) => {
    expect(readDate(written)).toBe(at(meant));
  });

  test.each([
    '',
    'soon',
    '2022-02-30',
    '31 Apr 2022 10:00:00 GMT',
    '2022-13-01',
    'Mon, 14 Feb 2022 15:99:00 GMT',
    '14/02/2022',
    '1 '.repeat(100),
  ])('%j is no date', (written) => {
    expect(readDate(written)).toBeUndefined();
  });
});

const instants = fc.date({ min: new Date('1970-01-02'), max: new Date('2099-12-31'), noInvalidDate: true });

test('an instant survives being written as a feed would write it, in any zone', () => {
  const zone = (minutes: number, colon: string) => {
    const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => String(part).padStart(2, '0'));
    return `${minutes < 0 ? '-' : '+'}${hours}${colon}${rest}`;
  };
  fc.assert(
    fc.property(instants, fc.integer({ min: -12 * 60, max: 14 * 60 }), (date, minutes) => {
      const seconds = Math.floor(date.getTime() / 1000) * 1000;
      const local = new Date(seconds + minutes * 60_000);
      expect(readDate(date.toISOString())).toBe(date.getTime());
      expect(readDate(local.toISOString().slice(0, 19) + zone(minutes, ':'))).toBe(seconds);
      expect(readDate(local.toUTCString().replace('GMT', zone(minutes, '')))).toBe(seconds);
    }),
  );
});

test('a date without a zone means the same on every machine', () => {
  const before = process.env.TZ;
  try {
    for (const zone of ['Pacific/Auckland', 'America/New_York', 'UTC']) {
      process.env.TZ = zone;
      expect(new Date('14 Feb 2022 15:00:00').getTime() === at('2022-02-14T15:00:00Z')).toBe(zone === 'UTC');
      expect(readDate('14 Feb 2022 15:00:00')).toBe(at('2022-02-14T15:00:00Z'));
      expect(readDate('2022-02-14T15:00:00')).toBe(at('2022-02-14T15:00:00Z'));
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

test('no text makes it throw, and what it reads is an instant', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readDate(text) ?? 0).toSatisfy(Number.isFinite);
    }),
  );
});
