/** Scheduled digests: written when due, put into the outbox like anything else, one for the whole of what was missed. */
import { matches } from '../match/filter.ts';
import { deliveryKey } from '../match/plan.ts';
import type { Channel, DigestPlan, Instant, NewsEvent, Subscription } from '../model.ts';
import { digestMessage } from '../phrase/digest.ts';
import type { TalkPorts } from './command.ts';
import type { Sight } from './sight.ts';

/** Channels taken from the store at once. */
const atOnce = 200;
const mostEvents = 500;

export interface Digests {
  /** Writes every digest that is due; gives how many. */
  runDue(): Promise<number>;
}

export function createDigests({ store, schedule, places, clock }: TalkPorts, sight: Pick<Sight, 'counts'>): Digests {
  const write = async (lane: string, to: Instant, eventsSince: (from: Instant) => Promise<readonly NewsEvent[]>): Promise<boolean> => {
    // Read again: a setting may have changed since the channel was found due.
    const channel = await store.channel(lane);
    if (!channel?.digest || channel.digest.nextRunAt > to) return false;
    const { digest, zone, language } = channel;
    const after = planned(channel, digest, to);
    const subscriptions = await store.subscriptions(lane);
    const silent = subscriptions.length === 0 || (channel.pausedUntil ?? 0) > to;
    if (silent) {
      await store.enqueueDigest(after, undefined, undefined);
      return false;
    }
    const name = (code: string, other = language) => places.name(code, other);
    const events = (await eventsSince(digest.coveredUntil)).filter((event) => wants(subscriptions, event, (code) => places.name(code), to));
    const message = digestMessage({ events, from: digest.coveredUntil, to, feeds: await sight.counts(), zone }, { name, language });
    const key = deliveryKey(lane, 'digest', digest.nextRunAt, 'post');
    await store.enqueueDigest(after, message, {
      key,
      lane,
      subject: `digest ${digest.nextRunAt}`,
      revision: 1,
      act: 'post',
      messageId: `digest/${key}`,
      notBefore: to,
      because: [],
      living: false,
    });
    return true;
  };

  /** The channel with its next run: the first after now, so that a missed window is caught up by one digest. */
  const planned = (channel: Channel, digest: DigestPlan, to: Instant): Channel => {
    const next = schedule.next(digest.cron, channel.zone, to);
    const { digest: _, ...rest } = channel;
    return 'at' in next ? { ...rest, digest: { cron: digest.cron, nextRunAt: next.at, coveredUntil: to } } : rest;
  };

  return {
    runDue: async () => {
      const to = clock.now();
      const spans = new Map<Instant, Promise<readonly NewsEvent[]>>();
      // Many channels ask for the same span: those that were written together last time.
      const eventsSince = (from: Instant) => {
        const known = spans.get(from) ?? store.events({ since: from, until: to, limit: mostEvents });
        spans.set(from, known);
        return known;
      };
      let written = 0;
      for (let due = await store.digestsDue(to, atOnce); due.length > 0; due = await store.digestsDue(to, atOnce)) {
        for (const { lane } of due) if (await write(lane, to, eventsSince)) written += 1;
      }
      return written;
    },
  };
}

/** What a subscription asks for, and advice that was reissued unchanged, which never alerts and belongs here. */
function wants(subscriptions: readonly Subscription[], event: NewsEvent, name: (code: string) => string, now: Instant): boolean {
  return subscriptions.some(({ filter, pausedUntil }) => {
    if ((pausedUntil ?? 0) > now) return false;
    return matches(event.finding.severity === 0 ? { ...filter, min: 0 } : filter, event, name);
  });
}
