/** What Bolt would print, as entries of our own log. */
import { type Logger, LogLevel } from '@slack/bolt';
import type { Observe } from '../../src/ports/clock.ts';

const longest = 500;

export function loggerOver(observe: Observe): Logger {
  const told = (...said: unknown[]) => observe.log('warn', 'slack', { message: said.map(String).join(' ').slice(0, longest) });
  return {
    debug: () => {},
    info: () => {},
    warn: told,
    // Bolt calls an error what it mends by itself: a socket that it opens again, a request that nobody signed.
    error: told,
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
