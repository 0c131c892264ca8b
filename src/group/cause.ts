/** Advice that only follows what was told: after an evacuation the level rises. */
import { isAdvice, traits } from '../kinds.ts';
import type { Alert } from '../model/alert.ts';
import type { Instant } from '../model/basics.ts';
import type { NewsEvent } from '../model/event.ts';
import { sendersOf } from '../model/finding.ts';
import { intersects } from './reports.ts';

/** For this long after its cause was last reported (ms). */
const causeWindowMs = 24 * 3_600_000;

type Untitled = Omit<Alert, 'headline'>;

/** @param events the open ones */
export function withCause(alert: Untitled, events: readonly NewsEvent[], now: Instant): Untitled {
  const { finding } = alert.event;
  if (!isAdvice(finding.kind) || (alert.kind !== 'new' && alert.kind !== 'update')) return alert;
  const cause = events.find(({ id, state, alertedRevision, lastSeenAt, finding: told }) => {
    const stands = state === 'open' && alertedRevision !== undefined && now - lastSeenAt <= causeWindowMs;
    const isGraver = told.severity === 4 && traits[told.kind].causesAdvice;
    const isHere = finding.hosts.length > 0 && finding.hosts.every((host) => told.hosts.includes(host));
    return id !== alert.event.id && stands && isGraver && isHere && intersects(sendersOf(told), sendersOf(finding));
  });
  return cause ? { ...alert, under: cause.id } : alert;
}
