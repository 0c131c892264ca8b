/** Attaché and its peers behind one face. Each is loaded only when it is asked for, so that its memory is its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Feed } from '../../src/model/feed.ts';
import { aFeed } from '../../tests/support/project.ts';

export interface Poller {
  /** Reads every feed once; gives how many items that brought. */
  cold(): Promise<number>;
  /** Lets the time until the next poll pass. */
  makeDue?(): Promise<void>;
  /** Asks every feed again, of which none has changed. Absent where the peer only does so by its own timer. */
  again?(): Promise<void>;
  close(): Promise<void>;
}

export interface PollerKind {
  readonly name: string;
  /** What of a poll is there after the process ends. */
  readonly keeps: string;
  open(urls: readonly string[]): Promise<Poller>;
}

/** Documents at the same time, for everybody whom one can tell. */
const parallel = 50;

export const pollers: readonly PollerKind[] = [
  { name: 'Attaché', keeps: 'items, cursors, events in SQLite', open: openAttache },
  { name: 'feedsub', keeps: 'nothing', open: openFeedsub },
  { name: 'rss-feed-emitter', keeps: 'nothing', open: openEmitter },
  { name: 'rss-parser parseURL', keeps: 'nothing', open: openRssParser },
];

/** The whole bot without a platform: cursors, fetching, reading, detection, grouping, SQLite. */
async function openAttache(urls: readonly string[]): Promise<Poller> {
  const { openSqlite } = await import('../../adapters/store/sqlite.ts');
  const { buildApp } = await import('../../src/cli/run.ts');
  const { buildDetector, loadConfig } = await import('../../src/cli/setup.ts');
  const config = loadConfig({});
  const feeds = urls.map(feedOf);
  const collect = { ...config.settings.collect, parallel, allowHosts: ['127.0.0.1'] };
  const folder = mkdtempSync(join(tmpdir(), 'attache-bench-'));
  const opened = await openSqlite(join(folder, 'a.db'));
  if ('problem' in opened) throw new Error(opened.problem);
  const { store } = opened;
  const settled = { ...config, feeds, settings: { ...config.settings, collect } };
  const app = buildApp(settled, { detector: buildDetector(config), store, platforms: [], observe: { log: () => {} } });
  return {
    cold: async () => {
      const polled = await app.round();
      const failed = polled.find(({ outcome }) => outcome !== 'read');
      if (failed || polled.length !== feeds.length) throw new Error(`not all was read: ${failed?.reason}`);
      return polled.reduce((sum, { items }) => sum + items, 0);
    },
    makeDue: async () => {
      const cursors = await store.cursors();
      await Promise.all(cursors.map((cursor) => store.moveCursor({ ...cursor, nextAt: 0 })));
    },
    again: async () => {
      const polled = await app.round();
      if (polled.filter(({ outcome }) => outcome === 'unchanged').length !== feeds.length) throw new Error('not all was unchanged');
    },
    close: async () => {
      await app.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

const feedOf = (url: string, index: number): Feed => aFeed({ id: `bench-${index}`, url, source: `Bench ${index}` });

interface Feedsub {
  read(done: (error: Error | null, items: readonly unknown[]) => void): void;
}

async function openFeedsub(urls: readonly string[]): Promise<Poller> {
  const { default: module } = await import('feedsub');
  // Its types describe `exports.default`; what is exported is the class itself.
  const FeedSub = module as unknown as new (url: string, options: Readonly<Record<string, unknown>>) => Feedsub;
  const subs = urls.map((url) => new FeedSub(url, { emitOnStart: true, maxHistory: 100 }));
  const limit = pLimit(parallel);
  const readAll = async () => {
    const counts = await Promise.all(
      subs.map((sub) =>
        limit(
          () =>
            new Promise<number>((done, fail) => {
              sub.read((error, items) => (error ? fail(error) : done(items.length)));
            }),
        ),
      ),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  };
  return { cold: readAll, again: async () => void (await readAll()), close: async () => {} };
}

interface Emitter {
  add(feeds: { readonly url: readonly string[]; readonly refresh: number }): void;
  once(event: string, heard: (loaded: { readonly items: readonly unknown[] }) => void): void;
  destroy(): void;
}

async function openEmitter(urls: readonly string[]): Promise<Poller> {
  const { default: module } = await import('rss-feed-emitter');
  // Its types describe an ES module; what is exported is the class itself.
  const emitter = new (module as unknown as new (options: { readonly skipFirstLoad: boolean }) => Emitter)({ skipFirstLoad: false });
  const loaded = urls.map((url) => new Promise<number>((done) => emitter.once(`initial-load:${url}`, ({ items }) => done(items.length))));
  return {
    // All at once, as its documentation shows: it knows no limit.
    cold: async () => {
      emitter.add({ url: urls, refresh: 3_600_000 });
      return (await Promise.all(loaded)).reduce((sum, count) => sum + count, 0);
    },
    close: async () => emitter.destroy(),
  };
}

async function openRssParser(urls: readonly string[]): Promise<Poller> {
  const { default: RssParser } = await import('rss-parser');
  const parser = new RssParser();
  const limit = pLimit(parallel);
  const readAll = async () => {
    const counts = await Promise.all(urls.map((url) => limit(async () => (await parser.parseURL(url)).items.length)));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  return { cold: readAll, again: async () => void (await readAll()), close: async () => {} };
}
