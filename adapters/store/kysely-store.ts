/** The store over any engine that Kysely speaks: themes of queries, one transaction each. */
import type { Kysely } from 'kysely';
import type { Store } from '../../src/ports.ts';
import { collectQueries } from './collect-queries.ts';
import { guarded } from './failures.ts';
import { installationQueries } from './installation-queries.ts';
import { laneQueries } from './lane-queries.ts';
import type { Tables } from './schema.ts';
import { spreadQueries } from './spread-queries.ts';
import { standingQueries } from './standing-queries.ts';
import { talkQueries } from './talk-queries.ts';

export function createKyselyStore(db: Kysely<Tables>): Store {
  return guarded({
    ...collectQueries(db),
    ...talkQueries(db),
    ...spreadQueries(db),
    ...laneQueries(db),
    ...installationQueries(db),
    ...standingQueries(db),
    close: () => db.destroy(),
  });
}
