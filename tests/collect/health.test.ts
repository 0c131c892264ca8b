import { describe, expect, test } from 'vitest';
import type { FetchOutcome } from '../../src/collect/fetch.ts';
import { failed } from '../../src/collect/fetch-errors.ts';
import { healthOf, type Notice, notices } from '../../src/collect/health.ts';
import { poll } from '../../src/collect/poll.ts';
import type { Instant } from '../../src/model/basics.ts';
import type { Feed } from '../../src/model/feed.ts';
import type { FeedCursor } from '../../src/ports/feed-store.ts';
import { aFeed } from '../support/project.ts';

const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2026, 10, 23, 10);

const news = aFeed();
const mission: Feed = { ...news, id: 'us-ua', kind: 'mission', tier: 'official' };
const register: Feed = { ...news, id: 'us-state', kind: 'register', tier: 'official', everyMinutes: 15 };

const down = failed('unreachable', 'connection refused');
const answer = (text: string): FetchOutcome => ({ kind: 'document', status: 200, bytes: Buffer.from(text), url: news.url });

/** A feed that is polled whenever it is due, by what its publisher answers at that time. */
function watch(watched: Feed) {
  let feed = watched;
  let now: Instant = start;
  let cursor: FeedCursor | undefined;
  const heard: { readonly notice: Notice; readonly after: number }[] = [];
  const once = async (outcome: FetchOutcome) => {
    const before = cursor;
    const fetcher = { fetch: async () => outcome, close: async () => undefined };
    const clock = { now: () => now, sleep: async () => undefined };
    const polled = await poll(feed, before, { fetcher, clock, random: () => 0.5 });
    cursor = polled.kind === 'document' ? polled.settle({ items: 'new' }) : polled.cursor;
    const notice = notices(before, cursor);
    if (notice) heard.push({ notice, after: (now - start) / minute });
  };
  return {
    heard,
    /** Polls until so much time has passed. */
    pass: async (ms: number, outcome: (at: Instant) => FetchOutcome) => {
      const end = now + ms;
      while (now <= end) {
        await once(outcome(now));
        now = cursor?.nextAt ?? end;
      }
      now = end;
    },
    /** Nobody polls: Attaché is off. */
    off: (ms: number) => {
      now += ms;
    },
    readdress: (url: string) => {
      feed = { ...feed, url };
    },
    health: () => healthOf(feed, cursor, now),
    cursor: () => cursor,
  };
}

const fresh = (at: Instant) => answer(String(at));
const same = () => answer('the same');
const dead = () => down;

describe('blind', () => {
  test('a feed that was never asked waits, and one that reads is ok', async () => {
    expect(healthOf(news, undefined, start)).toEqual({ state: 'waiting' });
    const watched = watch(news);
    await watched.pass(0, fresh);
    expect(watched.health()).toEqual({ state: 'ok', nextAt: start + 5 * minute });
  });

  test('the operator hears once after half an hour without a good read, and once of the recovery', async () => {
    const watched = watch(news);
    await watched.pass(10 * minute, fresh);
    await watched.pass(5 * hour, dead);
    expect(watched.health()).toMatchObject({ state: 'blind', since: start + 10 * minute, reason: 'connection refused' });
    await watched.pass(hour, fresh);
    expect(watched.heard.map(({ notice }) => notice)).toEqual(['became-blind', 'recovered']);
    expect(watched.heard[0]?.after).toBeGreaterThanOrEqual(40);
    expect(watched.heard[0]?.after).toBeLessThanOrEqual(56);
    expect(watched.health()).not.toHaveProperty('reason');
  });

  test('a transient error is told nobody, but its reason can be seen', async () => {
    const watched = watch(news);
    await watched.pass(hour, fresh);
    await watched.pass(10 * minute, dead);
    expect(watched.health()).toMatchObject({ state: 'ok', reason: 'connection refused' });
    await watched.pass(hour, fresh);
    expect(watched.heard).toEqual([]);
  });

  test('a register has three hours', async () => {
    const watched = watch(register);
    await watched.pass(hour, fresh);
    await watched.pass(2.5 * hour, dead);
    expect(watched.health().state).toBe('ok');
    await watched.pass(1.5 * hour, dead);
    expect(watched.health().state).toBe('blind');
  });

  test('a feed that could never be read is blind from the start, and the operator hears of it in time', async () => {
    const watched = watch(news);
    await watched.pass(10 * minute, dead);
    expect(watched.health()).toMatchObject({ state: 'blind', reason: 'connection refused' });
    expect(watched.heard).toEqual([]);
    await watched.pass(hour, dead);
    expect(watched.heard.map(({ notice }) => notice)).toEqual(['became-blind']);
  });

  test('a first failure after a night in which Attaché was off is no blindness', async () => {
    const watched = watch(news);
    await watched.pass(hour, fresh);
    watched.off(9 * hour);
    await watched.pass(0, dead);
    expect(watched.health().state).toBe('ok');
    await watched.pass(hour, fresh);
    expect(watched.heard).toEqual([]);
  });

  test('it is seen between two polls too', async () => {
    const watched = watch(news);
    await watched.pass(hour, fresh);
    await watched.pass(minute, () => ({ ...failed('slow-down', 'unavailable (503)'), retryAfterMs: 5 * hour }));
    expect(watched.health().state).toBe('slowed');
    watched.off(2 * hour);
    expect(watched.health()).toMatchObject({ state: 'blind', reason: 'unavailable (503)' });
  });
});

