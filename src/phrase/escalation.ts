/** The note in the thread of a Critical alert that was not acknowledged in time. */
import { type ChatMessage, newMessage } from '../message.ts';
import { wordsOf } from './words.ts';

/** @param headline the alert's headline */
export function escalationMessage(headline: string, minutes: number, language: string): ChatMessage {
  return newMessage('notice', `${wordsOf(language).unacknowledged(minutes)}: ${headline}`, { thread: headline, language });
}
