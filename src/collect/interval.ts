import type { Instant } from '../model/basics.ts';
import type { Feed } from '../model/feed.ts';
import type { Random } from '../ports/clock.ts';
import type { FeedHints } from '../ports/feed-store.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How often a feed that answered 410 is polled (ms): recovers from a publisher's slip at the cost
 * of one request a day.
 */
export const goneEvery = day;

export interface IntervalCues {
  readonly maxAgeSeconds?: number;
  readonly hints?: FeedHints;
  /** How long the feed has brought nothing new (ms). */
  readonly quietMs?: number;
  /** Failed polls in a row, including this one. */
  readonly failures: number;
  /** The publisher answered 429 or 503. */
  readonly slowDown?: boolean;
  /** The publisher's Retry-After. */
  readonly retryAfterMs?: number;
}

/**
 * Returns the longest interval that hints, silence or failures can cause (ms): the silent embassy
 * feed matters most. A register polled every five minutes shows only its newest rows, and many
 * changes in one day would outrun a longer gap.
 */
export function longestInterval({ kind, everyMinutes }: Feed): number {
  const bound = kind === 'register' && everyMinutes > 5 ? 60 : 15;
  return Math.max(everyMinutes, bound) * minute;
}

/** The longest wait that a publisher can ask for, with its jitter (ms). */
export const longestAsked = 1.1 * day;

/**
 * Returns the time of the next poll, with ± 10 % of jitter so that feeds spread out, and never
 * before the publisher's Retry-After. Only Retry-After, 429 and 503 exceed `longestInterval`.
 */
export function nextPoll(feed: Feed, cues: IntervalCues, now: Instant, random: Random): Instant {
  const jitter = random();
  const longest = longestInterval(feed);
  const bound = cues.slowDown ? Math.max(longest, 6 * hour) : longest;
  const own = cues.failures > 0 ? backedOff(feed, cues.failures) : stretched(feed, cues);
  const spread = Math.min(own * (0.9 + 0.2 * jitter), bound);
  const waited = cues.failures === 0 && skips(cues.hints, now + spread) ? longest * (0.9 + 0.1 * jitter) : spread;
  const asked = Math.min(cues.retryAfterMs ?? 0, day) * (1 + 0.1 * jitter);
  return now + Math.round(Math.max(waited, asked));
}

/** Doubles with each failure after the first. */
function backedOff({ everyMinutes }: Feed, failures: number): number {
  return everyMinutes * minute * 2 ** Math.min(failures - 1, 10);
}

/**
 * The longest of the configured interval, the publisher's hints, and a share of the time without
 * news.
 */
function stretched({ everyMinutes }: Feed, { maxAgeSeconds = 0, hints = {}, quietMs = 0 }: IntervalCues): number {
  const { ttlMinutes = 0, updatePeriodMinutes = 0 } = hints;
  return Math.max(everyMinutes * minute, maxAgeSeconds * 1000, ttlMinutes * minute, updatePeriodMinutes * minute, quietMs / 24);
}

const dayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function skips(hints: FeedHints | undefined, at: Instant): boolean {
  const { skipHours = [], skipDays = [] } = hints ?? {};
  const then = new Date(at);
  const today = dayNames[then.getUTCDay()];
  return skipHours.some((hour) => hour % 24 === then.getUTCHours()) || skipDays.some((name) => name.trim().toLowerCase() === today);
}
