/**
 * Repairs outbox times that were written by a clock running ahead: they would silence channels for
 * as long as it was wrong.
 */
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Instant } from '../../src/model/basics.ts';
import type { LaneId } from '../../src/model/channel.ts';
import { setDue } from './lane-due.ts';
import { isOpen } from './rows.ts';
import type { Tables } from './schema.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Longest pause of a lane after an attempt (ms). */
export const longestRest = hour;
/**
 * Longest time that quiet hours hold a message (ms): they end within a day, and clocks may go back.
 */
export const longestQuiet = 25 * hour;
/** Tolerance for leases of processes whose clocks differ (ms). */
export const clockSkew = minute;

/** How often all lanes are checked, unless the clock stepped back (ms). */
const lookEvery = 10 * minute;
/** Lanes repaired in one transaction. */
const most = 500;

/**
 * Tells when a check is due: at the first claim, after the clock stepped back, and periodically.
 */
export function clockWatch(): { isDue(now: Instant): boolean; done(now: Instant, mended: number): void } {
  let last: Instant | undefined;
  let looked: Instant | undefined;
  return {
    isDue: (now) => {
      const steppedBack = last !== undefined && now < last;
      last = now;
      return steppedBack || looked === undefined || now - looked >= lookEvery || now < looked;
    },
    done: (now, mended) => {
      looked = mended < most ? now : undefined;
    },
  };
}

/**
 * Resets times further ahead than anything is ever planned.
 * @returns how many lanes were repaired
 */
export async function mendClock(db: Kysely<Tables>, now: Instant, leaseMs: number): Promise<number> {
  const resting = await db
    .selectFrom('lane')
    .select('id')
    .where('ready_at', '>', now + longestRest)
    .where('due_at', '>', now)
    .limit(most)
    .execute();
  const leased = await db
    .selectFrom('lane')
    .select('id')
    .where('lease_until', '>', now + leaseMs + clockSkew)
    .limit(most)
    .execute();
  const tooLate = sql<SqlBool>`(not_before > ${now + longestQuiet} or (not_before > ${now + longestRest}
    and not exists (select 1 from channel where channel.lane = delivery.lane and channel.json like '%"quiet":%')))`;
  const held = await db
    .selectFrom('delivery')
    .select('lane as id')
    .distinct()
    .where(isOpen)
    .where('not_before', '>', now + longestRest)
    .where(tooLate)
    .limit(most)
    .execute();
  const lanes: readonly LaneId[] = [...new Set([...resting, ...leased, ...held].map(({ id }) => id))].sort();
  for (const lane of lanes) {
    await db
      .updateTable('lane')
      .set({ ready_at: now })
      .where('id', '=', lane)
      .where('ready_at', '>', now + longestRest)
      .execute();
    await db
      .updateTable('lane')
      .set({ lease_until: 0, owner: '' })
      .where('id', '=', lane)
      .where('lease_until', '>', now + leaseMs + clockSkew)
      .execute();
    await db.updateTable('delivery').set({ not_before: now }).where('lane', '=', lane).where(isOpen).where(tooLate).execute();
    await setDue(db, [lane]);
  }
  return lanes.length;
}
