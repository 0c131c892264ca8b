/**
 * The ids that an alert's messages are stored under: one per language, and one for the thread's
 * note.
 */
import { uiLanguage } from '../i18n/speech.ts';

/** @param language BCP 47 of the channel */
export function alertMessageId(alertId: string, language: string): string {
  return `${alertId}/${uiLanguage(language)}`;
}

/** Returns the id of the note on what an update changed. */
export function updateNoteId(alertId: string, language: string): string {
  return `${alertMessageId(alertId, language)}/note`;
}
