/** What commands open and close: the store that the configuration names, and the way to publishers. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { readBeside, serveReaders } from '../../adapters/control/reading.ts';
import { isAway } from '../../adapters/store/failures.ts';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import { createFetcher, type Fetcher } from '../collect/fetch.ts';
import type { Config } from '../config.ts';
import type { Store, StoreReading } from '../ports/store.ts';
import { Failure, projectFolder } from './setup.ts';

export interface StoreChoice {
  /** Instead of the embedded database that the configuration names. */
  readonly database?: string;
  /** For a bot that runs. */
  readonly runs?: boolean;
}

/** The database server is not there just now, and may come by itself. */
export class StoreAway extends Failure {}

/** @throws Failure with one line where it cannot be had, `StoreAway` where it may be had later */
export async function openStore(config: Config, choice: StoreChoice): Promise<Store> {
  if (config.secrets.databaseUrl) {
    const { openPostgres } = await import('../../adapters/store/postgres.ts');
    const connected = await openPostgres(config.secrets.databaseUrl);
    if ('problem' in connected) throw new (connected.away ? StoreAway : Failure)(`environment: ${connected.problem}`);
    return connected.store;
  }
  const opened = await openSqlite(databaseFile(config, choice), choice.runs ? { runs: true } : {});
  if ('problem' in opened) throw new Failure(opened.problem);
  return opened.store;
}

export interface ReadStore {
  readonly store: StoreReading;
  /** A running bot holds it, and answers. */
  readonly beside: boolean;
}

/**
 * The store for commands that change nothing: where a running bot holds the embedded database, that bot is asked.
 * @throws Failure with one line where it cannot be had
 */
export async function openToRead(config: Config, choice: StoreChoice): Promise<ReadStore> {
  try {
    return { store: await openStore(config, choice), beside: false };
  } catch (error) {
    if (!(error instanceof Failure) || config.secrets.databaseUrl) throw error;
    const beside = /in use by another/.test(error.message) ? await readBeside(databaseFile(config, choice)) : undefined;
    if (!beside) throw error;
    return { store: beside, beside: true };
  }
}

/**
 * What a bot that runs needs beside its store: on SQLite readers are answered, on PostgreSQL no second bot runs on the same database.
 * @throws Failure with one line where another bot is there
 */
export async function keepStore(config: Config, choice: StoreChoice, store: Store): Promise<{ close(): Promise<void> }> {
  if (config.secrets.databaseUrl) {
    const { holdInstanceLock } = await import('../../adapters/store/alone.ts');
    const alone = await holdInstanceLock(config.secrets.databaseUrl).catch((error: unknown) => {
      throw isAway(error) ? new StoreAway(`environment: DATABASE_URL: ${(error as Error).message}`) : error;
    });
    if ('problem' in alone) throw new Failure(`environment: DATABASE_URL: ${alone.problem}`);
    return alone;
  }
  return (await serveReaders(store, databaseFile(config, choice)).catch(() => undefined)) ?? { close: async () => {} };
}

/** Whether there is a store already: asking must not make one. */
export function hasStore(config: Config, choice: StoreChoice): boolean {
  return config.secrets.databaseUrl !== undefined || existsSync(databaseFile(config, choice));
}

/** Where the bot that holds the store listens for words of this machine: beside its database, where the system takes a path so long. */
export function controlPath(config: Config, choice: StoreChoice): string {
  const { databaseUrl } = config.secrets;
  const short = (text: string) => `attache-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.control.sock`;
  const path = databaseUrl ? join(projectFolder, 'var', short(databaseUrl)) : `${resolve(databaseFile(config, choice))}.control.sock`;
  return Buffer.byteLength(path) <= longestSocket ? path : join(tmpdir(), short(path));
}

/** Bytes; systems cut longer paths of sockets off. */
const longestSocket = 100;

export function databaseFile({ settings }: Config, { database }: StoreChoice): string {
  return database ?? (isAbsolute(settings.database) ? settings.database : join(projectFolder, settings.database));
}

export function openFetcher({ settings: { collect } }: Config): Fetcher {
  return createFetcher({
    userAgent: collect.userAgent,
    allowHosts: collect.allowHosts,
    maxBytes: collect.maxMegabytes * 1_000_000,
    deadlineMs: collect.deadlineSeconds * 1000,
  });
}
