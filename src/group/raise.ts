/** Turns a change into an alert, or nothing. */
import { createHash } from 'node:crypto';
import { type Alert, shownId } from '../model/alert.ts';
import type { Change, NewsEvent, Reason } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { type At, isFresh } from './group.ts';

const escalations: readonly Reason[] = ['severity-rose', 'posture-changed', 'level-raised'];

/**
 * Returns the alert of a change without its headline; undefined if it does not alert. `at` must
 * equal that of `group`.
 */
export function raise(change: Change, story: Story, at: At): Omit<Alert, 'headline'> | undefined {
  const { kind, event } = change;
  if (kind === 'repeat' && change.counted) return silentEdit(event, at);
  if (kind === 'repeat' || !isFresh(story, at)) return undefined;
  const { revision, alertedRevision, unconfirmedRevision } = event;
  const unconfirmed = kind === 'new' && alertedRevision === undefined && unconfirmedRevision === revision;
  if (alertedRevision !== revision && !unconfirmed) return undefined;
  const { because } = change;
  // A confirmed event that was posted as unconfirmed notifies like a new one.
  const settled = kind === 'new' && !unconfirmed && unconfirmedRevision !== undefined;
  return {
    id: shownId(change),
    kind,
    event,
    ...(change.previous && { previous: change.previous }),
    because,
    escalates: settled || (kind === 'update' && because.some((reason) => escalations.includes(reason) || isAsGrave(reason, event))),
    severity: event.finding.severity,
    at: at.now,
    ...(unconfirmed && { unconfirmed }),
  };
}

/** Whether the added act is as grave as the event's gravest. */
function isAsGrave(reason: Reason, { finding, acts = [] }: NewsEvent): boolean {
  return reason === 'another-act' && (acts.at(-1)?.finding?.severity ?? 0) >= finding.severity;
}

/** Hashes the counted report. The number of sources is capped, so a count would not be unique. */
function hashOfLastSource({ sources }: NewsEvent): string {
  const { feedId, itemId } = sources.at(-1) ?? {};
  return createHash('sha256')
    .update(JSON.stringify([feedId, itemId]))
    .digest('hex')
    .slice(0, 8);
}

/**
 * A silent edit: repeats the last alert with the event's current state, so its message counts the
 * new outlet.
 */
function silentEdit(event: NewsEvent, { now }: At): Omit<Alert, 'headline'> {
  const { kind, because, previous }: Partial<NonNullable<NewsEvent['lastTold']>> = event.lastTold ?? {};
  return {
    id: `${shownId({ event })}+${hashOfLastSource(event)}`,
    kind: kind ?? (event.state === 'lifted' ? 'lifted' : 'new'),
    event,
    ...(previous && { previous }),
    because: because ?? ['first-report'],
    escalates: false,
    severity: event.finding.severity,
    at: now,
    ...(event.alertedRevision === undefined && { unconfirmed: true }),
    silent: true,
  };
}
