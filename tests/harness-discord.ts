/**
 * A counterpart for the Discord adapter: a small gateway and REST server of our own. Every body is checked against the schemas that npm
 * `discord-api-spec` generates from Discord's own OpenAPI document, and against the limits of the reference; what is wrong is written to
 * `violations`, which every test expects empty. Unknown routes answer 501. It shows nothing of the live service.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { bodyViolations } from './harness-discord-limits.ts';

export interface DiscordMessage {
  readonly id: string;
  readonly channel_id: string;
  content: string;
  embeds: readonly { readonly footer?: { readonly text: string }; readonly description?: string }[];
  readonly nonce?: string;
}

export type Fault =
  | 'accept-then-drop'
  | 'rate-limited'
  | 'error-500'
  | { readonly code: number; readonly status: number; readonly message: string };

export interface Reply {
  /** 4 message, 5 deferred, 8 choices. */
  readonly type: number;
  readonly content?: string;
  readonly ephemeral: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
}

export interface DiscordHarness {
  readonly apiUrl: string;
  readonly token: string;
  readonly guild: string;
  readonly channel: string;
  readonly violations: string[];
  readonly commands: unknown[];
  readonly messages: DiscordMessage[];
  fail(route: 'post' | 'edit', fault: Fault): void;
  command(name: string, options?: Readonly<Record<string, string>>, mayChange?: boolean): Promise<Reply>;
  complete(name: string, option: string, typed: string): Promise<Reply>;
  press(customId: string): Promise<Reply>;
  /** What a deferred answer became. */
  edited(): Promise<string>;
  removeGuild(): void;
  /** Cuts the gateway; the client resumes by itself. */
  dropGateway(): void;
  readonly resumed: () => number;
  close(): Promise<void>;
}

const token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.harness.token';
const ids = { app: '123456789012345678', guild: '200000000000000001', channel: '300000000000000001', user: '400000000000000001' };
const ackWithin = 3_000;

