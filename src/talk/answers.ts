/** The plain shapes that answers are made of. */
import type { Answer, ChatMessage, Line, MessageSection } from '../message.ts';

interface Parts {
  readonly lines?: readonly Line[];
  readonly sections?: readonly MessageSection[];
  readonly buttons?: ChatMessage['buttons'];
}

export function say(headline: string, { lines = [], sections = [], buttons = [] }: Parts = {}): ChatMessage {
  return { kind: 'answer', headline, lines, fields: [], sections, footer: [], buttons, language: 'en' };
}

/** Only the one who asked sees it: what changes or shows a channel's settings. */
export const quietly = (headline: string, parts?: Parts): Answer => ({ message: say(headline, parts), private: true });
export const openly = (headline: string, parts?: Parts): Answer => ({ message: say(headline, parts), private: false });
