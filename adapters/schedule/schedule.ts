/** Time tables: node-cron drives the minutes, croner knows what a cron line means in a zone. */
import { Cron } from 'croner';
import cron from 'node-cron';
import type { Schedule } from '../../src/ports.ts';

export function createSchedule(): Schedule {
  return {
    next: (line, zone, after) => {
      if (line.trim().split(/\s+/).length !== 5) return { problem: 'a cron line has five fields: minute, hour, day, month, weekday' };
      try {
        const at = new Cron(line, { timezone: zone, paused: true }).nextRun(new Date(after));
        return at ? { at: at.getTime() } : { problem: 'it never comes' };
      } catch (error) {
        return {
          problem:
            error instanceof Error ? (error.message.replace(/^CronPattern: /, '').split('\n')[0] ?? 'not a cron line') : 'not a cron line',
        };
      }
    },
    everyMinute: (task) => {
      const running = cron.schedule('* * * * *', task, { noOverlap: true });
      return { stop: async () => void (await running.destroy()) };
    },
  };
}
