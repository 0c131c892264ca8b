/** Advice that only follows what was told: after an evacuation the level rises. */
import { type Alert, type Instant, type Kind, type NewsEvent, sendersOf } from '../model.ts';
import { meet } from './told.ts';

const causes: readonly Kind[] = ['evacuation', 'staff-departure-ordered', 'embassy-relocation', 'embassy-closure', 'embassy-suspension'];
/** For this long after its cause was last reported (ms). */
const follows = 24 * 3_600_000;

type Untitled = Omit<Alert, 'headline'>;

/** @param events the open ones */
export function withCause(alert: Untitled, events: readonly NewsEvent[], now: Instant): Untitled {
  const { finding } = alert.event;
  if (finding.kind !== 'travel-advisory' || (alert.kind !== 'new' && alert.kind !== 'update')) return alert;
  const cause = events.find(({ id, state, alertedRevision, lastSeenAt, finding: told }) => {
    const stands = state === 'open' && alertedRevision !== undefined && now - lastSeenAt <= follows;
    const isGraver = told.severity === 4 && causes.includes(told.kind);
    const isHere = finding.hosts.length > 0 && finding.hosts.every((host) => told.hosts.includes(host));
    return id !== alert.event.id && stands && isGraver && isHere && meet(sendersOf(told), sendersOf(finding));
  });
  return cause ? { ...alert, under: cause.id } : alert;
}
