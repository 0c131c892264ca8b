/** SQLite's log of writes, deleted by somebody after a kill: bounded, found, said, and not told twice. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqlite, type SqliteLimits } from '../../adapters/store/sqlite.ts';
import { lossLine } from '../../src/cli/check-store.ts';
import type { Store } from '../../src/ports/store.ts';
import { aChannel, aDelivery, ask } from '../support/stored.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'attache-log-')), 'a.db');
const sqlite = JSON.stringify(new URL('../../adapters/store/sqlite.ts', import.meta.url).href);

async function opened(path: string, limits: SqliteLimits = { runs: true }): Promise<Store> {
  const result = await openSqlite(path, limits);
  if ('problem' in result) throw new Error(result.problem);
  return result.store;
}

/** A bot of its own that does this with its store and is killed. */
async function killedAfter(path: string, work: string, limits: SqliteLimits = {}): Promise<void> {
  const script = `const { store } = await (await import(${sqlite})).openSqlite(${JSON.stringify(path)}, ${JSON.stringify({ runs: true, ...limits })});
    ${work}; console.log('done'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}
const read = { feedId: 'f', nextAt: 0, failures: 0, lastOkAt: 5_000 };
const saved = (lane: string) => `await store.saveChannel(${JSON.stringify(aChannel(lane))})`;

test('a log that is there after a kill is no loss, nor is an end in order, nor a look in between', async () => {
  const path = newFile();
  await (await opened(path)).close();
  await killedAfter(path, saved('terminal:w:a'));
  // As doctor looks: it takes the log in.
  const looking = await opened(path, {});
  expect((await looking.channels(undefined, 9)).length).toBe(1);
  await looking.close();
  await killedAfter(path, '');
  for (let start = 0; start < 2; start += 1) {
    const store = await opened(path);
    expect((await store.stats()).lost).toBeUndefined();
    await store.close();
  }
});

test('a log that was deleted is found at the next start, once, and said in one line', async () => {
  const path = newFile();
  const before = await opened(path);
  await before.moveCursor(read);
  await before.close();
  await killedAfter(path, saved('terminal:w:a'));
  rmSync(`${path}-wal`);
  // A look without a bot leaves it to be found.
  await (await opened(path, {})).close();
  const began = Date.now();
  const store = await opened(path);
  const { lost } = await store.stats();
  expect(lost).toEqual({ since: 5_000, until: expect.any(Number) });
  expect(lost?.until).toBeGreaterThanOrEqual(began);
  expect(lost && lossLine(lost)).toMatch(/^the file -wal beside the database was deleted.*after 1970-01-01 00:00 UTC is gone/);
  await store.close();
  const next = await opened(path);
  expect((await next.stats()).lost).toEqual(lost);
  await next.close();
});

test('what may have been sent before the loss is looked for, and not sent blindly', async () => {
  const path = newFile();
  const before = await opened(path);
  const message = { headline: 'h' } as never;
  await before.moveCursor(read);
  await before.enqueue({ m: message }, [aDelivery('terminal:w:a', 'waited', { notBefore: 4_000 })]);
  await before.close();
  const settle = `const [one] = await store.claim(${JSON.stringify(ask(6_000))});
    await store.settle('one', one.delivery, { kind: 'sent', ref: { channel: 'c', id: '1' } }, 6_000)`;
  await killedAfter(path, settle);
  rmSync(`${path}-wal`);
  const store = await opened(path);
  await store.enqueue({ m: message }, [aDelivery('terminal:w:b', 'told after it', { notBefore: 7_000 })]);
  await store.enqueue({ m: message }, [aDelivery('terminal:w:c', 'much later', { notBefore: Date.now() + 3_600_000 })]);
  const claimed = await store.claim(ask(Date.now() + 4_000_000));
  expect(Object.fromEntries(claimed.map(({ delivery, unknownSince }) => [delivery.key, unknownSince]))).toEqual({
    waited: 4_000,
    'told after it': 5_000,
    'much later': undefined,
  });
  await store.close();
});

test('no more than what was stored lately can be lost: the file is kept up while the bot runs', async () => {
  const path = newFile();
  await killedAfter(path, `${saved('terminal:w:a')}; await new Promise((done) => setTimeout(done, 500)); ${saved('terminal:w:b')}`, {
    keepEveryMs: 100,
  });
  rmSync(`${path}-wal`);
  const store = await opened(path);
  expect((await store.channels(undefined, 9)).map(({ lane }) => lane)).toContain('terminal:w:a');
  await store.close();
});
