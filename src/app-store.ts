/** While the database cannot be used, the loops wait, log it once, and then continue. */
import { speechIn, uiLanguage } from './i18n/speech.ts';
import { type Answer, newMessage } from './message.ts';
import type { Clock, Observe } from './ports/clock.ts';
import type { PlatformHooks } from './ports/platform.ts';
import { type Store, StoreUnavailable } from './ports/store.ts';

/** How often an unreachable database is tried again (ms). */
const retryMs = 2_000;

export interface WatchedStore extends Store {
  /**
   * Resolves once the database answers or the signal aborts. Any number may wait; only one asks.
   */
  untilBack(signal: AbortSignal): Promise<void>;
  /**
   * The process is about to stop: gives up what cannot be stored now; the next start looks it up.
   */
  hurry(): void;
}

/**
 * Wraps the store: logs once when it goes away and once when it is back. Only this process knows
 * the outcome of a delivery, so `settle` is retried until the database takes it or the store
 * closes.
 */
export function watchStore(store: Store, { clock, observe }: { readonly clock: Clock; readonly observe: Observe }): WatchedStore {
  const failing = new Set<string>();
  const closing = new AbortController();
  let awaySince: number | undefined;
  let waiting: Promise<void> | undefined;

  const goneAway = (name: string, reason: string) => {
    failing.add(name);
    if (awaySince !== undefined) return;
    awaySince = clock.now();
    observe.log('error', 'database away', { reason });
  };
  const cameBack = (name: string) => {
    // Reading works while the disk is full: only a call that failed before can show that the outage
    // is over.
    if (awaySince === undefined || !failing.has(name)) return;
    const seconds = Math.round((clock.now() - awaySince) / 1000);
    awaySince = undefined;
    failing.clear();
    observe.log('warn', 'database back', { after: `${seconds} s` });
  };
  const watch =
    (name: string, call: (...given: readonly unknown[]) => Promise<unknown>) =>
    async (...given: readonly unknown[]): Promise<unknown> => {
      for (;;) {
        try {
          const result = await call(...given);
          cameBack(name);
          return result;
        } catch (error) {
          if (!(error instanceof StoreUnavailable) || closing.signal.aborted) throw error;
          goneAway(name, error.message);
          if (name !== 'settle') throw error;
          await clock.sleep(retryMs, closing.signal);
        }
      }
    };
  const methods = Object.entries(store).map(([name, method]) => [name, watch(name, method as Parameters<typeof watch>[1])] as const);
  const over = Object.fromEntries(methods) as unknown as Store;

  const ask = async (signal: AbortSignal) => {
    for (let away = true; away && !signal.aborted; ) {
      await clock.sleep(retryMs, signal);
      away = await over.cursors().then(
        () => false,
        (error: unknown) => error instanceof StoreUnavailable,
      );
    }
  };
  return {
    ...over,
    untilBack: (signal) => {
      waiting ??= ask(signal).finally(() => {
        waiting = undefined;
      });
      return waiting;
    },
    hurry: () => closing.abort(),
    close: async () => {
      closing.abort();
      await store.close();
    },
  };
}

/** Repeats `work` until the database takes it; returns undefined if the signal aborts first. */
export async function retryUntilStored<T>(work: () => Promise<T>, store: WatchedStore, signal: AbortSignal): Promise<T | undefined> {
  while (!signal.aborted) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await store.untilBack(signal);
    }
  }
  return undefined;
}

/**
 * Answers every command, whatever goes wrong: an error in one ends neither the platform nor the
 * bot.
 */
export function withErrorAnswers(hooks: PlatformHooks, store: WatchedStore, observe: Observe, signal: AbortSignal): PlatformHooks {
  const failed = (error: unknown): void => {
    if (!(error instanceof StoreUnavailable))
      observe.log('error', 'command broke off', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  };
  const answered = async (locale: string | undefined, work: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await work();
    } catch (error) {
      failed(error);
      // The channel's own language lies in the database.
      const language = uiLanguage(locale ?? 'en');
      const { platform } = speechIn(language).answers;
      const said = error instanceof StoreUnavailable ? platform.notDone(error.message) : platform.ownError;
      return { message: newMessage('answer', said, { language }), private: true };
    }
  };
  const orNone = async <T>(work: () => Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await work();
    } catch (error) {
      failed(error);
      return [];
    }
  };
  return {
    ...hooks,
    onCommand: (call) => answered(call.locale, () => hooks.onCommand(call)),
    onButton: (press) => answered(press.locale, () => hooks.onButton(press)),
    suggest: (ask) => orNone(() => hooks.suggest(ask)),
    overview: (lanes, locale) => orNone(() => hooks.overview(lanes, locale)),
    // The platform reports it only once, so the data is erased when the database is back.
    onRemoved: (gone) => retryUntilStored(() => hooks.onRemoved(gone), store, signal).catch(failed),
    onMoved: (moved) => retryUntilStored(() => hooks.onMoved(moved), store, signal).catch(failed),
  };
}
