/** What the terminal says around a message, in the message's language. */
import type { ChatMessage } from '../message.ts';
import { type Language, uiLanguage } from './speech.ts';

export interface TerminalWords {
  /** The tag of a card by kind: empty for answers; for notices not the name of a severity. */
  readonly tags: Readonly<Record<Exclude<ChatMessage['kind'], 'answer'>, string>>;
  /** @param name of the alert, as below or by its id */
  readonly updateOf: (name: string) => string;
  readonly note: string;
  readonly noteTo: (name: string) => string;
  readonly recorded: string;
  readonly earlier: string;
  /** @param mark one of the tags */
  readonly marked: (name: string, mark: string) => string;
  /** Legend for lines that are new in a card shown before. */
  readonly changed: string;
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const words: Readonly<Record<Language, TerminalWords>> = {
  en: {
    tags: { new: 'NEW', update: 'UPDATE', correction: 'CORRECTION', lifted: 'LIFTED', digest: 'DIGEST', notice: 'ABOUT ATTACHÉ' },
    updateOf: (name) => `UPDATE of ${name}`,
    note: 'NOTE',
    noteTo: (name) => `NOTE to ${name}`,
    recorded: 'the recorded alert',
    earlier: 'an alert from before this start',
    marked: (name, mark) => `${capital(name)} is now marked ${mark}.`,
    changed: 'new or changed',
  },
  de: {
    tags: {
      new: 'NEU',
      update: 'AKTUALISIERUNG',
      correction: 'BERICHTIGUNG',
      lifted: 'AUFGEHOBEN',
      digest: 'ÜBERBLICK',
      notice: 'ZU ATTACHÉ SELBST',
    },
    updateOf: (name) => `AKTUALISIERUNG · ${name}`,
    note: 'ANMERKUNG',
    noteTo: (name) => `ANMERKUNG · ${name}`,
    recorded: 'Meldung der Aufzeichnung',
    earlier: 'Meldung aus der Zeit vor diesem Start',
    marked: (name, mark) => `${capital(name)}: jetzt als ${mark} gekennzeichnet.`,
    changed: 'neu oder geändert',
  },
  fr: {
    tags: {
      new: 'NOUVEAU',
      update: 'MISE À JOUR',
      correction: 'RECTIFICATION',
      lifted: 'LEVÉ',
      digest: 'RÉSUMÉ',
      notice: 'À PROPOS D’ATTACHÉ',
    },
    updateOf: (name) => `MISE À JOUR · ${name}`,
    note: 'NOTE',
    noteTo: (name) => `NOTE · ${name}`,
    recorded: 'alerte de l’enregistrement',
    earlier: 'alerte d’avant ce démarrage',
    marked: (name, mark) => `${capital(name)} : désormais marquée ${mark}.`,
    changed: 'nouveau ou modifié',
  },
  es: {
    tags: {
      new: 'NUEVO',
      update: 'ACTUALIZACIÓN',
      correction: 'CORRECCIÓN',
      lifted: 'LEVANTADO',
      digest: 'RESUMEN',
      notice: 'SOBRE ATTACHÉ',
    },
    updateOf: (name) => `ACTUALIZACIÓN · ${name}`,
    note: 'NOTA',
    noteTo: (name) => `NOTA · ${name}`,
    recorded: 'alerta de la grabación',
    earlier: 'alerta anterior a este inicio',
    marked: (name, mark) => `${capital(name)}: ahora con la marca ${mark}.`,
    changed: 'nuevo o cambiado',
  },
  uk: {
    tags: { new: 'НОВЕ', update: 'ОНОВЛЕННЯ', correction: 'ВИПРАВЛЕННЯ', lifted: 'ЗНЯТО', digest: 'ДАЙДЖЕСТ', notice: 'ПРО САМ ATTACHÉ' },
    updateOf: (name) => `ОНОВЛЕННЯ · ${name}`,
    note: 'ПРИМІТКА',
    noteTo: (name) => `ПРИМІТКА · ${name}`,
    recorded: 'сповіщення із запису',
    earlier: 'сповіщення, старше за цей запуск',
    marked: (name, mark) => `${capital(name)}: тепер із позначкою ${mark}.`,
    changed: 'нове або змінене',
  },
};

/** @param language BCP 47; English where Attaché does not speak it */
export function terminalWordsIn(language: string): TerminalWords {
  return words[uiLanguage(language)];
}
