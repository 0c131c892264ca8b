/** Removes credentials from stored addresses, which were once stored as published. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Tables } from './schema.ts';

/**
 * The text between the scheme and the last `@` before the path; also within JSON, where a string
 * ends with `"` or `\`.
 */
const userOf = /(https?:\/+)[^\s"\\/?#<>]*@/gi;
const page = 500;

const bare = (text: string) => text.replace(userOf, '$1');

/**
 * Cleans links in items, alerts, messages and the ledger, and ids that are such links, so that they
 * match items read later.
 */
export const withoutUsers: Migration = {
  up: async (db: Kysely<unknown>) => {
    const tables = db as Kysely<Tables>;
    await cleanIds(tables);
    await cleanAll(tables, 'event', 'id');
    await cleanAll(tables, 'alert', 'id');
    await cleanAll(tables, 'message', 'id');
    await cleanAll(tables, 'cursor', 'feed_id');
    for (const table of ['posture', 'advice'] as const) {
      const rows = await tables.selectFrom(table).select('json').distinct().where('json', 'like', '%://%@%').execute();
      for (const { json } of rows)
        await tables
          .updateTable(table)
          .set({ json: bare(json) })
          .where('json', '=', json)
          .execute();
    }
  },
};

async function cleanIds(db: Kysely<Tables>): Promise<void> {
  const found = await db.selectFrom('item').select(['feed_id', 'id']).where('id', 'like', '%://%@%').execute();
  for (const { feed_id, id } of found.filter((one) => bare(one.id) !== one.id)) {
    const short = bare(id);
    const known = await db.selectFrom('item').select('id').where('feed_id', '=', feed_id).where('id', '=', short).executeTakeFirst();
    if (known) await db.deleteFrom('item').where('feed_id', '=', feed_id).where('id', '=', id).execute();
    else await db.updateTable('item').set({ id: short }).where('feed_id', '=', feed_id).where('id', '=', id).execute();
    const joined = await db.selectFrom('item_event').selectAll().where('feed_id', '=', feed_id).where('item_id', '=', id).execute();
    await db.deleteFrom('item_event').where('feed_id', '=', feed_id).where('item_id', '=', id).execute();
    for (const row of joined)
      await db
        .insertInto('item_event')
        .values({ ...row, item_id: short })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
  }
}

/** In pages, because there may be very many messages. */
async function cleanAll(db: Kysely<Tables>, table: 'event' | 'alert' | 'message' | 'cursor', key: 'id' | 'feed_id'): Promise<void> {
  const [from, by] = [sql.table(table), sql.ref(key)];
  for (let after = ''; ; ) {
    const { rows } = await sql<{ key: string; json: string }>`select ${by} as key, json from ${from}
      where ${by} > ${after} and json like '%://%@%' order by ${by} limit ${sql.lit(page)}`.execute(db);
    for (const row of rows) {
      const json = bare(row.json);
      if (json !== row.json) await sql`update ${from} set json = ${json} where ${by} = ${row.key}`.execute(db);
    }
    if (rows.length < page) return;
    after = rows.at(-1)?.key ?? '';
  }
}