export async function startDiscord(): Promise<DiscordHarness> {
  const violations: string[] = [];
  const messages: DiscordMessage[] = [];
  const commands: unknown[] = [];
  const faults = new Map<string, Fault>();
  const waiting = new Map<string, (reply: Reply) => void>();
  const edits: string[] = [];
  const sockets = new Set<WebSocket>();
  let sequence = 0;
  let resumed = 0;
  let next = 500_000_000_000_000_001n;
  const id = () => {
    next += 1n;
    return String(next);
  };
  const server = createServer((request, response) => void handle(request, response));
  const wss = new WebSocketServer({ server });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;

  const emit = (t: string, d: unknown) => {
    sequence += 1;
    for (const socket of sockets) socket.send(JSON.stringify({ op: 0, t, s: sequence, d }));
  };
  wss.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 30_000 }, s: null, t: null }));
    socket.on('message', (bytes) => {
      const { op, d } = JSON.parse(String(bytes)) as { op: number; d: { token?: string } };
      if (op === 1) socket.send(JSON.stringify({ op: 11 }));
      if (op === 2 && d.token !== token) return socket.close(4004, 'Authentication failed.');
      if (op === 2) welcome();
      if (op === 6) {
        resumed += 1;
        emit('RESUMED', {});
      }
    });
  });
  const welcome = () => {
    const user = { id: ids.app, username: 'attache', discriminator: '0', avatar: null, bot: true };
    emit('READY', {
      v: 10,
      user,
      guilds: [{ id: ids.guild, unavailable: true }],
      session_id: 'session',
      resume_gateway_url: `ws://127.0.0.1:${port}`,
      application: { id: ids.app, flags: 0 },
      shard: [0, 1],
    });
    emit('GUILD_CREATE', guildOf());
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request);
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname.replace(/^\/api\/v10/, '');
    const route = `${request.method} ${path}`;
    const send = (status: number, value?: unknown, headers: Readonly<Record<string, string>> = {}) => {
      response.writeHead(status, value === undefined ? headers : { 'content-type': 'application/json', ...headers });
      response.end(value === undefined ? undefined : JSON.stringify(value));
    };
    if (!path.startsWith('/interactions') && !path.startsWith('/webhooks') && request.headers.authorization !== `Bot ${token}`)
      return send(401, { message: '401: Unauthorized', code: 0 });
    violations.push(...bodyViolations(request.method ?? '', path, body));
    if (route === 'GET /gateway/bot')
      return send(200, {
        url: `ws://127.0.0.1:${port}`,
        shards: 1,
        session_start_limit: { total: 1000, remaining: 999, reset_after: 1000, max_concurrency: 1 },
      });
    if (/^GET \/applications\/\d+\/commands$/.test(route)) return send(200, commands);
    if (/^PUT \/applications\/\d+\/commands$/.test(route)) {
      commands.splice(0, commands.length, ...(body as unknown[]));
      return send(200, []);
    }
    if (/^POST \/channels\/\d+\/messages$/.test(route))
      return post(path, body as Partial<DiscordMessage> & { enforce_nonce?: boolean }, send, request);
    if (/^GET \/channels\/\d+\/messages$/.test(route))
      return send(200, path.includes(ids.channel) ? [...messages].reverse().map(shownOf) : []);
    if (/^PATCH \/channels\/\d+\/messages\/\d+$/.test(route)) return edit(path, body as Partial<DiscordMessage>, send);
    if (/^POST \/interactions\/\d+\/[^/]+\/callback$/.test(route)) {
      heard(path.split('/')[2] ?? '', body as Callback);
      return send(204);
    }
    if (/^PATCH \/webhooks\/\d+\/[^/]+\/messages\/(@|%40)original$/.test(route)) {
      edits.push(String((body as { content?: string }).content));
      return send(200, shownOf({ id: id(), channel_id: ids.channel, content: edits.at(-1) ?? '', embeds: [] }));
    }
    violations.push(`no such route: ${route}`);
    return send(501, { message: 'not in this harness', code: 0 });
  };

  type Send = (status: number, value?: unknown, headers?: Readonly<Record<string, string>>) => void;
  const failed = (route: string, send: Send): Fault | undefined => {
    const fault = faults.get(route);
    faults.delete(route);
    if (fault === 'rate-limited')
      send(
        429,
        { message: 'You are being rate limited.', retry_after: 3, global: false },
        { 'retry-after': '3', 'x-ratelimit-scope': 'user' },
      );
    if (fault === 'error-500') send(500, { message: 'oops', code: 0 });
    if (typeof fault === 'object') send(fault.status, { message: fault.message, code: fault.code });
    return fault;
  };
  const post = (path: string, body: Partial<DiscordMessage> & { enforce_nonce?: boolean }, send: Send, request: IncomingMessage) => {
    const fault = failed('post', send);
    if (fault && fault !== 'accept-then-drop') return;
    const same = body.enforce_nonce ? messages.find((message) => message.nonce === body.nonce) : undefined;
    const message = same ?? {
      id: id(),
      channel_id: path.split('/')[2] ?? '',
      content: body.content ?? '',
      embeds: body.embeds ?? [],
      ...(body.nonce && { nonce: body.nonce }),
    };
    if (!same) messages.push(message);
    if (fault) return request.socket.destroy();
    send(200, shownOf(message));
  };
  const edit = (path: string, body: Partial<DiscordMessage>, send: Send) => {
    if (failed('edit', send)) return;
    const message = messages.find((one) => one.id === path.split('/')[4]);
    if (!message) return send(404, { message: 'Unknown Message', code: 10008 });
    message.content = body.content ?? message.content;
    message.embeds = body.embeds ?? message.embeds;
    send(200, shownOf(message));
  };

  const heard = (interaction: string, { type, data }: Callback) => {
    const reply = {
      type,
      ephemeral: ((data?.flags ?? 0) & 64) !== 0,
      ...(data?.content && { content: data.content }),
      ...(data?.choices && { choices: data.choices }),
    };
    waiting.get(interaction)?.(reply);
  };
  const interact = async (type: number, data: unknown, mayChange = true): Promise<Reply> => {
    const interaction = id();
    const answer = new Promise<Reply>((done) => waiting.set(interaction, done));
    const user = { id: ids.user, username: 'ana', discriminator: '0', avatar: null };
    const permissions = mayChange ? '16' : '0';
    const member = { user, roles: [], joined_at: '2022-01-01T00:00:00Z', deaf: false, mute: false, permissions, flags: 0 };
    const channel = { id: ids.channel, type: 0, permissions };
    const message = type === 3 ? { message: shownOf({ id: id(), channel_id: ids.channel, content: '', embeds: [] }) } : {};
    emit('INTERACTION_CREATE', {
      id: interaction,
      application_id: ids.app,
      type,
      data,
      guild_id: ids.guild,
      channel_id: ids.channel,
      channel,
      member,
      token: `token-${interaction}`,
      version: 1,
      locale: 'en-US',
      guild_locale: 'en-US',
      app_permissions: '0',
      entitlements: [],
      authorizing_integration_owners: {},
      context: 0,
      attachment_size_limit: 1,
      ...message,
    });
    const late = new Promise<Reply>((done) => setTimeout(() => done({ type: 0, ephemeral: false }), ackWithin).unref());
    const reply = await Promise.race([answer, late]);
    if (reply.type === 0) violations.push('an interaction not answered within 3 s');
    return reply;
  };
  const root = (options: unknown) => ({ id: ids.app, name: 'attache', type: 1, options });

  return {
    apiUrl: `http://127.0.0.1:${port}/api`,
    token,
    guild: ids.guild,
    channel: ids.channel,
    violations,
    commands,
    messages,
    fail: (route, fault) => void faults.set(route, fault),
    command: (name, options = {}, mayChange = true) =>
      interact(
        2,
        root([{ type: 1, name, options: Object.entries(options).map(([key, value]) => ({ type: 3, name: key, value })) }]),
        mayChange,
      ),
    complete: (name, option, typed) =>
      interact(4, root([{ type: 1, name, options: [{ type: 3, name: option, value: typed, focused: true }] }])),
    press: (custom_id) => interact(3, { custom_id, component_type: 2 }),
    edited: async () => {
      while (edits.length === 0) await new Promise((done) => setTimeout(done, 20));
      return edits.shift() ?? '';
    },
    removeGuild: () => emit('GUILD_DELETE', { id: ids.guild }),
    dropGateway: () => {
      for (const socket of sockets) socket.terminate();
    },
    resumed: () => resumed,
    close: async () => {
      for (const socket of sockets) socket.terminate();
      wss.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

interface Callback {
  readonly type: number;
  readonly data?: {
    readonly content?: string;
    readonly flags?: number;
    readonly choices?: readonly { readonly name: string; readonly value: string }[];
  };
}

function guildOf() {
  const channel = { id: ids.channel, type: 0, name: 'travel', position: 0, permission_overwrites: [], nsfw: false, guild_id: ids.guild };
  return {
    id: ids.guild,
    name: 'Harness',
    owner_id: ids.user,
    roles: [
      { id: ids.guild, name: '@everyone', permissions: '0', color: 0, position: 0, hoist: false, managed: false, mentionable: false },
      {
        id: '600000000000000001',
        name: 'travel',
        permissions: '0',
        color: 0,
        position: 1,
        hoist: false,
        managed: false,
        mentionable: true,
      },
    ],
    emojis: [],
    features: [],
    channels: [channel],
    threads: [],
    members: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    stickers: [],
    soundboard_sounds: [],
    joined_at: '2022-01-01T00:00:00Z',
    large: false,
    member_count: 2,
    unavailable: false,
    preferred_locale: 'en-US',
    premium_tier: 0,
    nsfw_level: 0,
    verification_level: 0,
    mfa_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    system_channel_flags: 0,
    afk_timeout: 300,
    premium_progress_bar_enabled: false,
  };
}

function shownOf(message: DiscordMessage) {
  return {
    ...message,
    type: 0,
    author: { id: ids.app, username: 'attache', discriminator: '0', avatar: null, bot: true },
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    pinned: false,
    components: [],
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
