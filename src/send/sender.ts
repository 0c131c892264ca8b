import type { Alert } from '../model/alert.ts';
import type { Instant } from '../model/basics.ts';
import type { PlatformName } from '../model/channel.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Clock, Observe, Random } from '../ports/clock.ts';
import type { ChannelView, ClaimedDelivery, Settlement } from '../ports/outbox.ts';
import type { ChatPlatform } from '../ports/platform.ts';
import { type Store, StoreUnavailable } from '../ports/store.ts';
import { bundle } from './bundle.ts';
import { type DeliverSettings, deliver } from './deliver.ts';
import { repostOf } from './repost.ts';

export interface Sender {
  /**
   * Runs one round: part of the fan-out, and every due lane that a worker is free for. Returns how
   * much was done.
   */
  step(): Promise<number>;
  /** Runs rounds until nothing is due now. */
  drain(): Promise<void>;
  /**
   * Runs until the signal aborts, then finishes what has begun. If the store fails, it logs and
   * retries.
   */
  run(signal: AbortSignal): Promise<void>;
  /** Wakes the loop: something new may be due. */
  wake(): void;
}

export interface SenderSettings extends DeliverSettings {
  /** Unique to this process. */
  readonly owner: string;
  /** How long a worker holds a lane (ms); longer than the slowest send. */
  readonly leaseMs: number;
  /** Channels served at once per platform, so that waiting on one platform holds up no other. */
  readonly parallel: number;
  /** Which channels get an alert, how and when. */
  plan(alert: Alert, lanes: readonly ChannelView[], now: Instant): readonly Delivery[];
}

interface SenderPorts {
  readonly store: Store;
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: Observe;
  /** Is told of each delivery that was sent and stored as such. */
  readonly onSent?: (delivery: Delivery) => void;
}

/** Channels visited in one transaction: a command waits about 150 ms behind one. */
const fanOut = 2000;
/** The longest sleep between rounds, and the pause after a failure of the store (ms). */
const longestSleep = 5_000;
/** Pause after a bug (ms): long enough to read the log, and the alert is not lost. */
const afterBug = 60_000;
/** A delivery that ends in a bug this often is set aside, so that its channel goes on. */
const mostBugs = 3;

function firstLine(bug: unknown): string {
  return (bug instanceof Error ? bug.message : String(bug)).split('\n')[0]?.slice(0, 200) ?? '';
}

