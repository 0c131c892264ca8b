import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPostgres } from '../../adapters/store/postgres.ts';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import { listLines } from '../../src/cli/feeds-probe.ts';
import { pipelineSettings } from '../../src/cli/setup.ts';
import { keyOf } from '../../src/collect/feed-types.ts';
import { createFetcher } from '../../src/collect/fetch.ts';
import type { DetectInput, Detector } from '../../src/detect/detector.ts';
import { createPipeline } from '../../src/ingest/pipeline.ts';
import type { Feed } from '../../src/model/feed.ts';
import { type Store, StoreUnavailable } from '../../src/ports/store.ts';
import { shippedDetector } from '../support/detector.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { shippedConfig } from '../support/project.ts';
import { aStory } from '../support/stored.ts';

const config = shippedConfig();
const detector = shippedDetector();
const hour = 3_600_000;
const start = Date.parse('2026-02-01T09:00:00Z');
const act = 'US orders departure of embassy staff from Kyiv';

let publisher: Server;
let postgres: PostgresServer;
let items: readonly (readonly [id: string, title: string])[] = [];
let now = start;
/** The date of every item: the present one unless given, none where it is empty. */
let stamp: string | undefined;
beforeAll(async () => {
  postgres = await startPostgres();
  publisher = createServer((_, response) => {
    const date = stamp ?? new Date(now).toUTCString();
    const body = items.map(
      ([id, title]) => `<item><guid isPermaLink="false">${id}</guid><title>${title}</title>${date && `<pubDate>${date}</pubDate>`}</item>`,
    );
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    response.end(
      `<rss version="2.0"><channel><title>t</title><link>http://n.example/</link><description/>${body.join('')}</channel></rss>`,
    );
  });
  await new Promise<void>((done) => publisher.listen(0, '127.0.0.1', done));
}, 60_000);
afterAll(async () => {
  publisher.close();
  await postgres.stop();
});

const opened = (result: { readonly store: Store } | { readonly problem: string }): Store => {
  if ('problem' in result) throw new Error(result.problem);
  return result.store;
};
const engines: readonly (readonly [string, () => Promise<Store>])[] = [
  ['SQLite', async () => opened(await openSqlite(join(mkdtempSync(join(tmpdir(), 'attache-aside-')), 'a.db')))],
  [
    'PostgreSQL',
    async () => {
      await postgres.run('drop schema public cascade; create schema public');
      return opened(await openPostgres(postgres.url));
    },
  ],
];

