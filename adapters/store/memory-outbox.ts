/** The outbox of the in-memory store. */
import type { Alert, Delivery, DeliveryState, Instant } from '../../src/model.ts';
import type { Claimed, LaneView, Settlement, Store } from '../../src/ports.ts';
import { clocksDiffer, longestQuiet, longestRest } from './lane-clock.ts';
import type { Memory, Sent } from './memory.ts';
import { informed, platformOf, replanned } from './rows.ts';

type Part = Pick<
  Store,
  | 'expand'
  | 'enqueue'
  | 'enqueueDigest'
  | 'enqueueNotice'
  | 'gather'
  | 'claim'
  | 'holds'
  | 'settle'
  | 'nextDue'
  | 'deliveries'
  | 'posting'
  | 'savePosting'
>;
/** One channel's outbox: what is not at its end, in order, and who works on it until when. */
export interface MemoryLane {
  readonly open: Sent[];
  readyAt: number;
  /** It waits because the platform asked for it. */
  asked?: boolean | undefined;
  leaseUntil: number;
  owner: string;
}

const key = (...parts: readonly string[]) => parts.join('\n');
const stateAfter = { sent: 'sent', retry: 'ready', unknown: 'unknown', dead: 'dead', superseded: 'superseded' } as const;

export function memoryOutbox(memory: Memory): Part {
  return { ...spreading(memory), ...working(memory), ...postingsOf(memory) };
}

function spreading(memory: Memory): Pick<Store, 'expand' | 'enqueue' | 'enqueueDigest' | 'enqueueNotice' | 'gather'> {
  const { alerts, channels, messages } = memory;
  return {
    expand: async (limit, plan) => {
      const spread = alerts.find((one) => !one.expanded);
      if (!spread) return 0;
      const subject = spread.alert.event.id;
      const next = lanesOf(memory, subject)
        .filter((lane) => lane > spread.expandedTo)
        .slice(0, limit);
      insert(
        memory,
        plan(
          spread.alert,
          next.flatMap((lane) => viewOf(memory, lane, spread.alert) ?? []),
        ),
      );
      spread.expandedTo = next.at(-1) ?? spread.expandedTo;
      spread.expanded = next.length < limit;
      return Math.max(1, next.length);
    },
    enqueue: async (given, list) => {
      for (const [id, message] of Object.entries(given)) if (!messages.has(id)) messages.set(id, message);
      insert(memory, list);
    },
    enqueueDigest: async (channel, message, delivery) => {
      const known = channels.get(channel.lane);
      if (!known) return;
      if (message && delivery) {
        if (!messages.has(delivery.messageId)) messages.set(delivery.messageId, message);
        insert(memory, [delivery]);
      }
      channels.set(channel.lane, replanned(known, channel.digest));
    },
    gather: async (lane, now, gather) => {
      const waiting = (memory.lanes.get(lane)?.open ?? []).filter(
        ({ state, delivery }) => state === 'ready' && delivery.act === 'post' && delivery.living && delivery.notBefore <= now,
      );
      const withMessages = waiting.flatMap(({ delivery }) => {
        const message = messages.get(delivery.messageId);
        return message ? [{ delivery, message }] : [];
      });
      const together = gather(withMessages);
      if (!together) return false;
      const { told, message, delivery } = together;
      for (const { key: ended } of told) {
        const { open = [] } = memory.lanes.get(lane) ?? {};
        const at = open.findIndex((sent) => sent.delivery.key === ended);
        for (const sent of at < 0 ? [] : open.splice(at, 1)) sent.state = 'superseded';
      }
      for (const { subject, revision } of told) {
        const at = key(lane, subject);
        if (!memory.postings.has(at))
          memory.postings.set(at, { lane, subject, ref: { channel: '', id: '', listed: true }, revision, acks: [] });
      }
      messages.set(delivery.messageId, message);
      insert(memory, [delivery]);
      return true;
    },
    enqueueNotice: async (unseen, message, delivery) => {
      const known = channels.get(delivery.lane);
      if (!known) return;
      if (!messages.has(delivery.messageId)) messages.set(delivery.messageId, message);
      insert(memory, [delivery]);
      channels.set(delivery.lane, informed(known, unseen));
    },
  };
}

