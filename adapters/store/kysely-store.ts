/** The store over any engine that Kysely supports. */
import type { Kysely } from 'kysely';
import type { Store } from '../../src/ports/store.ts';
import { collectQueries } from './collect-queries.ts';
import { withStoreUnavailable } from './failures.ts';
import { fanOutQueries } from './fan-out-queries.ts';
import { installationQueries } from './installation-queries.ts';
import { laneQueries } from './lane-queries.ts';
import type { Doubt } from './lost-log.ts';
import { operatorQueries } from './operator-queries.ts';
import { retentionQueries } from './retention-queries.ts';
import type { Tables } from './schema.ts';
import { talkQueries } from './talk-queries.ts';

/** @param doubt a period in which deliveries may have been sent without a record */
export function createKyselyStore(db: Kysely<Tables>, doubt?: Doubt): Store {
  return withStoreUnavailable({
    ...collectQueries(db),
    ...talkQueries(db),
    ...fanOutQueries(db, doubt),
    ...laneQueries(db),
    ...installationQueries(db),
    ...operatorQueries(db),
    ...retentionQueries(db),
    close: () => db.destroy(),
  });
}
