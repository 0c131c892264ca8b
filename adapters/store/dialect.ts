/** The few lines that give node:sqlite the shape that Kysely's SQLite dialect expects. */
import type { DatabaseSync } from 'node:sqlite';
import { SqliteDialect } from 'kysely';

type Bound = string | number | bigint | null | Uint8Array;

export function dialectOf(database: DatabaseSync): SqliteDialect {
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare: (text) => {
        const statement = database.prepare(text);
        return {
          reader: statement.columns().length > 0,
          all: (values) => statement.all(...(values as readonly Bound[])),
          run: (values) => statement.run(...(values as readonly Bound[])),
          iterate: (values) => statement.iterate(...(values as readonly Bound[])) as IterableIterator<unknown>,
        };
      },
    },
  });
}
