/** Whether a change is told, and as what. */
import type { Alert, Change, Reason, Story } from '../model.ts';
import { type At, isFresh } from './group.ts';

const escalations: readonly Reason[] = ['severity-rose', 'posture-changed', 'level-raised'];

/** The alert of a change, its headline still to be phrased; undefined where nobody is told. `at` is what `group` got. */
export function raise(change: Change, story: Story, at: At): Omit<Alert, 'headline'> | undefined {
  const { kind, event } = change;
  if (kind === 'repeat' || !isFresh(story, at)) return undefined;
  const { revision, alertedRevision, unconfirmedRevision } = event;
  const unconfirmed = kind === 'new' && alertedRevision === undefined && unconfirmedRevision === revision;
  if (alertedRevision !== revision && !unconfirmed) return undefined;
  const { because } = change;
  // What was in doubt and is sure now notifies as if it were new.
  const settled = kind === 'new' && !unconfirmed && unconfirmedRevision !== undefined;
  return {
    id: `${event.id}@${revision}`,
    kind,
    event,
    ...(change.previous && { previous: change.previous }),
    because,
    escalates: settled || (kind === 'update' && because.some((reason) => escalations.includes(reason))),
    severity: event.finding.severity,
    at: at.now,
    ...(unconfirmed && { unconfirmed }),
  };
}
