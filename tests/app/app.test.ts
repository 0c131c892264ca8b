import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDiscord } from '../../adapters/discord/platform.ts';
import { createSlack } from '../../adapters/slack/platform.ts';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import type { App } from '../../src/app.ts';
import { buildApp } from '../../src/cli/run.ts';
import type { Feed } from '../../src/model/feed.ts';
import type { Store } from '../../src/ports/store.ts';
import { shippedDetector } from '../support/detector.ts';
import { type DiscordHarness, startDiscord } from '../support/discord/harness.ts';
import { aFeed, shippedConfig } from '../support/project.ts';
import { type SlackHarness, startSlack } from '../support/slack/harness.ts';

/** The whole bot: two publishers on loopback, SQLite, Bolt and discord.js against their counterparts. */
let slack: SlackHarness;
let discord: DiscordHarness;
let publisher: Server;
let store: Store;
let app: App;
const published = new Map<string, string[]>([
  ['/courier.xml', []],
  ['/state.xml', []],
]);

const item = (id: string, title: string) =>
  `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>https://news.example/${id}</link><pubDate>${new Date().toUTCString()}</pubDate></item>`;

beforeAll(async () => {
  [slack, discord] = await Promise.all([startSlack(), startDiscord()]);
  publisher = createServer((request, response) => {
    const items = published.get(request.url ?? '') ?? [];
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    response.end(
      `<rss version="2.0"><channel><title>t</title><link>http://n.example/</link><description/>${items.join('')}</channel></rss>`,
    );
  });
  await new Promise<void>((done) => publisher.listen(0, '127.0.0.1', done));
  const { port } = publisher.address() as AddressInfo;
  const shipped = shippedConfig();
  const feed = (id: string, tier: Feed['tier'], source: string): Feed =>
    aFeed({ id, url: `http://127.0.0.1:${port}/${id}.xml`, tier, source, everyMinutes: 1 });
  const config = {
    ...shipped,
    feeds: [feed('courier', 'media', 'The Harbour Courier'), feed('state', 'official', 'US State Department')],
    settings: { ...shipped.settings, collect: { ...shipped.settings.collect, allowHosts: ['127.0.0.1'] } },
  };
  const opened = await openSqlite(join(mkdtempSync(join(tmpdir(), 'attache-app-')), 'a.db'));
  if ('problem' in opened) throw new Error(opened.problem);
  store = opened.store;
  const platforms = [createSlack(slack.access), createDiscord({ token: discord.token, apiUrl: discord.apiUrl })];
  app = buildApp(config, { detector: shippedDetector(), store, platforms, observe: { log: () => {} } });
  expect((await app.connect()).map(({ name, refused }) => [name, refused])).toEqual([
    ['slack', undefined],
    ['discord', undefined],
  ]);
  await slack.connected();
});

afterAll(async () => {
  await app.stop();
  publisher.close();
  await Promise.all([slack.close(), discord.close()]);
});

/** Every source is due again, as it would be in a minute. */
async function round(): Promise<void> {
  for (const cursor of await store.cursors()) await store.moveCursor({ ...cursor, nextAt: 0 });
  await app.round();
}

const inSlack = async () => (await slack.messages()).map(({ text }) => text);
const inDiscord = () => discord.messages.map(({ content }) => content);

test('people subscribe on both platforms; an alert reaches both, its confirmation edits both, and both can ask', async () => {
  expect((await slack.command('subscribe Ukraine')).text).toMatch(/Watching Ukraine/);
  expect((await discord.command('subscribe', { places: 'Ukraine' })).content).toMatch(/Watching Ukraine/);
  expect((await discord.command('subscribe', { places: 'Mali' }, false)).content).toMatch(/Manage Channels|may not|not allowed|right/i);

  await round();
  expect(await inSlack()).toEqual([]);

  published.get('/courier.xml')?.push(item('1', 'US temporarily relocates embassy in Ukraine from Kyiv to Lviv amid fears of attack'));
  await round();
  const alert = /Ukraine · US embassy moves from Kyiv to Lviv, temporarily · reported by 1 outlet/;
  expect(await inSlack()).toEqual([expect.stringMatching(alert)]);
  expect(inDiscord()).toEqual([expect.stringMatching(alert)]);

  published.get('/state.xml')?.push(item('2', 'Temporary relocation of US Embassy operations in Ukraine from Kyiv to Lviv'));
  await round();
  expect((await inSlack())[0]).toContain('confirmed by the US State Department');
  expect(inDiscord()[0]).toContain('confirmed by the US State Department');

  const [standing] = await slack.messages();
  const button = JSON.stringify(standing?.blocks).match(/"action_id":"(acknowledge-\d+)".*?"value":"([^"]+)"/);
  expect((await slack.press(button?.[1] ?? '', button?.[2] ?? '')).text).toBe('Acknowledged.');
  await round();
  expect(JSON.stringify((await slack.messages())[0]?.blocks)).toContain(`{"type":"user","user_id":"${slack.user}"}`);
  expect(await inSlack()).toHaveLength(1);

  expect((await slack.command('country Ukraine')).blocks).toBeDefined();
  expect((await discord.command('latest', { place: 'Ukraine' })).type).toBe(4);
  expect((await slack.command('status')).text).toMatch(/2 of 2 sources/);
  expect((await slack.command('list')).text).toMatch(/subscription/i);
  expect((await discord.command('unsubscribe', { id: '1' })).content).toMatch(/ended|no longer|watches nothing/i);
  expect(slack.violations).toEqual([]);
  expect(discord.violations).toEqual([]);
});
