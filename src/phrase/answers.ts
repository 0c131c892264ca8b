/** Builds answers to commands. */
import { type Button, type ChatMessage, type Line, type MessageSection, newMessage } from '../message.ts';

export interface AnswerParts {
  readonly lines?: readonly Line[];
  readonly sections?: readonly MessageSection[];
  readonly footer?: readonly Line[];
  readonly buttons?: readonly Button[];
}

/** @param headline plain text, readable on its own in a notification */
export function answerMessage(headline: string, parts: AnswerParts = {}): ChatMessage {
  return newMessage('answer', headline, parts);
}
