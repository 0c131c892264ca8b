/** What is said in the thread of a Critical that nobody acknowledged in time. */
import { type ChatMessage, newMessage } from '../message.ts';
import { wordsOf } from './words.ts';

/** @param headline of the alert */
export function escalationMessage(headline: string, minutes: number, language: string): ChatMessage {
  return newMessage('notice', `${wordsOf(language).unacknowledged(minutes)}: ${headline}`, { thread: headline, language });
}
