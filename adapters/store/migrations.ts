/** The migrations, in order, the same for both engines. */
import { createHash } from 'node:crypto';
import { type Kysely, SqliteAdapter, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Tables } from './schema.ts';
import { withoutUsers } from './without-users.ts';

/** Identical to `rows.ts`: an engine uses a partial index only if it recognises the condition. */
const open = "state in ('ready', 'sending', 'unknown')";

const first: Migration = {
  up: async (db: Kysely<unknown>) => {
    const sqlite = db.getExecutor().adapter instanceof SqliteAdapter;
    const serial = sqlite ? 'integer primary key autoincrement' : 'bigserial primary key';
    const strict = sqlite ? ' strict' : '';
    const big = sqlite ? 'integer' : 'bigint';
    const tables = [
      `item (feed_id text not null, id text not null, title text not null, dropped text, seen_at ${big} not null, primary key (feed_id, id))`,
      `item_event (feed_id text not null, item_id text not null, event_id text not null, primary key (item_id, feed_id, event_id))`,
      `event (id text primary key, state text not null, severity integer not null, first_seen_at ${big} not null, last_seen_at ${big} not null, words text not null, json text not null)`,
      `event_host (host text not null, event_id text not null, primary key (host, event_id))`,
      `posture (sender text not null, host text not null, tier text not null, read_at ${big} not null, json text not null, primary key (host, sender))`,
      `advice (issuer text not null, country text not null, area text not null, tier text not null, read_at ${big} not null, json text not null, primary key (country, issuer, area))`,
      `alert (seq ${serial}, id text not null unique, event_id text not null, json text not null, expanded_to text not null, expanded integer not null)`,
      `message (id text primary key, json text not null)`,
      `channel (lane text primary key, digest_at ${big}, json text not null)`,
      `subscription (lane text not null, id text not null, json text not null, primary key (lane, id))`,
      `lane (id text primary key, platform text not null, ready_at ${big} not null, due_at ${big}, lease_until ${big} not null, owner text not null)`,
      `delivery (seq ${serial}, key text not null unique, lane text not null, subject text not null, revision integer not null, act text not null, message_id text not null, not_before ${big} not null, because text not null, living integer not null, mention text, state text not null, attempts integer not null, unknown_since ${big}, reason text, changed_at ${big} not null)`,
      `posting (lane text not null, subject text not null, revision integer not null, ref text not null, acks text not null, primary key (lane, subject))`,
      `cursor (feed_id text primary key, json text not null)`,
    ];
    // Prefixes and cursors need byte order, whatever the server's locale.
    const text = sqlite ? ' text' : ' text collate "C"';
    for (const table of tables) await sql.raw(`create table ${table.replaceAll(' text', text)}${strict}`).execute(db);
    const indexes = [
      'item_by_id on item (id)',
      'event_host_by_event on event_host (event_id)',
      'event_by_sight on event (last_seen_at)',
      'alert_to_expand on alert (seq) where expanded = 0',
      'channel_by_digest on channel (digest_at) where digest_at is not null',
      'lane_due on lane (due_at, id) where due_at is not null',
      'lane_held on lane (lease_until) where lease_until > 0',
      `delivery_open on delivery (lane, seq, not_before) where ${open}`,
      `delivery_open_by_subject on delivery (subject, lane) where ${open}`,
      'delivery_by_state on delivery (state)',
      'posting_by_subject on posting (subject, lane)',
    ];
    for (const index of indexes) await sql.raw(`create index ${index}`).execute(db);
  },
};

const feedback: Migration = {
  up: async (db: Kysely<unknown>) => {
    const sqlite = db.getExecutor().adapter instanceof SqliteAdapter;
    const text = sqlite ? 'text' : 'text collate "C"';
    const columns = `lane ${text} not null, alert_id ${text} not null, by_user ${text} not null, at ${sqlite ? 'integer' : 'bigint'} not null, json ${text} not null`;
    await sql.raw(`create table feedback (${columns}, primary key (lane, alert_id, by_user))${sqlite ? ' strict' : ''}`).execute(db);
  },
};

/**
 * Splits each alert from its messages, stored once per language. Earlier messages were in English.
 */
