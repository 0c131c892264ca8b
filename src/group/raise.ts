/** Whether a change is told. A baseline, a rumour or an old story is remembered in silence and never swallows the alert that follows. */
import { type Alert, type Change, type Instant, isAlertable, type NewsEvent, type Reason, type Story } from '../model.ts';
import { stage } from './key.ts';

export type Unphrased = Omit<Alert, 'headline'>;

export interface RaiseAt {
  readonly now: Instant;
  /** Stories published longer ago alert no more (ms). */
  readonly oldAfterMs: number;
}

/** The change as it is to be stored, with the alert that it raises, if any. */
export function raise(change: Change, story: Story, { now, oldAfterMs }: RaiseAt): { readonly change: Change; readonly alert?: Unphrased } {
  const { event } = change;
  const old = story.item.publishedAt !== undefined && now - story.item.publishedAt > oldAfterMs;
  if (story.baseline || old || !isAlertable(event.finding)) return { change };
  const first = event.alertedRevision === undefined;
  if (change.kind === 'repeat' && !first) return { change };
  const told: NewsEvent = { ...event, alertedRevision: event.revision };
  const because: readonly Reason[] =
    change.kind === 'repeat'
      ? ['became-alertable']
      : first && change.kind === 'update'
        ? ['became-alertable', ...change.because]
        : change.because;
  const kind = change.kind === 'repeat' || (first && change.kind === 'update') ? 'new' : change.kind;
  const previous = change.kind === 'update' && !first ? { previous: change.previous } : {};
  return {
    change: { ...change, event: told },
    alert: {
      id: `${told.id}@${told.revision}`,
      kind,
      event: told,
      because,
      escalates: escalates(change),
      severity: told.finding.severity,
      at: now,
      ...previous,
    },
  };
}

/** The channel is notified again: it became graver, or the mission's posture worsened. */
function escalates(change: Change): boolean {
  if (change.kind !== 'update') return false;
  const { finding } = change.event;
  return finding.severity > change.previous.severity || stage(finding.kind) > stage(change.previous.kind);
}
