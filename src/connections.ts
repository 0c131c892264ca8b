import type { PlatformName } from './model/channel.ts';
import type { Clock, Observe } from './ports/clock.ts';
import type { ChatPlatform, Connected, PlatformHooks, StartOutcome } from './ports/platform.ts';

export interface Connections {
  /**
   * Makes the first attempt for each platform. One that refuses is logged and the others run on; an
   * abort stops the wait.
   */
  open(hooks: PlatformHooks, signal?: AbortSignal): Promise<readonly Connected[]>;
  /** Reconnects missing platforms until the signal aborts. */
  keep(hooks: PlatformHooks, signal: AbortSignal): Promise<void>;
  /** Returns the state of each platform. */
  states(): readonly Connected[];
  close(): Promise<void>;
}

/** Pause between attempts (ms), doubling. */
const pauses = { first: 2_000, longest: 5 * 60_000 };
/** How long a platform may take to stop (ms). */
const stopMs = 5_000;

export function createConnections(
  platforms: readonly ChatPlatform[],
  { clock, observe }: { readonly clock: Clock; readonly observe: Observe },
): Connections {
  const states = new Map<PlatformName, Connected>();
  const lost = new Map<PlatformName, Promise<string>>();

  const note = (state: Connected) => {
    const before = states.get(state.name);
    const isSame = before?.refused !== undefined && state.refused !== undefined;
    // Keeps the time of the first failure through later attempts.
    states.set(state.name, isSame ? { ...state, since: before.since } : state);
    return state;
  };

  const attempt = async (platform: ChatPlatform, hooks: PlatformHooks): Promise<Connected> => {
    const { name } = platform;
    const outcome = await platform.start(hooks).catch((bug: unknown): StartOutcome => {
      observe.log('error', `${name} broke off`, { error: bug instanceof Error ? (bug.stack ?? bug.message) : String(bug) });
      return { kind: 'refused', reason: 'an error of Attaché itself, see the log' };
    });
    const since = clock.now();
    if (outcome.kind === 'refused') return note({ name, since, refused: outcome.reason, forGood: outcome.forGood ?? false });
    if (outcome.lost) lost.set(name, outcome.lost);
    else lost.delete(name);
    return note({ name, since, as: outcome.as });
  };

  const keepOne = async (platform: ChatPlatform, hooks: PlatformHooks, signal: AbortSignal) => {
    const { name } = platform;
    const stopped = aborted(signal);
    let pause = pauses.first;
    while (!signal.aborted) {
      const state = states.get(name);
      if (state?.as !== undefined) {
        const reason = await Promise.race([lost.get(name) ?? endless, stopped]);
        if (reason === undefined || signal.aborted) return;
        observe.log('warn', `${name} connection ended`, { reason, says: 'it is tried again' });
        note({ name, since: clock.now(), refused: reason.split('\n')[0] ?? reason, forGood: false });
        pause = pauses.first;
      }
      observe.log('warn', `${name} not connected`, { reason: states.get(name)?.refused ?? '', againInSeconds: Math.round(pause / 1000) });
      await clock.sleep(pause, signal);
      if (signal.aborted) return;
      pause = Math.min(pause * 2, pauses.longest);
      const now = await Promise.race([attempt(platform, hooks), stopped]);
      if (now?.as !== undefined) observe.log('info', `${name} connected`, { as: now.as });
    }
  };

  return {
    open: (hooks, signal) =>
      Promise.all(
        platforms.map(async (platform) => {
          const first = attempt(platform, hooks);
          const stopped = { name: platform.name, since: clock.now(), refused: 'stopped', forGood: false } as const;
          return (await (signal ? Promise.race([first, aborted(signal)]) : first)) ?? stopped;
        }),
      ),
    keep: async (hooks, signal) => void (await Promise.all(platforms.map((platform) => keepOne(platform, hooks, signal)))),
    states: () => [...states.values()],
    close: async () => {
      const late = new AbortController();
      const stopped = Promise.all(platforms.map((platform) => platform.stop()));
      await Promise.race([stopped, clock.sleep(stopMs, late.signal)]);
      late.abort();
    },
  };
}

const endless = new Promise<never>(() => {});

function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((done) => signal.addEventListener('abort', () => done(undefined), { once: true }));
}
