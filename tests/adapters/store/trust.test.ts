/** What stands in the database, who may read it, and what happens when its disk or its file fails. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgres } from '../../../adapters/store/postgres.ts';
import { openSqlite, type SqliteLimits } from '../../../adapters/store/sqlite.ts';
import { createApp } from '../../../src/app.ts';
import { watchStore, withErrorAnswers } from '../../../src/app-store.ts';
import { listJson } from '../../../src/cli/feeds-probe.ts';
import { pipelineSettings } from '../../../src/cli/setup.ts';
import { createFetcher } from '../../../src/collect/fetch.ts';
import { readConfig } from '../../../src/config.ts';
import { createConnections } from '../../../src/connections.ts';
import { createPipeline } from '../../../src/ingest/pipeline.ts';
import type { ChatMessage } from '../../../src/message.ts';
import type { Feed, Story } from '../../../src/model/feed.ts';
import type { LedgerEntry } from '../../../src/model/ledger.ts';
import type { PlatformHooks } from '../../../src/ports/platform.ts';
import { type Store, StoreUnavailable } from '../../../src/ports/store.ts';
import { shippedDetector } from '../../support/detector.ts';
import { anAlert } from '../../support/messages.ts';
import { startPostgres } from '../../support/postgres.ts';
import { configFolder, shippedConfig } from '../../support/project.ts';
import { aChannel, aDelivery, anEvent, aStory, decisionFor } from '../../support/stored.ts';
import { document, startWeb, type Web } from '../../support/web.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'attache-trust-')), 'a.db');
async function opened(path: string, limits: SqliteLimits = {}): Promise<Store> {
  const result = await openSqlite(path, limits);
  if ('problem' in result) throw new Error(result.problem);
  return result.store;
}
const config = shippedConfig();
const feed = config.feeds.find(({ id }) => id === 'bbc-world') as Feed;

describe('the file', () => {
  test('is its user’s alone, one from before too', async () => {
    const path = newFile();
    writeFileSync(path, '', { mode: 0o644 });
    const store = await opened(path);
    await store.saveChannel(aChannel('terminal:w:a'));
    for (const file of [path, `${path}-wal`]) expect(statSync(file).mode & 0o777, file).toBe(0o600);
    await store.close();
  });

  test.each([
    ['cut off', (path: string) => truncateSync(path, 8192)],
    [
      'overwritten',
      (path: string) => {
        const bytes = readFileSync(path);
        bytes.fill(0x5a, 100, 12_000);
        writeFileSync(path, bytes);
      },
    ],
  ])('one that was %s is called damaged, and permissions are not blamed', async (_, harm) => {
    const path = newFile();
    await (await opened(path)).close();
    harm(path);
    const result = await openSqlite(path);
    expect(result).toEqual({ problem: expect.stringMatching(/: damaged \(.*\); put a backup in its place/) });
    expect(JSON.stringify(result)).not.toMatch(/permission|\n/);
  });

  test('whose log of writes is deleted keeps what was written while the bot runs, and is whole after a crash', async () => {
    const path = newFile();
    const store = await opened(path);
    await store.saveChannel(aChannel('terminal:w:a'));
    rmSync(`${path}-wal`);
    await store.saveChannel(aChannel('terminal:w:b'));
    await store.close();
    const again = await opened(path);
    expect((await again.channels(undefined, 9)).map(({ lane }) => lane)).toEqual(['terminal:w:a', 'terminal:w:b']);
    await again.close();

    const sqlite = JSON.stringify(new URL('../../../adapters/store/sqlite.ts', import.meta.url).href);
    const script = `const { store } = await (await import(${sqlite})).openSqlite(${JSON.stringify(path)});
      await store.saveChannel(${JSON.stringify(aChannel('terminal:w:c'))}); console.log('written'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    rmSync(`${path}-wal`, { force: true });
    await (await opened(path)).close();
    const raw = new DatabaseSync(path, { readOnly: true });
    expect(raw.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
    raw.close();
  });
});

describe('a disk that is full', () => {
  async function full(): Promise<Store> {
    const path = newFile();
    await (await opened(path)).close();
    const store = await opened(path, { mostPages: statSync(path).size / 4096 + 30 });
    const fill = async () => {
      for (let n = 0; n < 1000; n += 1) await store.saveChannel(aChannel(`terminal:w:${n}`, { mention: 'x'.repeat(2000) }));
    };
    await expect(fill()).rejects.toThrow(/^the disk is full/);
    return store;
  }

  test('is said as such, answered as such, and over as soon as there is room', async () => {
    const raw = await full();
    const logged: string[] = [];
    const clock = { now: () => 0, sleep: async () => {} };
    const observe = { log: (_: string, event: string) => void logged.push(event) };
    const store = watchStore(raw, { clock, observe });
    const large = { feedId: 'f', failures: 0, nextAt: 0, etag: 'x'.repeat(50_000) };
    await expect(store.moveCursor(large)).rejects.toThrow(StoreUnavailable);
    const refusing = (): never => {
      throw new StoreUnavailable('the disk is full, and the database cannot grow; make room');
    };
    const hooks = { onCommand: async () => refusing(), suggest: async () => refusing() } as unknown as PlatformHooks;
    const careful = withErrorAnswers(hooks, store, observe, new AbortController().signal);
    const call = { platform: 'terminal', lane: 'l', user: 'u', mayChange: true, input: { line: 'list' } } as const;
    expect((await careful.onCommand(call)).message.headline).toBe(
      'Not done: the disk is full, and the database cannot grow; make room. Try again in a minute.',
    );
    expect(await careful.suggest({ command: 'list', option: 'x', typed: '', locale: 'en', lane: 'l' })).toEqual([]);
    await store.removeSubscriptions('none');
    await store.erase({ workspace: 'terminal:w' });
    await store.moveCursor(large);
    expect(logged).toEqual(['database away', 'database back']);
    await store.close();
  });

  test('does not make a feed be asked every few seconds for what cannot be stored', async () => {
    let now = Date.parse('2026-02-01T09:00:00Z');
    const ending = new AbortController();
    const clock = {
      now: () => now,
      sleep: async (ms: number) => {
        now += ms;
        if (now > Date.parse('2026-02-01T10:00:00Z')) ending.abort();
      },
    };
    const observe = { log: () => {} };
    const store = watchStore(await full(), { clock, observe });
    let asked = 0;
    const pipeline = {
      poll: async () => {
        asked += 1;
        await store.moveCursor({ feedId: feed.id, failures: 0, nextAt: now + 300_000, etag: 'x'.repeat(100_000) });
        throw new Error('there was room');
      },
    };
    const none = { runDue: async () => 0, tellOffline: async () => 0 };
    const idle = { step: async () => 0, drain: async () => {}, run: async () => {}, wake: () => {} };
    const schedule = { next: () => ({ problem: '' }), everyMinute: () => ({ stop: async () => {} }) };
    const app = createApp(
      {
        feeds: [feed],
        pipeline: { ...pipeline, ingest: async () => [], ingestDocument: async () => ({ problem: '' }) },
        sender: idle,
        talk: {} as PlatformHooks,
        digests: none,
        outages: none,
        connections: createConnections([], { clock, observe }),
        parallel: 1,
      },
      { store, clock, schedule, observe },
    );
    await app.run(ending.signal);
    expect(asked).toBeGreaterThan(5);
    expect(asked).toBeLessThan(20);
    await app.stop();
  });
});

describe('passwords', () => {
  let web: Web;
  beforeAll(async () => {
    web = await startWeb();
  });
  afterAll(() => web.close());

  test('of a feed’s address are for the request alone', async () => {
    const date = new Date().toUTCString();
    const item = `<item><title>US orders departure of embassy staff from Kyiv</title><link>https://bank.example:geheim@evil.example/x</link><pubDate>${date}</pubDate></item>`;
    web.serve({
      '/f': document(`<rss version="2.0"><channel><title>t</title><link>http://n.example/</link><description/>${item}</channel></rss>`),
    });
    const secret: Feed = { ...feed, url: `${web.origin.replace('://', '://reader:geheim@')}/f` };
    const path = newFile();
    const store = await opened(path);
    const fetcher = createFetcher({ userAgent: 'Attache/1', allowHosts: [web.host] });
    const clock = { now: Date.now, sleep: async () => {} };
    const pipeline = createPipeline(
      { detector: shippedDetector(), places: config.places, feeds: [secret], settings: pipelineSettings(config) },
      { store, clock, random: () => 0.5, fetcher },
    );
    expect((await pipeline.poll(secret)).outcome).toBe('read');
    expect(web.asked.at(-1)?.headers.authorization).toBe(`Basic ${Buffer.from('reader:geheim').toString('base64')}`);
    const cursors = await store.cursors();
    expect(JSON.stringify(cursors) + listJson([secret], cursors, Date.now()).join('')).not.toContain('geheim');
    expect((await store.events({ limit: 9 }))[0]?.sources[0]?.url).toBe('https://evil.example/x');
    expect(await store.unrecorded(secret.id, ['https://evil.example/x'])).toEqual([]);
    await Promise.all([store.close(), fetcher.close()]);
    expect(readFileSync(path).includes('geheim')).toBe(false);
  });

  /** As a database of before holds them: in links, in ids that are links, in what is held true of a register. */
  async function fromBefore(store: Store): Promise<void> {
    const url = 'https://reader:geheim@news.example/1?a=b@c';
    const story = (id: string): Story => ({ ...aStory(id), item: { ...aStory(id).item, title: 't' } });
    const event = anEvent('e1');
    const [source] = event.sources;
    const linked = { ...event, sources: source ? [{ ...source, itemId: url, url }] : [] };
    const { changes, alerts } = decisionFor(linked);
    const message: ChatMessage = { ...anAlert('h'), lines: [[{ link: url, text: 'x' }, 'ana@news.example said']] };
    const known = { readAt: 1, eventId: 'e1', source: 's', tier: 'official', url } as const;
    const ledger: readonly LedgerEntry[] = [
      { kind: 'posture', sender: 'US', host: 'UA', posture: 'closed', since: 1, ...known },
      { kind: 'advice', issuer: 'US', country: 'UA', nativeText: 'Level 4', regional: [], ...known },
    ];
    const raised = alerts.map((one) => ({ ...one, messages: { 'e1@1/en': message } }));
    await store.decide(story(url), ['UA'], () => ({ changes, ledger, alerts: raised }));
    await store.moveCursor({ feedId: 'f', nextAt: 0, failures: 0, register: JSON.stringify({ rows: [{ url }] }) });
    await store.recordSeen([{ story: story('https://u:geheim@n.example/2'), dropped: 'no-frame' }]);
    await store.recordSeen([{ story: story('https://n.example/2'), dropped: 'no-frame' }]);
  }
  async function isClean(store: Store): Promise<void> {
    const clean = 'https://news.example/1?a=b@c';
    const ledger = [...(await store.postures('UA')), ...(await store.advice('UA'))];
    const held = [await store.events({ limit: 9 }), await store.alert('e1@1'), await store.cursors(), ledger];
    expect(JSON.stringify(held)).not.toContain('geheim');
    expect((await store.events({ limit: 9 }))[0]?.sources[0]).toMatchObject({ itemId: clean, url: clean });
    expect(ledger.map(({ url }) => url)).toEqual([clean, clean]);
    expect(await store.itemOutcome(clean)).toMatchObject({ events: ['e1'] });
    // What was known is no news under its other name.
    expect(await store.unrecorded('f', [clean, 'https://n.example/2', 'https://n.example/3'])).toEqual(['https://n.example/3']);
    await store.enqueue({}, [{ ...aDelivery('terminal:w:a', 'e1'), messageId: 'e1@1/en' }]);
    const [claimed] = await store.claim({ owner: 'o', now: 10_000, leaseMs: 1000, limit: 1, platforms: ['terminal'] });
    expect(claimed?.message.lines).toEqual([[{ link: clean, text: 'x' }, 'ana@news.example said']]);
  }
  const undone = "delete from kysely_migration where name >= '0008'";

  test('in links of an old SQLite database are gone after the upgrade, from the file too', async () => {
    const path = newFile();
    const before = await opened(path);
    await fromBefore(before);
    await before.close();
    expect(readFileSync(path).includes('geheim')).toBe(true);
    const raw = new DatabaseSync(path);
    raw.exec(undone);
    raw.close();
    const store = await opened(path);
    await isClean(store);
    await store.close();
    expect(readFileSync(path).includes('geheim')).toBe(false);
  });

  test('and of an old PostgreSQL database', async () => {
    const server = await startPostgres();
    try {
      for (const use of [fromBefore, isClean]) {
        const result = await openPostgres(server.url);
        if ('problem' in result) throw new Error(result.problem);
        await use(result.store);
        await result.store.close();
        await server.run(undone);
      }
    } finally {
      await server.stop();
    }
  }, 90_000);

  test('of the database’s address are never said, with signs that were not escaped neither', async () => {
    for (const url of ['postgres://u:geh@eim@127.0.0.1:1/x', 'postgres://geh:e/im@127.0.0.1:1/x', 'postgres://u:geh#eim@127.0.0.1:1/x']) {
      const read = readConfig({ folders: [configFolder], env: { DATABASE_URL: url } });
      expect(read).toEqual({ problems: [expect.stringContaining('written %40')] });
      expect(JSON.stringify([read, await openPostgres(url)])).not.toMatch(/geh|eim|e\/im/);
    }
  });
});
