/** `node bench/outbox.ts [--postgres] [deliveries] [lanes]`: the outbox, and how long it keeps everything else waiting. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { openPostgres } from '../adapters/store/postgres.ts';
import { openSqlite } from '../adapters/store/sqlite.ts';
import type { ChatMessage } from '../src/message.ts';
import type { Alert } from '../src/model/alert.ts';
import type { Delivery } from '../src/model/delivery.ts';
import type { NewsEvent } from '../src/model/event.ts';
import type { Store } from '../src/ports/store.ts';
import { startPostgres } from '../tests/support/postgres.ts';

const { values, positionals } = parseArgs({ options: { postgres: { type: 'boolean' } }, allowPositionals: true });
const [deliveries = 100_000, lanes = 1000] = positionals.map(Number);
const server = values.postgres ? await startPostgres() : undefined;

const message: ChatMessage = {
  kind: 'new',
  severity: 4,
  headline: 'US embassy in Ukraine moves from Kyiv to Lviv',
  lines: [],
  fields: [],
  sections: [],
  footer: [],
  buttons: [],
  language: 'en',
};

const event: NewsEvent = {
  id: 'e',
  revision: 1,
  finding: { kind: 'embassy-relocation', status: 'happening', hosts: ['UA'], scope: 'country', severity: 4, confidence: 1, evidence: [] },
  sources: [],
  firstSeenAt: 0,
  lastSeenAt: 0,
  state: 'open',
};

async function open(): Promise<Store> {
  if (server) await server.run('drop schema public cascade; create schema public');
  const opened = server ? await openPostgres(server.url) : await openSqlite(join(mkdtempSync(join(tmpdir(), 'attache-bench-')), 'a.db'));
  if ('problem' in opened) throw new Error(opened.problem);
  return opened.store;
}

function post(lane: string, subject: string): Delivery {
  return { key: `${lane} ${subject}`, lane, subject, revision: 1, act: 'post', messageId: 'm', notBefore: 0, because: ['1'], living: true };
}

/** Puts the deliveries in, 500 in one transaction as the fan-out does, then takes all of them out again, 16 lanes at a time. */
async function measureThrough(): Promise<void> {
  const store = await open();
  await store.enqueue({ m: message }, []);
  const all = Array.from({ length: deliveries }, (_, index) => post(`slack:w:${index % lanes}`, `e${Math.floor(index / lanes)}`));
  const inserting = performance.now();
  for (let from = 0; from < all.length; from += 500) await store.enqueue({}, all.slice(from, from + 500));
  const inserted = performance.now() - inserting;

  const spent = { claim: 0, settle: 0 };
  const timed = async <T>(what: keyof typeof spent, work: Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await work;
    spent[what] += performance.now() - began;
    return result;
  };
  for (let now = 1; ; now += 1) {
    const owner = `bench ${now}`;
    const claimed = await timed('claim', store.claim({ owner, now, leaseMs: 1000, limit: 16, platforms: ['slack'] }));
    if (claimed.length === 0) break;
    for (const { delivery } of claimed)
      await timed('settle', store.settle(owner, delivery, { kind: 'sent', ref: { channel: 'c', id: '1' } }, now));
  }
  const { sent } = await store.deliveries({});
  await store.close();
  const perSecond = (ms: number) => Math.round((1000 * deliveries) / ms).toLocaleString('en');
  console.log(`${deliveries.toLocaleString('en')} deliveries over ${lanes.toLocaleString('en')} lanes, ${sent.toLocaleString('en')} sent`);
  console.log(`  inserts/s ${perSecond(inserted)}  claims/s ${perSecond(spent.claim)}  settlements/s ${perSecond(spent.settle)}`);
}

/** One alert to 100,000 channels with a subscription each, and the longest time that nothing else got its turn. */
async function measureBlock(channels: number): Promise<void> {
  const store = await open();
  for (let index = 0; index < channels; index += 1) {
    const lane = `slack:w:${index}`;
    await store.saveChannel({ lane, zone: 'UTC', language: 'en', createdAt: 0 });
    await store.saveSubscription({ id: '1', lane, filter: { topics: ['embassy-moves'], min: 1 }, createdBy: 'u', createdAt: 0 });
  }
  const alert: Alert = { id: 'e@1', kind: 'new', event, because: [], escalates: false, severity: 4, headline: 'h', at: 0 };
  const item = { id: 'i', feedId: 'f', url: '', title: 't', summary: '', fetchedAt: 0 };
  await store.decide({ item, source: 's', tier: 'media', feedKind: 'news', baseline: false }, ['UA'], () => ({
    changes: [{ kind: 'new', event, because: [] }],
    ledger: [],
    alerts: [{ alert, messages: { 'e@1/en': message } }],
  }));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const began = performance.now();
  let steps = 0;
  while ((await store.expand(500, (_, views) => views.map(({ channel }) => ({ ...post(channel.lane, 'e'), messageId: 'e@1/en' })))) > 0) {
    steps += 1;
    await new Promise<void>((next) => setImmediate(next));
  }
  delay.disable();
  const { ready } = await store.deliveries({});
  await store.close();
  console.log(`one alert to ${ready.toLocaleString('en')} channels: ${Math.round(performance.now() - began)} ms in ${steps} steps`);
  console.log(`  event loop blocked for ${Math.round(delay.max / 1e6)} ms at the longest, ${Math.round(delay.mean / 1e6)} ms on average`);
}

await measureThrough();
await measureBlock(100_000);
await server?.stop();