/** Channels that asked for anything, and those that hold the event's message or wait for it. */
function lanesOf({ subscriptions, postings, lanes }: Memory, subject: string): readonly string[] {
  const asking = [...subscriptions.values()].map(({ lane }) => lane);
  const holding = [...postings.values()].filter((posting) => posting.subject === subject).map(({ lane }) => lane);
  const waiting = [...lanes].filter(([, { open }]) => open.some((sent) => sent.delivery.subject === subject)).map(([lane]) => lane);
  return [...new Set([...asking, ...holding, ...waiting])].sort();
}

function viewOf({ channels, subscriptions, postings, lanes }: Memory, lane: string, { event, under }: Alert): LaneView | undefined {
  const subject = event.id;
  const covered = under !== undefined && postings.has(key(lane, under));
  const channel = channels.get(lane);
  const posting = postings.get(key(lane, subject));
  const mine = [...subscriptions.values()].filter((one) => one.lane === lane).sort((a, b) => (a.id < b.id ? -1 : 1));
  const pending = lanes.get(lane)?.open.some((sent) => sent.delivery.subject === subject) ?? false;
  return channel && { channel, subscriptions: mine, pending, ...(posting && { posting }), ...(covered && { covered }) };
}

function insert({ deliveries, lanes }: Memory, list: readonly Delivery[]): void {
  for (const { lane, subject, act, revision } of list)
    if (act === 'edit')
      supersede(lanes.get(lane), (older) => older.subject === subject && older.revision < revision && older.act !== 'post');
  for (const delivery of list) {
    if (deliveries.has(delivery.key)) continue;
    const sent: Sent = { delivery, state: 'ready', attempts: 0, changedAt: delivery.notBefore };
    deliveries.set(delivery.key, sent);
    const lane = lanes.get(delivery.lane) ?? { open: [], readyAt: 0, leaseUntil: 0, owner: '' };
    lane.open.push(sent);
    lanes.set(delivery.lane, lane);
    if (delivery.urgent) hurry(lane, delivery);
  }
}

/** What may have arrived of the same subject goes before it, and back-off after other failures does not hold it up; what the platform asked for does. */
function hurry(lane: MemoryLane, { subject, notBefore }: Delivery): void {
  for (const sent of lane.open)
    if (sent.delivery.subject === subject && (sent.state === 'sending' || sent.state === 'unknown'))
      Object.assign(sent, { delivery: { ...sent.delivery, urgent: true } });
  if (!lane.asked) lane.readyAt = Math.min(lane.readyAt, notBefore);
}

function isUrgent({ open }: MemoryLane): boolean {
  return open.some(({ delivery }) => delivery.urgent);
}

function supersede(lane: MemoryLane | undefined, isOvertaken: (delivery: Delivery) => boolean): void {
  for (const sent of lane?.open.filter(({ state, delivery }) => state === 'ready' && isOvertaken(delivery)) ?? []) {
    sent.state = 'superseded';
    lane?.open.splice(lane.open.indexOf(sent), 1);
  }
}

/** When the lane's first delivery becomes due; never while there is none. */
function dueAt({ open, readyAt }: MemoryLane): number {
  return Math.max(
    readyAt,
    open.reduce((first, { delivery }) => Math.min(first, delivery.notBefore), Number.POSITIVE_INFINITY),
  );
}

/** Times that a clock wrote which ran ahead. */
function mendClock(lane: MemoryLane, hasQuiet: boolean, { now, leaseMs }: Parameters<Store['claim']>[0]): void {
  if (lane.readyAt > now + longestRest) lane.readyAt = now;
  if (lane.leaseUntil > now + leaseMs + clocksDiffer) Object.assign(lane, { leaseUntil: 0, owner: '' });
  const furthest = now + (hasQuiet ? longestQuiet : longestRest);
  for (const sent of lane.open) if (sent.delivery.notBefore > furthest) sent.delivery = { ...sent.delivery, notBefore: now };
}

