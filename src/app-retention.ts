/**
 * Removes data older than the settings keep, once a day, so that a database that runs for years
 * stops growing.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instant } from './model/basics.ts';
import type { Clock, Observe } from './ports/clock.ts';
import type { Retention } from './ports/operator.ts';
import type { Store } from './ports/store.ts';

const day = 24 * 3_600_000;

/** How long each is kept (days). */
export interface KeepDays {
  readonly items: number;
  readonly messages: number;
  readonly events: number;
}

/**
 * The cursor that stores the last run. No source has this id: ids of sources are letters, digits
 * and hyphens.
 */
const cursorId = '(retention)';

export interface RetentionPorts {
  readonly store: Pick<Store, 'prune' | 'cursor' | 'moveCursor'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly observe: Observe;
}

/**
 * @returns a function that removes all that is due and returns how many rows that were; does
 * nothing within a day of the last run
 */
export function createRetention(
  keep: KeepDays,
  { store, clock, observe }: RetentionPorts,
): { runDue(signal?: AbortSignal): Promise<number> } {
  const before = (now: Instant): Retention => ({
    items: now - keep.items * day,
    messages: now - keep.messages * day,
    events: now - keep.events * day,
  });
  return {
    runDue: async (signal) => {
      const now = clock.now();
      const last = await store.cursor(cursorId);
      // A time more than a day ahead was written by a clock that ran fast.
      if (last && last.nextAt > now && last.nextAt <= now + day) return 0;
      // Stored first, so that another process, or a start after a crash, does not repeat it at
      // once.
      await store.moveCursor({ feedId: cursorId, failures: 0, nextAt: now + day });
      let removed = 0;
      while (!signal?.aborted) {
        const some = await store.prune(before(now));
        if (some === 0) break;
        removed += some;
        await nextTurn();
      }
      if (removed > 0) observe.log('info', 'retention.removed', { rows: removed });
      return removed;
    },
  };
}
