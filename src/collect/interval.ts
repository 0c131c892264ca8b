import type { Instant } from '../model/basics.ts';
import type { Feed } from '../model/feed.ts';
import type { Random } from '../ports/clock.ts';
import type { FeedHints } from '../ports/feed-store.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A feed that its publisher called gone for good is asked this often (ms): a slip of the publisher's ends, and its own end costs one request a day. */
export const goneEvery = day;

export interface IntervalCues {
  readonly maxAgeSeconds?: number;
  readonly hints?: FeedHints;
  /** How long the feed has brought nothing new (ms). */
  readonly quietMs?: number;
  /** Failed polls in a row, this one included. */
  readonly failures: number;
  /** The publisher said 429 or 503. */
  readonly slowDown?: boolean;
  /** The publisher's own wish. */
  readonly retryAfterMs?: number;
}

/**
 * Neither hints, quiet nor failures stretch further (ms): the silent embassy feed is the one that matters most. A register that is asked every five
 * minutes shows its newest rows only, and a day of many changes would run past a longer gap.
 */
export function longestInterval({ kind, everyMinutes }: Feed): number {
  const bound = kind === 'register' && everyMinutes > 5 ? 60 : 15;
  return Math.max(everyMinutes, bound) * minute;
}

/** The longest wait that a publisher can ask for, with its jitter (ms). */
export const longestAsked = 1.1 * day;

/**
 * The next poll, with ± 10 % of jitter so that feeds do not march in step, and never before what the publisher asked for. Only Retry-After, 429 and 503
 * go beyond `longestInterval`.
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

/** The longest of what is configured, what the publisher hints at, and a share of how long nothing has happened. */
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
