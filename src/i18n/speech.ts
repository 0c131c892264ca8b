/** The languages that Attaché speaks: each is one file and one line here. */
import { type Language, spokenIn } from '../message.ts';
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { ukrainian } from './uk.ts';
import type { Speech } from './words.ts';

const speeches: Readonly<Record<Language, Speech>> = { en: english, fr: french, es: spanish, de: german, uk: ukrainian };

/** @param language BCP 47; English where Attaché does not speak it */
export function speechIn(language: string): Speech {
  return speeches[spokenIn(language)];
}
