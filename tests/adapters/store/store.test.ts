import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openSqlite } from '../../../adapters/store/sqlite.ts';
import type { Store } from '../../../src/ports/store.ts';
import { storeContract } from '../../contracts/store.ts';
import { anAlert } from '../../support/messages.ts';
import { aChannel, aDelivery, ask } from '../../support/stored.ts';

const file = () => join(mkdtempSync(join(tmpdir(), 'attache-store-')), 'deep', 'a.db');

async function opened(path: string): Promise<Store> {
  const result = await openSqlite(path);
  if ('problem' in result) throw new Error(result.problem);
  return result.store;
}

storeContract('SQLite', () => opened(file()));

describe('the file', () => {
  test('keeps what was written, with a full sync behind every word', async () => {
    const path = file();
    const store = await opened(path);
    await store.saveChannel(aChannel('terminal:w:a'));
    await store.close();
    const again = await opened(path);
    expect(await again.channel('terminal:w:a')).toEqual(aChannel('terminal:w:a'));
    await again.close();
    const raw = new DatabaseSync(path);
    expect(raw.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
    const loose = raw
      .prepare(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%' and sql not like '%strict%'",
      )
      .all();
    expect(loose).toEqual([]);
    raw.close();
  });

  test('one that is ours and in use, one of another program, one that is none, one of a newer Attaché: one line each', async () => {
    const path = file();
    const store = await opened(path);
    expect(await openSqlite(path)).toEqual({ problem: expect.stringContaining('in use by another Attaché') });
    await store.close();

    const foreign = join(mkdtempSync(join(tmpdir(), 'attache-store-')), 'theirs.db');
    const theirs = new DatabaseSync(foreign);
    theirs.exec('create table songs (title text)');
    theirs.close();
    const before = readFileSync(foreign);
    expect(await openSqlite(foreign)).toEqual({ problem: expect.stringContaining('a database of another program') });
    expect(readFileSync(foreign).equals(before)).toBe(true);

    const text = join(mkdtempSync(join(tmpdir(), 'attache-store-')), 'text.db');
    writeFileSync(text, 'a text that is long enough to be looked at as a database header, and is none');
    expect(await openSqlite(text)).toEqual({ problem: expect.stringContaining('not a database of ours') });

    const newer = new DatabaseSync(path);
    newer.exec("insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01')");
    newer.close();
    expect(await openSqlite(path)).toEqual({ problem: expect.stringContaining('written by a newer Attaché') });
    expect(await openSqlite(join(text, 'inside', 'a.db'))).toEqual({ problem: expect.stringContaining('cannot be opened') });
  });

  test('a process that is killed leaves it whole, free for the next, and says what may have been sent', async () => {
    const path = file();
    const store = await opened(path);
    await store.enqueue({ m: anAlert('m') }, [aDelivery('terminal:w:a', 'k1'), aDelivery('terminal:w:a', 'k2')]);
    await store.close();

    const sqlite = JSON.stringify(new URL('../../../adapters/store/sqlite.ts', import.meta.url).href);
    const script = `
      const { openSqlite } = await import(${sqlite});
      const { store } = await openSqlite(${JSON.stringify(path)});
      await store.claim(${JSON.stringify(ask(10))});
      console.log('claimed');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(await openSqlite(path)).toEqual({ problem: expect.stringContaining('in use by another Attaché') });
    child.kill('SIGKILL');
    await once(child, 'exit');

    const again = await opened(path);
    expect(await again.claim(ask(500))).toEqual([]);
    expect(await again.claim(ask(1010))).toMatchObject([{ delivery: { key: 'k1' }, unknownSince: 10, attempts: 2 }]);
    await again.close();
  });
});
