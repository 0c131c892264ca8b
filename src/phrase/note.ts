/** The note in the thread of a living message: what an update changed, and why it is told. */
import type { ChatMessage } from '../message.ts';
import type { Alert } from '../model.ts';
import { sourceLines } from './alert-sources.ts';
import { differencesOf } from './differences.ts';
import { actPhrase, type PhraseContext, provenance } from './headline.ts';
import { wordsOf } from './words.ts';

/** Short: it stands below the whole. An escalation opens with its severity, since it notifies again. */
export function noteMessage(alert: Alert, context: PhraseContext): ChatMessage {
  const words = wordsOf(context.language);
  const { event, previous, because, escalates, severity, kind } = alert;
  const why = because.map((reason) => words.reason[reason]).join('; ');
  const opening = escalates ? `${words.severity[severity]} · ` : '';
  return {
    kind,
    severity,
    headline: `${opening}${words.update(event.revision - 1)}: ${why} · ${actPhrase(event.finding, context)} · ${provenance(event, context)}`,
    lines: [...(previous ? differencesOf(previous, event.finding, context) : []), ...sourceLines(event, context).slice(0, 1)],
    fields: [],
    sections: [],
    footer: [],
    buttons: [],
    language: context.language,
  };
}
