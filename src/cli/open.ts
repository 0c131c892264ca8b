/** What commands open and close: the store that the configuration names, and the way to publishers. */
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import { createFetcher, type Fetcher } from '../collect/fetch.ts';
import type { Config } from '../config.ts';
import type { Store } from '../ports.ts';
import { Failure, projectFolder } from './wire.ts';

export interface StoreChoice {
  /** Instead of the embedded database that the configuration names. */
  readonly database?: string;
}

/** @throws Failure with one line where it cannot be had */
export async function openStore(config: Config, choice: StoreChoice): Promise<Store> {
  if (config.secrets.databaseUrl) {
    const { openPostgres } = await import('../../adapters/store/postgres.ts');
    const connected = await openPostgres(config.secrets.databaseUrl);
    if ('problem' in connected) throw new Failure(`environment: ${connected.problem}`);
    return connected.store;
  }
  const opened = await openSqlite(databaseFile(config, choice));
  if ('problem' in opened) throw new Failure(opened.problem);
  return opened.store;
}

/** Whether there is a store already: asking must not make one. */
export function hasStore(config: Config, choice: StoreChoice): boolean {
  return config.secrets.databaseUrl !== undefined || existsSync(databaseFile(config, choice));
}

function databaseFile({ settings }: Config, { database }: StoreChoice): string {
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
