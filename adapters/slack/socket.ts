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

/** How long Slack may take to greet (ms). */
const greeting = 15_000;
const pauses = { first: 1_000, longest: 60_000 };
/** How long a peer may take to say goodbye (ms). */
const goodbye = 5_000;

export function createSocket(appToken: string, clientOptions: webApi.WebClientOptions, logger: Logger): SlackSocket {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
  });
  const { client } = receiver;
  const stopped = new AbortController();
  let connecting = true;

  /** Slack greets on a socket that works: one that stays silent would never be given up otherwise. */
  const connect = async () => {
    const settled = new AbortController();
    const silent = sleep(clientOptions.timeout ?? greeting, undefined, { signal: settled.signal }).then(() => {
      void client.disconnect().catch(() => undefined);
      throw new Error('no greeting on the socket');
    });
    try {
      await Promise.race([client.start(), silent]);
    } finally {
      settled.abort();
      silent.catch(() => undefined);
    }
  };
  /** Resolves after `ms`, or as soon as it is closed. */
  const pauseFor = (ms: number) => sleep(ms, undefined, { signal: stopped.signal }).catch(() => undefined);
  const comeBack = async () => {
    connecting = true;
    for (let pause = pauses.first; !stopped.signal.aborted; pause = Math.min(pause * 2, pauses.longest)) {
      const failed = await connect().then(
        () => false,
        () => true,
      );
      if (!failed) break;
      await pauseFor(pause);
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
      await connect();
      connecting = false;
    },
    close: async () => {
      stopped.abort();
      const late = new AbortController();
      await Promise.race([client.disconnect(), sleep(goodbye, undefined, { signal: late.signal }).catch(() => undefined)]);
      late.abort();
    },
  };
}
