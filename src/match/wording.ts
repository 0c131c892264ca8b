/** Under which ids an alert's messages are stored: each of our languages has its own, and the note in the thread stands beside the whole. */
import { spokenIn } from '../i18n/speech.ts';

/** @param language BCP 47 of the channel */
export function wholeId(alertId: string, language: string): string {
  return `${alertId}/${spokenIn(language)}`;
}

/** The note on what an update changed. */
export function noteId(alertId: string, language: string): string {
  return `${wholeId(alertId, language)}/note`;
}
