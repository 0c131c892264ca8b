/**
 * One gateway connection from login to end. API or gateway may refuse the token, or never answer.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientOptions, Events, GatewayIntentBits } from 'discord.js';
import { guardedShards } from './shards.ts';

export interface Login {
  readonly applicationId: string;
  /** The bot's user name. */
  readonly tag: string;
}

export interface Connection {
  readonly client: Client;
  /** Rejects if login fails. */
  ready(token: string, withinMs: number): Promise<Login>;
  /**
   * Resolves with the reason if the connection ends for good: an exception in the client, or a
   * final close by the gateway.
   */
  readonly lost: Promise<string>;
  readonly ended: AbortSignal;
  /** Resolves within a few seconds, whatever the gateway does. */
  end(): Promise<void>;
}

/** Timeout of a clean disconnect (ms). */
const disconnectTimeoutMs = 2_000;

/**
 * @param rest options of the client's own requests: answers to interactions, and finding the
 * gateway
 */
export function openConnection(rest: ClientOptions['rest']): Connection {
  const { promise: lost, resolve: lose } = Promise.withResolvers<string>();
  const ended = new AbortController();
  const onException = (error: unknown) =>
    lose(`an exception in its client: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const shards = guardedShards(onException);
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    allowedMentions: { parse: [] },
    ws: { buildStrategy: shards.build },
    ...(rest && { rest }),
  });
  // Packets queued until the client is ready are handled outside the shard's guarded call.
  const handle: unknown = Reflect.get(client.ws, 'handlePacket');
  if (typeof handle === 'function')
    Reflect.set(client.ws, 'handlePacket', (...given: unknown[]) => {
      try {
        return Reflect.apply(handle, client.ws, given) as unknown;
      } catch (error) {
        onException(error);
        return false;
      }
    });
  let lastError: string | undefined;
  client.on(Events.ShardError, ({ message }) => {
    lastError = message;
  });
  client.on(Events.ShardDisconnect, ({ code }) => lose(`the gateway closed for good (${code})`));
  return {
    client,
    lost,
    ended: ended.signal,
    ready: async (token, withinMs) => {
      const { promise, resolve, reject } = Promise.withResolvers<Login>();
      const late = setTimeout(() => reject(new Error(lastError ?? `no connection within ${withinMs / 1000} s`)), withinMs);
      ended.signal.addEventListener('abort', () => reject(new Error('stopped')));
      client.once(Events.ClientReady, ({ application, user }) => resolve({ applicationId: application.id, tag: user.tag }));
      void lost.then((reason) => reject(new Error(reason.split('\n')[0])));
      client.login(token).catch(reject);
      return promise.finally(() => clearTimeout(late));
    },
    end: async () => {
      if (ended.signal.aborted) return;
      ended.abort();
      const disconnected = new AbortController();
      const late = sleep(disconnectTimeoutMs, undefined, { signal: disconnected.signal }).catch(() => undefined);
      await Promise.race([client.destroy().catch(() => undefined), late]);
      disconnected.abort();
      shards.end();
    },
  };
}
