/** Queries about the store itself, for the operator. */
import { type Kysely, sql } from 'kysely';
import type { DeliveryState } from '../../src/model/delivery.ts';
import type { Backlog, LastDelivery } from '../../src/ports/operator.ts';
import type { Store } from '../../src/ports/store.ts';
import { isPostgres } from './locks.ts';
import { lastLoss } from './lost-log.ts';
import { isOpen } from './rows.ts';
import type { Tables } from './schema.ts';

type Part = Pick<Store, 'lastDelivery' | 'undelivered' | 'backlog' | 'stats' | 'backup'>;

export function operatorQueries(db: Kysely<Tables>): Part {
  return {
    lastDelivery: async (lane) => {
      const row = await db
        .selectFrom('delivery')
        .select(['state', 'reason', 'changed_at'])
        .where('lane', '=', lane)
        .where('state', '!=', 'superseded')
        // A wait that the platform asked for does not count as an attempt, but leaves its reason.
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
    backlog: async (now) => {
      const open = await db
        .selectFrom('delivery')
        .select((is) => [
          'state',
          'urgent',
          is.fn.countAll<number>().as('n'),
          is.fn.min(is.case().when('not_before', '<=', now).then(is.ref('not_before')).end()).as('due'),
        ])
        .where(isOpen())
        .groupBy(['state', 'urgent'])
        .execute();
      const dead = db.selectFrom('delivery').select((is) => is.fn.countAll<number>().as('n'));
      const { n = 0 } = (await dead.where('state', '=', 'dead').executeTakeFirst()) ?? {};
      const counts: Record<keyof Backlog['counts'], number> = { ready: 0, sending: 0, unknown: 0, dead: Number(n) };
      for (const row of open) counts[row.state as keyof Backlog['counts']] += Number(row.n);
      const oldest = (urgent: number) => {
        const due = open.flatMap((row) => (row.urgent === urgent && row.due !== null ? Number(row.due) : []));
        return due.length > 0 ? Math.min(...due) : undefined;
      };
      const [critical, other] = [oldest(1), oldest(0)];
      return { counts, oldest: { ...(critical !== undefined && { urgent: critical }), ...(other !== undefined && { other }) } };
    },
    // The embedded database has its own (`sqlite.ts`).
    backup: async () => ({ problem: 'PostgreSQL is backed up by its own tools: pg_dump -Fc attache > FILE' }),
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