describe.each(engines)('%s: one item that cannot be worked on', (_, open) => {
  let store: Store;
  beforeEach(async () => {
    now = start;
    stamp = undefined;
    items = [['old', 'Quiet day']];
    store = await open();
  });
  afterEach(() => store.close());

  function polling(over: { readonly detector?: Detector; readonly store?: Store; readonly version?: string } = {}) {
    const { version = '1.0.0' } = over;
    const { port } = publisher.address() as AddressInfo;
    const host = `127.0.0.1:${port}`;
    const base = config.feeds.find(({ id }) => id === 'bbc-world') as Feed;
    const feed: Feed = { ...base, url: `http://${host}/` };
    const fetcher = createFetcher({ userAgent: 't', allowHosts: [host], maxBytes: 10_000_000, deadlineMs: 5000 });
    const clock = { now: () => now, sleep: async () => {} };
    const pipeline = createPipeline(
      { detector: over.detector ?? detector, places: config.places, feeds: [feed], settings: { ...pipelineSettings(config), version } },
      { store: over.store ?? store, clock, random: () => 0.5, fetcher },
    );
    return {
      feed,
      poll: async () => {
        now += hour;
        const polled = await pipeline.poll(feed);
        return { ...polled, alerts: polled.results.flatMap(({ decision }) => decision?.alerts ?? []).map(({ alert }) => alert.headline) };
      },
    };
  }
  const poisoned = (title: string): Detector => ({
    ...detector,
    read: (input: DetectInput) => {
      if (input.title === title) throw new TypeError('a bug of ours');
      return detector.read(input);
    },
  });

  test('an id of any length in any script is stored, and told once', async () => {
    const { poll } = polling();
    await poll();
    items = [
      ...['館', '🇺🇦', 'é'].map(
        (sign, at) => [sign.repeat(1000 - at), `US closes its embassy in ${['Mali', 'Niger', 'Chad'][at]} after attack`] as const,
      ),
      ['news', act],
    ];
    expect((await poll()).alerts).toHaveLength(4);
    expect((await poll()).alerts).toEqual([]);
    expect(await store.cursor('bbc-world')).toMatchObject({ failures: 0 });
  });

  test('the store bounds ids by itself, as collecting does', async () => {
    const long = '館'.repeat(5000);
    await store.recordSeen([{ story: aStory(long), dropped: 'no-frame' }]);
    expect(await store.unrecorded('f', [long, 'other'])).toEqual(['other']);
    expect(await store.itemOutcome(long)).toMatchObject({ dropped: 'no-frame' });
    expect(Buffer.byteLength(keyOf('館'.repeat(400)))).toBeLessThan(1001);
  });

  test('the rest of its document is told, the failure is shown, and it is not tried again and again', async () => {
    const { poll, feed } = polling({ detector: poisoned('Poison') });
    await poll();
    items = [
      ['p', 'Poison'],
      ['news', act],
    ];
    const polled = await poll();
    expect(polled.alerts).toEqual([expect.stringContaining('Ukraine')]);
    expect(polled.results.map(({ failed }) => failed?.reason)).toContain('TypeError: a bug of ours');
    const cursor = await store.cursor('bbc-world');
    expect(cursor).toMatchObject({
      failures: 0,
      lastOkAt: now,
      setAside: { count: 1, title: 'Poison', reason: 'TypeError: a bug of ours' },
    });
    expect(listLines([feed], cursor && [cursor], now)[2]).toContain(
      '1 item was set aside on 2026-02-01: “Poison”: TypeError: a bug of ours',
    );
    expect(await store.itemOutcome('p')).toMatchObject({ dropped: 'set-aside' });
    expect((await poll()).results).toEqual([]);
    now += 8 * 24 * hour;
    // Its second try, which failed as well.
    expect((await poll()).results).toHaveLength(1);
    expect(await store.cursor('bbc-world')).toMatchObject({ setAside: { count: 1, at: now } });
    now += 8 * 24 * hour;
    expect((await poll()).results).toEqual([]);
    expect((await store.cursor('bbc-world'))?.setAside).toBeUndefined();
  });

  test.each([
    ['by a newer version that knows better', '1.1.0', 2 * hour, true],
    ['by a newer version, after its news grew old', '1.1.0', 30 * hour, false],
    ['by the same version after a day, and its news is old', '1.0.0', 25 * hour, false],
  ])('is tried once more %s', async (_, version, later, isTold) => {
    const failing = polling({ detector: poisoned(act) });
    await failing.poll();
    items = [['news', act]];
    stamp = new Date(now).toUTCString();
    expect((await failing.poll()).alerts).toEqual([]);
    expect((await failing.poll()).results).toEqual([]);
    now += later;
    const mended = polling({ version });
    const again = await mended.poll();
    expect(again.results.map(({ findings }) => findings.length)).toEqual([1]);
    expect(again.alerts).toHaveLength(isTold ? 1 : 0);
    expect(await store.itemOutcome('news')).toMatchObject({ events: [expect.any(String)] });
    expect((await store.cursor('bbc-world'))?.setAside?.again).toBeUndefined();
    expect((await mended.poll()).results).toEqual([]);
  });

  test('what fails a second time, was part of a first read or has no date is no news and not tried a third time', async () => {
    const first = polling({ detector: poisoned(act) });
    items = [['news', act]];
    stamp = new Date(now).toUTCString();
    await first.poll();
    const second = polling({ detector: poisoned(act), version: '1.1.0' });
    expect((await second.poll()).results.map(({ failed }) => failed?.reason)).toEqual(['TypeError: a bug of ours']);
    const third = polling({ version: '1.2.0' });
    expect((await third.poll()).results).toEqual([]);
    items = [
      ['old', 'Quiet day'],
      ['other', act.replace('Kyiv', 'Bamako')],
    ];
    expect((await third.poll()).alerts).toHaveLength(1);
  });

  test('what a first read set aside alerts nothing when it is read again', async () => {
    items = [['news', act]];
    stamp = new Date(now).toUTCString();
    await polling({ detector: poisoned(act) }).poll();
    const again = await polling({ version: '1.1.0' }).poll();
    expect(again.results.map(({ findings }) => findings.length)).toEqual([1]);
    expect(again.alerts).toEqual([]);
  });

  test('an item without a date is as old as its first try', async () => {
    const failing = polling({ detector: poisoned(act) });
    await failing.poll();
    items = [['news', act]];
    stamp = '';
    await failing.poll();
    now += 25 * hour;
    const again = await polling({ version: '1.1.0' }).poll();
    expect([again.results.length, again.alerts]).toEqual([1, []]);
  });

  test('an item that even the store refuses makes its feed back off, and its health says why', async () => {
    const refusing: Store = { ...store, recordSeen: async () => Promise.reject(new RangeError('refused')) };
    const { poll } = polling({ store: refusing });
    items = [['x', 'Nothing of ours']];
    const waits: number[] = [];
    for (let at = 0; at < 4; at += 1) {
      expect(await poll()).toMatchObject({ outcome: 'failed', bug: expect.stringContaining('RangeError: refused') });
      const cursor = await store.cursor('bbc-world');
      waits.push((cursor?.nextAt ?? 0) - now);
      expect(cursor).toMatchObject({ failures: at + 1, reason: expect.stringContaining('RangeError: refused') });
    }
    expect(waits.every((wait, at) => at === 0 || wait >= (waits[at - 1] ?? 0))).toBe(true);
    expect(waits[0]).toBeGreaterThan(60_000);
  });

  test('a database that is away is no reason to set an item aside: it comes again', async () => {
    let away = false;
    const leaving: Store = {
      ...store,
      decide: (...given) => (away ? Promise.reject(new StoreUnavailable('away')) : store.decide(...given)),
    };
    const { poll } = polling({ store: leaving });
    await poll();
    items = [['news', act]];
    away = true;
    await expect(poll()).rejects.toThrow(StoreUnavailable);
    away = false;
    expect((await poll()).alerts).toEqual([expect.stringContaining('Ukraine')]);
  });
});

