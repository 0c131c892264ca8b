/** What a channel does not want to hear of for a time. */
import type { Alert, Channel, Instant, Mute } from '../model.ts';

/** True where everything that the alert is about is muted. What is graver than was known then passes, and so does a Correction. */
export function isMuted(
  { mutes = [] }: Pick<Channel, 'mutes'>,
  { event, kind, severity }: Pick<Alert, 'event' | 'kind' | 'severity'>,
  now: Instant,
): boolean {
  if (kind === 'correction') return false;
  const holding = mutes.filter((mute) => isRunning(mute, now) && severity <= mute.severity);
  const { hosts } = event.finding;
  const isAbout = (code: string) => holding.some(({ about }) => 'country' in about && about.country === code);
  return holding.some(({ about }) => 'event' in about && about.event === event.id) || (hosts.length > 0 && hosts.every(isAbout));
}

export function isRunning({ until }: Mute, now: Instant): boolean {
  return until > now;
}
