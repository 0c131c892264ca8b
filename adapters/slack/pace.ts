/**
 * Spaces messages so that Slack has none to refuse: one a second in a channel, and what a workspace takes of each method. Who would have to wait
 * too long is told when to come again, and the worker is free for others meanwhile.
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
  /** Resolves when it is this call's turn, or at once with how long to stay away (ms). */
  turn(turn: Turn): Promise<number | undefined>;
  /** Slack asked for a wait (ms): all calls of that method in that workspace keep it. */
  hold(turn: Turn, ms: number): void;
}

interface PaceClock {
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

/** A worker stands still this long at most (ms). */
const patience = 4_000;
/** Calls that left evenly can arrive closer to each other. */
const leeway = 1.02;
/** Channels remembered before those are dropped that may speak again. */
const remembered = 5_000;

export function createPace({ now, sleep }: PaceClock = { now: () => performance.now(), sleep: wait }): Pace {
  /** When the next call may leave, and when the last of those who were sent away comes back. */
  const free = new Map<string, number>();
  const promised = new Map<string, number>();
  const channels = new Map<string, number>();

  return {
    turn: async ({ team, channel, method }) => {
      const where = `${team}:${channel}`;
      // Two that waited for the same channel: the second waits again.
      while (method === 'chat.postMessage' && (channels.get(where) ?? 0) > now()) await sleep((channels.get(where) ?? 0) - now());
      const at = `${team} ${method}`;
      const spacing = (60_000 / limits.perMinute[method]) * leeway;
      const leaves = Math.max(now(), free.get(at) ?? 0);
      if (leaves - now() > patience) {
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
