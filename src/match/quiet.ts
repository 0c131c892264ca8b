/** Quiet hours in a channel's own zone. */
import type { Channel, Instant } from '../model.ts';

const hour = 3_600_000;

/** When the channel may be told: now, or the end of its quiet hours. */
export function quietUntil(channel: Channel, now: Instant): Instant {
  if (!channel.quiet) return now;
  const { from, to } = channel.quiet;
  if (!isQuiet(hourIn(channel.zone, now), from, to)) return now;
  // Hour by hour, so that a zone's change of clocks is met as it comes.
  for (let at = now - (now % hour) + hour / 4; at < now + 30 * hour; at += hour / 4) {
    if (at > now && !isQuiet(hourIn(channel.zone, at), from, to)) return at;
  }
  return now;
}

function isQuiet(at: number, from: number, to: number): boolean {
  return from <= to ? at >= from && at < to : at >= from || at < to;
}

function hourIn(zone: string, at: Instant): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(at));
}
