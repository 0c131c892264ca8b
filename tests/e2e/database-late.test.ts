/** A bot that is started before its database server: the real program, and a real server. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Bot, kill, startBot } from '../support/bot.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';

let server: PostgresServer;
let bot: Bot | undefined;
let silent: Server | undefined;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterEach(async () => {
  if (bot) await kill(bot);
  bot = undefined;
  silent?.close();
});
afterAll(() => server.stop());

function started(url: string, ...more: readonly string[]): Bot {
  const own = mkdtempSync(join(tmpdir(), 'attache-late-'));
  writeFileSync(join(own, 'feeds.yaml'), 'feeds: []\n');
  bot = startBot(['--config', own, 'run', ...more], 'pipe', { DATABASE_URL: url });
  return bot;
}
const lines = (text: string) => text.trimEnd().split('\n');

test('it waits for the server, says so once and once that it is there, and runs', async () => {
  await server.halt();
  const late = started(server.url);
  await late.says(/attache: DATABASE_URL \(127\.0\.0\.1:\d+\): cannot be reached .*; Attaché waits until it is there\n/);
  await wait(5000);
  expect(late.process.exitCode).toBe(null);
  expect(lines(late.text())).toHaveLength(1);
  await server.resume();
  await late.says(/attache: the database is back after \d+ s\n/);
  await late.says('this terminal watches everywhere');
  late.process.kill('SIGTERM');
  expect(await late.ended).toBe(0);
  expect(late.text().match(/database is back|waits until/g)).toHaveLength(2);
}, 90_000);

test('while it waits, SIGTERM is obeyed at once; so it is by a server that says nothing', async () => {
  await server.halt();
  const away = started(server.url);
  await away.says('waits until it is there');
  const before = performance.now();
  away.process.kill('SIGTERM');
  expect(await away.ended).toBe(0);
  expect(performance.now() - before).toBeLessThan(2000);
  await server.resume();

  const connected = new Promise<void>((done) => {
    silent = createServer(() => done()).listen(0, '127.0.0.1');
  });
  await new Promise((next) => silent?.once('listening', next));
  const mute = started(`postgres://a:b@127.0.0.1:${(silent?.address() as AddressInfo | undefined)?.port}/x`);
  await connected;
  const then = performance.now();
  mute.process.kill('SIGTERM');
  expect(await mute.ended).toBe(0);
  expect(performance.now() - then).toBeLessThan(2000);
}, 90_000);

test.each([
  ['a database that is not there', (url: string) => url.replace(/postgres$/, 'nothing'), /no such database; create it/],
  ['a user that is not there', (url: string) => url.replace('attache:', 'nobody:'), /user or password are refused; correct them/],
  ['a wrong password', (url: string) => url.replace(':secret@', ':wrong@'), /user or password are refused; correct them/],
])(
  '%s is one clear line, and the end',
  async (_, wrong, said) => {
    const ending = started(wrong(server.url));
    expect(await ending.ended).toBe(1);
    expect(lines(ending.text())).toEqual([expect.stringMatching(said)]);
  },
  60_000,
);

test('asked for one round, it does not wait', async () => {
  await server.halt();
  const once = started(server.url, '--once');
  expect(await once.ended).toBe(1);
  expect(lines(once.text())).toEqual([expect.stringMatching(/cannot be reached/)]);
  await server.resume();
}, 60_000);
