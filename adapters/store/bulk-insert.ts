/**
 * Inserts hundreds of rows at once with hand-written SQL: Kysely's builder makes an object of every
 * value, which would cost more than the database itself when a poll brings thousands of items.
 */
import { CompiledQuery, type Kysely } from 'kysely';
import { isPostgres } from './locks.ts';
import { chunks } from './rows.ts';
import type { Tables } from './schema.ts';

const most = 100;

type Row = Readonly<Record<string, string | number | null>>;

/** Skips rows that exist. All rows have the columns of the first. */
export async function insertMany(db: Kysely<Tables>, table: 'item' | 'delivery' | 'lane', rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  for (const some of chunks(rows, most)) {
    const marks = marksOf(db, some.length, columns.length);
    const text = `insert into ${table} (${columns.join(', ')}) values ${marks} on conflict do nothing`;
    const values = some.flatMap((row) => columns.map((column) => row[column] ?? null));
    await db.executeQuery(CompiledQuery.raw(text, values));
  }
}

/** Returns which of these ids of one feed exist. */
export async function itemsAmong(db: Kysely<Tables>, feedId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const some of chunks(ids, most)) {
    const [feed, ...marks] = marksOf(db, 1, some.length + 1)
      .slice(1, -1)
      .split(', ');
    const text = `select id from item where feed_id = ${feed} and id in (${marks.join(', ')})`;
    const { rows } = await db.executeQuery<{ id: string }>(CompiledQuery.raw(text, [feedId, ...some]));
    for (const { id } of rows) found.add(id);
  }
  return found;
}

/** Returns `(?, ?), (?, ?)`, or `($1, $2), ($3, $4)` for PostgreSQL. */
function marksOf(db: Kysely<Tables>, rows: number, columns: number): string {
  const numbered = isPostgres(db);
  const mark = (row: number, column: number) => (numbered ? `$${row * columns + column + 1}` : '?');
  const row = (at: number) => `(${Array.from({ length: columns }, (_, column) => mark(at, column)).join(', ')})`;
  return Array.from({ length: rows }, (_, at) => row(at)).join(', ');
}
