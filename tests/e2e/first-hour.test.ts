/**
 * A newcomer's first hour: a folder of one's own, a source added, a story, an alert, a second outlet, a digest at its minute, a kill, a restart, a reload,
 * a database that goes away. Real processes and real minutes; CONTRIBUTING.md tells it in words.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask, type Bot, kill, startBot } from '../support/bot.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { document, startWeb, type Web } from '../support/web.ts';

const minute = 60_000;
/** A poll comes within its minute and the spread around it. */
const aPoll = 2 * minute;

interface Outlet {
  readonly name: string;
  readonly stories: string[];
}

let web: Web;
const courier: Outlet = { name: 'The Harbour Courier', stories: [] };
const northern: Outlet = { name: 'Northern Post', stories: [] };
const southern: Outlet = { name: 'Southern Star', stories: [] };
let bot: Bot | undefined;

const feedOf = ({ name, stories }: Outlet) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>${name}</title><link>http://x.test/</link><language>en</language>${stories.join('')}</channel></rss>`;

function publish(outlet: Outlet, title: string): void {
  const id = `${outlet.name}-${outlet.stories.length}`;
  const date = new Date(Date.now() - 1000).toUTCString();
  outlet.stories.unshift(
    `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>https://news.example/${encodeURIComponent(id)}</link><pubDate>${date}</pubDate></item>`,
  );
}

/** A folder with the least that a start needs: hosts on loopback may be read, and no source yet. */
function ownFolder(): string {
  const own = mkdtempSync(join(tmpdir(), 'attache-hour-'));
  writeFileSync(join(own, 'attache.yaml'), `collect: { allowHosts: ["${web.host}"] }\n`);
  writeFileSync(join(own, 'feeds.yaml'), 'feeds: []\n');
  return own;
}

async function addBoth(own: string): Promise<void> {
  const one = await ask('--config', own, 'feeds', 'add', `${web.origin}/courier`, '--id', 'courier', '--every', '1');
  expect(one).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Added courier: The Harbour Courier, news, media, in en') });
  const two = await ask('--config', own, 'feeds', 'add', `${web.origin}/northern.xml`, '--id', 'northern', '--every', '1');
  expect(two).toMatchObject({ code: 0, err: '' });
}

/** Asks again each time, and gives all that was said since the first. */
function statusOf(asked: Bot): () => string {
  const before = asked.text().length;
  return () => {
    asked.type('status');
    return asked.text().slice(before);
  };
}

beforeAll(async () => {
  web = await startWeb({
    '/courier': document(
      '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/courier.xml"></head><body>Hello</body></html>',
      { 'content-type': 'text/html' },
    ),
    '/courier.xml': (request, response) => document(feedOf(courier))(request, response),
    '/northern.xml': (request, response) => document(feedOf(northern))(request, response),
    '/southern.xml': (request, response) => document(feedOf(southern))(request, response),
  });
}, minute);
afterEach(async () => {
  if (bot) await kill(bot);
  bot = undefined;
});
afterAll(() => web.close());

describe('the first hour', () => {
  test(
    'a source, a story, an alert, a second outlet, a kill, a reload, a digest at its minute, and an end',
    async () => {
      const own = ownFolder();
      const start = () => startBot(['--config', own, 'run', '--database', join(own, 'a.db')], 'prompt');
      publish(courier, 'Harbour opens a new pier');
      publish(northern, 'Ferry timetable changes');
      await addBoth(own);

      bot = start();
      await bot.says('this terminal watches everywhere from Notice up (subscription 1)');
      await bot.says('Read 2 of 2 sources.');
      await bot.says('What the last days hold (a first read alerts nothing)');
      bot.type('help');
      await bot.says('ack 1a2b3c');
      bot.type('subscribe Ukraine');
      await bot.says('Subscription 1 catches all of this already');
      bot.type('unsubscribe 1');
      await bot.says('Subscription 1 ended');
      bot.type('settings zone UTC digest daily 08:00');
      await bot.says('digest daily 08:00, next ');

      publish(courier, 'US temporarily relocates embassy in Ukraine from Kyiv to Lviv as Russian forces mass on the border');
      const [, id = ''] = await bot.says(/NEW #([0-9a-f]{6})\n┃ \S+ (?:WARNING|CRITICAL) · Ukraine/, aPoll);
      bot.type(`ack ${id}`);
      await bot.says('Acknowledged.');
      bot.type(`why ${id}`);
      await bot.says(`Why ${id}`);

      publish(northern, 'United States moves its embassy in Ukraine from Kyiv to Lviv');
      await bot.says(new RegExp(`UPDATE of #${id}[^┗]*2 outlets`), aPoll);

      await kill(bot);
      bot = start();
      await bot.says('attache> ');
      bot.type('latest 5');
      await bot.says(new RegExp(`1 event\\n[^┗]* ${id}\\n`));
      bot.type('status');
      await bot.says('2 of 2 sources can be read');
      bot.type('list');
      await bot.says('2  Ukraine; Notice and up');
      const sources = join(own, 'feeds.yaml');
      const right = readFileSync(sources, 'utf8');
      const reload = () => ask('--config', own, 'reload', '--database', join(own, 'a.db'));
      writeFileSync(sources, right.replace('everyMinutes: 1', 'everyMinutes: often'));
      expect(await reload()).toMatchObject({ code: 1, err: expect.stringContaining('everyMinutes') });
      writeFileSync(sources, right);
      publish(southern, 'Lighthouse repainted');
      const three = await ask('--config', own, 'feeds', 'add', `${web.origin}/southern.xml`, '--id', 'southern', '--every', '1');
      expect(three.code).toBe(0);
      expect(await reload()).toMatchObject({ code: 0 });
      await expect.poll(statusOf(bot), { timeout: aPoll, interval: 2_000 }).toContain('3 of 3 sources can be read');
      // As much as a day brings, from the first one on; its minute can be moved.
      const at = new Date(Date.now() + 1.5 * minute);
      bot.type(`settings digest cron ${at.getUTCMinutes()} ${at.getUTCHours()} * * *`);
      await bot.says(/digest (?:daily|cron) .*, next /);

      await bot.says(/DIGEST\n┃ .*1 event/, 3 * minute);
      await bot.says(id);
      expect(bot.text()).not.toContain('NEW #');
      bot.type('exit');
      expect(await bot.ended).toBe(0);
    },
    12 * minute,
  );
});

describe('with PostgreSQL', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 2 * minute);
  afterAll(() => postgres.stop());

  test(
    'a database that goes away and comes back costs no alert and no start',
    async () => {
      const own = ownFolder();
      await addBoth(own);
      bot = startBot(['--config', own, 'run'], 'pipe', { DATABASE_URL: postgres.url });
      await bot.says('Read 2 of 2 sources.');
      await postgres.halt();
      await bot.says(/database .*(?:away|gone|reached)/i, aPoll);
      publish(northern, 'Germany closes its embassy in Mali after attack');
      await postgres.resume();
      await bot.says(/database .*back/i, aPoll);
      await bot.says(/NEW #[0-9a-f]{6}\n┃ .*Mali/, 2 * aPoll);
      bot.process.kill('SIGTERM');
      expect(await bot.ended).toBe(0);
      expect(bot.text().match(/NEW #/g)).toHaveLength(1);
    },
    10 * minute,
  );
});
