/**
 * A counterpart for the Slack adapter: the Slack emulator of npm `emulate`, behind a proxy that adds what it lacks: Socket Mode, signed requests,
 * slash commands, forms and actions with `response_url`, Block Kit limits, and faults. What Slack would refuse is written to `violations`, which
 * every test expects empty. It shows nothing of the live service.
 *
 * `-workspace` holds what stands there, `-api` and `-socket` are the two ways in, `-people` are those who use the bot, `-limits` checks.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Pace } from '../../../adapters/slack/pace.ts';
import type { Observe } from '../../../src/ports/clock.ts';
import { type Api, createApi, json, type Pace as Taken } from './api.ts';
import { createPeople, type Ephemeral, type People } from './people.ts';
import { openSockets } from './socket.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

export interface SlackHarness
  extends People,
    Pick<
      Workspace,
      'team' | 'channel' | 'user' | 'bot' | 'people' | 'channels' | 'messages' | 'withThreads' | 'addChannel' | 'archive' | 'invite' | 'say'
    >,
    Pick<Api, 'calls' | 'views' | 'fail' | 'refuse' | 'speak' | 'grant' | 'latency' | 'tooFast'> {
  /** What the adapter needs to come in: the Web API's address, tokens, and where it logs. */
  readonly access: { readonly apiUrl: string; readonly botToken: string; readonly appToken: string; readonly observe: Observe };
  /** What it logged. */
  readonly logged: string[];
  readonly violations: string[];
  /** While down, every request breaks off: Slack cannot be reached. */
  outage(down: boolean): void;
  /** Requests that broke off so far. */
  readonly refused: () => number;
  /** Cuts the sockets; the client comes back by itself. */
  dropSocket(): void;
  /** Slack asks the client to come back on a new socket. */
  refreshSocket(): void;
  /** From now on new sockets open, and nothing is said on them. */
  silence(from: boolean): void;
  connected(): Promise<void>;
  /** Socket Mode connections opened so far, and how many events each got. */
  readonly opened: () => number;
  readonly received: readonly number[];
  close(): Promise<void>;
}

export interface SlackOptions {
  /** How much it takes before it answers 429; as much as comes unless given. */
  readonly pace?: Taken;
  /** More channels, all of which the bot is in. */
  readonly channels?: readonly string[];
}

/** For tests that say much in one channel. */
export const unpaced: Pace = { turn: async () => undefined, hold: () => {} };

const appToken = 'xapp-harness';

export async function startSlack({ pace, channels }: SlackOptions = {}): Promise<SlackHarness> {
  const violations: string[] = [];
  const logged: string[] = [];
  const workspace = await openWorkspace(1, channels);
  const server = createServer();
  const base = await listen(server);
  const sockets = openSockets(server, violations);
  const api = createApi((token) => (token === workspace.botToken ? workspace : undefined), violations, pace);
  const { people, take } = createPeople(workspace, api, () => sockets.deliver, base, violations);
  let isDown = false;
  let refused = 0;
  let closed = false;

  server.on('request', async (request, response) => {
    if (isDown) {
      refused += 1;
      return void request.socket.destroy();
    }
    const body = await bodyOf(request);
    const path = request.url ?? '/';
    const [, answered] = /^\/response\/[^-]+-(.+)$/.exec(path) ?? [];
    if (answered !== undefined) {
      take(answered, JSON.parse(body) as Ephemeral);
      return json(response, 200, { ok: true });
    }
    if (path !== '/api/apps.connections.open')
      return api.handle(request, response, body).catch((bug: unknown) => {
        // A call that the app gave up can outlive the workspace.
        if (!closed) throw bug;
      });
    const known = request.headers.authorization === `Bearer ${appToken}`;
    return json(response, 200, known ? { ok: true, url: `${base.replace('http', 'ws')}/socket` } : { ok: false, error: 'invalid_auth' });
  });

  return {
    ...workspace,
    ...api,
    ...people,
    access: {
      apiUrl: `${base}/api/`,
      botToken: workspace.botToken,
      appToken,
      observe: { log: (_level, event) => void logged.push(event) },
    },
    logged,
    violations,
    outage: (down) => {
      isDown = down;
    },
    refused: () => refused,
    dropSocket: sockets.drop,
    refreshSocket: sockets.refresh,
    silence: sockets.silence,
    connected: sockets.connected,
    opened: sockets.opened,
    received: sockets.received,
    close: async () => {
      closed = true;
      sockets.close();
      server.closeAllConnections();
      server.close();
      await workspace.close();
    },
  };
}

export function listen(server: Server): Promise<string> {
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)));
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
