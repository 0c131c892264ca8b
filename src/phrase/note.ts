/** The note in the thread of a living message: what an update changed, and why it is told. */
import type { ChatMessage } from '../message.ts';
import type { Alert } from '../model.ts';
import { differencesOf } from './alert.ts';
import { actPhrase, type PhraseContext, provenance } from './headline.ts';
import { reasonWords } from './words.ts';

export function noteMessage(alert: Alert, context: PhraseContext): ChatMessage {
  const { event, previous } = alert;
  const why = alert.because.map((reason) => reasonWords[reason]).join('; ');
  return {
    kind: 'update',
    severity: alert.severity,
    headline: `Update ${event.revision - 1}: ${why} · ${actPhrase(event.finding, context)} · ${provenance(event)}`,
    lines: previous ? differencesOf(previous, event.finding, context) : [],
    fields: [],
    sections: [],
    footer: [],
    buttons: [],
    language: context.language,
  };
}
