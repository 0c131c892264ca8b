/** What is said in the thread of a Critical that nobody acknowledged in time. */
import { type ChatMessage, type Language, newMessage } from '../message.ts';

const unacknowledged: Readonly<Record<Language, (minutes: number) => string>> = {
  en: (minutes) => `Nobody acknowledged this within ${minutes} minutes`,
  fr: (minutes) => `Personne n’en a pris acte en ${minutes} minutes`,
  es: (minutes) => `Nadie ha confirmado esto en ${minutes} minutos`,
  de: (minutes) => `Niemand hat dies innerhalb von ${minutes} Minuten zur Kenntnis genommen`,
  uk: (minutes) => `Ніхто не підтвердив це протягом ${minutes} хв`,
};

/** @param headline of the alert */
export function escalationMessage(headline: string, minutes: number, language: Language): ChatMessage {
  return newMessage('notice', `${unacknowledged[language](minutes)}: ${headline}`, { thread: headline, language });
}
