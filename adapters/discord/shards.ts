/**
 * Guards the gateway sockets of discord.js, which has three gaps: an exception while reading a
 * packet ends the process; a refusing gateway is retried twice a second for ever, even after the
 * client was destroyed; and a socket that is still connecting outlives the client.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientOptions, SimpleShardingStrategy, WebSocketShardEvents } from 'discord.js';

type Build = NonNullable<NonNullable<ClientOptions['ws']>['buildStrategy']>;

export interface GuardedShards {
  readonly build: Build;
  /** Closes all sockets and prevents new ones. */
  end(): void;
}

/** Pauses between reconnects (ms); the first after a working connection comes at once. */
const pauses = { first: 1_000, longest: 60_000 };

/** @param onBroken called for each exception that the client did not catch */
export function guardedShards(onBroken: (error: unknown) => void): GuardedShards {
  const ended = new AbortController();
  const shards: object[] = [];
  const build: Build = (manager) => {
    const strategy = new SimpleShardingStrategy(manager);
    const spawn = strategy.spawn.bind(strategy);
    strategy.spawn = async (ids) => {
      await spawn(ids);
      const made: unknown = Reflect.get(strategy, 'shards');
      for (const shard of made instanceof Map ? (made.values() as Iterable<object>) : []) {
        shards.push(shard);
        guard(shard, ended.signal, onBroken);
      }
    };
    return strategy;
  };
  return {
    build,
    end: () => {
      ended.abort();
      for (const shard of shards) closeSocket(Reflect.get(shard, 'connection'));
    },
  };
}

type Work = (...given: unknown[]) => unknown;

function guard(shard: object, ended: AbortSignal, onBroken: (error: unknown) => void): void {
  for (const name of ['onMessage', 'onClose', 'heartbeat']) {
    replace(shard, name, (work) => async (...given) => {
      try {
        return await work(...given);
      } catch (error) {
        if (!ended.aborted) onBroken(error);
        return undefined;
      }
    });
  }
  let tries = 0;
  const onConnected = () => {
    tries = 0;
  };
  const on: unknown = Reflect.get(shard, 'on');
  if (typeof on === 'function')
    for (const event of [WebSocketShardEvents.Ready, WebSocketShardEvents.Resumed]) on.call(shard, event, onConnected);
  replace(shard, 'internalConnect', (work) => async () => {
    const pause = tries === 0 ? 0 : Math.min(pauses.first * 2 ** (tries - 1), pauses.longest);
    tries += 1;
    if (pause > 0) await sleep(pause, undefined, { signal: ended, ref: false }).catch(() => undefined);
    if (ended.aborted) return;
    try {
      await work();
    } catch (error) {
      if (!ended.aborted) onBroken(error);
    }
  });
}

/** These methods are not public API: a missing one is skipped. */
function replace(shard: object, name: string, wrapped: (work: Work) => Work): void {
  const work: unknown = Reflect.get(shard, name);
  if (typeof work === 'function')
    Reflect.set(
      shard,
      name,
      wrapped((...given) => Reflect.apply(work, shard, given)),
    );
}

/** Terminating a socket that is still connecting emits an error, which needs a listener. */
function closeSocket(socket: unknown): void {
  if (typeof socket !== 'object' || socket === null) return;
  Reflect.set(socket, 'onerror', () => {});
  const terminate: unknown = Reflect.get(socket, 'terminate');
  if (typeof terminate === 'function') terminate.call(socket);
}
