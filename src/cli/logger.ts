import type { Observe } from '../ports/clock.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export async function observer(level: LogLevel): Promise<Observe> {
  const { default: pino } = await import('pino');
  const log = pino({ level, base: null, redact: ['token', '*.token', 'headers.authorization'] }, pino.destination({ dest: 2, sync: true }));
  return { log: (at, event, fields = {}) => log[at](fields, event) };
}

/** A person at a terminal sees errors only, each a line, and that the database is back. */
export const terminalObserver: Observe = {
  log: (level, event, fields = {}) => {
    if (level === 'error' || event === 'database back') process.stderr.write(`attache: ${event}: ${Object.values(fields).join(' ')}\n`);
  },
};
