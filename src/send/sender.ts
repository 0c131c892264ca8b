/** The sender: spreads alerts over channels, and works off what is due, lane by lane. */
import type { Alert, Delivery, Instant, PlatformName } from '../model.ts';
import type { ChatPlatform, Claimed, Clock, LaneView, Observe, Random, Store } from '../ports.ts';
import { type DeliverSettings, deliver } from './deliver.ts';

export interface Sender {
  /** Spreads and sends until nothing is due now. */
  drain(): Promise<void>;
  /** Works until the signal aborts; what is under way is finished. */
  run(signal: AbortSignal): Promise<void>;
  /** Something new may be due. */
  wake(): void;
}

export interface SenderSettings extends DeliverSettings {
  readonly leaseMs: number;
  /** Channels served at the same time. */
  readonly parallel: number;
  /** Which channels hear of an alert, how and when. */
  plan(alert: Alert, lanes: readonly LaneView[], now: Instant): readonly Delivery[];
}

interface SenderPorts {
  readonly store: Store;
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: Observe;
}

/** Channels looked at in one transaction: more would keep a command waiting. */
const fanOut = 500;
const longestSleep = 5_000;

export function createSender(ports: SenderPorts, settings: SenderSettings): Sender {
  const { store, platforms, clock, observe } = ports;
  const names = [...platforms.keys()];
  let woken = new AbortController();

  const spread = () => store.expand(fanOut, ({ alert }, lanes) => settings.plan(alert, lanes, clock.now()));

  const work = async (claimed: Claimed): Promise<void> => {
    const platform = platforms.get((claimed.delivery.lane.split(':')[0] ?? '') as PlatformName);
    if (!platform) return;
    const settlement = await deliver(platform, claimed, settings, ports).catch((bug: unknown) => {
      observe.log('error', 'delivery broke off', {
        key: claimed.delivery.key,
        error: bug instanceof Error ? (bug.stack ?? bug.message) : String(bug),
      });
      return { kind: 'unknown', at: clock.now() + 60_000, reason: 'an error of Attaché itself, see the log' } as const;
    });
    if (!settlement) return;
    if (settlement.kind !== 'sent')
      observe.log(settlement.kind === 'dead' ? 'warn' : 'info', `delivery ${settlement.kind}`, {
        lane: claimed.delivery.lane,
        reason: settlement.reason,
      });
    await store.settle(settings.owner, claimed.delivery, settlement, clock.now());
  };

  /** One round: some of the fan-out, then every lane that is due. Gives how much there was to do. */
  const step = async (underWay: Set<Promise<void>>): Promise<number> => {
    const spreadTo = await spread();
    const free = settings.parallel - underWay.size;
    const claimed =
      free > 0
        ? await store.claim({ owner: settings.owner, now: clock.now(), leaseMs: settings.leaseMs, limit: free, platforms: names })
        : [];
    for (const one of claimed) {
      const job: Promise<void> = work(one).finally(() => underWay.delete(job));
      underWay.add(job);
    }
    // The event loop gets its turn between transactions: node:sqlite is synchronous, and commands are waiting.
    await new Promise<void>((next) => setImmediate(next));
    return spreadTo + claimed.length;
  };

  return {
    wake: () => woken.abort(),
    drain: async () => {
      const underWay = new Set<Promise<void>>();
      while ((await step(underWay)) > 0 || underWay.size > 0)
        if (underWay.size >= settings.parallel || underWay.size > 0) await Promise.race(underWay);
    },
    run: async (signal) => {
      const underWay = new Set<Promise<void>>();
      while (!signal.aborted) {
        woken = new AbortController();
        const busy = await step(underWay);
        if (busy > 0) continue;
        if (underWay.size > 0) {
          await Promise.race([...underWay, clock.sleep(50, signal)]);
          continue;
        }
        const due = await store.nextDue(names);
        const wait = Math.min(longestSleep, Math.max(10, (due ?? Number.POSITIVE_INFINITY) - clock.now()));
        await clock.sleep(wait, AbortSignal.any([signal, woken.signal]));
      }
      await Promise.all(underWay);
    },
  };
}
