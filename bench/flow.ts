/** A thousand items through the whole pipeline into SQLite, and a command's answer while an alert spreads to 100,000 channels. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../adapters/store/sqlite.ts';
import { buildDetector, loadConfig, pipelineSettings } from '../src/cli/setup.ts';
import { createPipeline } from '../src/ingest/pipeline.ts';
import { topics } from '../src/kinds.ts';
import { createPlan } from '../src/match/fan-out.ts';
import type { Channel } from '../src/model/channel.ts';
import type { FeedItem } from '../src/model/feed.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { ChatPlatform } from '../src/ports/platform.ts';
import type { Store } from '../src/ports/store.ts';
import { createSender } from '../src/send/sender.ts';
import { aFeed } from '../tests/support/project.ts';

const config = loadConfig({});
const clock: Clock = { now: () => Date.now(), sleep: (ms) => new Promise((done) => setTimeout(done, ms)) };
const feed = aFeed({ id: 'bench', url: '', source: 'Bench' });

const fresh = () => join(mkdtempSync(join(tmpdir(), 'attache-bench-')), 'a.db');

async function sqlite(path = fresh()): Promise<Store> {
  const opened = await openSqlite(path);
  if ('problem' in opened) throw new Error(opened.problem);
  return opened.store;
}

/** A store in which these channels watch everything; written in one transaction, which people would do one by one. */
async function watchedBy(channels: readonly Channel[]): Promise<Store> {
  const path = fresh();
  await (await sqlite(path)).close();
  const file = new DatabaseSync(path);
  const addChannel = file.prepare('insert into channel (lane, json) values (?, ?)');
  const addSubscription = file.prepare("insert into subscription (lane, id, json) values (?, '1', ?)");
  file.exec('begin');
  for (const channel of channels) {
    const { lane } = channel;
    addChannel.run(lane, JSON.stringify(channel));
    addSubscription.run(lane, JSON.stringify({ id: '1', lane, filter: { topics, min: 1 }, createdBy: 'u', createdAt: 0 }));
  }
  file.exec('commit');
  file.close();
  return sqlite(path);
}

function pipelineOver(store: Store) {
  const fetcher = { fetch: () => Promise.reject(new Error('nothing to fetch')), close: async () => {} };
  return createPipeline(
    { detector: buildDetector(config), places: config.places, feeds: [feed], settings: pipelineSettings(config) },
    { store, clock, random: Math.random, fetcher },
  );
}

/** One in ten reports something: far more than real feeds do. */
function items(count: number): readonly FeedItem[] {
  const names = config.places.codes.map((code) => config.places.name(code));
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    feedId: feed.id,
    url: `https://news.example/${index}`,
    title:
      index % 10 === 0
        ? `US closes embassy in ${names[(index / 10) % names.length]} after attack`
        : `Council debates the budget of line ${index} for another evening`,
    summary: 'A summary of two sentences. It says little more.',
    publishedAt: Date.now(),
    fetchedAt: Date.now(),
  }));
}

/** @returns milliseconds for a thousand items into SQLite */
export async function measureItems(): Promise<number> {
  const store = await sqlite();
  const pipeline = pipelineOver(store);
  const began = performance.now();
  await pipeline.ingest(feed, items(1000), { baseline: false });
  const ms = performance.now() - began;
  await store.close();
  return ms;
}

/** The slowest answer (a read and a write of the store) while an alert spreads to that many channels. */
export async function measureFanOut(
  channels: number,
): Promise<{ readonly spreadMs: number; readonly slowestAnswerMs: number; readonly answers: number }> {
  const channel = (index: number): Channel => ({ lane: `terminal:w:${index}`, zone: 'UTC', language: 'en', createdAt: 0 });
  const store = await watchedBy(Array.from({ length: channels }, (_, index) => channel(index)));
  await pipelineOver(store).ingest(feed, items(1), { baseline: false });
  const platform = { name: 'terminal', send: async () => ({ kind: 'sent', ref: { channel: 'c', id: '1' } }) } as unknown as ChatPlatform;
  const plan = createPlan((code) => config.places.name(code));
  const sender = createSender(
    { store, platforms: new Map([['terminal', platform]]), clock, random: Math.random, observe: { log: () => {} } },
    { owner: 'bench', plan, leaseMs: 60_000, parallel: 16, attempts: 3 },
  );
  const stop = new AbortController();
  const began = performance.now();
  const running = sender.run(stop.signal);
  let slowestAnswerMs = 0;
  let answers = 0;
  for (let spread = 0; spread < channels; ) {
    const asked = performance.now();
    await store.subscriptions('terminal:w:7');
    await store.saveChannel(channel(7));
    slowestAnswerMs = Math.max(slowestAnswerMs, performance.now() - asked);
    answers += 1;
    await clock.sleep(20);
    const counts = await store.deliveries({});
    spread = counts.ready + counts.sending + counts.sent;
  }
  const spreadMs = performance.now() - began;
  stop.abort();
  await running;
  await store.close();
  return { spreadMs, slowestAnswerMs, answers };
}
