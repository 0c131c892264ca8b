/** The sender: spreads alerts over channels, and works off what is due, lane by lane. */
import type { Alert, Delivery, Instant, PlatformName } from '../model.ts';
import {
  type ChatPlatform,
  type Claimed,
  type Clock,
  type LaneView,
  type Observe,
  type Random,
  type Store,
  StoreUnavailable,
} from '../ports.ts';
import { postAgain } from './again.ts';
import { burstOf } from './burst.ts';
import { type DeliverSettings, deliver } from './deliver.ts';

export interface Sender {
  /** One round: some of the fan-out, and every lane that is due and that there is a hand for. Gives how much there was to do. */
  step(): Promise<number>;
  /** Spreads and sends until nothing is due now. */
  drain(): Promise<void>;
  /** Works until the signal aborts; what is under way is finished. A failing store is reported and asked again. */
  run(signal: AbortSignal): Promise<void>;
  /** Something new may be due. */
  wake(): void;
}

export interface SenderSettings extends DeliverSettings {
  /** This process: no other may go by the same name. */
  readonly owner: string;
  /** How long a worker holds a lane; longer than the slowest send. */
  readonly leaseMs: number;
  /** Channels of one platform served at the same time: who waits for its turn on one holds up nobody on another. */
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
/** How long it sleeps at most before it looks again, and how long after a failure of the store (ms). */
const longestSleep = 5_000;
/** After a bug of ours: long enough for the log to be read, and never a reason to lose the alert (ms). */
const afterBug = 60_000;

export function createSender(ports: SenderPorts, settings: SenderSettings): Sender {
  const { store, platforms, clock, observe } = ports;
  const names = [...platforms.keys()];
  const underWay = new Map<Promise<void>, string>();
  let woken = new AbortController();
  let claims = 0;

  const report = (event: string, bug: unknown, fields: Readonly<Record<string, unknown>> = {}) =>
    observe.log('error', event, { ...fields, error: bug instanceof Error ? (bug.stack ?? bug.message) : String(bug) });

  const work = async (claimed: Claimed, owner: string): Promise<void> => {
    const { key, lane } = claimed.delivery;
    const platform = platforms.get((lane.split(':')[0] ?? '') as PlatformName);
    if (!platform) return;
    const { delivery } = claimed;
    const isFirst = delivery.act === 'post' && delivery.living && claimed.unknownSince === undefined;
    const gathered = isFirst && (await store.gather(lane, clock.now(), (waiting) => burstOf(claimed, waiting, clock.now())));
    if (gathered) return store.settle(owner, delivery, { kind: 'superseded', reason: 'told together with others' }, clock.now());
    const settlement = await deliver(platform, claimed, { ...settings, owner }, ports).catch((bug: unknown) => {
      // The store is asked before the call to the platform only: nothing was sent.
      if (bug instanceof StoreUnavailable) return { kind: 'retry', at: clock.now(), reason: bug.message, asked: true } as const;
      report('delivery broke off', bug, { key });
      return { kind: 'unknown', at: clock.now() + afterBug, reason: 'an error of Attaché itself, see the log' } as const;
    });
    if (!settlement) return;
    if (settlement.kind !== 'sent')
      observe.log(settlement.kind === 'dead' ? 'warn' : 'info', `delivery ${settlement.kind}`, { lane, reason: settlement.reason });
    // Before the edit is settled: in between, a crash would lose the news.
    const again = settlement.kind === 'dead' && settlement.gone ? await postAgain(claimed.delivery, store) : undefined;
    if (again) await store.enqueue({}, [again]);
    await store.settle(owner, claimed.delivery, settlement, clock.now());
  };

  const handsFor = (name: PlatformName) => settings.parallel - [...underWay.values()].filter((busy) => busy === name).length;

  const begin = async (name: PlatformName): Promise<number> => {
    const limit = handsFor(name);
    if (limit <= 0) return 0;
    claims += 1;
    const owner = `${settings.owner}/${claims}`;
    const claimed = await store.claim({ owner, now: clock.now(), leaseMs: settings.leaseMs, limit, platforms: [name] });
    for (const one of claimed) {
      // What could not be settled stays `sending`: once its lease has run out it is looked up.
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
    // The event loop gets its turn between transactions: node:sqlite is synchronous, and commands are waiting.
    await new Promise<void>((next) => setImmediate(next));
    return done;
  };

  /** Until a channel is done, something new may be due, or the time is over. */
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
          // A database that is away is reported by itself, once.
          if (!(failure instanceof StoreUnavailable)) report('sending broke off', failure);
          await clock.sleep(longestSleep, signal);
        }
      }
      await Promise.all(underWay.keys());
    },
  };
}
