import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import type { Store } from '../../src/ports/store.ts';
import { ask, kill, startBot } from '../support/bot.ts';
import { aChannel } from '../support/stored.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'attache-backup-'));

async function opened(path: string, runs = false): Promise<Store> {
  const open = await openSqlite(path, { runs });
  if ('problem' in open) throw new Error(open.problem);
  return open.store;
}

test('beside a running bot, never over a file that is there; a bot that starts on the copy knows that it is behind', async () => {
  const own = folder();
  const [database, copy] = [join(own, 'data', 'a.db'), join(own, 'copy.db')];
  writeFileSync(join(own, 'feeds.yaml'), 'feeds: []\n');
  const store = await opened(database);
  await store.saveChannel(aChannel('slack:T1:C1'));
  await store.close();
  const bot = startBot(['--config', own, 'run', '--database', database], 'pipe');
  await bot.says('alerts follow');
  const backup = () => ask('--config', own, 'db', 'backup', copy, '--database', database);
  let first = await backup();
  // It listens a moment after it has said so.
  for (let turn = 0; turn < 20 && first.code !== 0; turn += 1) first = await backup();
  expect(first).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/copy\.db: the whole database, 0\.\d MB\n/) });
  expect(await backup()).toMatchObject({ code: 1, err: expect.stringContaining('copy.db: there is a file already; name another one') });
  await kill(bot);

  expect(statSync(copy).mode & 0o777).toBe(0o600);
  expect(readdirSync(own).filter((name) => name.startsWith('copy.db'))).toEqual(['copy.db']);
  const restored = await opened(copy, true);
  expect((await restored.channel('slack:T1:C1'))?.lane).toBe('slack:T1:C1');
  expect((await restored.stats()).lost).toBeDefined();
  await restored.close();
}, 60_000);

test('without a bot, and where it cannot be written: one line, and no half of a file', async () => {
  const own = folder();
  const database = join(own, 'a.db');
  await (await opened(database)).close();
  expect(await ask('db', 'backup', join(own, 'copy.db'), '--database', database)).toMatchObject({ code: 0 });
  const failed = await ask('db', 'backup', join(own, 'nowhere', 'copy.db'), '--database', database);
  expect(failed).toMatchObject({ code: 1, err: expect.stringMatching(/^attache: .*copy\.db: cannot be written \(.*\)\n$/) });
  expect(await ask('db', 'backup', join(own, 'x.db'), '--database', join(own, 'none.db'))).toMatchObject({ code: 1 });
}, 60_000);
