/**
 * Where the engines differ: SQLite has one process and one transaction at a time, PostgreSQL many
 * of both.
 */
import { type Kysely, PostgresAdapter, sql, type Transaction } from 'kysely';
import type { Tables } from './schema.ts';

export function isPostgres(db: Kysely<Tables>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/**
 * Serialises decisions across processes, so that two do not open two events for one act. Held until
 * the transaction ends.
 */
export async function lockDecisions(trx: Transaction<Tables>): Promise<void> {
  if (isPostgres(trx)) await sql`select pg_advisory_xact_lock(hashtext('attache decides'))`.execute(trx);
}
