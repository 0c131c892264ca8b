/** PostgreSQL, for more than one machine: the same tables and queries over a connection pool. */

import type { Socket } from 'node:net';
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import { Pool, type PoolClient, types } from 'pg';
import type { Problem } from '../../src/model/basics.ts';
import type { Store } from '../../src/ports/store.ts';
import { isAway } from './failures.ts';
import { createKyselyStore } from './kysely-store.ts';
import { migrate } from './migrations.ts';
import type { Tables } from './schema.ts';

const bigint = 20;
/** Limit for connecting (ms): a wrong address must not block the start. */
const connectMs = 5_000;
/** Limit for an answer (ms): a silently dropped connection never gives one. */
const answerMs = 20_000;
/** Limit for a migration's statement, which may take longer than any other (ms). */
const migrateMs = 900_000;
/** How long closing waits for running queries (ms). */
const closeMs = 3_000;

export interface PostgresLimits {
  /** Instead of 20 s (ms). */
  readonly answerMs?: number;
}

/**
 * Connects and runs migrations; any number of processes may share the tables.
 * @param url `postgres://user:password@host:port/database`; only its host is ever repeated
 * @returns the store, or one line that says what is wrong and how to fix it; `away` if the server
 * may recover on its own
 */
export async function openPostgres(
  url: string,
  limits: PostgresLimits = {},
): Promise<{ readonly store: Store } | (Problem & { readonly away: boolean })> {
  const wrong = await broughtUpToDate(url);
  if (wrong) return { problem: `DATABASE_URL (${hostOf(url)}): ${wrong.problem}`, away: wrong.away };
  const { db, close } = connected(url, limits.answerMs ?? answerMs);
  return { store: { ...createKyselyStore(db), close } };
}

async function broughtUpToDate(url: string): Promise<(Problem & { readonly away: boolean }) | undefined> {
  const { db, close } = connected(url, migrateMs);
  try {
    const problem = await migrate(db);
    return problem === undefined ? undefined : { problem, away: false };
  } catch (error) {
    return { problem: reasonOf(error), away: isAway(error) };
  } finally {
    await close();
  }
}

function connected(url: string, queryMs: number): { readonly db: Kysely<Tables>; close(): Promise<void> } {
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Our instants and counts are far below 2^53.
    types: { getTypeParser: (id, format) => (id === bigint ? Number : types.getTypeParser(id, format)) },
  });
  const clients = new Set<PoolClient>();
  // A broken connection, idle or not: the next query opens another one, or fails and says so.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    clients.add(client);
  });
  pool.on('remove', (client) => void clients.delete(client as PoolClient));
  const dialect = new PostgresDialect({
    pool: { options: pool.options, connect: async () => bounded(await pool.connect()), end: () => pool.end() },
  });
  const db = new Kysely<Tables>({ dialect });
  const close = async () => {
    const late = setTimeout(() => clients.forEach(cut), closeMs);
    await db.destroy().finally(() => clearTimeout(late));
  };
  return { db, close };
}

/** A connection that once failed to answer is cut and never reused. */
function bounded(client: PoolClient): PostgresPoolClient {
  let silent = false;
  const query = async (text: string, values: readonly unknown[]) => {
    if (silent) throw new Error('connection terminated: it did not answer');
    try {
      return await client.query(text, [...values]);
    } catch (error) {
      silent = error instanceof Error && /query read timeout/i.test(error.message);
      throw error;
    }
  };
  const release = (destroy?: boolean) => {
    client.release(silent || destroy === true);
    if (silent) cut(client);
  };
  return { query: query as unknown as PostgresPoolClient['query'], release };
}

/** A graceful end would wait for an answer as well. */
function cut(client: PoolClient): void {
  (client as unknown as { readonly connection?: { readonly stream?: Socket } }).connection?.stream?.destroy();
}

/** Only text after the last `@` cannot be part of a password, even an unescaped one. */
function hostOf(url: string): string {
  const parsed = URL.parse(url);
  const [, host] = /^[^/?#@]+(?=[/?#]|$)/.exec(url.slice(url.lastIndexOf('@') + 1)) ?? [];
  return parsed && !parsed.pathname.includes('@') && !parsed.search.includes('@') ? parsed.host : (host ?? 'not an address');
}

/** The SQLSTATE classes and socket errors that an operator meets. */
function reasonOf(error: unknown): string {
  const { code = '', message = String(error) } = error as { readonly code?: string; readonly message?: string };
  if (code === '3D000') return 'there is no such database; create it, or name another one';
  if (code.startsWith('28')) return 'user or password are refused; correct them';
  if (code === '42501') return 'the user may not create tables here; grant it, or name another database';
  return `cannot be reached or used (${message || code}); check that the server runs and the address is right`;
}
