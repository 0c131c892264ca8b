/** Routes Bolt's log to ours. */
import { type Logger, LogLevel } from '@slack/bolt';
import type { Observe } from '../../src/ports/clock.ts';

const longest = 500;

export function loggerOver(observe: Observe): Logger {
  const log = (...parts: unknown[]) => observe.log('warn', 'slack', { message: parts.map(String).join(' ').slice(0, longest) });
  return {
    debug: () => {},
    info: () => {},
    warn: log,
    // Bolt logs as errors what it handles itself: a socket that it reopens, an unsigned request.
    error: log,
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
