/** A deleted channel, or one without the bot: pauses it and notifies the people who subscribed. */
import { speechIn } from '../i18n/speech.ts';
import { makeDelivery } from '../match/fan-out.ts';
import type { Line } from '../message.ts';
import type { LaneId, Subscription } from '../model/channel.ts';
import { answerMessage } from '../phrase/answers.ts';
import { subscribeLine } from '../phrase/answers-settings.ts';
import type { PlatformHooks } from '../ports/platform.ts';
import type { TalkPorts } from './command.ts';

/** People to notify at most, of those whose subscriptions stop. */
const mostNotified = 5;

type Gone = Parameters<PlatformHooks['onRemoved']>[0];

export async function pauseRemoved(gone: Gone, prefix: string, ports: TalkPorts): Promise<void> {
  const { store } = ports;
  if ('workspace' in gone) return store.erase(gone);
  const { lane, called, reach } = gone;
  const subscriptions = await store.subscriptions(lane);
  const channel = await store.channel(lane);
  if (subscriptions.length === 0 || !channel) return store.erase({ lane });
  if (channel.pausedUntil === undefined) await store.saveChannel({ ...channel, pausedUntil: Number.MAX_SAFE_INTEGER });
  for (const user of [...new Set(subscriptions.map(({ createdBy }) => createdBy))].slice(0, mostNotified)) {
    const to = await reach?.(user);
    if (to) await notify(to, lane, { subscriptions, prefix, language: channel.language, ...(called && { called }) }, ports);
  }
}

/**
 * Posted messages keep their old address, so the next change of their events is posted as a full
 * alert.
 */
export async function takeMoved({ from, to }: Parameters<PlatformHooks['onMoved']>[0], { store }: TalkPorts): Promise<void> {
  const channel = await store.channel(from);
  const [before, there] = await Promise.all([store.subscriptions(from), store.subscriptions(to)]);
  // Skipped if the move is repeated, or the new channel has subscriptions already.
  if (there.length === 0) {
    if (channel) await store.saveChannel({ ...channel, lane: to });
    for (const one of before) await store.saveSubscription({ ...one, lane: to });
  }
  await store.erase({ lane: from });
}

interface Stopped {
  readonly subscriptions: readonly Subscription[];
  readonly prefix: string;
  /** The channel's language. */
  readonly language: string;
  readonly called?: string;
}

/** Sends each subscription as the command that recreates it in another channel. */
async function notify(
  to: LaneId,
  lane: LaneId,
  { subscriptions, prefix, language, called }: Stopped,
  { store, places, clock }: TalkPorts,
): Promise<void> {
  const lines = subscriptions.map(({ filter }): Line => [{ strong: `${prefix}${subscribeLine(filter, (code) => places.name(code))}` }]);
  const { gone: words } = speechIn(language).answers;
  const message = answerMessage(words.removed(called ?? words.unnamed(lane.split(':')[2] ?? ''), subscriptions.length), {
    lines: [[words.elsewhere], ...lines, [words.back(`${prefix}resume`)]],
  });
  const now = clock.now();
  const delivery = makeDelivery({ lane: to, subject: `gone ${lane} ${now}`, message: { own: 'gone' }, notBefore: now });
  await store.enqueue({ [delivery.messageId]: { ...message, kind: 'notice', language } }, [delivery]);
}
