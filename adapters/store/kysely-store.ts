/** The store over any engine that Kysely speaks: three themes, one transaction each. */
import type { Kysely } from 'kysely';
import type { Store } from '../../src/ports.ts';
import { collectQueries } from './collect-queries.ts';
import { outboxQueries } from './outbox-queries.ts';
import type { Tables } from './schema.ts';
import { talkQueries } from './talk-queries.ts';

export function createKyselyStore(db: Kysely<Tables>): Store {
  return { ...collectQueries(db), ...talkQueries(db), ...outboxQueries(db), close: () => db.destroy() };
}
