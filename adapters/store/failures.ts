import { type Store, StoreUnavailable } from '../../src/ports/store.ts';

/**
 * SQLSTATE classes that blame the data: bad values, broken constraints, rows too long for an index.
 * All others blame the server.
 */
const aboutData = /^(22|23|54)/;
/** The same for SQLite: generic errors, too big, constraint, mismatch, range. */
const sqliteAboutData: ReadonlySet<number> = new Set([1, 18, 19, 20, 25]);
/** Messages of pg, pg-pool and Kysely that carry no code. */
const connectionMessages =
  /connection terminated|timeout expired|timeout exceeded when trying to connect|query read timeout|not queryable|has been discarded|after calling end on the pool|driver has already been destroyed|connection error|database is not open/i;

interface Coded {
  readonly code?: unknown;
  /** node:sqlite */
  readonly errcode?: unknown;
  readonly errstr?: unknown;
  /** PostgreSQL */
  readonly severity?: unknown;
  readonly syscall?: unknown;
}

/**
 * Returns one line of why the database cannot be used now, or undefined if the failure has another
 * cause.
 */
function unavailability(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errcode, errstr, severity, syscall } = error as Error & Coded;
  if (typeof errcode === 'number')
    return sqliteAboutData.has(errcode & 0xff) ? undefined : sqliteReason(errcode, error.message || String(errstr));
  if (typeof code === 'string' && severity !== undefined) return aboutData.test(code) ? undefined : postgresReason(code, error.message);
  if (syscall !== undefined || /^E[A-Z]{3,}$/.test(String(code ?? '')))
    return `the database cannot be reached (${error.message || String(code)})`;
  return connectionMessages.test(error.message) ? `the database does not answer (${error.message})` : undefined;
}

function sqliteReason(errcode: number, said: string): string {
  const full = 13;
  const corrupt = 11;
  const notOurs = 26;
  const kind = errcode & 0xff;
  if (kind === full) return 'the disk is full, and the database cannot grow; make room';
  if (kind === corrupt || kind === notOurs) return `the database is damaged (${said}); stop Attaché, and put a backup in its place`;
  return `the database cannot be written or read (${said})`;
}

function postgresReason(code: string, said: string): string {
  if (code === '53100') return 'the disk of the database server is full; make room';
  return `the database cannot be used (${said})`;
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof StoreUnavailable || unavailability(error) !== undefined;
}

/**
 * SQLSTATE classes that need a fix in the configuration or the server: user or password, database
 * name, permissions and names.
 */
const aboutConfiguration = /^(28|3D|42)/;

/** Returns whether a server that could not be opened may recover on its own. */
export function isAway(error: unknown): boolean {
  const { code = '' } = (error ?? {}) as { readonly code?: unknown };
  return isUnavailable(error) && !aboutConfiguration.test(String(code));
}

/** @returns the store, whose methods throw `StoreUnavailable` if the database is the cause */
export function withStoreUnavailable(store: Store): Store {
  const translate = (error: unknown): never => {
    const reason = unavailability(error);
    throw reason === undefined ? error : new StoreUnavailable(reason, error);
  };
  const entries = Object.entries(store).map(([name, method]) => {
    const call = method as (...given: readonly unknown[]) => Promise<unknown>;
    return [name, (...given: readonly unknown[]) => call(...given).catch(translate)] as const;
  });
  return Object.fromEntries(entries) as unknown as Store;
}
