/** Queries about the store itself, for the operator. */
import { type Kysely, sql } from 'kysely';
import type { DeliveryState } from '../../src/model/delivery.ts';
import type { LastDelivery } from '../../src/ports/operator.ts';
import type { Store } from '../../src/ports/store.ts';
import { isPostgres } from './locks.ts';
import { lastLoss } from './lost-log.ts';
import type { Tables } from './schema.ts';

type Part = Pick<Store, 'lastDelivery' | 'undelivered' | 'stats'>;

export function operatorQueries(db: Kysely<Tables>): Part {
  return {
    lastDelivery: async (lane) => {
      const row = await db
        .selectFrom('delivery')
        .select(['state', 'reason', 'changed_at'])
        .where('lane', '=', lane)
        .where('state', '!=', 'superseded')
        // A wait that the platform asked for is no attempt, and leaves its reason.
        .where((is) => is.or([is('attempts', '>', 0), is('reason', 'is not', null)]))
        .orderBy('changed_at', 'desc')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (!row) return undefined;
      const { state, reason, changed_at: at } = row;
      return { state: state as LastDelivery['state'], at, ...(reason !== null && { reason }) };
    },
    undelivered: async () => {
      const rows = await db
        .with('last', (is) => lastInLanes(is, 'dead').where('act', '=', 'post'))
        .with('later', (is) => lastInLanes(is, 'sent'))
        .selectFrom('delivery as dead')
        .innerJoin('last', 'last.seq', 'dead.seq')
        .leftJoin('later', 'later.lane', 'dead.lane')
        .select(['dead.lane', 'dead.reason', 'dead.changed_at'])
        .where((is) => is.or([is('later.at', 'is', null), is('later.at', '<=', is.ref('dead.changed_at'))]))
        .orderBy('dead.lane')
        .execute();
      return rows.map(({ lane, reason, changed_at: at }) => ({ lane, reason: reason ?? '', at }));
    },
    stats: async () => {
      const size = isPostgres(db)
        ? sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`
        : sql<{ bytes: number }>`select page_count * page_size as bytes from pragma_page_count, pragma_page_size`;
      const { rows } = await size.execute(db);
      const migrations = await sql<{ name: string }>`select name from kysely_migration order by name desc limit 1`.execute(db);
      const lost = isPostgres(db) ? undefined : await lastLoss(db);
      return { ...(lost && { lost }), schema: migrations.rows[0]?.name ?? '', bytes: Number(rows[0]?.bytes ?? 0) };
    },
  };
}

/** Returns each lane's last delivery in this state, and when one last got there. */
function lastInLanes(db: Pick<Kysely<Tables>, 'selectFrom'>, state: DeliveryState) {
  return db
    .selectFrom('delivery')
    .select((is) => ['lane', is.fn.max('seq').as('seq'), is.fn.max('changed_at').as('at')])
    .where('state', '=', state)
    .groupBy('lane');
}
