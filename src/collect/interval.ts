/** When a feed is asked again. */
import type { Feed, Instant } from '../model.ts';
import type { Random } from '../ports.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

export interface IntervalCues {
  readonly maxAgeSeconds?: number;
  readonly ttlMinutes?: number;
  /** Failed polls in a row, this one included. */
  readonly failures: number;
  /** The publisher's own wish. */
  readonly retryAfterMs?: number;
}

/** Hints stretch to this and no further: the silent embassy feed is the one that matters most. */
export function longestStretch(feed: Feed): number {
  return (feed.kind === 'register' ? 60 : 15) * minute;
}

/**
 * The next poll: the feed's own interval, stretched by hints up to a bound, doubled with each failure up to an hour, and never before what the publisher
 * asked for; with ± 10 % of jitter, so that feeds do not march in step.
 */
export function nextPoll(feed: Feed, cues: IntervalCues, now: Instant, random: Random): Instant {
  const own = feed.everyMinutes * minute;
  const hinted = Math.max((cues.maxAgeSeconds ?? 0) * 1000, (cues.ttlMinutes ?? 0) * minute);
  const stretched = Math.max(own, Math.min(hinted, longestStretch(feed)));
  const backedOff =
    cues.failures > 0 ? Math.min(stretched * 2 ** Math.min(cues.failures - 1, 10), Math.max(stretched, 60 * minute)) : stretched;
  const jittered = backedOff * (0.9 + 0.2 * random());
  return now + Math.max(jittered, Math.min(cues.retryAfterMs ?? 0, day));
}
