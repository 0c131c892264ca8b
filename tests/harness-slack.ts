/**
 * A counterpart for the Slack adapter: the Slack emulator of npm `emulate`, behind a proxy that adds what it lacks: Socket Mode, slash commands and
 * actions with `response_url`, Block Kit limits, and faults. What it cannot take is written to `violations`, which every test expects empty.
 * It shows nothing of the live service.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import { type WebSocket, WebSocketServer } from 'ws';
import { blockViolations } from './harness-slack-limits.ts';

export interface SlackMessage {
  readonly ts: string;
  readonly text: string;
  readonly thread_ts?: string;
  readonly blocks?: readonly unknown[];
}

export interface Ephemeral {
  readonly response_type?: string;
  readonly text: string;
  readonly blocks?: readonly unknown[];
}

/** What a method does instead of answering; taken once. */
export type Fault = 'accept-then-drop' | 'rate-limited' | 'error-500' | { readonly error: string };

export interface SlackHarness {
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  /** The bot's own user id. */
  readonly bot: string;
  readonly violations: string[];
  readonly calls: string[];
  fail(method: string, fault: Fault): void;
  messages(): Promise<readonly SlackMessage[]>;
  /** Says `/attache line` and gives what came to the response_url. */
  command(line: string): Promise<Ephemeral>;
  press(actionId: string, value: string): Promise<Ephemeral>;
  event(event: Readonly<Record<string, unknown>>): Promise<void>;
  /** While down, every request breaks off: Slack cannot be reached. */
  outage(down: boolean): void;
  /** Requests that broke off so far. */
  readonly refused: () => number;
  /** Cuts the socket; the client comes back by itself. */
  dropSocket(): void;
  connected(): Promise<void>;
  close(): Promise<void>;
}

const botToken = 'xoxb-harness';
const appToken = 'xapp-harness';
const ackWithin = 3_000;

export async function startSlack(): Promise<SlackHarness> {
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        team: { name: 'Harness', domain: 'harness' },
        users: [{ name: 'ana' }, { name: 'attache' }],
        channels: [{ name: 'travel' }],
        tokens: [{ token: botToken, user: 'attache', scopes: ['chat:write', 'channels:history', 'users:read'] }],
      },
    },
  });
  const violations: string[] = [];
  const calls: string[] = [];
  const faults = new Map<string, Fault>();
  const sockets = new Set<WebSocket>();
  const answers = new Map<string, (answer: Ephemeral) => void>();
  const acks = new Map<string, () => void>();
  let arrived: (() => void)[] = [];
  let isDown = false;
  let refused = 0;

  const server = createServer((request, response) => void handle(request, response));
  const wss = new WebSocketServer({ server });
  wss.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('message', (bytes) => {
      const { envelope_id: id } = JSON.parse(String(bytes)) as { envelope_id?: string };
      if (id) acks.get(id)?.();
    });
    socket.on('close', () => sockets.delete(socket));
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
    for (const done of arrived) done();
    arrived = [];
  });
  const base = await listen(server);

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    if (isDown) {
      refused += 1;
      return void request.socket.destroy();
    }
    const body = await bodyOf(request);
    const path = new URL(request.url ?? '/', base).pathname;
    if (path.startsWith('/response/')) {
      answers.get(path.slice(10))?.(JSON.parse(body) as Ephemeral);
      return json(response, 200, { ok: true });
    }
    const method = path.replace('/api/', '');
    calls.push(method);
    if (method === 'apps.connections.open')
      return json(
        response,
        200,
        request.headers.authorization === `Bearer ${appToken}`
          ? { ok: true, url: `${base.replace('http', 'ws')}/socket` }
          : { ok: false, error: 'invalid_auth' },
      );
    // The emulator takes any token; Slack does not.
    if (request.headers.authorization !== `Bearer ${botToken}`) return json(response, 200, { ok: false, error: 'invalid_auth' });
    const fault = faults.get(method);
    faults.delete(method);
    if (fault === 'rate-limited') return json(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': '7' });
    if (fault === 'error-500') return json(response, 500, { ok: false });
    if (typeof fault === 'object') return json(response, 200, { ok: false, error: fault.error });
    if (method.startsWith('chat.')) violations.push(...blockViolations(payloadOf(body, request.headers['content-type'] ?? '')));
    const answer = await forward(emulator.url, request, path, body);
    if (fault === 'accept-then-drop') return void request.socket.destroy();
    return json(response, answer.status, withoutMetadata(method, body, answer.body));
  };

  const deliver = async (type: string, payload: Readonly<Record<string, unknown>>) => {
    const id = `envelope-${acks.size + 1}`;
    const acked = new Promise<void>((done) => acks.set(id, done));
    const [socket] = sockets;
    socket?.send(JSON.stringify({ type, envelope_id: id, accepts_response_payload: true, payload }));
    const late = AbortSignal.timeout(ackWithin);
    await Promise.race([acked, new Promise((done) => late.addEventListener('abort', done, { once: true }))]);
    if (late.aborted) violations.push(`${type}: not acknowledged within 3 s`);
  };
  const answered = async (send: (responseUrl: string) => Promise<void>): Promise<Ephemeral> => {
    const id = String(answers.size + 1);
    const answer = new Promise<Ephemeral>((done) => answers.set(id, done));
    await send(`${base}/response/${id}`);
    return answer;
  };

  const who = await whoIs(emulator.url);
  const { team, channel, user, bot } = who;
  const apiUrl = `${base}/api/`;
  return {
    apiUrl,
    botToken,
    appToken,
    team,
    channel,
    user,
    bot,
    violations,
    calls,
    fail: (method, fault) => void faults.set(method, fault),
    messages: async () => {
      const { messages } = await ask(emulator.url, 'conversations.history', { channel });
      return (messages as SlackMessage[]).filter((message) => message.blocks !== undefined).reverse();
    },
    command: (line) =>
      answered((response_url) =>
        deliver('slash_commands', {
          command: '/attache',
          text: line,
          team_id: team,
          channel_id: channel,
          user_id: user,
          user_name: 'ana',
          response_url,
          trigger_id: '1',
        }),
      ),
    press: (action_id, value) =>
      answered((response_url) =>
        deliver('interactive', {
          type: 'block_actions',
          team: { id: team },
          user: { id: user },
          channel: { id: channel },
          response_url,
          trigger_id: '1',
          actions: [{ type: 'button', action_id, block_id: 'b', value, action_ts: '1' }],
        }),
      ),
    event: (event) =>
      deliver('events_api', {
        type: 'event_callback',
        team_id: team,
        event,
        event_id: `E${acks.size}`,
        event_time: 1,
        authorizations: [{ team_id: team, is_bot: true }],
      }),
    outage: (down) => {
      isDown = down;
    },
    refused: () => refused,
    dropSocket: () => {
      for (const socket of sockets) socket.terminate();
    },
    connected: () => (sockets.size > 0 ? Promise.resolve() : new Promise((done) => arrived.push(done))),
    close: async () => {
      for (const socket of sockets) socket.terminate();
      wss.close();
      server.closeAllConnections();
      server.close();
      await emulator.close();
    },
  };
}

