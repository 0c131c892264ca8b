/** Removes old data, a bounded number of rows per transaction. */
import type { Kysely, Transaction } from 'kysely';
import type { Instant } from '../../src/model/basics.ts';
import type { Store } from '../../src/ports/store.ts';
import { chunks, itemKey } from './rows.ts';
import type { Tables } from './schema.ts';

type Part = Pick<Store, 'prune' | 'markListed'>;
type Trx = Transaction<Tables>;

/** Rows per transaction: some milliseconds on either engine. */
const most = 500;
/** An item is marked as listed again after this (ms). */
const remarkedAfter = 7 * 24 * 3_600_000;

export function retentionQueries(db: Kysely<Tables>): Part {
  return {
    prune: async ({ items, messages, events }) => {
      const inOne = (work: (trx: Trx) => Promise<number>) => db.transaction().execute(work);
      let removed = await inOne((trx) => pruneDeliveries(trx, messages));
      removed += await inOne((trx) => pruneEvents(trx, events));
      removed += await inOne((trx) => pruneFeedback(trx, events));
      for (let feed = await feedAfter(db, ''); feed !== undefined; feed = await feedAfter(db, feed)) {
        const of = feed;
        removed += await inOne((trx) => pruneItems(trx, of, items));
      }
      return removed;
    },
    markListed: async (feedId, ids, at) => {
      for (const some of chunks(ids.map(itemKey), 100)) {
        const stale = db.updateTable('item').set({ seen_at: at }).where('feed_id', '=', feedId).where('id', 'in', some);
        await stale.where('seen_at', '<', at - remarkedAfter).execute();
      }
    },
  };
}

/** Returns the next feed that has items, ordered by id: a few steps of the primary key. */
async function feedAfter(db: Kysely<Tables>, feed: string): Promise<string | undefined> {
  const next = db.selectFrom('item').select('feed_id').where('feed_id', '>', feed).orderBy('feed_id').limit(1);
  return (await next.executeTakeFirst())?.feed_id;
}

async function pruneItems(trx: Trx, feed: string, older: Instant): Promise<number> {
  const old = trx.selectFrom('item').select('id').where('feed_id', '=', feed).where('seen_at', '<', older).limit(most);
  const ids = (await old.execute()).map(({ id }) => id);
  for (const some of chunks(ids, 100)) {
    await trx.deleteFrom('item_event').where('feed_id', '=', feed).where('item_id', 'in', some).execute();
    await trx.deleteFrom('item').where('feed_id', '=', feed).where('id', 'in', some).execute();
  }
  return ids.length;
}

/** Keeps queued deliveries, and the living message that `posting` names. */
async function pruneDeliveries(trx: Trx, older: Instant): Promise<number> {
  const ended = trx.selectFrom('delivery').select(['seq', 'key', 'message_id']).where('state', 'in', ['sent', 'dead', 'superseded']);
  const rows = await ended.where('changed_at', '<', older).orderBy('seq').limit(most).execute();
  for (const some of chunks(rows, 100)) {
    const seqs = some.map(({ seq }) => seq);
    await trx.deleteFrom('delivery').where('seq', 'in', seqs).execute();
    // Messages of digests, notices and bundles only: an alert's messages are removed with its
    // event.
    const own = some.filter(({ key, message_id }) => message_id.endsWith(`/${key}`)).map(({ message_id }) => message_id);
    if (own.length > 0) await trx.deleteFrom('message').where('id', 'in', own).execute();
  }
  return rows.length;
}

async function pruneEvents(trx: Trx, older: Instant): Promise<number> {
  const ended = trx.selectFrom('event').select('id').where('state', 'in', ['closed', 'lifted', 'corrected']);
  const rows = await ended
    .where('last_seen_at', '<', older)
    .orderBy('last_seen_at')
    .limit(most / 5)
    .execute();
  for (const { id } of rows) {
    // Matches `event@revision` and ids that begin with it: everything between it and the character
    // after '@'.
    const [from, to] = [`${id}@`, `${id}A`];
    await trx.deleteFrom('message').where('id', '>=', from).where('id', '<', to).execute();
    await trx.deleteFrom('alert').where('id', '>=', from).where('id', '<', to).execute();
    await trx.deleteFrom('delivery').where('subject', '=', id).where('state', 'in', ['ready', 'sending', 'unknown']).execute();
    await trx.deleteFrom('posting').where('subject', '=', id).execute();
    await trx.deleteFrom('event_host').where('event_id', '=', id).execute();
    await trx.deleteFrom('event').where('id', '=', id).execute();
  }
  return rows.length;
}

async function pruneFeedback(trx: Trx, older: Instant): Promise<number> {
  const { numDeletedRows } = await trx.deleteFrom('feedback').where('at', '<', older).executeTakeFirst();
  return Number(numDeletedRows);
}
