/** Answers as messages, and the small words that many of them share. */
import type { Button, ChatMessage, Line, MessageSection } from '../message.ts';

export interface AnswerParts {
  readonly lines?: readonly Line[];
  readonly sections?: readonly MessageSection[];
  readonly footer?: readonly Line[];
  readonly buttons?: readonly Button[];
}

/** @param headline plain words that stand alone */
export function answerMessage(headline: string, { lines = [], sections = [], footer = [], buttons = [] }: AnswerParts = {}): ChatMessage {
  return { kind: 'answer', headline, lines, fields: [], sections, footer, buttons, language: 'en' };
}

/** `Ukraine`, `Ukraine and Mali`, `Ukraine, Mali and Niger`, `Ukraine, Mali, Niger and 12 more`. */
export function listWords(words: readonly string[], most = 8): string {
  const shown = words.length > most ? [...words.slice(0, most - 2), `${words.length - most + 2} more`] : words;
  const last = shown.at(-1) ?? '';
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${last}` : last;
}

/** `1 alert`, `7 alerts` */
export function countWords(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** What a person typed, as it is said back: short, on one line. */
export function echoed(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const letters = [...new Intl.Segmenter('en').segment(line.slice(0, 400))].map(({ segment }) => segment);
  return `“${letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : letters.join('')}”`;
}

export const disclaimer =
  'Attaché repeats public sources, can miss or misread them, and replaces neither official advice nor registering with your embassy.';