describe('ids that were stored whole before', () => {
  const before = '館'.repeat(400);
  const undone = [
    `insert into item (feed_id, id, title, seen_at) values ('f', '${before}', 'known', 1)`,
    `insert into item_event (feed_id, item_id, event_id) values ('f', '${before}', 'e1')`,
    // What came after it, taken back.
    'drop index delivery_urgent',
    'drop index lane_urgent',
    'drop index event_host_open',
    'alter table delivery drop column urgent',
    'alter table lane drop column urgent',
    'alter table lane drop column asked',
    'alter table event_host drop column over',
    "delete from kysely_migration where name >= '0005-short-ids'",
  ].join('; ');
  const known = async (store: Store) => {
    expect(await store.unrecorded('f', [before, keyOf(before)])).toEqual([]);
    expect(await store.itemOutcome(before)).toMatchObject({ title: 'known', events: ['e1'] });
    await store.close();
  };

  test('are known by their hash after the upgrade, on SQLite', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'attache-aside-')), 'a.db');
    await opened(await openSqlite(path)).close();
    const raw = new DatabaseSync(path);
    raw.exec(undone);
    raw.close();
    await known(opened(await openSqlite(path)));
  });

  test('and on PostgreSQL', async () => {
    await postgres.run('drop schema public cascade; create schema public');
    await opened(await openPostgres(postgres.url)).close();
    await postgres.run(undone);
    await known(opened(await openPostgres(postgres.url)));
  });
});
