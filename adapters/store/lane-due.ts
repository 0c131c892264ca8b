/** When a lane has something to send. */
import { type Kysely, sql } from 'kysely';
import type { LaneId } from '../../src/model/channel.ts';
import { isOpen, isUrgent } from './rows.ts';
import type { Tables } from './schema.ts';

/**
 * A lane is due with its first open delivery, but not before the platform allows, and never without
 * one; it is urgent if one of them is a Critical.
 */
export async function setDue(db: Kysely<Tables>, lanes: readonly LaneId[]): Promise<void> {
  await db
    .updateTable('lane')
    .set((is) => ({
      due_at: is
        .selectFrom('delivery')
        .select(sql<number | null>`case when min(not_before) < lane.ready_at then lane.ready_at else min(not_before) end`.as('at'))
        .whereRef('delivery.lane', '=', 'lane.id')
        .where(isOpen),
      urgent: sql<number>`case when exists ${is.selectFrom('delivery').select('seq').whereRef('delivery.lane', '=', 'lane.id').where(isOpen).where(isUrgent)} then 1 else 0 end`,
    }))
    .where('id', 'in', lanes)
    .execute();
}