function working(memory: Memory): Pick<Store, 'claim' | 'holds' | 'settle' | 'nextDue'> {
  const { deliveries, messages, postings, lanes } = memory;
  const served = (platforms: readonly string[]) => [...lanes].filter(([lane]) => platforms.includes(platformOf(lane)));

  const take = (lane: MemoryLane, { owner, now, leaseMs }: Parameters<Store['claim']>[0]): readonly Claimed[] => {
    const due = lane.open.filter((one) => one.delivery.notBefore <= now);
    const sent = due.find((one) => one.delivery.urgent) ?? due[0];
    if (!sent) return [];
    const message = messages.get(sent.delivery.messageId);
    if (!message) {
      Object.assign(sent, { state: 'dead', reason: 'its message is no longer kept', changedAt: now });
      lane.open.splice(lane.open.indexOf(sent), 1);
      return [];
    }
    // What was being sent when its lease ran out may have arrived.
    if (sent.state === 'sending') sent.unknownSince ??= sent.changedAt;
    Object.assign(sent, { state: 'sending', attempts: sent.attempts + 1, changedAt: now });
    Object.assign(lane, { leaseUntil: now + leaseMs, owner });
    const { delivery, attempts, unknownSince } = sent;
    const posting = postings.get(key(delivery.lane, delivery.subject));
    const known = { ...(posting && { posting }), ...(unknownSince !== undefined && { unknownSince }) };
    return [{ delivery, message, attempts, leaseUntil: lane.leaseUntil, ...known }];
  };

  const end = (lane: MemoryLane, sent: Sent, settlement: Settlement, now: Instant) => {
    const { delivery } = sent;
    const state: DeliveryState = stateAfter[settlement.kind];
    const unknownSince = settlement.kind === 'unknown' ? (sent.unknownSince ?? now) : undefined;
    const reason = 'reason' in settlement ? settlement.reason : undefined;
    const attempts = settlement.kind === 'retry' && settlement.asked ? sent.attempts - 1 : sent.attempts;
    Object.assign(sent, { state, unknownSince, reason, attempts, changedAt: now });
    if (state !== 'ready' && state !== 'unknown' && lane.open.includes(sent)) lane.open.splice(lane.open.indexOf(sent), 1);
    const { lane: id, subject, revision } = delivery;
    const known = postings.get(key(id, subject));
    if (known && settlement.kind === 'dead' && settlement.gone)
      postings.set(key(id, subject), { ...known, ref: { ...known.ref, removed: true } });
    if (settlement.kind !== 'sent' || !delivery.living) return;
    // Told late by one who lost the lane: the message that stands is newer.
    if (known && known.revision > revision) return;
    postings.set(key(id, subject), { lane: id, subject, ref: settlement.ref, revision, acks: known?.acks ?? [] });
    supersede(lane, (older) => older.subject === subject && older.revision < revision && (older.living || older.act === 'reply'));
  };

  return {
    claim: async (ask) => {
      for (const [id, lane] of lanes) mendClock(lane, memory.channels.get(id)?.quiet !== undefined, ask);
      return served(ask.platforms)
        .filter(([, lane]) => lane.leaseUntil <= ask.now && dueAt(lane) <= ask.now)
        .sort(([a, one], [b, other]) => Number(isUrgent(other)) - Number(isUrgent(one)) || dueAt(one) - dueAt(other) || (a < b ? -1 : 1))
        .slice(0, ask.limit)
        .flatMap(([, lane]) => take(lane, ask));
    },
    holds: async (owner, lane, now) => lanes.get(lane)?.owner === owner && (lanes.get(lane)?.leaseUntil ?? 0) > now,
    settle: async (owner, delivery, settlement, now) => {
      const sent = deliveries.get(delivery.key);
      const lane = lanes.get(delivery.lane);
      if (!sent || !lane) return;
      const holds = lane.owner === owner;
      if (settlement.kind === 'sent' || (holds && sent.state === 'sending')) end(lane, sent, settlement, now);
      const asked = 'asked' in settlement && settlement.asked;
      if (holds) Object.assign(lane, { asked, readyAt: 'at' in settlement ? settlement.at : now, leaseUntil: 0, owner: '' });
    },
    nextDue: async (platforms) => {
      const due = Math.min(...served(platforms).map(([, lane]) => Math.max(dueAt(lane), lane.leaseUntil)));
      return Number.isFinite(due) ? due : undefined;
    },
  };
}

function postingsOf({ deliveries, postings }: Memory): Pick<Store, 'deliveries' | 'posting' | 'savePosting'> {
  return {
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
