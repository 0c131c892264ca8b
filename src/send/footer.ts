/**
 * What the sender adds to a message in the message's own language: only the sender knows the
 * channel's state.
 */
import { speechIn } from '../i18n/speech.ts';
import type { FootWords } from '../i18n/words.ts';
import { type ChatMessage, withFooter } from '../message.ts';
import type { Posting } from '../model/delivery.ts';

/** @param language BCP 47 */
export function bundleWords(language: string): Pick<FootWords, 'together' | 'more' | 'eachLater' | 'show'> {
  return speechIn(language).alerts.foot;
}

const wordsFor = ({ language }: ChatMessage): FootWords => speechIn(language).alerts.foot;

/** Adds the channel's subscriptions that matched. */
export function withSubscriptionIds(message: ChatMessage, ids: readonly string[]): ChatMessage {
  return ids.length > 0 ? withFooter(message, [wordsFor(message).subscription(ids.join(', '))]) : message;
}

/** Adds who acknowledged the alert, whatever the living message becomes. */
export function withAcks(message: ChatMessage, posting: Posting | undefined): ChatMessage {
  const { acknowledgedBy } = wordsFor(message);
  return (posting?.acks ?? []).reduce(
    (acknowledged, { by, at }) => withFooter(acknowledged, [acknowledgedBy, { person: by }, ' ', { at }]),
    message,
  );
}

const lateAfter = 3_600_000;

/** @param late how long it was overdue (ms), without quiet hours */
export function withLateness(message: ChatMessage, late: number): ChatMessage {
  if (late < lateAfter) return message;
  return { ...message, lines: [[{ strong: wordsFor(message).late(Math.floor(late / lateAfter)) }], ...message.lines] };
}

export function withPossibleDuplicate(message: ChatMessage): ChatMessage {
  return withFooter(message, [wordsFor(message).repeat]);
}

/** Adds a link to the alert that a new message corrects or ends. */
export function withLinkToOriginal(message: ChatMessage, posting: Posting | undefined): ChatMessage {
  const link = posting?.ref.url;
  return link ? withFooter(message, [{ link, text: wordsFor(message).answers }]) : message;
}

/** Inserts the map button before "Wrong" if the channel enabled maps. */
export function withMap({ map, buttons, ...message }: ChatMessage, wanted: boolean): ChatMessage {
  const last = buttons.findIndex(({ act }) => act === 'wrong');
  if (!map || !wanted) return { ...message, buttons };
  return { ...message, buttons: last < 0 ? [...buttons, map] : buttons.toSpliced(last, 0, map) };
}
