/** The supported languages: each is one file and one line here. */
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { ukrainian } from './uk.ts';
import type { Speech } from './words.ts';

const speeches = {
  en: english,
  fr: french,
  es: spanish,
  de: german,
  uk: ukrainian,
} as const satisfies Readonly<Record<string, Speech>>;

export type Language = keyof typeof speeches;

export const languages = Object.keys(speeches) as readonly string[] as readonly Language[];

/** @param tag BCP 47; English if it is not supported */
export function uiLanguage(tag: string): Language {
  const base = tag.slice(0, 2).toLowerCase();
  return languages.find((language) => language === base) ?? 'en';
}

/** @param language BCP 47 */
export function speechIn(language: string): Speech {
  return speeches[uiLanguage(language)];
}
