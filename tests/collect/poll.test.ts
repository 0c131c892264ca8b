import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFetcher, type Fetcher } from '../../src/collect/fetch.ts';
import { dueAt } from '../../src/collect/health.ts';
import { forceReread, type PollOutcome, poll, type ReadResult } from '../../src/collect/poll.ts';
import type { Feed } from '../../src/model/feed.ts';
import type { FeedCursor } from '../../src/ports/feed-store.ts';
import { aFeed } from '../support/project.ts';
import { document, redirect, rss, startWeb, status, validated, type Web } from '../support/web.ts';

const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2026, 10, 23, 10);
let web: Web;
let fetcher: Fetcher;

beforeAll(async () => {
  web = await startWeb();
  fetcher = createFetcher({ userAgent: 'Attache/1', allowHosts: [web.host] });
});

afterAll(async () => {
  await fetcher.close();
  await web.close();
});

const feedAt = (path: string): Feed => aFeed({ url: `${web.origin}${path}` });

const ask = (feed: Feed, cursor?: FeedCursor, now = start): Promise<PollOutcome> =>
  poll(feed, cursor, { fetcher, clock: { now: () => now, sleep: async () => undefined }, random: () => 0.5 });

const settled = (outcome: PollOutcome, result: ReadResult = { items: 'new' }): FeedCursor =>
  outcome.kind === 'document' ? outcome.settle(result) : outcome.cursor;

const lastAsked = () => web.asked.at(-1);

describe('a feed that has not changed', () => {
  test('is asked with the validators of what was read, byte for byte, and costs nothing', async () => {
    web.serve({ '/tagged': validated(rss('a'), 'W/"x"') });
    const feed = feedAt('/tagged');
    const first = settled(await ask(feed));
    expect(first).toMatchObject({ etag: 'W/"x"', baselineAt: start, lastOkAt: start, lastNewAt: start, nextAt: start + 5 * minute });
    const second = await ask(feed, first, start + 5 * minute);
    expect(second.kind).toBe('unchanged');
    expect(lastAsked()?.headers['if-none-match']).toBe('W/"x"');
    expect(settled(second)).toMatchObject({ etag: 'W/"x"', lastOkAt: start + 5 * minute, lastNewAt: start, failures: 0 });
    expect((await ask(feed, settled(second), start + 10 * minute)).kind).toBe('unchanged');
  });

  test('is known by its body where the publisher gives no validators', async () => {
    web.serve({ '/bare': document(rss('a')) });
    const feed = feedAt('/bare');
    const first = settled(await ask(feed));
    expect((await ask(feed, first, start + 5 * minute)).kind).toBe('unchanged');
    web.serve({ '/bare': document(rss('b')) });
    expect((await ask(feed, first, start + 10 * minute)).kind).toBe('document');
  });

  test('is not known by a body that could not be read', async () => {
    web.serve({ '/odd': document('<opml/>', { etag: '"odd"' }) });
    const feed = feedAt('/odd');
    const first = settled(await ask(feed), { items: 'not-a-feed', reason: 'neither RSS nor Atom' });
    expect(first).toMatchObject({ failures: 1, reason: 'neither RSS nor Atom' });
    expect(first).not.toHaveProperty('etag');
    expect(first).not.toHaveProperty('baselineAt');
    expect((await ask(feed, first, start + 5 * minute)).kind).toBe('document');
  });

  test('is asked for whole once a day: a validator that never changes must not silence it', async () => {
    web.serve({ '/stuck': validated(rss('a'), '"constant"') });
    const feed = feedAt('/stuck');
    const first = settled(await ask(feed));
    web.serve({ '/stuck': validated(rss('b'), '"constant"') });
    const stuck = await ask(feed, first, start + 23 * hour);
    expect(stuck.kind).toBe('unchanged');
    expect((await ask(feed, settled(stuck), start + 25 * hour)).kind).toBe('document');
  });

  test('is given whole once more to who wants to judge it again', async () => {
    web.serve({ '/again': validated(rss('a'), '"again"') });
    const feed = feedAt('/again');
    const first = settled(await ask(feed));
    const again = await ask(feed, forceReread(first), start + 5 * minute);
    expect(again.kind).toBe('document');
    expect((await ask(feed, settled(again, { items: 'none-new' }), start + 10 * minute)).kind).toBe('unchanged');
  });

  test('keeps what its document asked for, though an unchanged answer does not repeat it', async () => {
    web.serve({ '/hinted': validated(rss('a'), '"h"') });
    const feed = feedAt('/hinted');
    const first = settled(await ask(feed), { items: 'new', hints: { ttlMinutes: 12 } });
    expect(first.nextAt).toBe(start + 12 * minute);
    const second = settled(await ask(feed, first, first.nextAt));
    expect(second.nextAt).toBe(first.nextAt + 12 * minute);
  });
});

