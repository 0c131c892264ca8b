/** Time tables: node-cron drives the minutes, croner knows what five fields mean in a zone. */
import { Cron } from 'croner';
import cron from 'node-cron';
import type { Schedule } from '../../src/ports/clock.ts';

/**
 * A time that spring removes comes at the first valid minute after the gap, a time that autumn repeats comes once. Fields with a
 * wildcard or a step are intervals, which run through both.
 *
 * @param onFailure hears of a task of `everyMinute` that threw; the next minute runs it again
 */
export function createSchedule(onFailure: (error: unknown) => void = console.error): Schedule {
  // A minute that was missed or skipped is made up for by the next one: no news.
  const logger = { info: () => {}, warn: () => {}, error: (said: unknown, error?: unknown) => onFailure(error ?? said), debug: () => {} };
  return {
    next: (line, zone, after) => {
      if (line.trim().split(/\s+/).length !== 5) return { problem: 'a time table has five fields: minute, hour, day, month, weekday' };
      try {
        const table = new Cron(line.trim(), { timezone: zone, paused: true, mode: '5-part', fixedTimeRule: 'no-wildcard' });
        const at = table.nextRun(new Date(after));
        return at ? { at: at.getTime() } : { problem: 'that never comes' };
      } catch (error) {
        return { problem: problemOf(error, zone) };
      }
    },
    everyMinute: (task) => {
      let running: Promise<void> = Promise.resolve();
      const minutes = cron.schedule(
        '* * * * *',
        () => {
          running = task();
          return running;
        },
        { noOverlap: true, logger },
      );
      return {
        stop: async () => {
          await minutes.destroy();
          await running.catch(() => undefined);
        },
      };
    },
  };
}

/** The first sentence of what croner says, without the names of its classes. */
function problemOf(error: unknown, zone: string): string {
  const said = error instanceof Error ? error.message : String(error);
  if (said.startsWith('CronDate')) return `no time zone “${zone}”`;
  return said.replace(/^CronPattern: /, '').replace(/\.$/, '');
}
