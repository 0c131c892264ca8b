/** Structured logs on stderr, so that stdout stays what was asked for. */
import pino from 'pino';
import type { Observe } from '../ports.ts';

export function observer(level: 'debug' | 'info' | 'warn' | 'error'): Observe {
  const log = pino({ level, base: null, redact: ['token', '*.token', 'headers.authorization'] }, pino.destination({ dest: 2, sync: true }));
  return { log: (at, event, fields = {}) => log[at](fields, event) };
}
