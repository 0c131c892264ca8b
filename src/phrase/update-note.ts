/** The note in the thread of a living message: what an update changed, and why it is told. */
import type { ChatMessage } from '../message.ts';
import { type Alert, shownId } from '../model/alert.ts';
import { flagOf } from './alert.ts';
import { leadLine } from './alert-sources.ts';
import { differencesOf } from './differences.ts';
import { actPhrase, actTold, type PhraseContext, provenance } from './headline.ts';
import { wordsOf } from './words.ts';

/** Short: it stands below the whole. An escalation opens with its severity, since it notifies again. */
export function noteMessage(alert: Alert, context: PhraseContext): ChatMessage {
  return alert.kind === 'lifted' || alert.kind === 'correction' ? endMessage(alert, context) : updateNote(alert, context);
}

function updateNote(alert: Alert, context: PhraseContext): ChatMessage {
  const { event, previous, because, escalates, severity, kind, headline: thread } = alert;
  const act = actTold(alert);
  const words = wordsOf(context.language);
  const said = provenance(event, context, act.kind);
  // "confirmed by the US State Department" says it already.
  const why = because.filter((reason) => reason !== 'officially-confirmed').map((reason) => words.reason[reason]);
  const opening = [...(escalates ? [words.severity[severity]] : []), [words.update(event.revision - 1), ...joined(why)].join(': ')];
  return {
    ...nothingElse,
    kind,
    severity,
    headline: [...opening, actPhrase(act, context), said].join(' · '),
    thread,
    lines: [...(previous ? differencesOf(previous, event.finding, context) : []), ...leadLine(event, context, act.kind)],
    language: context.language,
  };
}

/** The new message that takes a card back or ends it: the card itself says the rest. */
function endMessage(alert: Alert, context: PhraseContext): ChatMessage {
  const words = wordsOf(context.language);
  const { kind, severity, headline, event, previous } = alert;
  const before = kind === 'lifted' && previous ? [[`${words.before}: ${actPhrase(previous, context)}`]] : [];
  return {
    ...nothingElse,
    kind,
    severity,
    headline,
    ...flagOf(event.finding),
    lines: [...before, ...leadLine(event, context)],
    buttons: [{ act: 'why', label: words.buttons.why, value: shownId(alert) }],
    language: context.language,
  };
}

const nothingElse = { fields: [], sections: [], footer: [], buttons: [] } as const;

const joined = (why: readonly string[]): readonly string[] => (why.length > 0 ? [why.join('; ')] : []);