describe('frozen', () => {
  test('world news without anything new for six hours is frozen, once, until something new comes', async () => {
    const watched = watch(news);
    await watched.pass(10 * hour, same);
    expect(watched.health()).toMatchObject({ state: 'frozen', since: start });
    await watched.pass(10 * minute, dead);
    expect(watched.health().state).toBe('frozen');
    await watched.pass(hour, same);
    await watched.pass(hour, fresh);
    expect(watched.heard.map(({ notice }) => notice)).toEqual(['became-frozen', 'recovered']);
    expect(watched.heard[0]?.after).toBeGreaterThanOrEqual(360);
    expect(watched.heard[0]?.after).toBeLessThanOrEqual(376);
  });

  test('a mission may be silent for months', async () => {
    const watched = watch(mission);
    await watched.pass(60 * 24 * hour, same);
    expect(watched.health().state).toBe('ok');
    expect(watched.heard).toEqual([]);
  });

  test('a register has fourteen days', async () => {
    const watched = watch(register);
    await watched.pass(13.9 * 24 * hour, same);
    expect(watched.health().state).toBe('ok');
    await watched.pass(24 * hour, same);
    expect(watched.health().state).toBe('frozen');
  });

  test('what is frozen and then blind is told as both, and ends with one recovery', async () => {
    const watched = watch(news);
    await watched.pass(7 * hour, same);
    await watched.pass(2 * hour, dead);
    await watched.pass(hour, fresh);
    expect(watched.heard.map(({ notice }) => notice)).toEqual(['became-frozen', 'became-blind', 'recovered']);
  });
});

describe('gone and slowed', () => {
  test('a feed that is gone is told once and asked once a day, until it is back', async () => {
    const watched = watch(news);
    await watched.pass(hour, fresh);
    let asked = 0;
    await watched.pass(10 * 24 * hour, () => {
      asked += 1;
      return asked === 5 ? down : { ...failed('gone', 'gone for good (410)'), gone: true };
    });
    expect(asked).toBeGreaterThanOrEqual(10);
    expect(asked).toBeLessThanOrEqual(12);
    expect(watched.heard.map(({ notice }) => notice)).toEqual(['gone']);
    expect(watched.health()).toMatchObject({ state: 'gone', reason: 'gone for good (410)', nextAt: expect.any(Number) });
    expect(healthOf({ ...news, url: 'https://feeds.test/new' }, watched.cursor(), start + 26 * hour).state).not.toBe('gone');
    await watched.pass(26 * hour, fresh);
    expect(watched.heard.map(({ notice }) => notice)).toEqual(['gone', 'recovered']);
    expect(watched.health().state).toBe('ok');
  });

  test('a new address that fails as well is no recovery', async () => {
    const watched = watch(news);
    await watched.pass(hour, fresh);
    await watched.pass(0, () => ({ ...failed('gone', 'gone for good (410)'), gone: true }));
    watched.readdress('https://feeds.test/new');
    await watched.pass(10 * minute, dead);
    expect(watched.heard.map(({ notice }) => notice)).toEqual(['gone']);
    await watched.pass(hour, fresh);
    expect(watched.heard.map(({ notice }) => notice)).toEqual(['gone', 'recovered']);
  });

  test.each([
    ['429', { ...failed('slow-down', 'asks to slow down (429)') }],
    ['a Retry-After', { ...failed('status', 'the publisher refuses us (403)'), retryAfterMs: 20 * minute }],
  ])('%s is named as the publisher’s wish, until a good read', async (_, outcome) => {
    const watched = watch(news);
    await watched.pass(hour, fresh);
    await watched.pass(0, () => outcome);
    expect(watched.health()).toMatchObject({ state: 'slowed', reason: outcome.reason });
    await watched.pass(hour, fresh);
    expect(watched.health().state).toBe('ok');
  });
});
