/** A bot that starts while its database server is away waits for it, as one that runs does. */
import type { Config } from '../config.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { keepStore, openStore, StoreAway, type StoreChoice } from './open-store.ts';

/** How often a server that is away is asked again (ms). */
const askAgain = 2_000;

export interface Held {
  readonly store: Store;
  /** What the bot holds beside its store while it runs. */
  readonly kept: { close(): Promise<void> };
}

interface Waiting {
  readonly clock: Clock;
  /** Ends the waiting, whatever is under way. */
  readonly signal: AbortSignal;
  /** Hears one line when the waiting begins, and one when it is over. */
  readonly say: (line: string) => void;
}

/**
 * @returns the store, or undefined where the signal aborted first
 * @throws Failure with one line where waiting is in vain: a wrong password, no such database, another bot
 */
export async function awaitStore(config: Config, choice: StoreChoice, { clock, signal, say }: Waiting): Promise<Held | undefined> {
  let awaySince: number | undefined;
  for (;;) {
    const held = await unlessAborted(holdStore(config, choice), signal).catch((error: unknown) => {
      if (error instanceof StoreAway) return error;
      throw error;
    });
    if (signal.aborted || held === undefined) return undefined;
    if (!(held instanceof StoreAway)) {
      if (awaySince !== undefined) say(`the database is back after ${Math.round((clock.now() - awaySince) / 1000)} s`);
      return held;
    }
    if (awaySince === undefined) say(`${held.message.replace(/^environment: /, '')}; Attaché waits until it is there`);
    awaySince ??= clock.now();
    await clock.sleep(askAgain, signal);
    if (signal.aborted) return undefined;
  }
}

/** @throws Failure with one line where it cannot be had now */
export async function holdStore(config: Config, choice: StoreChoice): Promise<Held> {
  const store = await openStore(config, { ...choice, runs: true });
  try {
    return { store, kept: await keepStore(config, choice, store) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A connection attempt may take seconds: what comes of it after the end is closed again. */
function unlessAborted(holding: Promise<Held>, signal: AbortSignal): Promise<Held | undefined> {
  return new Promise((done, fail) => {
    const abort = () => {
      done(undefined);
      holding.then(({ store, kept }) => Promise.all([kept.close(), store.close()])).catch(() => undefined);
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    holding.then(done, fail).finally(() => signal.removeEventListener('abort', abort));
  });
}
