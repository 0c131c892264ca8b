/** Once a day what is older than the settings keep is removed, so that a database that runs for years stays as large as it is. */
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

/** No source has this id: ids of sources are words of letters and digits. When it was last done is kept with the sources' cursors. */
const cursorId = '(retention)';

export interface RetentionPorts {
  readonly store: Pick<Store, 'prune' | 'cursor' | 'moveCursor'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly observe: Observe;
}

/** @returns what removes all that is due, and gives how many rows went; nothing within a day of the last time */
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
      // A time further ahead than a day was written by a clock that ran ahead.
      if (last && last.nextAt > now && last.nextAt <= now + day) return 0;
      // Moved first: another process, or a start after a crash, does not do the same at once.
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