function listen(server: Server): Promise<string> {
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

async function forward(
  url: string,
  request: IncomingMessage,
  path: string,
  body: string,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const headers = {
    authorization: request.headers.authorization ?? '',
    'content-type': request.headers['content-type'] ?? 'application/json',
  };
  const answer = await fetch(`${url.replace('localhost', '127.0.0.1')}${path}`, {
    method: request.method ?? 'POST',
    headers,
    ...(body !== '' && { body }),
  });
  return { status: answer.status, body: await answer.json() };
}

/** Slack's client sends forms with the structures as JSON texts. */
function payloadOf(body: string, type: string): Readonly<Record<string, unknown>> {
  if (type.includes('json')) return JSON.parse(body) as Record<string, unknown>;
  const form = Object.fromEntries(new URLSearchParams(body));
  return { ...form, blocks: JSON.parse(form.blocks ?? '[]') as unknown };
}

/** Slack shows metadata only to who asks for all of it. */
function withoutMetadata(method: string, body: string, answer: unknown): unknown {
  if (!method.startsWith('conversations.') || /include_all_metadata["=:]+(true|1)/.test(body)) return answer;
  return JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === 'metadata' ? undefined : value))) as unknown;
}

async function ask(url: string, method: string, body: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`${url.replace('localhost', '127.0.0.1')}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Record<string, unknown>;
}

async function whoIs(url: string): Promise<Pick<SlackHarness, 'team' | 'channel' | 'user' | 'bot'>> {
  const [{ team_id: team }, { channels }, { members }] = await Promise.all([
    ask(url, 'auth.test', {}),
    ask(url, 'conversations.list', {}),
    ask(url, 'users.list', {}),
  ]);
  const named = <T extends { name: string; id: string }>(list: unknown, name: string) =>
    (list as T[]).find((one) => one.name === name)?.id ?? '';
  const channel = named(channels, 'travel');
  await ask(url, 'conversations.join', { channel });
  return { team: String(team), channel, user: named(members, 'ana'), bot: named(members, 'attache') };
}
