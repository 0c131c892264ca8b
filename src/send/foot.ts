/** What the sender adds at the foot of a message, in the message's own language: only it knows the channel's side of the story. */
import { type ChatMessage, type Language, spokenIn, withFooter } from '../message.ts';
import type { Posting } from '../model.ts';

interface FootWords {
  readonly subscription: (ids: string) => string;
  readonly acknowledgedBy: string;
  readonly repeat: string;
  /** Many alerts in one message. */
  readonly together: (count: number) => string;
  readonly more: (count: number) => string;
  readonly eachLater: string;
  readonly show: string;
  /** The message that a Correction or a Lifted answers. */
  readonly answers: string;
  readonly late: (hours: number) => string;
}

const tables: Readonly<Record<Language, FootWords>> = {
  en: {
    together: (count) => `${count} alerts at once`,
    more: (count) => `and ${count} more`,
    eachLater: 'What changes in one of them is told by itself.',
    show: 'Show latest',
    subscription: (ids) => `Subscription ${ids}`,
    acknowledgedBy: 'Acknowledged by ',
    repeat: 'Possible repeat: it is not known whether an earlier attempt arrived.',
    answers: 'The alert that this answers',
    late: (hours) => `LATE: due ${hours} h ago, and could not be delivered before`,
  },
  fr: {
    together: (count) => `${count} alertes à la fois`,
    more: (count) => `et ${count} de plus`,
    eachLater: 'Ce qui change dans l’une d’elles est annoncé à part.',
    show: 'Voir les dernières',
    subscription: (ids) => `Abonnement ${ids}`,
    acknowledgedBy: 'Pris en compte par ',
    repeat: 'Répétition possible : on ne sait pas si un envoi précédent est arrivé.',
    answers: 'L’alerte à laquelle ceci répond',
    late: (hours) => `TARDIF : prévu il y a ${hours} h, n’a pas pu être remis plus tôt`,
  },
  es: {
    together: (count) => `${count} alertas a la vez`,
    more: (count) => `y ${count} más`,
    eachLater: 'Lo que cambie en una de ellas se dice aparte.',
    show: 'Ver las últimas',
    subscription: (ids) => `Suscripción ${ids}`,
    acknowledgedBy: 'Enterado: ',
    repeat: 'Posible repetición: no se sabe si llegó un intento anterior.',
    answers: 'La alerta a la que esto responde',
    late: (hours) => `TARDÍO: debía llegar hace ${hours} h y no se pudo entregar antes`,
  },
  de: {
    together: (count) => `${count} Meldungen auf einmal`,
    more: (count) => `und ${count} weitere`,
    eachLater: 'Was sich an einer davon ändert, wird einzeln gemeldet.',
    show: 'Neueste zeigen',
    subscription: (ids) => `Abo ${ids}`,
    acknowledgedBy: 'Zur Kenntnis genommen von ',
    repeat: 'Vielleicht doppelt: Ob ein früherer Versuch ankam, ist nicht bekannt.',
    answers: 'Die Meldung, auf die sich dies bezieht',
    late: (hours) => `SPÄT: seit ${hours} Std. fällig, konnte vorher nicht zugestellt werden`,
  },
  uk: {
    together: (count) => `Сповіщень одразу: ${count}`,
    more: (count) => `і ще ${count}`,
    eachLater: 'Про зміни в кожному з них буде сказано окремо.',
    show: 'Показати останні',
    subscription: (ids) => `Підписка ${ids}`,
    acknowledgedBy: 'Прийнято: ',
    repeat: 'Можливий повтор: невідомо, чи дійшла попередня спроба.',
    answers: 'Сповіщення, якого це стосується',
    late: (hours) => `ІЗ ЗАПІЗНЕННЯМ: мало надійти ${hours} год тому, раніше доставити не вдалося`,
  },
};

/** @param language BCP 47 */
export function burstWords(language: string): Pick<FootWords, 'together' | 'more' | 'eachLater' | 'show'> {
  return tables[spokenIn(language)];
}

const wordsFor = ({ language }: ChatMessage): FootWords => tables[spokenIn(language)];

/** Which subscriptions of the channel asked for it. */
export function withReasons(message: ChatMessage, ids: readonly string[]): ChatMessage {
  return ids.length > 0 ? withFooter(message, [wordsFor(message).subscription(ids.join(', '))]) : message;
}

/** Who acknowledged the living message stays in it whatever it becomes. */
export function withAcks(message: ChatMessage, posting: Posting | undefined): ChatMessage {
  const { acknowledgedBy } = wordsFor(message);
  return (posting?.acks ?? []).reduce((told, { by, at }) => withFooter(told, [acknowledgedBy, { person: by }, ' ', { at }]), message);
}

const lateAfter = 3_600_000;

/** @param late how long it could not be delivered (ms); quiet hours are not counted */
export function withLateness(message: ChatMessage, late: number): ChatMessage {
  if (late < lateAfter) return message;
  return { ...message, lines: [[{ strong: wordsFor(message).late(Math.floor(late / lateAfter)) }], ...message.lines] };
}

export function withDoubt(message: ChatMessage): ChatMessage {
  return withFooter(message, [wordsFor(message).repeat]);
}

/** A link to the alarm that a new message beside it takes back or ends. */
export function withAnswered(message: ChatMessage, posting: Posting | undefined): ChatMessage {
  const link = posting?.ref.url;
  return link ? withFooter(message, [{ link, text: wordsFor(message).answers }]) : message;
}

/** The map that this channel asked for, before what is pressed least. */
export function withMap({ map, buttons, ...message }: ChatMessage, wanted: boolean): ChatMessage {
  const last = buttons.findIndex(({ act }) => act === 'wrong');
  if (!map || !wanted) return { ...message, buttons };
  return { ...message, buttons: last < 0 ? [...buttons, map] : buttons.toSpliced(last, 0, map) };
}
