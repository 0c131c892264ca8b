/** Scheduled digests: written to the outbox when due; one digest covers all missed runs. */
import { isLiftable } from '../kinds.ts';
import { makeDelivery } from '../match/fan-out.ts';
import { matches } from '../match/filter.ts';
import type { Instant } from '../model/basics.ts';
import type { Channel, DigestPlan, LaneId, Subscription } from '../model/channel.ts';
import type { Delivery } from '../model/delivery.ts';
import type { NewsEvent } from '../model/event.ts';
import { digestMessage } from '../phrase/digest.ts';
import type { Schedule } from '../ports/clock.ts';
import type { TalkPorts } from './command.ts';
import type { SourceHealth } from './coverage.ts';
import { unwatchedIn } from './unwatched.ts';

/** Channels read from the store per page. */
const atOnce = 200;
const mostEvents = 500;

export interface Digests {
  /** Writes every digest that is due; returns how many. */
  runDue(): Promise<number>;
}

/** Events of a period, and earlier ones that are still open. */
interface Spans {
  readonly since: (from: Instant) => Promise<readonly NewsEvent[]>;
  readonly before: (from: Instant) => Promise<readonly NewsEvent[]>;
}

/** An event without reports for this long is no longer listed as open (ms). */
const openFor = 21 * 24 * 3_600_000;

export function createDigests(ports: TalkPorts, sight: Pick<SourceHealth, 'counts'>): Digests {
  const { store, clock } = ports;
  const watch = clockWatch();
  return {
    runDue: async () => {
      const to = clock.now();
      if (watch.isDue(to)) await mendClock(to, ports);
      // Cached, as many channels need the same period: those whose last digests were written
      // together.
      const once = (ask: (from: Instant) => Promise<readonly NewsEvent[]>) => {
        const asked = new Map<Instant, Promise<readonly NewsEvent[]>>();
        return (from: Instant) => {
          const known = asked.get(from) ?? ask(from);
          asked.set(from, known);
          return known;
        };
      };
      const spans: Spans = {
        since: once((from) => store.events({ since: from, until: to, limit: mostEvents })),
        before: once(async (from) => {
          const events = await store.events({ since: from - openFor, until: from - 1, minSeverity: 3, limit: mostEvents });
          return events.filter(isStillOpen);
        }),
      };
      let written = 0;
      for (let due = await store.digestsDue(to, atOnce); due.length > 0; due = await store.digestsDue(to, atOnce)) {
        for (const { lane } of due) if (await write(lane, to, spans, ports, sight)) written += 1;
      }
      return written;
    },
  };
}

/** How often all plans are checked, unless the clock stepped back (ms). */
const lookEvery = 10 * 60_000;
/** Channels read per page. */
const page = 500;

/** Whether plans need a check: at the first run, after the clock stepped back, and periodically. */
function clockWatch(): { isDue(now: Instant): boolean } {
  let last = Number.POSITIVE_INFINITY;
  let looked = Number.NEGATIVE_INFINITY;
  return {
    isDue: (now) => {
      const isDue = now < last || now - looked >= lookEvery;
      last = now;
      if (isDue) looked = now;
      return isDue;
    },
  };
}

/**
 * Corrects plans later than the next run from now: a clock ahead wrote them, and their channels
 * would miss digests until then.
 */
async function mendClock(now: Instant, { store, schedule }: TalkPorts): Promise<void> {
  // Cached, as most channels share a few plans.
  const known = new Map<string, Instant | undefined>();
  const nextRun = (cron: string, zone: string): Instant | undefined => {
    const key = `${zone} ${cron}`;
    if (known.has(key)) return known.get(key);
    const next = schedule.next(cron, zone, now);
    const at = 'at' in next ? next.at : undefined;
    known.set(key, at);
    return at;
  };
  for (let some = await store.channels(undefined, page); some.length > 0; some = await store.channels(some.at(-1)?.lane, page)) {
    for (const channel of some) {
      const { digest } = channel;
      const latest = digest && nextRun(digest.cron, channel.zone);
      if (!digest || latest === undefined || (digest.nextRunAt <= latest && digest.coveredUntil <= now)) continue;
      const bounded = { nextRunAt: Math.min(digest.nextRunAt, latest), coveredUntil: Math.min(digest.coveredUntil, now) };
      await store.enqueueDigest({ ...channel, digest: { ...digest, ...bounded } }, undefined, undefined);
    }
  }
}

/**
 * Enqueues one channel's digest together with its next run. Paused channels and those without
 * subscriptions get none.
 */
async function write(
  lane: LaneId,
  to: Instant,
  spans: Spans,
  { store, schedule, places }: TalkPorts,
  sight: Pick<SourceHealth, 'counts'>,
): Promise<boolean> {
  // Read again, as settings may have changed meanwhile.
  const channel = await store.channel(lane);
  if (!channel?.digest || channel.digest.nextRunAt > to) return false;
  const { digest, zone, language } = channel;
  const after = planned(channel, digest, to, schedule);
  const subscriptions = await store.subscriptions(lane);
  if (subscriptions.length === 0 || (channel.pausedUntil ?? 0) > to) {
    await store.enqueueDigest(after, undefined, undefined);
    return false;
  }
  const from = digest.coveredUntil;
  const events = (await spans.since(from)).filter((event) => wants(subscriptions, event, (code) => places.name(code), to));
  const stillOpen = (await spans.before(from)).filter((event) => wants(subscriptions, event, (code) => places.name(code), to));
  const message = digestMessage(
    { events, from, to, feeds: await sight.counts(), zone, unwatched: await unwatchedIn(store, from, to), stillOpen },
    { name: (code, other = language) => places.name(code, other), language },
  );
  await store.enqueueDigest(after, message, deliveryOf(lane, digest, to));
  return true;
}

/** Returns the channel with its next run after now, so that one digest covers all missed runs. */
function planned(channel: Channel, digest: DigestPlan, to: Instant, schedule: Schedule): Channel {
  const next = schedule.next(digest.cron, channel.zone, to);
  const { digest: _, ...rest } = channel;
  return 'at' in next ? { ...rest, digest: { cron: digest.cron, nextRunAt: next.at, coveredUntil: to } } : rest;
}

/** The key contains the planned run, so that two processes write only one digest. */
function deliveryOf(lane: LaneId, { nextRunAt }: DigestPlan, notBefore: Instant): Delivery {
  return makeDelivery({ lane, subject: `digest ${nextRunAt}`, message: { own: 'digest' }, notBefore });
}

/**
 * Alerted, and neither lifted nor corrected. Advice can last for years, and attacks are over at
 * once: both are excluded.
 */
function isStillOpen({ state, alertedRevision, finding }: NewsEvent): boolean {
  return state === 'open' && alertedRevision !== undefined && isLiftable(finding.kind);
}

/**
 * Whether a subscription matches; digests also include advice reissued unchanged, which never
 * alerts.
 */
function wants(subscriptions: readonly Subscription[], event: NewsEvent, name: (code: string) => string, now: Instant): boolean {
  return subscriptions.some(({ filter, pausedUntil }) => {
    if ((pausedUntil ?? 0) > now) return false;
    return matches(event.finding.severity === 0 ? { ...filter, min: 0 } : filter, event, name);
  });
}