export function createSender(ports: SenderPorts, settings: SenderSettings): Sender {
  const { store, platforms, clock, observe } = ports;
  const names = [...platforms.keys()];
  const underWay = new Map<Promise<void>, string>();
  /**
   * Bugs per delivery in this process: a restart, which may bring the fix, starts counting again.
   */
  const broke = new Map<string, number>();
  let woken = new AbortController();
  let claims = 0;

  const report = (event: string, bug: unknown, fields: Readonly<Record<string, unknown>> = {}) =>
    observe.log('error', event, { ...fields, error: bug instanceof Error ? (bug.stack ?? bug.message) : String(bug) });

  /** Bundles or delivers; returns undefined if the lane was lost before the call. */
  const bundleOrDeliver = async (platform: ChatPlatform, claimed: ClaimedDelivery, owner: string): Promise<Settlement | undefined> => {
    const { delivery } = claimed;
    const isFirst = delivery.act === 'post' && delivery.living && claimed.unknownSince === undefined;
    const gathered = isFirst && (await store.bundlePosts(delivery.lane, clock.now(), (waiting) => bundle(claimed, waiting, clock.now())));
    if (gathered) return { kind: 'superseded', reason: 'told together with others' };
    return deliver(platform, claimed, { ...settings, owner }, ports).catch((failure: unknown) => {
      // The store is used only before the call to the platform, so nothing was sent.
      if (failure instanceof StoreUnavailable) return { kind: 'retry', at: clock.now(), reason: failure.message, asked: true };
      throw failure;
    });
  };

  /**
   * An exception is a bug: retries later, and sets the delivery aside before it blocks its channel
   * for long.
   */
  const afterException = ({ delivery: { key, lane } }: ClaimedDelivery, bug: unknown): Settlement => {
    if (bug instanceof StoreUnavailable) throw bug;
    report('delivery broke off', bug, { key });
    const count = (broke.get(key) ?? 0) + 1;
    broke.set(key, count);
    if (count < mostBugs) return { kind: 'unknown', at: clock.now() + afterBug, reason: 'an error of Attaché itself, see the log' };
    broke.delete(key);
    const reason = `set aside after ${count} errors of Attaché itself: ${firstLine(bug)}`;
    observe.log('error', 'delivery set aside', { lane, key, reason });
    return { kind: 'dead', reason };
  };

  const settle = async (claimed: ClaimedDelivery, settlement: Settlement, owner: string): Promise<void> => {
    const { delivery } = claimed;
    if (settlement.kind !== 'sent')
      observe.log(settlement.kind === 'dead' ? 'warn' : 'info', `delivery ${settlement.kind}`, {
        lane: delivery.lane,
        reason: settlement.reason,
      });
    // Before the edit is settled: in between, a crash would lose the news.
    const again = settlement.kind === 'dead' && settlement.gone ? await repostOf(delivery, store) : undefined;
    if (again) await store.enqueue({}, [again]);
    await store.settle(owner, delivery, settlement, clock.now());
    if (settlement.kind === 'sent') ports.onSent?.(delivery);
  };

  const work = async (claimed: ClaimedDelivery, owner: string): Promise<void> => {
    const platform = platforms.get((claimed.delivery.lane.split(':')[0] ?? '') as PlatformName);
    if (!platform) return;
    try {
      const settlement = await bundleOrDeliver(platform, claimed, owner);
      if (settlement) await settle(claimed, settlement, owner);
      if (settlement) broke.delete(claimed.delivery.key);
    } catch (bug) {
      await settle(claimed, afterException(claimed, bug), owner);
    }
  };

  const handsFor = (name: PlatformName) => settings.parallel - [...underWay.values()].filter((busy) => busy === name).length;

  const begin = async (name: PlatformName): Promise<number> => {
    const limit = handsFor(name);
    if (limit <= 0) return 0;
    claims += 1;
    const owner = `${settings.owner}/${claims}`;
    const claimed = await store.claim({ owner, now: clock.now(), leaseMs: settings.leaseMs, limit, platforms: [name] });
    for (const one of claimed) {
      // What could not be settled stays `sending`, and is looked up once its lease has expired.
      const job: Promise<void> = work(one, owner)
        .catch((failure: unknown) => report('delivery not settled', failure, { key: one.delivery.key }))
        .finally(() => underWay.delete(job));
      underWay.set(job, name);
    }
    return claimed.length;
  };

  const step = async (): Promise<number> => {
    let done = await store.expand(fanOut, (alert, lanes) => settings.plan(alert, lanes, clock.now()));
    for (const name of names) done += await begin(name);
    // Yields to the event loop between transactions: node:sqlite is synchronous, and commands are
    // waiting.
    await new Promise<void>((next) => setImmediate(next));
    return done;
  };

  /** Waits until a channel is done, something new may be due, or the time is up. */
  const pause = async (signal: AbortSignal) => {
    const free = names.filter((name) => handsFor(name) > 0);
    const due = free.length > 0 ? await store.nextDue(free) : undefined;
    const wait = Math.min(longestSleep, Math.max(10, (due ?? Number.POSITIVE_INFINITY) - clock.now()));
    const done = new AbortController();
    await Promise.race([...underWay.keys(), clock.sleep(wait, AbortSignal.any([signal, woken.signal, done.signal]))]);
    done.abort();
  };

  return {
    step,
    wake: () => woken.abort(),
    drain: async () => {
      for (;;) {
        if ((await step()) > 0) continue;
        if (underWay.size === 0) break;
        await Promise.race(underWay.keys());
      }
    },
    run: async (signal) => {
      while (!signal.aborted) {
        woken = new AbortController();
        try {
          if ((await step()) === 0) await pause(signal);
        } catch (failure) {
          // An unreachable database is logged elsewhere, once.
          if (!(failure instanceof StoreUnavailable)) report('sending broke off', failure);
          await clock.sleep(longestSleep, signal);
        }
      }
      await Promise.all(underWay.keys());
    },
  };
}
