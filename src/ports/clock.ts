/** Time, chance and the log. */
import type { Instant, Problem } from '../model/basics.ts';

export interface Clock {
  now(): Instant;
  /** Resolves after `ms` or as soon as the signal aborts, never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** 0 ≤ n < 1, as `Math.random`. */
export type Random = () => number;

export interface Schedule {
  /** The first instant after `after` that fits five cron fields in an IANA zone; a text that says what is wrong otherwise. */
  next(cron: string, zone: string, after: Instant): { readonly at: Instant } | Problem;
  /** Runs `task` at every full minute, never twice at once, until stopped. */
  everyMinute(task: () => Promise<void>): { stop(): Promise<void> };
}

export interface Observe {
  log(level: 'debug' | 'info' | 'warn' | 'error', event: string, fields?: Readonly<Record<string, unknown>>): void;
}
