/** The note in the thread of a living message: what an update changed, and why it was sent. */
import type { ChatMessage } from '../message.ts';
import { type Alert, shownId } from '../model/alert.ts';
import { flagOf } from './alert.ts';
import { leadLine } from './alert-sources.ts';
import { differencesOf } from './differences.ts';
import { actPhrase, type PhraseContext, provenance, updatedAct } from './headline.ts';
import { wordsOf } from './words.ts';

/**
 * Returns a short note, as it is posted below the full message. An escalation starts with its
 * severity, since it notifies again.
 */
export function noteMessage(alert: Alert, context: PhraseContext): ChatMessage {
  return alert.kind === 'lifted' || alert.kind === 'correction' ? endMessage(alert, context) : updateNote(alert, context);
}

function updateNote(alert: Alert, context: PhraseContext): ChatMessage {
  const { event, previous, because, escalates, severity, kind, headline: thread } = alert;
  const act = updatedAct(alert);
  const words = wordsOf(context.language);
  const source = provenance(event, context, act.kind);
  // The provenance, "confirmed by the US State Department", already says it.
  const why = because.filter((reason) => reason !== 'officially-confirmed').map((reason) => words.reason[reason]);
  const opening = [...(escalates ? [words.severity[severity]] : []), [words.update(event.revision - 1), ...joined(why)].join(': ')];
  return {
    ...emptyParts,
    kind,
    severity,
    headline: [...opening, actPhrase(act, context), source].join(' · '),
    thread,
    lines: [...(previous ? differencesOf(previous, event.finding, context) : []), ...leadLine(event, context, act.kind)],
    language: context.language,
  };
}

/** The new message that corrects or lifts an alert; the edited card has the details. */
function endMessage(alert: Alert, context: PhraseContext): ChatMessage {
  const words = wordsOf(context.language);
  const { kind, severity, headline, event, previous } = alert;
  const before = kind === 'lifted' && previous ? [[`${words.before}: ${actPhrase(previous, context)}`]] : [];
  return {
    ...emptyParts,
    kind,
    severity,
    headline,
    ...flagOf(event.finding),
    lines: [...before, ...leadLine(event, context)],
    buttons: [{ act: 'why', label: words.buttons.why, value: shownId(alert) }],
    language: context.language,
  };
}

const emptyParts = { fields: [], sections: [], footer: [], buttons: [] } as const;

const joined = (why: readonly string[]): readonly string[] => (why.length > 0 ? [why.join('; ')] : []);
