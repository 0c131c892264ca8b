/**
 * SQLite's log of writes (`-wal`) holds what is not in the database file yet. Where somebody deletes it after a kill, that is gone: the next start
 * finds out, and while the bot runs the file is never more than a minute behind.
 */
import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../src/model/basics.ts';
import type { FeedCursor } from '../../src/ports/feed-store.ts';
import { read } from './rows.ts';
import type { Tables } from './schema.ts';

/** `user_version` in the header of a file whose bot has not ended yet. */
const running = 1;
/** How often the log is written into the file (ms). */
const keepEvery = 60_000;
/** Until every source was looked at again after a loss, what goes out may have gone out before (ms). */
const doubtMs = 10 * 60_000;
/** No source goes by this name. */
const lossId = '(database)';

export interface Loss {
  /** The last good read of a source that the file knows of: later ones may be gone. */
  readonly since: Instant;
  /** When it was found. */
  readonly until: Instant;
}

/** What is put into the outbox before `until` may have arrived since `since`: it is looked for before it is sent. */
export type Doubt = Loss;

/** Asked before the file is opened, since that makes a log. */
export function hasLog(path: string): boolean {
  return existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
}

/** True where a bot did not end and its log is not there: it had one from its start. */
export function isLogLost(database: DatabaseSync, hadLog: boolean): boolean {
  return !hadLog && Number(database.prepare('pragma user_version').get()?.user_version) === running;
}

/** Notes the loss, and lets what waits in the outbox be looked for before it is sent: it may have been sent before. */
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

/** The last loss that was found. */
export async function lastLoss(db: Kysely<Tables>): Promise<Loss | undefined> {
  const row = await db.selectFrom('cursor').select('json').where('feed_id', '=', lossId).executeTakeFirst();
  return row && read<FeedCursor>(row.json).unwatched?.at(-1);
}

/**
 * Marks the file as a running bot's, and writes the log into it now and then.
 * @param touch a statement that writes a page, so that there is a log from now on
 */
export function keepLog(database: DatabaseSync, touch: string, everyMs = keepEvery): { close(): void } {
  database.exec(`pragma user_version = ${running}; pragma wal_checkpoint(truncate)`);
  database.exec(touch);
  const keep = () => {
    try {
      if (database.isOpen && !database.isTransaction) database.exec('pragma wal_checkpoint(passive)');
    } catch {
      // A disk that is full is told by the next write.
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

/** The file needs no log any more. */
export function markStopped(database: DatabaseSync): void {
  try {
    if (database.isOpen && !database.isTransaction) database.exec('pragma user_version = 0');
  } catch {
    // Then the log cannot be written into the file either, and stays.
  }
}
