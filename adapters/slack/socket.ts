/**
 * The Socket Mode connection, which Slack closes every few hours. Bolt's own reconnect waits five
 * seconds, in which commands fail, and a failed attempt ends the process. Ours reconnects at once,
 * then with growing pauses.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger, SocketModeReceiver, type webApi } from '@slack/bolt';

export interface SlackSocket {
  readonly receiver: SocketModeReceiver;
  /** Rejects if the first connection fails; afterwards it stays open until `close`. */
  open(): Promise<void>;
  close(): Promise<void>;
}

type Client = SocketModeReceiver['client'];

/** Timeouts for Slack's hello on a new socket, and for closing (ms). */
const timeouts = { greeting: 15_000, goodbye: 5_000 };
const pauses = { first: 1_000, longest: 60_000 };

export function createSocket(appToken: string, clientOptions: webApi.WebClientOptions, logger: Logger): SlackSocket {
  const receiver = new SocketModeReceiver({ appToken, logger, autoReconnectEnabled: false, installerOptions: { clientOptions } });
  const { client } = receiver;
  const stopped = new AbortController();
  const greeting = clientOptions.timeout ?? timeouts.greeting;
  let connecting = true;

  const reconnect = async () => {
    connecting = true;
    for (let pause = pauses.first; !stopped.signal.aborted; pause = Math.min(pause * 2, pauses.longest)) {
      const failed = await connect(client, greeting).then(
        () => false,
        () => true,
      );
      if (!failed) break;
      await sleep(pause, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
    connecting = false;
    if (stopped.signal.aborted) await client.disconnect();
  };
  client.on('disconnected', () => {
    if (!connecting && !stopped.signal.aborted) void reconnect();
  });

  return {
    receiver,
    open: async () => {
      await connect(client, greeting);
      connecting = false;
    },
    close: async () => {
      stopped.abort();
      await within(timeouts.goodbye, client.disconnect());
    },
  };
}

/**
 * Slack says hello on a working socket; without a timeout, a silent one would be awaited for ever.
 */
async function connect(client: Client, greeting: number): Promise<void> {
  const greeted = await within(
    greeting,
    client.start().then(() => true),
  );
  if (greeted) return;
  client.disconnect().catch(() => undefined);
  throw new Error('no greeting on the socket');
}

/** Returns undefined after `ms`. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const done = new AbortController();
  const late = sleep(ms, undefined, { signal: done.signal }).catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
