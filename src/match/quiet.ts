import type { Instant } from '../model/basics.ts';
import type { Channel } from '../model/channel.ts';

const minute = 60_000;
const wholeDay = 24 * 60;

/**
 * Returns when a channel may get something that can wait: now, or the end of its quiet hours,
 * across changes of the clocks.
 */
export function quietUntil({ zone, quiet }: Pick<Channel, 'zone' | 'quiet'>, now: Instant): Instant {
  if (!quiet) return now;
  const begin = Math.round(quiet.from * 60);
  const end = Math.round(quiet.to * 60);
  const isQuiet = (at: Instant) => {
    const local = localMinute(zone, at);
    return begin <= end ? local >= begin && local < end : local >= begin || local < end;
  };
  if (!isQuiet(now)) return now;
  let at = now - (now % minute);
  // Runs twice if the clocks go back in between.
  while (isQuiet(at)) {
    at += ((end - localMinute(zone, at) + wholeDay) % wholeDay || wholeDay) * minute;
    // If the clocks went forward, the jump went too far, unless the end itself falls into the
    // skipped hour.
    const beyond = (localMinute(zone, at) - end + wholeDay) % wholeDay;
    const early = at - beyond * minute;
    if (beyond < wholeDay / 2 && early > now && localMinute(zone, early) === end) at = early;
  }
  return at;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes since midnight in an IANA zone. */
function localMinute(zone: string, at: Instant): number {
  const clock =
    clocks.get(zone) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clocks.set(zone, clock);
  const [hours = 0, minutes = 0] = clock.format(at).split(':').map(Number);
  return hours * 60 + minutes;
}
