/** Time, randomness and the log. */
import type { Instant, Problem } from '../model/basics.ts';

export interface Clock {
  now(): Instant;
  /** Resolves after `ms` or as soon as the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** 0 ≤ n < 1, like `Math.random`. */
export type Random = () => number;

export interface Schedule {
  /**
   * Returns the first instant after `after` that matches five cron fields in an IANA zone, or what
   * is wrong with them.
   */
  next(cron: string, zone: string, after: Instant): { readonly at: Instant } | Problem;
  /** Runs `task` every full minute until stopped; runs never overlap. */
  everyMinute(task: () => Promise<void>): { stop(): Promise<void> };
}

export interface Observe {
  log(level: 'debug' | 'info' | 'warn' | 'error', event: string, fields?: Readonly<Record<string, unknown>>): void;
}
