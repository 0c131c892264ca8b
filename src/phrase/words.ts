/** The texts of alerts, digests and notices in a language. */
import { speechIn } from '../i18n/speech.ts';
import type { AlertWords } from '../i18n/words.ts';

export type SightWords = AlertWords['sight'];

/** @param language BCP 47; English if it is not supported */
export function wordsOf(language: string): AlertWords {
  return speechIn(language).alerts;
}
