import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSchedule } from '../../../adapters/schedule/schedule.ts';

const schedule = createSchedule();
const minute = 60_000;
const day = 24 * 60 * minute;

function next(cron: string, zone: string, after: string | number): number {
  const found = schedule.next(cron, zone, typeof after === 'string' ? Date.parse(after) : after);
  if ('problem' in found) throw new Error(found.problem);
  return found.at;
}

const iso = (cron: string, zone: string, after: string) => new Date(next(cron, zone, after)).toISOString();

/** Zones whose clocks change in different ways: by an hour, by half an hour, at midnight, in the other half of the year, never. */
const zones = [
  'Europe/Berlin',
  'Europe/Kyiv',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Pacific/Auckland',
];

const formats = new Map<string, Intl.DateTimeFormat>();
/** `2026-03-29 02:30` on the zone's clocks. */
function wallClock(zone: string, at: number): string {
  const shape = {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  } as const;
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', shape);
  formats.set(zone, format);
  return format.format(at);
}

describe('the next run', () => {
  test.each([
    ['spring takes 02:30 away: at 03:00', '30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['and New York’s', '30 2 * * *', 'America/New_York', '2026-03-07T12:00:00Z', '2026-03-08T07:00:00.000Z'],
    ['and half an hour of Lord Howe', '15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00:00Z', '2026-10-03T15:30:00.000Z'],
    ['and midnight in Cairo', '0 0 * * *', 'Africa/Cairo', '2026-04-23T12:00:00Z', '2026-04-23T22:00:00.000Z'],
    ['autumn repeats 02:30: the first of them', '30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['and not the second', '30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00.000Z'],
    ['nor of a list of times', '0,30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-26T01:00:00.000Z'],
    ['an interval runs on through both', '0 * * * *', 'Europe/Berlin', '2026-10-25T00:00:00Z', '2026-10-25T01:00:00.000Z'],
    ['a weekday in the channel’s own zone', '30 7 * * 1', 'Asia/Tokyo', '2026-03-01T12:00:00Z', '2026-03-01T22:30:00.000Z'],
    ['strictly after', '0 8 * * *', 'UTC', '2026-03-03T08:00:00Z', '2026-03-04T08:00:00.000Z'],
  ])('%s', (_what, cron, zone, after, expected) => expect(iso(cron, zone, after)).toBe(expected));

  test('a daily time comes once on every date of every zone, at its hour or at the end of the gap that swallowed it', () => {
    const ask = fc.record({
      zone: fc.constantFrom(...zones),
      hour: fc.integer({ min: 0, max: 23 }),
      minutes: fc.integer({ min: 0, max: 59 }),
      // The days around which clocks change, and any other.
      from: fc.integer({ min: Date.UTC(2025, 0, 1) / day, max: Date.UTC(2028, 0, 1) / day }),
    });
    fc.assert(
      fc.property(ask, ({ zone, hour, minutes, from }) => {
        const asked = `${String(hour).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
        let at = next(`${minutes} ${hour} * * *`, zone, from * day);
        let date = wallClock(zone, at).slice(0, 10);
        for (let run = 0; run < 12; run += 1) {
          const local = wallClock(zone, at);
          if (local.slice(11) !== asked) {
            const before = wallClock(zone, at - minute);
            expect(before.slice(0, 10) < local.slice(0, 10) || before.slice(11) < asked).toBe(true);
            expect(local.slice(11) > asked).toBe(true);
          }
          at = next(`${minutes} ${hour} * * *`, zone, at);
          const following = wallClock(zone, at).slice(0, 10);
          expect(Date.parse(following) - Date.parse(date)).toBe(day);
          date = following;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('on the very days of a change, in every zone and at every hour', () => {
    for (const zone of zones) {
      const changes = [2026, 2027].flatMap((year) =>
        Array.from({ length: 365 }, (_, index) => Date.UTC(year, 0, 1 + index)).filter((at) => {
          const offset = (when: number) => Date.parse(`${wallClock(zone, when).replace(' ', 'T')}Z`) - when;
          return offset(at) !== offset(at + day);
        }),
      );
      for (const change of changes) {
        for (let half = 0; half < 48; half += 1) {
          const cron = `${(half % 2) * 30} ${Math.floor(half / 2)} * * *`;
          const dates: string[] = [];
          for (let at = next(cron, zone, change - day); dates.length < 4; at = next(cron, zone, at))
            dates.push(wallClock(zone, at).slice(0, 10));
          expect(new Set(dates).size, `${zone} ${cron}`).toBe(4);
          expect(Date.parse(dates[3] ?? '') - Date.parse(dates[0] ?? ''), `${zone} ${cron}`).toBe(3 * day);
        }
      }
    }
  });

  test.each([
    ['0 8 * *', 'five fields'],
    ['* * * * * *', 'five fields'],
    ['99 8 * * *', 'minute'],
    ['0 24 * * *', 'hour'],
    ['0 8 30 2 *', 'never comes'],
    ['a b c d e', 'illegal'],
  ])('%s is told what is wrong', (cron, says) => {
    const found = schedule.next(cron, 'UTC', 0);
    expect('problem' in found && found.problem).toContain(says);
  });

  test('an unknown zone is a problem, and no text at all breaks it', () => {
    expect(schedule.next('0 8 * * *', 'Mars/Base', 0)).toEqual({ problem: 'no time zone “Mars/Base”' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 20 }), (cron, zone) => {
        const found = schedule.next(cron, zone, 0);
        expect('at' in found ? found.at : found.problem.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('every minute', () => {
  afterEach(() => void vi.useRealTimers());

  test('runs at full minutes, never twice at once, and stopping waits for the one that runs', async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 2, 3, 12, 0, 30) });
    const runs: { at: number; finish: () => void }[] = [];
    const minutes = createSchedule().everyMinute(() => new Promise<void>((finish) => runs.push({ at: Date.now() % minute, finish })));
    await vi.advanceTimersByTimeAsync(3 * minute);
    expect(runs).toHaveLength(1);
    runs[0]?.finish();
    await vi.advanceTimersByTimeAsync(minute);
    expect(runs).toHaveLength(2);
    expect(runs.every(({ at }) => at < 1000)).toBe(true);
    let stopped = false;
    const stopping = minutes.stop().then(() => {
      stopped = true;
    });
    await vi.advanceTimersByTimeAsync(3 * minute);
    expect(stopped).toBe(false);
    runs[1]?.finish();
    await stopping;
    expect(runs).toHaveLength(2);
  });

  test('a task that fails is told of and tried again at the next minute', async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 2, 3, 12, 0, 30) });
    let runs = 0;
    const failures: unknown[] = [];
    const minutes = createSchedule((error) => failures.push(error)).everyMinute(() => {
      runs += 1;
      return Promise.reject(new Error('database away'));
    });
    await vi.advanceTimersByTimeAsync(3 * minute);
    expect(runs).toBe(3);
    expect(failures.map(String)).toEqual(Array(3).fill('Error: database away'));
    await minutes.stop();
  });
});
