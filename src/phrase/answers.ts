/** Answers as messages. */
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
