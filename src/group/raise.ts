/** Whether a change is told, and as what. */
import { createHash } from 'node:crypto';
import { type Alert, shownId } from '../model/alert.ts';
import type { Change, NewsEvent, Reason } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { type At, isFresh } from './group.ts';

const escalations: readonly Reason[] = ['severity-rose', 'posture-changed', 'level-raised'];

/** The alert of a change, its headline still to be phrased; undefined where nobody is told. `at` is what `group` got. */
export function raise(change: Change, story: Story, at: At): Omit<Alert, 'headline'> | undefined {
  const { kind, event } = change;
  if (kind === 'repeat' && change.counted) return counting(event, at);
  if (kind === 'repeat' || !isFresh(story, at)) return undefined;
  const { revision, alertedRevision, unconfirmedRevision } = event;
  const unconfirmed = kind === 'new' && alertedRevision === undefined && unconfirmedRevision === revision;
  if (alertedRevision !== revision && !unconfirmed) return undefined;
  const { because } = change;
  // What was in doubt and is sure now notifies as if it were new.
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

/** Another act of the crisis that is as grave as the gravest. */
function isAsGrave(reason: Reason, { finding, acts = [] }: NewsEvent): boolean {
  return reason === 'another-act' && (acts.at(-1)?.finding?.severity ?? 0) >= finding.severity;
}

/** Of the report that was counted: an event keeps a bounded number of them, so that their count would come again. */
function markOf({ sources }: NewsEvent): string {
  const { feedId, itemId } = sources.at(-1) ?? {};
  return createHash('sha256')
    .update(JSON.stringify([feedId, itemId]))
    .digest('hex')
    .slice(0, 8);
}

/** The same as was last told, of the event as it stands now: the living message counts another outlet. */
function counting(event: NewsEvent, { now }: At): Omit<Alert, 'headline'> {
  const { kind, because, previous }: Partial<NonNullable<NewsEvent['lastTold']>> = event.lastTold ?? {};
  return {
    id: `${shownId({ event })}+${markOf(event)}`,
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
