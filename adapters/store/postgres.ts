/** PostgreSQL, for more than one machine: the same tables and queries, by connection pool. */
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Store } from '../../src/ports.ts';
import { createKyselyStore } from './kysely-store.ts';
import { migrate } from './migrations.ts';
import type { Tables } from './schema.ts';

const bigint = 20;
/** How long a connection may take (ms): a wrong address must not hold the start. */
const connectMs = 5_000;

/**
 * Connects and brings the tables up to date; any number of processes may share them.
 * @param url `postgres://user:password@host:port/database`; nothing of it but the host is ever repeated
 * @returns the store, or one line that says what is wrong and how to mend it
 */
export async function openPostgres(url: string): Promise<{ readonly store: Store } | { readonly problem: string }> {
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    // Our instants and counts are far below 2^53.
    types: { getTypeParser: (id, format) => (id === bigint ? Number : types.getTypeParser(id, format)) },
  });
  // A connection that breaks while idle: the next query opens another one, or fails and says so.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const problem = await migrate(db).catch((error: unknown) => reasonOf(error));
  if (!problem) return { store: createKyselyStore(db) };
  await db.destroy();
  return { problem: `DATABASE_URL (${hostOf(url)}): ${problem}` };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'not an address';
}

/** The classes of SQLSTATE and the errors of a socket that an operator meets. */
function reasonOf(error: unknown): string {
  const { code = '', message = String(error) } = error as { readonly code?: string; readonly message?: string };
  if (code === '3D000') return 'there is no such database; create it, or name another one';
  if (code.startsWith('28')) return 'user or password are refused; correct them';
  if (code === '42501') return 'the user may not create tables here; grant it, or name another database';
  return `cannot be reached or used (${message || code}); check that the server runs and the address is right`;
}