test('settling is pure: the same reading gives the same cursor', async () => {
  web.serve({ '/pure': document(rss('a')) });
  let drawn = 0;
  const ports = { fetcher, clock: { now: () => start + drawn, sleep: async () => undefined }, random: () => (drawn += 0.1) };
  const outcome = await poll(feedAt('/pure'), undefined, ports);
  expect(settled(outcome)).toEqual(settled(outcome));
  expect(settled(outcome, { items: 'none-new' })).toEqual(settled(outcome));
});

test('what others keep in the cursor survives good and failed polls', async () => {
  web.serve({ '/register': document(rss('a')), '*': status(500) });
  const before: FeedCursor = { feedId: 'bbc-world', nextAt: 0, failures: 0, register: '{"US":{}}' };
  expect(settled(await ask(feedAt('/register'), before)).register).toBe('{"US":{}}');
  expect(settled(await ask(feedAt('/broken'), before)).register).toBe('{"US":{}}');
});

describe('a feed that fails', () => {
  test('says why, backs off, and forgets it at the next good read', async () => {
    web.serve({ '/shaky': validated(rss('a'), '"s"') });
    const feed = feedAt('/shaky');
    const good = settled(await ask(feed));
    web.serve({ '/shaky': status(500) });
    const once = settled(await ask(feed, good, start + 5 * minute));
    const twice = settled(await ask(feed, once, once.nextAt));
    expect(twice).toMatchObject({ failures: 2, reason: expect.stringContaining('500'), etag: '"s"', lastOkAt: start });
    expect(twice.nextAt - once.nextAt).toBe(10 * minute);
    web.serve({ '/shaky': validated(rss('a'), '"s"') });
    const well = settled(await ask(feed, twice, twice.nextAt));
    expect(well).toMatchObject({ failures: 0 });
    expect(well).not.toHaveProperty('reason');
    expect(well).not.toHaveProperty('blindSince');
  });

  test('a web page in its place is named as that', async () => {
    web.serve({ '/challenge': document('<!doctype html><title>Just a moment...</title>', { etag: '"page"' }) });
    const outcome = await ask(feedAt('/challenge'));
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('HTML page instead of a feed') });
    expect(settled(outcome)).not.toHaveProperty('etag');
  });

  test('Retry-After is kept to, and told', async () => {
    web.serve({ '/busy': status(429, { 'retry-after': '7200' }) });
    const cursor = settled(await ask(feedAt('/busy')));
    expect(cursor.slowedByPublisher).toBe(true);
    expect(cursor.nextAt).toBeGreaterThanOrEqual(start + 2 * hour);
  });

  test('410 is asked again a day later', async () => {
    web.serve({ '/gone': status(410) });
    const feed = feedAt('/gone');
    const cursor = settled(await ask(feed));
    expect(cursor.gone).toBe(true);
    expect(dueAt(feed, cursor, start)).toBeGreaterThan(start + 20 * hour);
    expect(dueAt(feed, cursor, start)).toBeLessThan(start + 28 * hour);
    // Written when a feed that was gone was never asked again.
    expect(dueAt(feed, { ...cursor, nextAt: 8_640_000_000_000_000 }, start)).toBe(start);
  });
});

