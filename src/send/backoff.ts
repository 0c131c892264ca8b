import type { Random } from '../ports/clock.ts';

const longest = 15 * 60_000;

/**
 * Doubles from one second up to a quarter of an hour, with full jitter in the upper half, and never sooner than the platform asked.
 * @param attempts made so far, from 1
 * @param askedMs what the platform named (Retry-After)
 */
export function waitAfter(attempts: number, askedMs: number | undefined, random: Random): number {
  const whole = Math.min(longest, 1000 * 2 ** Math.min(Math.max(attempts, 1) - 1, 20));
  return Math.max(askedMs ?? 0, Math.round(whole / 2 + (whole / 2) * random()));
}
