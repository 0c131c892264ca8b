/**
 * Bundles: many alerts that are due in one channel at once go out as one list, whose entries can be
 * opened.
 */
import type { ChatMessage, Line } from '../message.ts';
import type { Instant } from '../model/basics.ts';
import type { Bundle, ClaimedDelivery } from '../ports/outbox.ts';
import { bundleWords } from './footer.ts';

/** Smallest bundle, counting the claimed delivery. */
const least = 6;
const mostListed = 20;

/**
 * Returns the bundle, or undefined for too few alerts. Critical alerts are never bundled.
 * @param waiting the channel's other due posts
 */
export function bundle(
  claimed: ClaimedDelivery,
  waiting: readonly Pick<ClaimedDelivery, 'delivery' | 'message'>[],
  now: Instant,
): Bundle | undefined {
  const { delivery, message } = claimed;
  const listed = [{ delivery, message }, ...waiting.filter((one) => one.message.severity !== 4)];
  if (message.severity === 4 || listed.length < least) return undefined;
  const id = `${delivery.key}g`;
  const because = [...new Set(listed.flatMap((one) => one.delivery.because))];
  return {
    deliveries: listed.map((one) => one.delivery),
    message: messageOf(listed.map((one) => one.message)),
    delivery: {
      key: id,
      lane: delivery.lane,
      subject: `together ${id}`,
      revision: 1,
      act: 'post',
      messageId: `together/${id}`,
      notBefore: now,
      because,
      living: false,
    },
  };
}

function messageOf(messages: readonly ChatMessage[]): ChatMessage {
  const [first] = messages;
  const language = first?.language ?? 'en';
  const words = bundleWords(language);
  const left = messages.length - mostListed;
  const lines = messages.slice(0, mostListed).map(({ headline }): Line => [`• ${headline}`]);
  return {
    kind: 'notice',
    headline: words.together(messages.length),
    lines: left > 0 ? [...lines, [words.more(left)]] : lines,
    fields: [],
    sections: [],
    footer: [[words.eachLater]],
    buttons: [{ act: 'command', label: words.show, value: 'latest' }],
    language,
  };
}
