/** What the sender adds at the foot of a message, in the message's own language: only it knows the channel's side of the story. */
import { speechIn } from '../i18n/speech.ts';
import type { FootWords } from '../i18n/words.ts';
import { type ChatMessage, withFooter } from '../message.ts';
import type { Posting } from '../model/delivery.ts';

/** @param language BCP 47 */
export function burstWords(language: string): Pick<FootWords, 'together' | 'more' | 'eachLater' | 'show'> {
  return speechIn(language).alerts.foot;
}

const wordsFor = ({ language }: ChatMessage): FootWords => speechIn(language).alerts.foot;

/** Which subscriptions of the channel asked for it. */
export function withSubscriptionIds(message: ChatMessage, ids: readonly string[]): ChatMessage {
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

export function withPossibleDuplicate(message: ChatMessage): ChatMessage {
  return withFooter(message, [wordsFor(message).repeat]);
}

/** A link to the alarm that a new message beside it takes back or ends. */
export function withLinkToOriginal(message: ChatMessage, posting: Posting | undefined): ChatMessage {
  const link = posting?.ref.url;
  return link ? withFooter(message, [{ link, text: wordsFor(message).answers }]) : message;
}

/** The map that this channel asked for, before what is pressed least. */
export function withMap({ map, buttons, ...message }: ChatMessage, wanted: boolean): ChatMessage {
  const last = buttons.findIndex(({ act }) => act === 'wrong');
  if (!map || !wanted) return { ...message, buttons };
  return { ...message, buttons: last < 0 ? [...buttons, map] : buttons.toSpliced(last, 0, map) };
}
