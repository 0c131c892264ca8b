/**
 * SQLite's write-ahead log (`-wal`) holds what is not in the database file yet. If somebody deletes
 * it after a crash, that data is lost: the next start detects it. While the bot runs, the file is
 * at most a minute behind.
 */
import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../src/model/basics.ts';
import type { FeedCursor } from '../../src/ports/feed-store.ts';
import { read } from './rows.ts';
import type { Tables } from './schema.ts';

/** `user_version` in the header of a file whose bot has not shut down. */
const running = 1;
/** How often the log is written into the file (ms). */
const keepEvery = 60_000;
/** After a loss, until every source was read again, deliveries may repeat earlier ones (ms). */
const doubtMs = 10 * 60_000;
/** No source has this id. */
const lossId = '(database)';

export interface Loss {
  /** The last good read that the file knows of: later data may be lost. */
  readonly since: Instant;
  /** When it was detected. */
  readonly until: Instant;
}

/**
 * Deliveries queued before `until` may have arrived since `since`: they are looked up before they
 * are sent.
 */
export type Doubt = Loss;

/** Must be called before the file is opened, which creates a log. */
export function hasLog(path: string): boolean {
  return existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
}

/** Returns true if a bot did not shut down and its log is missing: a running bot always has one. */
export function isLogLost(database: DatabaseSync, hadLog: boolean): boolean {
  return !hadLog && Number(database.prepare('pragma user_version').get()?.user_version) === running;
}

/**
 * Records the loss, and marks queued deliveries for a lookup before they are sent, as they may have
 * been sent already.
 */
export async function noteLoss(db: Kysely<Tables>, now: Instant): Promise<Doubt> {
  return db.transaction().execute(async (trx) => {
    const cursors = await trx.selectFrom('cursor').select('json').execute();
    const times = cursors.flatMap(({ json }) => read<FeedCursor>(json).lastOkAt ?? []);
    const loss: Loss = { since: Math.min(now, Math.max(0, ...times)), until: now };
    const row = {
      feed_id: lossId,
      json: JSON.stringify({ feedId: lossId, nextAt: 0, failures: 0, unwatched: [loss] } satisfies FeedCursor),
    };
    await trx
      .insertInto('cursor')
      .values(row)
      .onConflict((conflict) => conflict.column('feed_id').doUpdateSet(row))
      .execute();
    await sql`update delivery set state = 'unknown', unknown_since = changed_at where state = 'ready' and act <> 'edit'`.execute(trx);
    return { since: loss.since, until: now + doubtMs };
  });
}

/** Returns the last detected loss. */
export async function lastLoss(db: Kysely<Tables>): Promise<Loss | undefined> {
  const row = await db.selectFrom('cursor').select('json').where('feed_id', '=', lossId).executeTakeFirst();
  return row && read<FeedCursor>(row.json).unwatched?.at(-1);
}

/** As a file has it whose bot did not shut down. */
export function markRunning(database: DatabaseSync): void {
  database.exec(`pragma user_version = ${running}`);
}

/**
 * Marks the file as in use by a running bot, and periodically writes the log into it.
 * @param touch a statement that writes a page, so that a log exists from now on
 */
export function keepLog(database: DatabaseSync, touch: string, everyMs = keepEvery): { close(): void } {
  database.exec(`pragma user_version = ${running}; pragma wal_checkpoint(truncate)`);
  database.exec(touch);
  const keep = () => {
    try {
      if (database.isOpen && !database.isTransaction) database.exec('pragma wal_checkpoint(passive)');
    } catch {
      // A full disk is reported by the next write.
    }
  };
  const timer = setInterval(keep, everyMs);
  timer.unref();
  return {
    close: () => {
      clearInterval(timer);
      markStopped(database);
    },
  };
}

/** Marks the file as no longer needing its log. */
export function markStopped(database: DatabaseSync): void {
  try {
    if (database.isOpen && !database.isTransaction) database.exec('pragma user_version = 0');
  } catch {
    // Then the log cannot be written into the file either, and stays.
  }
}
