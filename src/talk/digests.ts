/** Scheduled digests: written when due, put into the outbox like anything else, one for the whole of what was missed. */
import { matches } from '../match/filter.ts';
import { deliveryKey } from '../match/plan.ts';
import type { Channel, Delivery, DigestPlan, Instant, LaneId, NewsEvent, Subscription } from '../model.ts';
import { digestMessage } from '../phrase/digest.ts';
import type { Schedule } from '../ports.ts';
import type { TalkPorts } from './command.ts';
import type { Sight } from './sight.ts';

/** Channels taken from the store at once. */
const atOnce = 200;
const mostEvents = 500;

export interface Digests {
  /** Writes every digest that is due; gives how many. */
  runDue(): Promise<number>;
}

type EventsSince = (from: Instant) => Promise<readonly NewsEvent[]>;

export function createDigests(ports: TalkPorts, sight: Pick<Sight, 'counts'>): Digests {
  const { store, clock } = ports;
  return {
    runDue: async () => {
      const to = clock.now();
      const spans = new Map<Instant, Promise<readonly NewsEvent[]>>();
      // Many channels ask for the same span: those that were written together last time.
      const eventsSince: EventsSince = (from) => {
        const known = spans.get(from) ?? store.events({ since: from, until: to, limit: mostEvents });
        spans.set(from, known);
        return known;
      };
      let written = 0;
      for (let due = await store.digestsDue(to, atOnce); due.length > 0; due = await store.digestsDue(to, atOnce)) {
        for (const { lane } of due) if (await write(lane, to, eventsSince, ports, sight)) written += 1;
      }
      return written;
    },
  };
}

/** Puts one channel's digest into the outbox together with its next run. A paused channel and one that watches nothing get none. */
async function write(
  lane: LaneId,
  to: Instant,
  eventsSince: EventsSince,
  { store, schedule, places }: TalkPorts,
  sight: Pick<Sight, 'counts'>,
): Promise<boolean> {
  // Read again: a setting may have changed since the channel was found due.
  const channel = await store.channel(lane);
  if (!channel?.digest || channel.digest.nextRunAt > to) return false;
  const { digest, zone, language } = channel;
  const after = planned(channel, digest, to, schedule);
  const subscriptions = await store.subscriptions(lane);
  if (subscriptions.length === 0 || (channel.pausedUntil ?? 0) > to) {
    await store.enqueueDigest(after, undefined, undefined);
    return false;
  }
  const events = (await eventsSince(digest.coveredUntil)).filter((event) => wants(subscriptions, event, (code) => places.name(code), to));
  const message = digestMessage(
    { events, from: digest.coveredUntil, to, feeds: await sight.counts(), zone },
    { name: (code, other = language) => places.name(code, other), language },
  );
  await store.enqueueDigest(after, message, deliveryOf(lane, digest, to));
  return true;
}

/** The channel with its next run: the first after now, so that a missed window is caught up by one digest. */
function planned(channel: Channel, digest: DigestPlan, to: Instant, schedule: Schedule): Channel {
  const next = schedule.next(digest.cron, channel.zone, to);
  const { digest: _, ...rest } = channel;
  return 'at' in next ? { ...rest, digest: { cron: digest.cron, nextRunAt: next.at, coveredUntil: to } } : rest;
}

/** The planned run makes the key, so that two processes write one digest. */
function deliveryOf(lane: LaneId, { nextRunAt }: DigestPlan, notBefore: Instant): Delivery {
  const key = deliveryKey(lane, 'digest', nextRunAt, 'post');
  const subject = `digest ${nextRunAt}`;
  return { key, lane, subject, revision: 1, act: 'post', messageId: `digest/${key}`, notBefore, because: [], living: false };
}

/** What a subscription asks for, and advice that was reissued unchanged, which never alerts and belongs here. */
function wants(subscriptions: readonly Subscription[], event: NewsEvent, name: (code: string) => string, now: Instant): boolean {
  return subscriptions.some(({ filter, pausedUntil }) => {
    if ((pausedUntil ?? 0) > now) return false;
    return matches(event.finding.severity === 0 ? { ...filter, min: 0 } : filter, event, name);
  });
}
