/** The outbox of the in-memory store. */
import type { Delivery, DeliveryState } from '../../src/model.ts';
import type { Claimed, LaneView, Store } from '../../src/ports.ts';
import type { Memory, Sent } from './memory.ts';

type Part = Pick<
  Store,
  'expand' | 'enqueue' | 'enqueueDigest' | 'claim' | 'holds' | 'settle' | 'nextDue' | 'deliveries' | 'posting' | 'savePosting'
>;
const isOpen = ({ state }: Sent) => state === 'ready' || state === 'sending' || state === 'unknown';
const key = (...parts: readonly string[]) => parts.join('\n');

export function memoryOutbox(memory: Memory): Part {
  const { alerts, channels, subscriptions, deliveries, postings, messages, lanes } = memory;

  const insert = (list: readonly Delivery[]) => {
    for (const delivery of list) {
      if (deliveries.has(delivery.key)) continue;
      if (delivery.act === 'edit') supersede(delivery);
      deliveries.set(delivery.key, { delivery, seq: deliveries.size, state: 'ready', attempts: 0, changedAt: delivery.notBefore });
      if (!lanes.has(delivery.lane)) lanes.set(delivery.lane, { readyAt: 0, leaseUntil: 0, owner: '' });
    }
  };
  const supersede = ({ lane, subject, revision }: Delivery) => {
    for (const sent of deliveries.values()) {
      const older = sent.delivery.lane === lane && sent.delivery.subject === subject && sent.delivery.revision < revision;
      if (older && sent.delivery.act === 'edit' && sent.state === 'ready') sent.state = 'superseded';
    }
  };
  const openOf = (lane: string) =>
    [...deliveries.values()].filter((sent) => sent.delivery.lane === lane && isOpen(sent)).sort((a, b) => a.seq - b.seq);
  const dueAt = (lane: string) => {
    const [first, ...rest] = openOf(lane).map((sent) => sent.delivery.notBefore);
    const { readyAt = 0, leaseUntil = 0 } = lanes.get(lane) ?? {};
    return first === undefined ? undefined : Math.max(Math.min(first, ...rest), readyAt, leaseUntil);
  };
  const viewOf = (lane: string, subject: string): LaneView | undefined => {
    const channel = channels.get(lane);
    const posting = postings.get(key(lane, subject));
    const mine = [...subscriptions.values()].filter((one) => one.lane === lane).sort((a, b) => (a.id < b.id ? -1 : 1));
    return (
      channel && {
        channel,
        subscriptions: mine,
        pending: openOf(lane).some((sent) => sent.delivery.subject === subject),
        ...(posting && { posting }),
      }
    );
  };

  return {
    expand: async (limit, plan) => {
      const alert = alerts.find((one) => !one.expanded);
      if (!alert) return 0;
      const next = [...channels.keys()]
        .sort()
        .filter((lane) => lane > alert.expandedTo)
        .slice(0, limit);
      insert(
        plan(
          alert.raised,
          next.flatMap((lane) => viewOf(lane, alert.raised.alert.event.id) ?? []),
        ),
      );
      alert.expandedTo = next.at(-1) ?? alert.expandedTo;
      alert.expanded = next.length < limit;
      return Math.max(1, next.length);
    },
    enqueue: async (given, list) => {
      for (const [id, message] of Object.entries(given)) if (!messages.has(id)) messages.set(id, message);
      insert(list);
    },
    enqueueDigest: async (channel, message, delivery) => {
      if (message && delivery) {
        if (!messages.has(delivery.messageId)) messages.set(delivery.messageId, message);
        insert([delivery]);
      }
      channels.set(channel.lane, channel);
    },
    claim: async ({ owner, now, leaseMs, limit, platforms }) => {
      const due = [...lanes.keys()]
        .filter((lane) => platforms.some((name) => lane.startsWith(`${name}:`)))
        .flatMap((lane) => ({ lane, at: dueAt(lane) ?? Number.POSITIVE_INFINITY }))
        .filter(({ at }) => at <= now)
        .sort((a, b) => a.at - b.at);
      return due.slice(0, limit).flatMap(({ lane }): readonly Claimed[] => {
        const sent = openOf(lane).find((one) => one.delivery.notBefore <= now);
        const message = sent && messages.get(sent.delivery.messageId);
        if (!sent || !message) return [];
        if (sent.state === 'sending') sent.unknownSince ??= sent.changedAt;
        Object.assign(sent, { state: 'sending', attempts: sent.attempts + 1, changedAt: now });
        lanes.set(lane, { readyAt: lanes.get(lane)?.readyAt ?? 0, leaseUntil: now + leaseMs, owner });
        const posting = postings.get(key(lane, sent.delivery.subject));
        const { delivery, attempts, unknownSince } = sent;
        return [
          {
            delivery,
            message,
            attempts,
            leaseUntil: now + leaseMs,
            ...(posting && { posting }),
            ...(unknownSince !== undefined && { unknownSince }),
          },
        ];
      });
    },
    holds: async (owner, lane, now) => lanes.get(lane)?.owner === owner && (lanes.get(lane)?.leaseUntil ?? 0) > now,
    settle: async (owner, delivery, settlement, now) => {
      const sent = deliveries.get(delivery.key);
      const lane = lanes.get(delivery.lane);
      if (!sent || (lane?.owner !== owner && settlement.kind !== 'sent')) return;
      const state: DeliveryState = ({ sent: 'sent', retry: 'ready', unknown: 'unknown', dead: 'dead' } as const)[settlement.kind];
      const unknownSince = settlement.kind === 'unknown' ? (sent.unknownSince ?? now) : undefined;
      Object.assign(sent, { state, unknownSince, changedAt: now, reason: 'reason' in settlement ? settlement.reason : undefined });
      if (settlement.kind === 'sent' && delivery.living) {
        const { lane: id, subject, revision } = delivery;
        const acks = postings.get(key(id, subject))?.acks ?? [];
        postings.set(key(id, subject), { lane: id, subject, ref: settlement.ref, revision, acks });
      }
      if (lane?.owner === owner) lanes.set(delivery.lane, { readyAt: 'at' in settlement ? settlement.at : 0, leaseUntil: 0, owner: '' });
    },
    nextDue: async (platforms) => {
      const due = [...lanes.keys()]
        .filter((lane) => platforms.some((name) => lane.startsWith(`${name}:`)))
        .flatMap((lane) => dueAt(lane) ?? []);
      return due.length === 0 ? undefined : Math.min(...due);
    },
    deliveries: async ({ lane }) => {
      const counts: Record<DeliveryState, number> = { ready: 0, sending: 0, unknown: 0, sent: 0, dead: 0, superseded: 0 };
      for (const sent of deliveries.values()) if (lane === undefined || sent.delivery.lane === lane) counts[sent.state] += 1;
      return counts;
    },
    posting: async (lane, subject) => postings.get(key(lane, subject)),
    savePosting: async (posting) => {
      postings.set(key(posting.lane, posting.subject), posting);
    },
  };
}
