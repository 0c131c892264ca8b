/**
 * Keeps calls within Slack's limits: one message a second per channel, and each method's limit per
 * workspace. Calls that would wait too long get a time to retry instead, which frees the worker.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { limits } from './limits.ts';

export type Paced = keyof typeof limits.perMinute;

export interface Turn {
  readonly team: string;
  readonly channel: string;
  readonly method: Paced;
}

export interface Pace {
  /** Resolves when it is this call's turn, or at once with the time to retry after (ms). */
  turn(turn: Turn): Promise<number | undefined>;
  /** Applies a wait that Slack asked for (ms) to all calls of the method in the workspace. */
  hold(turn: Turn, ms: number): void;
}

interface PaceClock {
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

/** The longest that a worker waits (ms). */
const maxWaitMs = 4_000;
/** Safety factor: evenly spaced calls can arrive closer together. */
const leeway = 1.02;
/** Channels remembered before expired entries are dropped. */
const remembered = 5_000;

export function createPace({ now, sleep }: PaceClock = { now: () => performance.now(), sleep: wait }): Pace {
  /** When the next call may leave, and when the last deferred one returns. */
  const free = new Map<string, number>();
  const promised = new Map<string, number>();
  const channels = new Map<string, number>();

  return {
    turn: async ({ team, channel, method }) => {
      const where = `${team}:${channel}`;
      // A loop: of two calls that waited for the same channel, the second waits again.
      while (method === 'chat.postMessage' && (channels.get(where) ?? 0) > now()) await sleep((channels.get(where) ?? 0) - now());
      const at = `${team} ${method}`;
      const spacing = (60_000 / limits.perMinute[method]) * leeway;
      const leaves = Math.max(now(), free.get(at) ?? 0);
      if (leaves - now() > maxWaitMs) {
        const comes = Math.max(leaves, promised.get(at) ?? 0) + spacing;
        promised.set(at, comes);
        return Math.ceil(comes - now());
      }
      free.set(at, leaves + spacing);
      if (method === 'chat.postMessage') {
        if (channels.size >= remembered) for (const [name, from] of channels) if (from <= now()) channels.delete(name);
        channels.set(where, leaves + limits.perChannelMs * leeway);
      }
      if (leaves > now()) await sleep(leaves - now());
      return undefined;
    },
    hold: ({ team, method }, ms) => {
      const at = `${team} ${method}`;
      free.set(at, Math.max(free.get(at) ?? 0, now() + ms));
    },
  };
}
