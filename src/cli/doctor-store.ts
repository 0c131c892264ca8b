/** What `attache doctor` says of the database, and whom it serves. */
import type { Config } from '../config.ts';
import type { LaneId } from '../model.ts';
import type { Checked, FeedCursor, StoreReading, Undelivered } from '../ports.ts';
import { hasStore, openToRead, type StoreChoice } from './open.ts';
import { Failure } from './wire.ts';

export interface Databased {
  readonly found: readonly Checked[];
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

/** The store stays open: whoever asked closes it. */
export async function databased(config: Config, choice: StoreChoice): Promise<Databased> {
  const without = (one: Omit<Checked, 'about'>): Databased => ({ found: [{ about, ...one }], subscribed: [], undelivered: [] });
  if (!hasStore(config, choice)) return { ...without({ state: 'ok', says: 'none yet; the first start makes it' }), cursors: [] };
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
            says: 'a running bot holds it and does not answer: what stands in it is not looked at',
            mend: 'ask the bot: status; or stop it first',
          }
        : { state: 'wrong', says: found.message },
    );
  }
  const { store: opened, beside } = found;
  const { schema, bytes } = await opened.standing();
  const where = config.secrets.databaseUrl ? 'PostgreSQL' : `SQLite in ${choice.database ?? config.settings.database}`;
  const subscribed = await subscribedLanes(opened);
  const undelivered = (await opened.undelivered()).filter(({ lane }) => subscribed.includes(lane));
  const { ready, unknown, dead } = await opened.deliveries({});
  const says = `${where}, schema ${schema}, ${(bytes / 1e6).toFixed(1)} MB; subscribed channels: ${subscribed.length}; messages waiting: ${ready + unknown}, given up: ${dead}${beside ? '; a running bot holds it and was asked' : ''}`;
  return { found: [{ about, state: 'ok', says }], store: opened, cursors: await opened.cursors(), subscribed, undelivered };
}

async function subscribedLanes(store: StoreReading): Promise<readonly LaneId[]> {
  const found: LaneId[] = [];
  for (let page = await store.channels(undefined, 500); page.length > 0; page = await store.channels(page.at(-1)?.lane, 500))
    for (const { lane } of page) if ((await store.subscriptions(lane)).length > 0) found.push(lane);
  return found;
}
