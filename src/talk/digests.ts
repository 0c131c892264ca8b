/** Scheduled digests: written when due, put into the outbox like anything else, one for the whole of what was missed. */
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

/** Channels taken from the store at once. */
const atOnce = 200;
const mostEvents = 500;

export interface Digests {
  /** Writes every digest that is due; gives how many. */
  runDue(): Promise<number>;
}

/** Events of a span, and those before it that have not ended. */
interface Spans {
  readonly since: (from: Instant) => Promise<readonly NewsEvent[]>;
  readonly before: (from: Instant) => Promise<readonly NewsEvent[]>;
}

/** An event that nobody reported for this long is no longer listed as open (ms). */
const openFor = 21 * 24 * 3_600_000;

export function createDigests(ports: TalkPorts, sight: Pick<SourceHealth, 'counts'>): Digests {
  const { store, clock } = ports;
  const watch = clockWatch();
  return {
    runDue: async () => {
      const to = clock.now();
      if (watch.isDue(to)) await mendClock(to, ports);
      // Many channels ask for the same span: those that were written together last time.
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

/** How often all plans are looked at, unless the clock was seen to step back (ms). */
const lookEvery = 10 * 60_000;
/** Channels read at once. */
const page = 500;

/** Whether it is time to look: at the first run, after the clock stepped back, and now and then. */
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

/** A plan that lies behind the next run from now was written by a clock that ran ahead: its channel would miss the digests up to there. */
async function mendClock(now: Instant, { store, schedule }: TalkPorts): Promise<void> {
  // Most channels share a few plans.
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

/** Puts one channel's digest into the outbox together with its next run. A paused channel and one that watches nothing get none. */
async function write(
  lane: LaneId,
  to: Instant,
  spans: Spans,
  { store, schedule, places }: TalkPorts,
  sight: Pick<SourceHealth, 'counts'>,
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

/** The channel with its next run: the first after now, so that a missed window is caught up by one digest. */
function planned(channel: Channel, digest: DigestPlan, to: Instant, schedule: Schedule): Channel {
  const next = schedule.next(digest.cron, channel.zone, to);
  const { digest: _, ...rest } = channel;
  return 'at' in next ? { ...rest, digest: { cron: digest.cron, nextRunAt: next.at, coveredUntil: to } } : rest;
}

/** The planned run makes the key, so that two processes write one digest. */
function deliveryOf(lane: LaneId, { nextRunAt }: DigestPlan, notBefore: Instant): Delivery {
  return makeDelivery({ lane, subject: `digest ${nextRunAt}`, message: { own: 'digest' }, notBefore });
}

/** Told, and neither lifted nor corrected since. Advice is a state that stands for years, and an attack is over. */
function isStillOpen({ state, alertedRevision, finding }: NewsEvent): boolean {
  return state === 'open' && alertedRevision !== undefined && isLiftable(finding.kind);
}

/** What a subscription asks for, and advice that was reissued unchanged, which never alerts and belongs here. */
function wants(subscriptions: readonly Subscription[], event: NewsEvent, name: (code: string) => string, now: Instant): boolean {
  return subscriptions.some(({ filter, pausedUntil }) => {
    if ((pausedUntil ?? 0) > now) return false;
    return matches(event.finding.severity === 0 ? { ...filter, min: 0 } : filter, event, name);
  });
}
