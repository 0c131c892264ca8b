import { createServer as createHttp, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createNet, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openPostgres } from '../../adapters/store/postgres.ts';
import type { App } from '../../src/app.ts';
import { buildApp } from '../../src/cli/run.ts';
import type { Feed } from '../../src/model/feed.ts';
import type { PlatformHooks } from '../../src/ports/platform.ts';
import type { Store } from '../../src/ports/store.ts';
import { shippedDetector } from '../support/detector.ts';
import { fakePlatform } from '../support/fake-platform.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { shippedConfig } from '../support/project.ts';
import { aChannel, aSubscription } from '../support/stored.ts';

const config = shippedConfig();
const detector = shippedDetector();
const lane = 'terminal:w:a';
let server: PostgresServer;
let publisher: Server;
let items: string[] = [];

beforeAll(async () => {
  server = await startPostgres();
  publisher = createHttp((_, response) => {
    const body = items.map(
      (title) =>
        `<item><guid isPermaLink="false">${title}</guid><title>${title}</title><pubDate>${new Date().toUTCString()}</pubDate></item>`,
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
  await server.stop();
});
beforeEach(async () => {
  items = ['Quiet day'];
  await server.run('drop schema public cascade; create schema public');
});

/** The bot over one feed that is asked every second or so, and one channel that asked for everything. */
async function running(store: Store) {
  const { port } = publisher.address() as AddressInfo;
  const feed: Feed = {
    ...(config.feeds.find(({ id }) => id === 'bbc-world') as Feed),
    url: `http://127.0.0.1:${port}/`,
    everyMinutes: 0.02,
  };
  const { settings } = config;
  const collect = { ...settings.collect, allowHosts: [`127.0.0.1:${port}`] };
  const logged: string[] = [];
  const { platform, called } = fakePlatform((out) => ({ kind: 'sent', ref: { channel: 'c', id: out.key } }));
  let hooks: PlatformHooks | undefined;
  const starting: typeof platform.start = (given) => {
    hooks = given;
    return platform.start(given);
  };
  await store.saveChannel(aChannel(lane));
  await store.saveSubscription(aSubscription(lane));
  const app: App = buildApp(
    { ...config, settings: { ...settings, collect }, feeds: [feed], secrets: {} },
    {
      detector,
      store,
      platforms: [{ ...platform, start: starting }],
      observe: { log: (level, event) => void (level !== 'debug' && logged.push(event)) },
    },
  );
  await app.connect();
  const ending = new AbortController();
  const ended = app.run(ending.signal);
  await vi.waitFor(async () => expect((await store.cursor('bbc-world'))?.baselineAt).toBeDefined(), 10_000);
  return {
    logged,
    ask: async (line: string) =>
      (await hooks?.onCommand({ platform: 'terminal', lane, user: 'you', mayChange: true, input: { line } }))?.message.headline,
    sent: () => called.filter(({ call }) => call === 'send').map(({ headline }) => headline),
    end: async () => {
      ending.abort();
      await ended;
      await app.stop();
    },
  };
}

async function opened(url: string, answerMs?: number): Promise<Store> {
  const result = await openPostgres(url, answerMs ? { answerMs } : {});
  if ('problem' in result) throw new Error(result.problem);
  return result.store;
}

test('a server that is stopped and started: waited for, said once, nothing lost and nothing told twice', async () => {
  const { logged, sent, ask, end } = await running(await opened(server.url));
  items = ['US orders departure of embassy staff from Kyiv'];
  await vi.waitFor(() => expect(sent()).toEqual([expect.stringContaining('Ukraine')]), 20_000);
  await server.halt();
  items = [...items, 'France closes its embassy in Mali after attack'];
  await vi.waitFor(() => expect(logged).toContain('database away'), 10_000);
  expect(await ask('list')).toMatch(/^Not done: the database/);
  await wait(3000);
  await server.resume();
  await vi.waitFor(() => expect(sent()).toEqual([expect.stringContaining('Ukraine'), expect.stringContaining('Mali')]), 20_000);
  expect(await ask('list')).toMatch(/subscription/i);
  await wait(1500);
  expect(sent()).toHaveLength(2);
  expect(logged.filter((line) => line !== 'delivery retry')).toEqual(['database away', 'database back']);
  await end();
}, 90_000);

test('connections that fall silent are cut: the news goes out, and stopping is not held up', async () => {
  const { port } = new URL(server.url);
  let silent = false;
  const sockets = new Set<Socket>();
  const proxy = createNet((from) => {
    const to = connect(Number(port), '127.0.0.1');
    let isDead = silent;
    const carry = (there: Socket) => (bytes: Buffer) => {
      // Once silent, always silent: the way between was lost, and nobody says so.
      isDead ||= silent;
      if (!isDead) there.write(bytes);
    };
    from.on('data', carry(to)).on('error', () => {});
    to.on('data', carry(from)).on('error', () => {});
    for (const one of [from, to]) sockets.add(one);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const through = server.url.replace(`:${port}/`, `:${(proxy.address() as AddressInfo).port}/`);
  const { logged, sent, end } = await running(await opened(through, 1000));
  silent = true;
  items = [...items, 'US orders departure of embassy staff from Kyiv'];
  await vi.waitFor(() => expect(logged).toContain('database away'), 15_000);
  expect(sent()).toEqual([]);
  silent = false;
  await vi.waitFor(() => expect(sent()).toEqual([expect.stringContaining('Ukraine')]), 30_000);
  expect(logged).toContain('database back');
  silent = true;
  const before = performance.now();
  await end();
  expect(performance.now() - before).toBeLessThan(10_000);
  proxy.close();
  for (const socket of sockets) socket.destroy();
}, 90_000);
