/** Adapts node:sqlite to the interface that Kysely's SQLite dialect expects. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { SqliteDialect } from 'kysely';

type Bound = string | number | bigint | null | Uint8Array;

interface Prepared {
  readonly statement: StatementSync;
  readonly reader: boolean;
}

/** Most cached statements: more than the store has, except for lists of every length. */
const mostKept = 256;

export function dialectOf(database: DatabaseSync): SqliteDialect {
  const kept = new Map<string, Prepared>();
  const prepared = (text: string): Prepared => {
    const known = kept.get(text);
    if (known) return known;
    const statement = database.prepare(text);
    if (kept.size >= mostKept) kept.clear();
    const made = { statement, reader: statement.columns().length > 0 };
    kept.set(text, made);
    return made;
  };
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare: (text) => {
        const { statement, reader } = prepared(text);
        return {
          reader,
          all: (values) => statement.all(...(values as readonly Bound[])),
          // SQLite rolls back by itself if the disk is full: rolling back again would hide the
          // cause.
          run: (values) =>
            text === 'rollback' && !database.isTransaction
              ? { changes: 0, lastInsertRowid: 0 }
              : statement.run(...(values as readonly Bound[])),
          // A statement read row by row may be called again before its end, so it is not shared.
          iterate: (values) => database.prepare(text).iterate(...(values as readonly Bound[])) as IterableIterator<unknown>,
        };
      },
    },
  });
}
