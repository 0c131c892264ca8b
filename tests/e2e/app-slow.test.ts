import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import { buildApp } from '../../src/cli/run.ts';
import type { Feed } from '../../src/model/feed.ts';
import type { Store } from '../../src/ports/store.ts';
import { shippedDetector } from '../support/detector.ts';
import { shippedConfig } from '../support/project.ts';
import { document, drip, rss, startWeb, type Web } from '../support/web.ts';

/** The bot without a platform, with as many sources as asked for that answer byte by byte, and one behind them that is quick. */
const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function botWith(slow: number, quick: string, deadlineSeconds: number) {
  // A publisher each: of one publisher two documents are asked for at a time.
  const dripping = await Promise.all(Array.from({ length: slow }, () => startWeb({ '*': drip(200) })));
  const web = await startWeb({ '/quick': document(quick) });
  const config = shippedConfig();
  const feeds = [...dripping.map((one, index) => feedAt(one, `slow-${index}`)), feedAt(web, 'quick')];
  const collect = { ...config.settings.collect, allowHosts: ['127.0.0.1'], parallel: 8, deadlineSeconds };
  const opened = await openSqlite(join(mkdtempSync(join(tmpdir(), 'attache-slow-')), 'a.db'));
  if ('problem' in opened) throw new Error(opened.problem);
  const app = buildApp(
    { ...config, feeds, settings: { ...config.settings, collect } },
    { detector: shippedDetector(), store: opened.store, platforms: [], observe: { log: () => {} } },
  );
  open.push(...[web, ...dripping], { close: app.stop });
  return { app, store: opened.store, asked: () => [web, ...dripping].filter((one) => one.asked.length > 0).length };
}

function feedAt(web: Web, id: string): Feed {
  return {
    id,
    url: `http://127.0.0.1:${web.port}/${id}`,
    kind: 'news',
    tier: 'media',
    source: id,
    language: 'en',
    everyMinutes: 1,
    licence: '',
    attribution: '',
    terms: 'open',
    on: true,
  };
}

const isRead = async (store: Store) => (await store.cursor('quick'))?.lastOkAt !== undefined;

test('twenty sources that answer byte by byte hold up a quick one by seconds', async () => {
  const { app, store } = await botWith(20, rss('Embassy moves'), 30);
  const stop = new AbortController();
  const running = app.run(stop.signal);
  try {
    // With eight at a time it waited for three rounds of thirty seconds.
    await expect.poll(() => isRead(store), { timeout: 20_000, interval: 200 }).toBe(true);
  } finally {
    stop.abort();
    await running;
  }
}, 60_000);

test('stopping does not wait for publishers, and blames none of them', async () => {
  const { app, store, asked } = await botWith(4, rss('Embassy moves'), 30);
  const stop = new AbortController();
  const running = app.run(stop.signal);
  await expect.poll(() => asked(), { timeout: 10_000 }).toBe(5);
  const began = Date.now();
  stop.abort();
  await running;
  expect(Date.now() - began).toBeLessThan(5000);
  expect((await store.cursors()).map(({ failures }) => failures)).toEqual([0, 0, 0, 0, 0]);
}, 60_000);
