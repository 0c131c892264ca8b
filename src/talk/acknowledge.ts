/**
 * The Acknowledge button: stores who saw an alert, and shows it in the living message and in the
 * message whose button was pressed.
 */

import { speechIn } from '../i18n/speech.ts';
import { makeDelivery } from '../match/fan-out.ts';
import { matches } from '../match/filter.ts';
import { alertMessageId } from '../match/message-ids.ts';
import { type Answer, type ButtonPress, type ChatMessage, withFooter } from '../message.ts';
import { type Alert, shownId } from '../model/alert.ts';
import type { LaneId } from '../model/channel.ts';
import type { MessageRef, Posting } from '../model/delivery.ts';
import type { NewsEvent } from '../model/event.ts';
import { alertMessage } from '../phrase/alert.ts';
import { headlineOf } from '../phrase/headline.ts';
import { privateAnswer, type TalkContext, type TalkPorts } from './command.ts';

export async function acknowledge(
  { lane, user, mayChange, value, pressed }: ButtonPress,
  ports: TalkPorts,
  known: TalkContext,
): Promise<Answer> {
  const { feedback } = known.words;
  const { store, clock } = ports;
  if (!mayChange) return privateAnswer(feedback.mayNotAcknowledge);
  const posting = await store.posting(lane, value.split('@')[0] ?? '');
  if (!posting) return privateAnswer(feedback.notHere);
  const before = posting.acks.find((ack) => ack.by === user);
  const acknowledged = before ? posting : { ...posting, acks: [...posting.acks, { by: user, at: clock.now() }] };
  if (!before) {
    await store.savePosting(acknowledged);
    await showInLiving(acknowledged, ports);
  }
  if (pressed && pressed.id !== posting.ref.id) await showInPressed({ posting: acknowledged, pressed, value }, ports, known);
  if (before) return privateAnswer(feedback.alreadyAcknowledged, { lines: [feedback.at({ at: before.at })] });
  return privateAnswer(feedback.acknowledged);
}

/**
 * Edits the living message in the newest form alerted: an older one would undo edits that wait in
 * the outbox.
 */
async function showInLiving({ lane, subject, acks }: Posting, ports: TalkPorts): Promise<void> {
  const { store, clock } = ports;
  const event = await store.event(subject);
  const revision = event?.alertedRevision;
  const alert = revision === undefined ? undefined : await store.alert(`${subject}@${revision}`);
  if (!event || revision === undefined || !alert) return;
  const edit = makeDelivery({
    lane,
    subject,
    about: `${subject} acknowledged ${acks.length}`,
    revision,
    act: 'edit',
    message: { id: alertMessageId(shownId(alert), (await store.channel(lane))?.language ?? 'en') },
    notBefore: clock.now(),
    because: await askedFor(lane, event, ports),
    living: true,
  });
  await store.enqueue({}, [edit]);
}

interface Press {
  /** The living message's posting. */
  readonly posting: Posting;
  readonly pressed: MessageRef;
  /** `event@revision` */
  readonly value: string;
}

/**
 * Edits another message of the event in its own form: a Lifted, a Correction, or a card that a
 * newer one replaced. It gets its own posting, so that the living message's stays untouched.
 */
async function showInPressed({ posting, pressed, value }: Press, ports: TalkPorts, known: TalkContext): Promise<void> {
  const { store, clock } = ports;
  const { lane, acks } = posting;
  const alert = await store.alert(value);
  if (!alert) return;
  const subject = `${posting.subject} pressed ${pressed.id}`;
  const { revision } = alert.event;
  const edit = makeDelivery({
    lane,
    subject,
    about: `${subject} acknowledged ${acks.length}`,
    revision,
    act: 'edit',
    message: { own: 'pressed' },
    notBefore: clock.now(),
    because: await askedFor(lane, alert.event, ports),
  });
  await store.savePosting({ lane, subject, ref: pressed, revision, acks });
  await store.enqueue({ [edit.messageId]: cardOf(alert, posting.ref, known) }, [edit]);
}

/** Returns the full card, as only cards have the button. */
function cardOf(alert: Alert, { url }: MessageRef, { context, feeds }: TalkContext): ChatMessage {
  const words = { ...context, attribution: (feedId: string) => feeds.find(({ id }) => id === feedId)?.attribution };
  const card = alertMessage({ ...alert, headline: headlineOf(alert, words) }, words);
  const isBeside = alert.kind === 'lifted' || alert.kind === 'correction';
  return isBeside && url ? withFooter(card, [{ link: url, text: speechIn(context.language).alerts.foot.answers }]) : card;
}

async function askedFor(lane: LaneId, event: NewsEvent, { store, places }: TalkPorts): Promise<readonly string[]> {
  const asked = (await store.subscriptions(lane)).filter(({ filter }) => matches(filter, event, (code) => places.name(code)));
  return asked.map(({ id }) => id);
}
