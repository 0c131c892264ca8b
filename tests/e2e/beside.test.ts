import { mkdtempSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doctor } from '../../src/cli/doctor.ts';
import { exportFeedback } from '../../src/cli/feedback.ts';
import { list } from '../../src/cli/feeds.ts';
import { keepStore, openStore } from '../../src/cli/open-store.ts';
import { Failure, loadConfig } from '../../src/cli/setup.ts';
import { why } from '../../src/cli/why.ts';
import type { Config } from '../../src/config.ts';
import type { Store } from '../../src/ports/store.ts';
import { shippedDetector } from '../support/detector.ts';
import { startPostgres } from '../support/postgres.ts';
import { anEvent, aStory, decisionFor } from '../support/stored.ts';

/** A running bot holds the database with two sources that fail, and commands are asked beside it. */
const whole = loadConfig({});
const config: Config = { ...whole, secrets: {}, feeds: whole.feeds.filter(({ on }) => on).slice(0, 2) };
const choice = { database: join(mkdtempSync(join(tmpdir(), 'attache-beside-')), 'a.db') };
let store: Store;
let kept: { close(): Promise<void> };

beforeAll(async () => {
  store = await openStore(config, choice);
  kept = await keepStore(config, choice, store);
  const [first, second] = config.feeds;
  await store.moveCursor({ feedId: first?.id ?? '', failures: 9, reason: '503 Service Unavailable', nextAt: 0, blindSince: 1 });
  await store.moveCursor({ feedId: second?.id ?? '', failures: 1, reason: 'no such host', nextAt: 0 });
  await store.decide(aStory('i1'), ['UA'], () => decisionFor(anEvent('e1')));
  const { finding, sources } = anEvent('e1');
  await store.saveFeedback({ alertId: 'e1@1', lane: 'terminal:w:a', by: 'u', at: 5, finding, sources });
});
afterAll(async () => {
  await kept.close();
  await store.close();
});

test('doctor names what the running bot cannot read, and fails', async () => {
  const lines: string[] = [];
  expect(await doctor(config, choice, (line) => lines.push(line))).toBe(1);
  const said = lines.join('\n');
  expect(said).toMatch(/ok +database: SQLite .*a running bot holds it and was asked/);
  expect(said).toContain('503 Service Unavailable');
  expect(said).toMatch(/wrong +\S+: blind \(no such host\)/);
  expect(said).toContain('To mend: 2 of');
});

test('feeds list, feedback export and why read beside it', async () => {
  const lines: string[] = [];
  await list(config, choice, (line) => lines.push(line));
  expect(lines.join('\n')).toContain('503 Service Unavailable');

  const exported = new PassThrough();
  await exportFeedback(config, choice, exported);
  exported.end();
  expect(JSON.parse(await text(exported))).toMatchObject({ verdict: 'wrong', alert: 'e1@1' });

  const explained = new PassThrough();
  await why('e', choice, { config, detector: shippedDetector(), input: new PassThrough(), output: explained });
  explained.end();
  expect(await text(explained)).toContain('Airspace over e1');
});

test('only its own user can ask, only what changes nothing, and nothing that is asked harms the bot', async () => {
  const path = `${choice.database}.sock`;
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const socket = connect(path);
  const answers: Promise<string> = text(socket);
  const asked = [
    '{"method":"forget","given":[{"lane":"x"}]}',
    'no JSON',
    '{"method":"close","given":[]}',
    '{"method":"cursors","given":[]}',
  ];
  for (const line of asked) {
    socket.write(`${line}\n`);
    await new Promise((done) => setTimeout(done, 20));
  }
  socket.end();
  const said = (await answers).trim().split('\n');
  expect(said.map((line) => Object.keys(JSON.parse(line))[0])).toEqual(['failed', 'failed', 'failed', 'result']);
  expect(await store.cursors()).toHaveLength(2);
});

test('two bots on one PostgreSQL: the second is refused in one line until the first has stopped', async () => {
  const server = await startPostgres();
  const shared: Config = { ...config, secrets: { databaseUrl: server.url } };
  const first = await keepStore(shared, {}, store);
  const refusal = await keepStore(shared, {}, store).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Failure);
  expect((refusal as Failure).message).toBe(
    'environment: DATABASE_URL: another Attaché runs on this database; stop that one, or name another database',
  );
  await first.close();
  const second = await keepStore(shared, {}, store);
  await second.close();
  await server.stop();
}, 60_000);
