/**
 * The Socket Mode connection. Slack closes it every few hours and says so; Bolt's own way back waits five seconds in which commands fail, and
 * lets a failed attempt end the process. Here the first attempt comes at once, further ones after ever longer pauses.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger, SocketModeReceiver, type webApi } from '@slack/bolt';

export interface SlackSocket {
  readonly receiver: SocketModeReceiver;
  /** Rejects as Slack's client does where the first connection fails; from then on it stays open until `close`. */
  open(): Promise<void>;
  close(): Promise<void>;
}

type Client = SocketModeReceiver['client'];

/** How long Slack may take to greet on a new socket, and to say goodbye (ms). */
const patience = { greeting: 15_000, goodbye: 5_000 };
const pauses = { first: 1_000, longest: 60_000 };

export function createSocket(appToken: string, clientOptions: webApi.WebClientOptions, logger: Logger): SlackSocket {
  const receiver = new SocketModeReceiver({ appToken, logger, autoReconnectEnabled: false, installerOptions: { clientOptions } });
  const { client } = receiver;
  const stopped = new AbortController();
  const greeting = clientOptions.timeout ?? patience.greeting;
  let connecting = true;

  const comeBack = async () => {
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
    if (!connecting && !stopped.signal.aborted) void comeBack();
  });

  return {
    receiver,
    open: async () => {
      await connect(client, greeting);
      connecting = false;
    },
    close: async () => {
      stopped.abort();
      await within(patience.goodbye, client.disconnect());
    },
  };
}

/** Slack greets on a socket that works: one that stays silent would be waited for without end. */
async function connect(client: Client, greeting: number): Promise<void> {
  const greeted = await within(
    greeting,
    client.start().then(() => true),
  );
  if (greeted) return;
  client.disconnect().catch(() => undefined);
  throw new Error('no greeting on the socket');
}

/** Undefined where it took longer. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const done = new AbortController();
  const late = sleep(ms, undefined, { signal: done.signal }).catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
