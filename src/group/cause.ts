/** Links advice to the graver event that caused it: the level rises after an evacuation. */
import { isAdvice, traits } from '../kinds.ts';
import type { Alert } from '../model/alert.ts';
import type { Instant } from '../model/basics.ts';
import type { NewsEvent } from '../model/event.ts';
import { sendersOf } from '../model/finding.ts';
import { intersects } from './reports.ts';

/** Advice counts as caused by an event for this long after the event's last report (ms). */
const causeWindowMs = 24 * 3_600_000;

type Untitled = Omit<Alert, 'headline'>;

/** @param events open events */
export function withCause(alert: Untitled, events: readonly NewsEvent[], now: Instant): Untitled {
  const { finding } = alert.event;
  if (!isAdvice(finding.kind) || (alert.kind !== 'new' && alert.kind !== 'update')) return alert;
  const cause = events.find(({ id, state, alertedRevision, lastSeenAt, finding: theirs }) => {
    const isRecentAlert = state === 'open' && alertedRevision !== undefined && now - lastSeenAt <= causeWindowMs;
    const isGraver = theirs.severity === 4 && traits[theirs.kind].causesAdvice;
    const isHere = finding.hosts.length > 0 && finding.hosts.every((host) => theirs.hosts.includes(host));
    return id !== alert.event.id && isRecentAlert && isGraver && isHere && intersects(sendersOf(theirs), sendersOf(finding));
  });
  return cause ? { ...alert, under: cause.id } : alert;
}