describe('an address that changes', () => {
  test('keeps the baseline and loses the validators', async () => {
    web.serve({ '/first': validated(rss('a'), '"same"'), '/second': validated(rss('b'), '"same"') });
    const before = settled(await ask(feedAt('/first')));
    const moved = feedAt('/second');
    expect(dueAt(moved, before, start)).toBe(0);
    const outcome = await ask(moved, before, start + minute);
    expect(outcome.kind).toBe('document');
    expect(lastAsked()?.headers).not.toHaveProperty('if-none-match');
    expect(settled(outcome)).toMatchObject({ address: moved.url, baselineAt: start });
  });

  test('revives a feed that was gone', async () => {
    web.serve({ '/gone': status(410), '/alive': document(rss('a')) });
    const gone = settled(await ask(feedAt('/gone')));
    const alive = feedAt('/alive');
    expect(dueAt(alive, gone, start)).toBe(0);
    expect(settled(await ask(alive, gone, start + hour))).not.toHaveProperty('gone');
  });
});

describe('a permanent redirect', () => {
  /** Polls every six hours, so many times. */
  const polls = async (feed: Feed, times: number, cursor?: FeedCursor, from = start) => {
    let last = cursor;
    for (let time = 0; time < times; time += 1) last = settled(await ask(feed, last, from + time * 6 * hour));
    return last;
  };

  test('is followed at once and believed after five sightings over a day', async () => {
    web.serve({ '/old': redirect('/new', 301), '/new': document(rss('a')) });
    const feed = feedAt('/old');
    const four = await polls(feed, 4);
    expect(four).not.toHaveProperty('permanentUrl');
    const five = await polls(feed, 1, four, start + 24 * hour);
    expect(five?.permanentUrl).toBe(`${web.origin}/new`);
    await ask(feed, five, start + 30 * hour);
    expect(web.asked.slice(-1).map(({ path }) => path)).toEqual(['/new']);
  });

  test('that is seen often within a day only is a maintenance page', async () => {
    web.serve({ '/old': redirect('/new', 301), '/new': document(rss('a')) });
    let cursor: FeedCursor | undefined;
    for (let time = 0; time < 12; time += 1) cursor = settled(await ask(feedAt('/old'), cursor, start + time * 5 * minute));
    expect(cursor).not.toHaveProperty('permanentUrl');
    web.serve({ '/old': document(rss('a')) });
    expect(settled(await ask(feedAt('/old'), cursor, start + 2 * hour))).not.toHaveProperty('moved');
  });

  test.each([
    ['temporary', (path: string) => redirect(path, 302)],
    ['to ever other places', () => redirect(`/new?${web.asked.length}`, 301)],
  ])('that is %s is never believed', async (_, answer) => {
    web.serve({ '*': document(rss('a')), '/old': (request, response) => answer('/new')(request, response) });
    expect(await polls(feedAt('/old'), 10)).not.toHaveProperty('permanentUrl');
  });

  test('whose target fails is forgotten, and only the configured address can be gone', async () => {
    web.serve({ '/old': redirect('/new', 308), '/new': document(rss('a')) });
    const feed = feedAt('/old');
    const believed = await polls(feed, 5);
    web.serve({ '/new': status(410) });
    const failing = settled(await ask(feed, believed, start + 30 * hour));
    expect(failing).not.toHaveProperty('gone');
    expect(failing).not.toHaveProperty('permanentUrl');
    web.serve({ '/old': document(rss('b')) });
    expect((await ask(feed, failing, failing.nextAt)).kind).toBe('document');
  });
});

test('a clock that was ahead for a minute silences no feed once it is right again', async () => {
  const feed = feedAt('/');
  expect(dueAt(feed, { feedId: feed.id, failures: 0, nextAt: start + 48 * hour }, start)).toBe(start);
  expect(dueAt(feed, { feedId: feed.id, failures: 0, nextAt: start + 600_000 }, start)).toBe(start + 600_000);
  // What a publisher asked for is kept, as long as a publisher can ask.
  const slowed = { feedId: feed.id, failures: 1, slowedByPublisher: true };
  expect(dueAt(feed, { ...slowed, nextAt: start + 20 * hour }, start)).toBe(start + 20 * hour);
  expect(dueAt(feed, { ...slowed, nextAt: start + 48 * hour }, start)).toBe(start);
});
