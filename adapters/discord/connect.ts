/** One connection to the gateway, from coming in to its end: a token can be refused by the API or by the gateway, and an answer may never come. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientOptions, Events, GatewayIntentBits } from 'discord.js';
import { guardedShards } from './shards.ts';

export interface Entered {
  readonly applicationId: string;
  /** What the bot is called. */
  readonly tag: string;
}

export interface Connection {
  readonly client: Client;
  /** Rejects where it cannot come in. */
  ready(token: string, withinMs: number): Promise<Entered>;
  /** Why it ended by itself: an exception in the client, or a gateway that will not have it back. */
  readonly lost: Promise<string>;
  readonly ended: AbortSignal;
  /** Within a few seconds, whatever the gateway does. */
  end(): Promise<void>;
}

/** How long a goodbye may take (ms). */
const goodbye = 2_000;

/** @param rest how its own requests are made: answers to people, and the way to the gateway */
export function openConnection(rest: ClientOptions['rest']): Connection {
  const { promise: lost, resolve: lose } = Promise.withResolvers<string>();
  const ended = new AbortController();
  const broken = (error: unknown) =>
    lose(`an exception in its client: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const shards = guardedShards(broken);
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    allowedMentions: { parse: [] },
    ws: { buildStrategy: shards.build },
    ...(rest && { rest }),
  });
  // What waited for the client to be ready is handled outside of the socket's own call.
  const handle: unknown = Reflect.get(client.ws, 'handlePacket');
  if (typeof handle === 'function')
    Reflect.set(client.ws, 'handlePacket', (...given: unknown[]) => {
      try {
        return Reflect.apply(handle, client.ws, given) as unknown;
      } catch (error) {
        broken(error);
        return false;
      }
    });
  let said: string | undefined;
  client.on(Events.ShardError, ({ message }) => {
    said = message;
  });
  client.on(Events.ShardDisconnect, ({ code }) => lose(`the gateway closed for good (${code})`));
  return {
    client,
    lost,
    ended: ended.signal,
    ready: async (token, withinMs) => {
      const { promise, resolve, reject } = Promise.withResolvers<Entered>();
      const late = setTimeout(() => reject(new Error(said ?? `no connection within ${withinMs / 1000} s`)), withinMs);
      ended.signal.addEventListener('abort', () => reject(new Error('stopped')));
      client.once(Events.ClientReady, ({ application, user }) => resolve({ applicationId: application.id, tag: user.tag }));
      void lost.then((reason) => reject(new Error(reason.split('\n')[0])));
      client.login(token).catch(reject);
      return promise.finally(() => clearTimeout(late));
    },
    end: async () => {
      if (ended.signal.aborted) return;
      ended.abort();
      const gone = new AbortController();
      const late = sleep(goodbye, undefined, { signal: gone.signal }).catch(() => undefined);
      await Promise.race([client.destroy().catch(() => undefined), late]);
      gone.abort();
      shards.end();
    },
  };
}
