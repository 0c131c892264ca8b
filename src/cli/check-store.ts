/** What `attache doctor` says of the database, and whom it serves. */
import type { Config } from '../config.ts';
import type { LaneId } from '../model/channel.ts';
import type { FeedCursor } from '../ports/feed-store.ts';
import type { CheckResult, StoreStats } from '../ports/operator.ts';
import type { Undelivered } from '../ports/outbox.ts';
import type { StoreReading } from '../ports/store.ts';
import { hasStore, openToRead, type StoreChoice } from './open-store.ts';
import { Failure } from './setup.ts';

export interface StoreCheck {
  readonly found: readonly CheckResult[];
  /** Absent where there is none yet, or it cannot be had now. */
  readonly store?: StoreReading;
  /** How each source was read last; absent where that cannot be known now. */
  readonly cursors?: readonly FeedCursor[];
  /** Channels that subscribed to something. */
  readonly subscribed: readonly LaneId[];
  /** Those of them whose last message did not arrive. */
  readonly undelivered: readonly Undelivered[];
}

const about = 'database';

/** For this long a loss is named (ms). */
const toldFor = 7 * 24 * 3_600_000;

const utc = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What was found at a start where the database's log of writes was deleted after a kill. */
export function lossLine({ since, until }: NonNullable<StoreStats['lost']>): string {
  const from = since > 0 ? `after ${utc(since)}` : 'last';
  return `the file -wal beside the database was deleted while no bot ran, found on ${utc(until)}: what was stored ${from} is gone; look whether subscriptions made then are there, and never delete that file`;
}

/** The store stays open: whoever asked closes it. */
export async function checkStore(config: Config, choice: StoreChoice): Promise<StoreCheck> {
  const without = (one: Omit<CheckResult, 'subject'>): StoreCheck => ({
    found: [{ subject: about, ...one }],
    subscribed: [],
    undelivered: [],
  });
  if (!hasStore(config, choice)) return { ...without({ state: 'ok', message: 'none yet; the first start makes it' }), cursors: [] };
  const found = await openToRead(config, choice).catch((error: unknown) => {
    if (error instanceof Failure) return error;
    throw error;
  });
  if (found instanceof Failure) {
    const isHeld = /in use by another/.test(found.message);
    return without(
      isHeld
        ? {
            state: 'note',
            message: 'a running bot holds it and does not answer: what stands in it is not looked at',
            fix: 'ask the bot: status; or stop it first',
          }
        : { state: 'wrong', message: found.message },
    );
  }
  const { store: opened, beside } = found;
  const { schema, bytes, lost } = await opened.stats();
  const where = config.secrets.databaseUrl ? 'PostgreSQL' : `SQLite in ${choice.database ?? config.settings.database}`;
  const subscribed = await subscribedLanes(opened);
  const undelivered = (await opened.undelivered()).filter(({ lane }) => subscribed.includes(lane));
  const { ready, unknown, dead } = await opened.deliveries({});
  const says = `${where}, schema ${schema}, ${(bytes / 1e6).toFixed(1)} MB; subscribed channels: ${subscribed.length}; messages waiting: ${ready + unknown}, given up: ${dead}${beside ? '; a running bot holds it and was asked' : ''}`;
  const losses: readonly CheckResult[] =
    lost && Date.now() - lost.until < toldFor ? [{ subject: about, state: 'note', message: lossLine(lost) }] : [];
  return {
    found: [{ subject: about, state: 'ok', message: says }, ...losses],
    store: opened,
    cursors: await opened.cursors(),
    subscribed,
    undelivered,
  };
}

async function subscribedLanes(store: StoreReading): Promise<readonly LaneId[]> {
  const found: LaneId[] = [];
  for (let page = await store.channels(undefined, 500); page.length > 0; page = await store.channels(page.at(-1)?.lane, 500))
    for (const { lane } of page) if ((await store.subscriptions(lane)).length > 0) found.push(lane);
  return found;
}
