/** Scheduled digests: claimed when due, put into the outbox like anything else, one for the whole of what was missed. */

import { matches } from '../match/filter.ts';
import { deliveryKey } from '../match/plan.ts';
import type { Channel } from '../model.ts';
import { digestMessage } from '../phrase/digest.ts';
import type { TalkPorts } from './change-answers.ts';
import type { Sight } from './sight.ts';

const atOnce = 200;

export interface Digests {
  /** Writes every digest that is due; gives how many. */
  runDue(): Promise<number>;
}

export function createDigests({ store, schedule, places, clock }: TalkPorts, sight: Pick<Sight, 'counts'>): Digests {
  const write = async (channel: Channel) => {
    const { digest, lane, zone, language } = channel;
    if (!digest) return;
    const to = clock.now();
    const subscriptions = await store.subscriptions(lane);
    const events = await store.events({ since: digest.coveredUntil, until: to, limit: 500 });
    const name = (code: string) => places.name(code, language);
    const ours = events.filter((event) => subscriptions.some((one) => matches({ ...one.filter, min: 0 }, event, name)));
    const message = digestMessage(
      { events: ours, from: digest.coveredUntil, to, feeds: await sight.counts() },
      { name: (code, other) => places.name(code, other), language },
    );
    const next = schedule.next(digest.cron, zone, to);
    const { digest: _, ...rest } = channel;
    const after: Channel = 'at' in next ? { ...rest, digest: { ...digest, nextRunAt: next.at, coveredUntil: to } } : rest;
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
  };
  return {
    runDue: async () => {
      const due = await store.digestsDue(clock.now(), atOnce);
      for (const channel of due) await write(channel);
      return due.length;
    },
  };
}
