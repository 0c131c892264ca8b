/** Under which ids an alert's messages are stored: each of our languages has its own, and the note in the thread stands beside the whole. */
import { spokenIn } from '../i18n/speech.ts';

/** @param language BCP 47 of the channel */
export function alertMessageId(alertId: string, language: string): string {
  return `${alertId}/${spokenIn(language)}`;
}

/** The note on what an update changed. */
export function updateNoteId(alertId: string, language: string): string {
  return `${alertMessageId(alertId, language)}/note`;
}
