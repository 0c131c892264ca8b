/** `npm run bench:growth [-- EVENTS]`: what one decision costs after few and after many events have happened, and what of them is still asked for. */
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../adapters/store/sqlite.ts';
import { buildDetector, loadConfig, pipelineSettings } from '../src/cli/setup.ts';
import { createPipeline } from '../src/ingest/pipeline.ts';
import type { Feed, FeedItem } from '../src/model/feed.ts';
import type { Store } from '../src/ports/store.ts';

const most = Number(process.argv[2] ?? 100_000);
const config = loadConfig({});
const file = join(mkdtempSync(join(tmpdir(), 'attache-growth-')), 'a.db');
const opened = await openSqlite(file);
if ('problem' in opened) throw new Error(opened.problem);
const { store } = opened;
let [spent, looked] = [0, 0];
let isMeasured = false;
const counting = new Proxy(store, {
  get: (whole, name) => {
    if (name !== 'decide') return Reflect.get(whole, name);
    const decide: Store['decide'] = (story, hosts, work) =>
      whole.decide(story, hosts, (open) => {
        if (isMeasured) looked += open.events.length;
        return work(open);
      });
    return decide;
  },
});
let now = Date.parse('2020-01-01T00:00:00Z');
const [base] = config.feeds;
if (!base) throw new Error('no feed');
const feed: Feed = { ...base, id: 'bench', kind: 'news', tier: 'media', source: 'Bench', language: 'en' };
const pipeline = createPipeline(
  { detector: buildDetector(config), places: config.places, feeds: [feed], settings: pipelineSettings(config) },
  {
    store: counting,
    clock: { now: () => now, sleep: async () => {} },
    random: Math.random,
    fetcher: { fetch: () => Promise.reject(new Error('nothing to fetch')), close: async () => {} },
  },
);

/** Alerts of one government for one country after another: each is an event of its own. A country has one every five days. */
const names = config.places.codes.filter((code) => code !== 'US').map((code) => config.places.name(code));
const itemAt = (index: number): FeedItem => ({
  id: String(index),
  feedId: feed.id,
  url: `https://news.example/${index}`,
  title: `US embassy in ${names[index % names.length]} warns Americans to shelter in place after shooting`,
  summary: `Report ${index}.`,
  publishedAt: now,
  fetchedAt: now,
});

const step = 5 * 24 * 3_600_000;
/** Measured over this many events before each mark. */
const window = 200;
const marks = [500, 4_000, 20_000, 100_000, 500_000].filter((mark) => mark <= most);
const rows: Record<string, unknown>[] = [];

for (let index = 0; index < (marks.at(-1) ?? 0); index += 1) {
  now += Math.round(step / names.length);
  const mark = marks.find((one) => index < one) ?? 0;
  isMeasured = index >= mark - window;
  const began = performance.now();
  await pipeline.ingest(feed, [itemAt(index)], { baseline: false });
  if (isMeasured) spent += performance.now() - began;
  if (index + 1 !== mark) continue;
  const megabytes = Math.round(statSync(file).size / 1e5) / 10;
  rows.push({
    events: mark,
    'looked at for an item': (looked / window).toFixed(1),
    'ms an item': (spent / window).toFixed(2),
    'MB of database': megabytes,
  });
  [spent, looked] = [0, 0];
}
console.table(rows);
await store.close();
