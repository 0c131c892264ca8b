/** Schedules: node-cron runs every minute; croner evaluates cron fields in a time zone. */
import { Cron } from 'croner';
import cron from 'node-cron';
import type { Schedule } from '../../src/ports/clock.ts';

/**
 * A time skipped in spring runs at the first valid minute after the gap; a time repeated in autumn
 * runs once. Fields with a wildcard or a step are intervals, which run through both.
 * @param onFailure called when a task of `everyMinute` throws; the next minute runs it again
 */
export function createSchedule(onFailure: (error: unknown) => void = console.error): Schedule {
  // A missed or skipped minute is made up for by the next one, so it is not logged.
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

/** Returns the first sentence of croner's message, without its class names. */
function problemOf(error: unknown, zone: string): string {
  const said = error instanceof Error ? error.message : String(error);
  if (said.startsWith('CronDate')) return `no time zone “${zone}”`;
  return said.replace(/^CronPattern: /, '').replace(/\.$/, '');
}
