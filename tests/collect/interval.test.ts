import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IntervalCues, longestInterval, nextPoll } from '../../src/collect/interval.ts';
import type { Feed } from '../../src/model/feed.ts';
import { aFeed } from '../support/project.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A Monday, 10:00 UTC. */
const now = Date.UTC(2026, 10, 23, 10);

const news = aFeed();
const mission: Feed = { ...news, id: 'us-ua', kind: 'mission', tier: 'official' };
const register: Feed = { ...news, id: 'us-state', kind: 'register', tier: 'official', everyMinutes: 15 };
const uk: Feed = { ...register, id: 'uk-fcdo', everyMinutes: 5 };

/** Minutes until the next poll, without jitter unless given. */
const wait = (feed: Feed, cues: Partial<IntervalCues> = {}, jitter = 0.5) =>
  (nextPoll(feed, { failures: 0, ...cues }, now, () => jitter) - now) / minute;

describe('a feed that is well', () => {
  test('is asked at its own interval, never quite in step', () => {
    expect(wait(news)).toBe(5);
    expect(wait(news, {}, 0)).toBe(4.5);
    expect(wait(news, {}, 0.999)).toBeCloseTo(5.5, 2);
  });

  test.each<[string, Partial<IntervalCues>]>([
    ['max-age', { maxAgeSeconds: 600 }],
    ['ttl', { hints: { ttlMinutes: 10 } }],
    ['updatePeriod', { hints: { updatePeriodMinutes: 10 } }],
    ['four hours without news', { quietMs: 4 * hour }],
  ])('is stretched by %s', (_, cues) => expect(wait(news, cues)).toBe(10));

  test.each<[string, Partial<IntervalCues>]>([
    ['max-age of a year', { maxAgeSeconds: 31_536_000 }],
    ['ttl of a day', { hints: { ttlMinutes: 1440 } }],
    ['yearly updates', { hints: { updatePeriodMinutes: 525_600 } }],
    ['a month without news', { quietMs: 720 * hour }],
    ['this hour and the next skipped', { hints: { skipHours: [10, 11] } }],
    ['Mondays skipped', { hints: { skipDays: ['monday'] } }],
  ])('is stretched to 15 minutes and no further by %s, a register to 60', (_, cues) => {
    for (const jitter of [0, 0.5, 0.999]) {
      expect(wait(news, cues, jitter)).toBeLessThanOrEqual(15);
      expect(wait(mission, cues, jitter)).toBeLessThanOrEqual(15);
      expect(wait(uk, cues, jitter)).toBeLessThanOrEqual(15);
      expect(wait(register, cues, jitter)).toBeLessThanOrEqual(60);
    }
    expect(wait(news, cues)).toBeGreaterThan(13);
    expect(wait(register, cues)).toBeGreaterThan(50);
  });

  test('hints never make it faster than it was set to', () => {
    expect(wait(register, { maxAgeSeconds: 60, hints: { ttlMinutes: 1 } })).toBe(15);
  });

  test('other hours and days that are skipped change nothing, and 24 is midnight', () => {
    expect(wait(news, { hints: { skipHours: [9, 12], skipDays: ['Sunday'] } })).toBe(5);
    const midnight = Date.UTC(2026, 10, 23, 0, 10);
    expect(nextPoll(news, { failures: 0, hints: { skipHours: [24] } }, midnight, () => 0.5) - midnight).toBeGreaterThan(13 * minute);
  });

  test('a feed that is set to once a day stays there', () => {
    expect(longestInterval({ ...news, everyMinutes: 1440 })).toBe(1440 * minute);
  });
});

describe('a feed that fails', () => {
  test('is asked at doubling intervals, up to its longest', () => {
    expect([1, 2, 3, 4, 500].map((failures) => wait(news, { failures }))).toEqual([5, 10, 15, 15, 15]);
    expect([1, 2, 3, 4].map((failures) => wait(register, { failures }))).toEqual([15, 30, 60, 60]);
  });

  test('waits longer only where the publisher asks for it', () => {
    expect([1, 4, 7, 50].map((failures) => wait(news, { failures, slowDown: true }))).toEqual([5, 40, 320, 360]);
    expect(wait(news, { failures: 1, retryAfterMs: 2 * hour })).toBeGreaterThanOrEqual(120);
    expect(wait(news, { failures: 1, retryAfterMs: 1000 })).toBe(5);
  });
});

test('whatever is hinted, the next poll lies ahead, not before what was asked for and within bounds', () => {
  const cues = fc.record({
    maxAgeSeconds: fc.nat(),
    quietMs: fc.nat(),
    failures: fc.nat({ max: 10_000 }),
    slowDown: fc.boolean(),
    retryAfterMs: fc.nat({ max: 24 * hour }),
    hints: fc.record({ ttlMinutes: fc.nat(), skipHours: fc.array(fc.nat({ max: 24 })), skipDays: fc.array(fc.string()) }),
  });
  fc.assert(
    fc.property(
      cues,
      fc.constantFrom(news, mission, register, uk),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (some, feed, jitter) => {
        const waited = nextPoll(feed, some, now, () => jitter) - now;
        expect(waited).toBeGreaterThanOrEqual(Math.max(some.retryAfterMs, 0.9 * feed.everyMinutes * minute));
        const bound = some.slowDown ? 6 * hour : longestInterval(feed);
        expect(waited).toBeLessThanOrEqual(Math.max(bound, 1.1 * some.retryAfterMs + 1));
      },
    ),
  );
});
