/** The Acknowledge button: who saw an alert is kept with its living message and shown in it. */

import { makeDelivery } from '../match/fan-out.ts';
import { matches } from '../match/filter.ts';
import { alertMessageId } from '../match/message-ids.ts';
import type { Answer, ButtonPress } from '../message.ts';
import { shownId } from '../model/alert.ts';
import type { Posting } from '../model/delivery.ts';
import { privateAnswer, type TalkContext, type TalkPorts } from './command.ts';

export async function acknowledge(
  { lane, user, mayChange, value }: ButtonPress,
  ports: TalkPorts,
  { words }: TalkContext,
): Promise<Answer> {
  const { feedback } = words;
  const { store, clock } = ports;
  if (!mayChange) return privateAnswer(feedback.mayNotAcknowledge);
  const posting = await store.posting(lane, value.split('@')[0] ?? '');
  if (!posting) return privateAnswer(feedback.notHere);
  const before = posting.acks.find((ack) => ack.by === user);
  if (before) return privateAnswer(feedback.alreadyAcknowledged, { lines: [feedback.at({ at: before.at })] });
  const acknowledged = { ...posting, acks: [...posting.acks, { by: user, at: clock.now() }] };
  await store.savePosting(acknowledged);
  await showIn(acknowledged, ports);
  return privateAnswer(feedback.acknowledged);
}

/** An edit of the living message, in the newest form that was told: an older one would undo what already waits in the outbox. */
async function showIn({ lane, subject, acks }: Posting, { store, places, clock }: TalkPorts): Promise<void> {
  const event = await store.event(subject);
  const revision = event?.alertedRevision;
  const alert = revision === undefined ? undefined : await store.alert(`${subject}@${revision}`);
  if (!event || revision === undefined || !alert) return;
  const asked = (await store.subscriptions(lane)).filter(({ filter }) => matches(filter, event, (code) => places.name(code)));
  const edit = makeDelivery({
    lane,
    subject,
    about: `${subject} acknowledged ${acks.length}`,
    revision,
    act: 'edit',
    message: { id: alertMessageId(shownId(alert), (await store.channel(lane))?.language ?? 'en') },
    notBefore: clock.now(),
    because: asked.map(({ id }) => id),
    living: true,
  });
  await store.enqueue({}, [edit]);
}
