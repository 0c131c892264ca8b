import type { Alert } from '../model/alert.ts';
import type { Instant } from '../model/basics.ts';
import type { Channel, Mute } from '../model/channel.ts';

/**
 * Returns whether everything that the alert is about is muted. A higher severity than at the time
 * of muting passes, and so does a Correction. In a muted country every new Critical passes,
 * whatever was known before.
 */
export function isMuted(
  { mutes = [] }: Pick<Channel, 'mutes'>,
  { event, kind, severity, escalates }: Pick<Alert, 'event' | 'kind' | 'severity' | 'escalates'>,
  now: Instant,
): boolean {
  if (kind === 'correction') return false;
  const holding = mutes.filter((mute) => isRunning(mute, now) && severity <= mute.severity);
  const isNewCritical = severity === 4 && (kind === 'new' || (kind === 'update' && escalates));
  const { hosts } = event.finding;
  const isAbout = (code: string) => holding.some(({ about }) => 'country' in about && about.country === code);
  if (holding.some(({ about }) => 'event' in about && about.event === event.id)) return true;
  return !isNewCritical && hosts.length > 0 && hosts.every(isAbout);
}

export function isRunning({ until }: Mute, now: Instant): boolean {
  return until > now;
}
