import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../adapters/store/memory.ts';
import { openSqlite } from '../adapters/store/sqlite.ts';
import type { Store } from '../src/ports.ts';
import { storeContract } from './store-contract.ts';
import { aChannel } from './stored.ts';

const file = () => join(mkdtempSync(join(tmpdir(), 'attache-store-')), 'deep', 'a.db');

async function opened(path: string): Promise<Store> {
  const result = await openSqlite(path);
  if ('problem' in result) throw new Error(result.problem);
  return result.store;
}

storeContract('memory', async () => createMemoryStore());
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
    expect(await openSqlite(foreign)).toEqual({ problem: expect.stringContaining('a database of another program') });

    const text = join(mkdtempSync(join(tmpdir(), 'attache-store-')), 'text.db');
    writeFileSync(text, 'a text that is long enough to be looked at as a database header, and is none');
    expect(await openSqlite(text)).toEqual({ problem: expect.stringContaining('not a database of ours') });

    const newer = new DatabaseSync(path);
    newer.exec("insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01')");
    newer.close();
    expect(await openSqlite(path)).toEqual({ problem: expect.stringContaining('written by a newer Attaché') });
  });
});
