/** The embedded default: one file, one process. */

import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Problem } from '../../src/model/basics.ts';
import type { Store } from '../../src/ports/store.ts';
import { copyDatabase } from './backup.ts';
import { dialectOf } from './dialect.ts';
import { createKyselyStore } from './kysely-store.ts';
import { hasLog, isLogLost, keepLog, markStopped, noteLoss } from './lost-log.ts';
import { migrate } from './migrations.ts';
import type { Tables } from './schema.ts';

/** "Atta" in the header of our files. */
const applicationId = 0x41747461;
const touchStatement = `begin immediate; pragma application_id = ${applicationId}; commit`;

export interface SqliteLimits {
  /** Limits the file to this many pages of 4 kB, to simulate a full disk. */
  readonly mostPages?: number;
  /** Opened by a running bot: if its log is lost after a crash, the next start detects it. */
  readonly runs?: boolean;
  /** How often data reaches the file itself; a minute by default (ms). */
  readonly keepEveryMs?: number;
}

/**
 * Opens or creates the database; one process at a time holds it.
 * @returns the store, or one line that says what is wrong and how to fix it
 */
export async function openSqlite(path: string, limits: SqliteLimits = {}): Promise<{ readonly store: Store } | Problem> {
  const hadLog = hasLog(path);
  const opened = open(path);
  if ('problem' in opened) return opened;
  if (limits.mostPages !== undefined) opened.database.exec(`pragma max_page_count = ${limits.mostPages}`);
  const db = new Kysely<Tables>({ dialect: dialectOf(opened.database) });
  const problem = await migrate(db).catch((error: unknown) => reasonOf(error));
  if (!problem) {
    const store = path === ':memory:' ? createKyselyStore(db) : await storeWithLog(db, opened.database, hadLog, limits);
    return { store: { ...store, backup: (to) => copyDatabase(opened.database, to) } };
  }
  await db.destroy();
  return { problem: `${path}: ${problem}` };
}

async function storeWithLog(
  db: Kysely<Tables>,
  database: DatabaseSync,
  hadLog: boolean,
  { runs, keepEveryMs }: SqliteLimits,
): Promise<Store> {
  const isLost = isLogLost(database, hadLog);
  if (!runs) {
    // The log was read and is written into the file on closing; a loss is left for the bot to
    // detect.
    if (!isLost) markStopped(database);
    return createKyselyStore(db);
  }
  const doubt = isLost ? await noteLoss(db, Date.now()) : undefined;
  const log = keepLog(database, touchStatement, keepEveryMs);
  const store = createKyselyStore(db, doubt);
  return {
    ...store,
    close: () => {
      log.close();
      return store.close();
    },
  };
}

/** Opens a database that lasts as long as the process: for the demo, replays and tests. */
export async function openInMemory(): Promise<Store> {
  const opened = await openSqlite(':memory:');
  if ('problem' in opened) throw new Error(opened.problem);
  return opened.store;
}

function open(path: string): { readonly database: DatabaseSync } | Problem {
  let database: DatabaseSync | undefined;
  try {
    if (path !== ':memory:') keepPrivate(path);
    database = new DatabaseSync(path);
    // SQLite's own lock, held until the file is closed: it ends with the process in any case.
    database.exec('pragma locking_mode = exclusive; pragma busy_timeout = 500');
    if (!isOurs(database)) {
      database.close();
      return { problem: `${path}: a database of another program; name another file (config/attache.yaml: database, or --database)` };
    }
    database.exec('pragma journal_mode = wal; pragma synchronous = full');
    database.exec(touchStatement);
    return { database };
  } catch (error) {
    if (database?.isOpen) database.close();
    return { problem: `${path}: ${reasonOf(error)}` };
  }
}

/**
 * Restricts the file, which holds tokens and channels, to its owner. Files that SQLite adds get the
 * same permissions.
 */
function keepPrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, 'a', 0o600));
  try {
    for (const file of [path, `${path}-wal`]) if (existsSync(file)) chmodSync(file, 0o600);
  } catch {
    // The file belongs to another user, who decides who may read it.
  }
}

/** Checked before anything is written: another program's file stays as it is. */
function isOurs(database: DatabaseSync): boolean {
  const owner = Number(database.prepare('pragma application_id').get()?.application_id ?? 0);
  const tables = Number(database.prepare('select count(*) as n from sqlite_master').get()?.n ?? 0);
  return owner === applicationId || (owner === 0 && tables === 0);
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/locked|busy/i.test(message)) return 'in use by another Attaché; stop that one, or name another file with --database';
  if (/malformed|corrupt/i.test(message)) return `damaged (${message}); put a backup in its place, or move it away to begin anew`;
  if (/disk is full/i.test(message)) return 'the disk is full; make room';
  if (/not a database/i.test(message)) return 'not a database of ours; name another file (config/attache.yaml: database, or --database)';
  return `cannot be opened (${message}); check the folder and its permissions`;
}
