/**
 * Turns findings into a decision: changed events, ledger entries, and alerts with their messages.
 */
import { withCause } from '../group/cause.ts';
import { group } from '../group/group.ts';
import { ledgerEntries } from '../group/ledger.ts';
import { overIn } from '../group/over.ts';
import { raise } from '../group/raise.ts';
import { languages } from '../i18n/speech.ts';
import { alertMessageId, updateNoteId } from '../match/message-ids.ts';
import { type Alert, shownId } from '../model/alert.ts';
import type { Instant } from '../model/basics.ts';
import type { Feed, Story } from '../model/feed.ts';
import type { Finding } from '../model/finding.ts';
import { alertMessage } from '../phrase/alert.ts';
import { headlineOf } from '../phrase/headline.ts';
import { noteMessage } from '../phrase/update-note.ts';
import type { Places } from '../places.ts';
import type { AlertWithMessages, Decision, GroupingContext } from '../ports/event-store.ts';

/** Pure: it runs inside the store's transaction and may run again after a rollback. */
export type Decide = (findings: readonly Finding[], story: Story, open: GroupingContext, now: Instant) => Decision;

interface Words {
  readonly places: Places;
  readonly feeds: readonly Feed[];
}

/** @param oldAfterMs older stories raise no alert */
export function createDecide(words: Words, oldAfterMs: number): Decide {
  return (findings, story, open, now) => {
    const at = { now, oldAfterMs };
    const changes = group(findings, story, open, at);
    const alerts = changes
      .flatMap((change) => raise(change, story, at) ?? [])
      .map((alert) => withMessages(withCause(alert, open.events, now), words));
    const ledger = changes.flatMap((change) => ledgerEntries(change, story, now, open.postures));
    const over = overIn(open.events, now);
    return { changes, ledger, alerts, ...(over.length > 0 && { over }) };
  };
}

/**
 * Returns the alert with its messages in every language: which one a channel needs is known only at
 * the fan-out.
 */
export function withMessages(alert: Omit<Alert, 'headline'>, { places, feeds }: Words): AlertWithMessages {
  const attribution = (feedId: string): string | undefined => feeds.find((feed) => feed.id === feedId)?.attribution;
  const worded = languages.map((language) => {
    const context = { name: places.name, language, attribution };
    const whole: Alert = { ...alert, headline: headlineOf(alert, context) };
    const id = shownId(alert);
    const note = hasNote(whole) ? { [updateNoteId(id, language)]: noteMessage(whole, context) } : {};
    return { whole, messages: { [alertMessageId(id, language)]: alertMessage(whole, context), ...note } };
  });
  const [english] = worded;
  const messages = Object.assign({}, ...worded.map((one) => one.messages)) as AlertWithMessages['messages'];
  return { alert: english?.whole ?? { ...alert, headline: '' }, messages };
}

/**
 * Returns whether the alert has a second message beside its card: a note in the thread, or the
 * short message that corrects or ends it. Silent edits have none.
 */
function hasNote({ kind, escalates, silent }: Alert): boolean {
  return !silent && (kind !== 'new' || escalates);
}
