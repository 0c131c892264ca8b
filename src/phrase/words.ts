/** The words that alerts, digests and notices are made of. */
import { speechIn } from '../i18n/speech.ts';
import type { AlertWords } from '../i18n/words.ts';

export type SightWords = AlertWords['sight'];

/** @param language BCP 47; English where Attaché does not speak it */
export function wordsOf(language: string): AlertWords {
  return speechIn(language).alerts;
}