const wordings: Migration = {
  up: async (db: Kysely<unknown>) => {
    const tables = db as Kysely<Tables>;
    for (const { seq, id, json } of await tables.selectFrom('alert').select(['seq', 'id', 'json']).execute()) {
      const { alert, message, note } = JSON.parse(json) as Readonly<Record<string, unknown>>;
      await tables
        .updateTable('alert')
        .set({ json: JSON.stringify(alert) })
        .where('seq', '=', seq)
        .execute();
      for (const [name, worded] of [['en', message] as const, ['en/note', note] as const])
        if (worded)
          await tables
            .insertInto('message')
            .values({ id: `${id}/${name}`, json: JSON.stringify(worded) })
            .execute();
    }
  },
};

const installations: Migration = {
  up: async (db: Kysely<unknown>) => {
    const sqlite = db.getExecutor().adapter instanceof SqliteAdapter;
    const text = sqlite ? 'text' : 'text collate "C"';
    await sql
      .raw(`create table installation (workspace ${text} primary key, sealed ${text} not null)${sqlite ? ' strict' : ''}`)
      .execute(db);
  },
};

/** Replaces ids of more than a thousand bytes by their hash. */
const shortIds: Migration = {
  up: async (db: Kysely<unknown>) => {
    const tables = db as Kysely<Tables>;
    const bytes = sql.raw(db.getExecutor().adapter instanceof SqliteAdapter ? 'length(cast(id as blob))' : 'octet_length(id)');
    const long = await tables.selectFrom('item').select(['feed_id', 'id']).where(sql<boolean>`${bytes} > 1000`).execute();
    for (const { feed_id, id } of long) {
      const short = createHash('sha256').update(id).digest('base64url').slice(0, 22);
      await tables.updateTable('item').set({ id: short }).where('feed_id', '=', feed_id).where('id', '=', id).execute();
      await tables.updateTable('item_event').set({ item_id: short }).where('feed_id', '=', feed_id).where('item_id', '=', id).execute();
    }
  },
};

/** Lets a Critical overtake other deliveries. */
const urgent: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const table of ['delivery', 'lane'])
      await sql.raw(`alter table ${table} add column urgent integer not null default 0`).execute(db);
    await sql.raw('alter table lane add column asked integer not null default 0').execute(db);
    await sql.raw(`create index delivery_urgent on delivery (lane, seq) where urgent = 1 and ${open}`).execute(db);
    await sql.raw('create index lane_urgent on lane (due_at, id) where urgent = 1 and due_at is not null').execute(db);
  },
};

/** Adds an index of the hosts of events that are not over. */
const over: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql.raw('alter table event_host add column over integer not null default 0').execute(db);
    await sql.raw('create index event_host_open on event_host (host, event_id) where over = 0').execute(db);
  },
};

const withoutUsersName = '0008-without-users';

const migrations: Readonly<Record<string, Migration>> = {
  '0001-tables': first,
  '0002-feedback': feedback,
  '0003-wordings': wordings,
  '0004-installations': installations,
  '0005-short-ids': shortIds,
  '0006-urgent': urgent,
  '0007-over': over,
  [withoutUsersName]: withoutUsers,
};

/**
 * SQLite keeps overwritten data until the file is rewritten; without room for that it disappears
 * with time.
 */
async function vacuum(db: Kysely<Tables>): Promise<void> {
  if (db.getExecutor().adapter instanceof SqliteAdapter) await sql`vacuum`.execute(db).catch(() => undefined);
}

/**
 * Runs pending migrations, one process at a time.
 * @returns what is wrong and how to fix it, or undefined
 */
export async function migrate(db: Kysely<Tables>): Promise<string | undefined> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (!error) {
    const done = new Set(results?.map(({ migrationName }) => migrationName));
    if (done.has(withoutUsersName) && !done.has('0001-tables')) await vacuum(db);
    return undefined;
  }
  // A failure before the first migration is not ours to explain.
  if (!results && !isNewer(error)) throw error;
  return isNewer(error) ? 'written by a newer Attaché; update this one' : `its tables cannot be brought up to date (${String(error)})`;
}

function isNewer(error: unknown): boolean {
  return error instanceof Error && /previously executed migration/i.test(error.message);
}
