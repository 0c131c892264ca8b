import type { Random } from '../ports/clock.ts';

const longest = 15 * 60_000;

/**
 * Returns how long to wait (ms): doubles from one second up to 15 minutes, with jitter over the
 * upper half, and never less than the platform asked for.
 * @param attempts made so far, from 1
 * @param askedMs the platform's Retry-After (ms)
 */
export function waitAfter(attempts: number, askedMs: number | undefined, random: Random): number {
  const whole = Math.min(longest, 1000 * 2 ** Math.min(Math.max(attempts, 1) - 1, 20));
  return Math.max(askedMs ?? 0, Math.round(whole / 2 + (whole / 2) * random()));
}
