/** Secrets are planted, everything goes wrong that can, and nothing that comes out holds one of them. */
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bot, kill, startBot } from '../support/bot.ts';
import { document, type Page, rss, startWeb, type Web } from '../support/web.ts';

const planted = {
  SLACK_BOT_TOKEN: 'xoxb-1111-planted-bot-token',
  SLACK_APP_TOKEN: 'xapp-1-planted-app-token',
  DISCORD_TOKEN: 'MTIz.planted-discord-token.abcdefghijklmnop',
  ATTACHE_WEBHOOK_SECRET: 'planted-webhook-secret-of-more-than-32-characters',
};
const heartbeat = 'planted-heartbeat-key';
const password = 'planted-database-password';
const words = [...Object.values(planted), heartbeat, password];

let web: Web;
let own: string;
/** What platforms answer: 500 at first; a 401 that repeats what it was sent, as careless proxies do. */
let refusing = false;
const api: Page = (request, response) => {
  const sent = String(request.headers.authorization);
  // Slack refuses with 200 and a word.
  const isSlack = !request.url?.startsWith('/api/v');
  response.writeHead(refusing ? (isSlack ? 200 : 401) : 500, {
    'content-type': 'application/json',
    'x-echo': sent.replace(/[^\x20-\x7e]/g, ''),
  });
  response.end(
    JSON.stringify(refusing ? { ok: false, error: 'invalid_auth', message: `401: Unauthorized ${sent}`, code: 0 } : { message: sent }),
  );
};

beforeAll(async () => {
  web = await startWeb({ '*': api, '/news.xml': document(rss('Harbour opens a new pier')) });
  own = mkdtempSync(join(tmpdir(), 'attache-secrets-'));
  writeFileSync(
    join(own, 'attache.yaml'),
    [
      `collect: { allowHosts: ["${web.host}"] }`,
      'operations: { port: 0 }',
      'log: { level: debug }',
      `slack: { apiUrl: "${web.origin}/api/" }`,
      `discord: { apiUrl: "${web.origin}/api" }`,
      `webhooks: [{ name: desk, url: "${web.origin}/hook" }]`,
    ].join('\n'),
  );
  writeFileSync(
    join(own, 'feeds.yaml'),
    `feeds:\n  - { id: news, url: "${web.origin}/news.xml", kind: news, tier: media, source: News, language: en, everyMinutes: 5, licence: l, attribution: a, terms: open, on: true }\n`,
  );
});
afterAll(() => web.close());

const env = () => ({ ...planted, HEARTBEAT_URL: `${web.origin}/beat/${heartbeat}` });
const start = (more: Readonly<Record<string, string>> = {}, ...args: readonly string[]) =>
  startBot(['--config', own, ...args], 'pipe', { ...env(), ...more });
const leaks = (text: string) => words.filter((word) => text.includes(word) || text.includes(Buffer.from(word).toString('base64')));
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

async function over(bot: Bot): Promise<string> {
  await bot.ended;
  return bot.text();
}

test('platforms that fail and refuse: the log, the pages, doctor, the recording and the database', async () => {
  const out = join(own, 'out');
  const bot = start({}, 'run', '--database', join(out, 'a.db'), '--record', join(out, 'recording'));
  const [, origin = ''] = await bot.says(/health and metrics at (http:\S+)/);
  await bot.says(/feed polled/);
  await bot.says(/discord not connected/);
  refusing = true;
  await bot.says(/slack not connected[\s\S]*slack not connected/, 40_000);
  const pages = await Promise.all(['healthz', 'readyz', 'metrics'].map(async (page) => (await fetch(`${origin}/${page}`)).text()));
  expect(pages[2]).toContain('attache_platform_connected{platform="slack"} 0');
  const doctor = await over(start({}, 'doctor', '--fetch', '--database', join(out, 'a.db')));
  expect(doctor).toMatch(/SLACK_BOT_TOKEN is wrong/);
  await kill(bot);
  const files = filesIn(out);
  expect(files.some((path) => path.endsWith('recording.jsonl'))).toBe(true);
  const all = [bot.text(), doctor, ...pages, ...files.map((path) => readFileSync(path, 'latin1'))];
  expect(all.map(leaks)).toEqual(all.map(() => []));
}, 120_000);

test('tokens that are refused at the start, a database that is away, and secrets of a wrong shape', async () => {
  refusing = true;
  const refused = start({}, 'run', '--database', join(own, 'b.db'));
  await refused.says('SLACK_BOT_TOKEN is wrong');
  await refused.says(/the token is wrong|slack not connected/);
  await kill(refused);
  const away = start({ DATABASE_URL: `postgres://attache:${password}@127.0.0.1:1/attache` }, 'run');
  await away.says('Attaché waits until it is there');
  await kill(away);
  const misshapen = await over(
    start(
      {
        SLACK_BOT_TOKEN: `x${planted.SLACK_BOT_TOKEN}`,
        DATABASE_URL: `mysql://attache:${password}@h/d`,
        HEARTBEAT_URL: `ftp://x/${heartbeat}`,
      },
      'run',
    ),
  );
  for (const name of ['SLACK_BOT_TOKEN', 'DATABASE_URL', 'HEARTBEAT_URL']) expect(misshapen).toContain(`${name}: found something else`);
  expect([refused.text(), away.text(), misshapen].map(leaks)).toEqual([[], [], []]);
}, 90_000);
