/** The emulated REST API: the routes that the bot uses, with their errors, and faults on demand. Every other route answers 501 and is a violation. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyViolations } from './limits.ts';
import type { Callback, People } from './people.ts';
import { bot, type Channel, channelShape, type DiscordMessage, messageShape, type World } from './world.ts';

export type RouteName =
  | 'gateway'
  | 'registered'
  | 'register'
  | 'post'
  | 'channel'
  | 'edit'
  | 'read'
  | 'thread'
  | 'forum'
  | 'rename'
  | 'threads'
  | 'crosspost'
  | 'dm'
  | 'callback'
  | 'follow';

/** What a route does instead of answering, once. */
export type Fault =
  /** Nothing happens, and the connection breaks. */
  | 'drop'
  /** It is done, and the connection breaks before the answer. */
  | 'accept-then-drop'
  | 'rate-limited'
  | 'rate-limited-globally'
  | 'error-500'
  /** It is done, later. */
  | { readonly delayMs: number }
  /** A proxy on the way answers with that status and a page of its own. */
  | { readonly page: number }
  | { readonly code: number; readonly status: number; readonly message: string };

interface Given {
  readonly world: World;
  readonly people: People;
  readonly emit: (t: string, d: unknown) => void;
  readonly isToken: (token: string | undefined) => boolean;
  readonly gatewayUrl: () => string;
  readonly violations: string[];
  /** Requests a second in all channels together. */
  readonly perSecond?: number;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Write = Partial<DiscordMessage> & {
  readonly enforce_nonce?: boolean;
  readonly allowed_mentions?: DiscordMessage['mentions'];
  readonly message_reference?: { readonly message_id: string; readonly fail_if_not_exists?: boolean };
};

interface Asked {
  /** What stands in the path's brackets, in order. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

const patterns: readonly (readonly [string, RegExp, RouteName])[] = [
  ['GET', /^\/gateway\/bot$/, 'gateway'],
  ['GET', /^\/applications\/(\d+)\/commands$/, 'registered'],
  ['PUT', /^\/applications\/(\d+)\/commands$/, 'register'],
  ['POST', /^\/channels\/(\d+)\/messages$/, 'post'],
  ['GET', /^\/channels\/(\d+)$/, 'channel'],
  ['GET', /^\/channels\/(\d+)\/messages$/, 'read'],
  ['PATCH', /^\/channels\/(\d+)\/messages\/(\d+)$/, 'edit'],
  ['PATCH', /^\/channels\/(\d+)$/, 'rename'],
  ['POST', /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/, 'thread'],
  ['POST', /^\/channels\/(\d+)\/threads$/, 'forum'],
  ['GET', /^\/guilds\/(\d+)\/threads\/active$/, 'threads'],
  ['POST', /^\/channels\/(\d+)\/messages\/(\d+)\/crosspost$/, 'crosspost'],
  ['POST', /^\/interactions\/(\d+)\/([^/]+)\/callback$/, 'callback'],
  ['POST', /^\/users\/@me\/channels$/, 'dm'],
  // A client encodes the @ of @original.
  ['PATCH', /^\/webhooks\/(\d+)\/([^/]+)\/messages\/(?:@|%40)original$/, 'follow'],
];

export function createRest(given: Given) {
  const { people, isToken, violations, perSecond = Number.POSITIVE_INFINITY } = given;
  let recent: number[] = [];
  let latencyMs = 0;
  let tooFast = 0;
  /** Within any second, whenever it begins. */
  const comesTooFast = () => {
    const now = performance.now();
    recent = recent.filter((at) => now - at < 1_000);
    if (recent.length >= perSecond) {
      tooFast += 1;
      return true;
    }
    recent.push(now);
    return false;
  };
  const faults = new Map<RouteName, Fault[]>();
  const calls: RouteName[] = [];
  const commands: unknown[] = [];
  const routes: Readonly<Record<RouteName, (asked: Asked) => Answer>> = {
    ...channelRoutes(given),
    gateway: () => ok({ url: given.gatewayUrl(), shards: 1, session_start_limit: startLimit }),
    registered: ({ query }) => {
      const shown = query.get('with_localizations') === 'true' ? commands : commands.map(withoutLocalNames);
      return ok(shown.map((command) => ({ ...(command as object), id: bot.id, version: '1' })));
    },
    register: ({ body }) => {
      commands.splice(0, commands.length, ...(body as unknown[]));
      return ok(commands);
    },
    callback: ({ ids: [id = ''], body }) => {
      const refusal = people.answered(id, body as Callback);
      return refusal ? failed(refusal.status, refusal.code, refusal.message) : { status: 204 };
    },
    follow: ({ ids: [, token = ''], body }) => {
      const { content = '', embeds = [] } = body as Write;
      const refusal = people.changed(token, content);
      if (refusal) return failed(refusal.status, refusal.code, refusal.message);
      const shown = {
        id: given.world.snowflake(),
        channel_id: '0',
        author: bot.id,
        postedAt: given.world.now(),
        content,
        embeds,
        components: [],
      };
      return ok(messageShape(shown));
    },
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', headers } = request;
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = pathname.replace(/^\/api\/v10/, '');
    const body = await bodyOf(request);
    const found = patterns
      .map(([verb, pattern, name]) => ({ name, match: verb === method ? pattern.exec(path) : null }))
      .find(({ match }) => match);
    if (!found) {
      violations.push(`no such route: ${method} ${path}`);
      return write(response, failed(501, 0, 'not in this harness'));
    }
    const { name, match } = found;
    // An interaction's own token stands in its path.
    const open = name === 'callback' || name === 'follow';
    if (!open && !isToken(headers.authorization?.replace(/^Bot /, ''))) return write(response, failed(401, 0, '401: Unauthorized'));
    calls.push(name);
    violations.push(...bodyViolations(name, body));
    const fault = faults.get(name)?.shift();
    if (fault === 'drop') return request.socket.destroy();
    if (fault === 'rate-limited' || fault === 'rate-limited-globally') return write(response, slowDown(fault === 'rate-limited-globally'));
    if (fault === 'error-500') return write(response, failed(500, 0, 'Internal Server Error'));
    if (typeof fault === 'object' && 'page' in fault)
      return void response.writeHead(fault.page, { 'content-type': 'text/html' }).end('<h1>Blocked</h1>');
    if (typeof fault === 'object' && 'code' in fault) return write(response, failed(fault.status, fault.code, fault.message));
    if (!open && comesTooFast()) return write(response, slowDown(true));
    const delayMs = typeof fault === 'object' ? fault.delayMs : latencyMs;
    if (delayMs > 0) await new Promise((done) => setTimeout(done, delayMs));
    const answer = routes[name]({ ids: match?.slice(1) ?? [], query, body });
    return fault === 'accept-then-drop' ? request.socket.destroy() : write(response, answer);
  };
  return {
    handle,
    calls,
    commands,
    tooFast: () => tooFast,
    latency: (ms: number) => {
      latencyMs = ms;
    },
    fail: (route: RouteName, fault: Fault) => void faults.set(route, [...(faults.get(route) ?? []), fault]),
  };
}

/** Discord keeps the names in other languages to itself unless it is asked for them. */
function withoutLocalNames(command: unknown): unknown {
  return JSON.parse(JSON.stringify(command, (key, value: unknown) => (key.endsWith('_localizations') ? undefined : value)));
}

const startLimit = { total: 1000, remaining: 999, reset_after: 1000, max_concurrency: 1 };
const ok = (body: unknown): Answer => ({ status: 200, body });
const failed = (status: number, code: number, message: string): Answer => ({ status, body: { message, code } });
const unknownChannel = failed(404, 10_003, 'Unknown Channel');
const unknownMessage = failed(404, 10_008, 'Unknown Message');
const missingAccess = failed(403, 50_001, 'Missing Access');
const missingPermissions = failed(403, 50_013, 'Missing Permissions');

function slowDown(global: boolean): Answer {
  const headers = { 'retry-after': '3', 'x-ratelimit-scope': global ? 'global' : 'user', ...(global && { 'x-ratelimit-global': 'true' }) };
  return { status: 429, body: { message: 'You are being rate limited.', retry_after: 3, global }, headers };
}

function channelRoutes({ world, emit }: Given) {
  const { may, messages, channels } = world;
  const inChannel =
    (work: (channel: Channel, asked: Asked) => Answer) =>
    (asked: Asked): Answer => {
      const channel = channels.get(asked.ids[0] ?? '');
      if (!channel) return unknownChannel;
      return may(channel, 'ViewChannel') ? work(channel, asked) : missingAccess;
    };
  const messageOf = (channel: Channel, id: string | undefined) => messages.find((one) => one.id === id && one.channel_id === channel.id);
  return {
    // A forum holds posts, and no messages of its own.
    post: inChannel((channel, { body }) => {
      const { nonce, enforce_nonce, content = '', embeds = [], components = [], allowed_mentions, message_reference } = body as Write;
      if (channel.type === 15) return failed(400, 50_008, 'Cannot send messages in a non-text channel');
      if (!may(channel, channel.type === 11 ? 'SendMessagesInThreads' : 'SendMessages')) return missingPermissions;
      if (embeds.length > 0 && !may(channel, 'EmbedLinks')) return missingPermissions;
      const same = enforce_nonce ? world.sent(nonce) : undefined;
      if (same) return ok(messageShape(same, nonce));
      const of = message_reference && messageOf(channel, message_reference.message_id);
      if (message_reference && !of && message_reference.fail_if_not_exists !== false) return failed(400, 50_035, 'Unknown message');
      const written = { channel_id: channel.id, author: bot.id, content, embeds, components };
      const told = { ...(nonce && { nonce }), ...(allowed_mentions && { mentions: allowed_mentions }), ...(of && { replyTo: of.id }) };
      return ok(messageShape(world.post({ ...written, ...told }), nonce));
    }),
    channel: inChannel((channel) => ok(channelShape(channel))),
    forum: inChannel((channel, { body }) => {
      if (channel.type !== 15) return failed(400, 50_024, 'Cannot execute action on this channel type');
      if (!may(channel, 'SendMessages')) return missingPermissions;
      const {
        name,
        message,
        applied_tags: applied = [],
      } = body as {
        readonly name: string;
        readonly message: Write;
        readonly applied_tags?: readonly string[];
      };
      if (channel.needsTag && applied.length === 0) return failed(400, 40_067, 'A tag is required to create a forum post in this channel');
      if (applied.some((id) => !channel.tags?.some((tag) => tag.id === id))) return failed(400, 50_035, 'Unknown tag');
      const { content = '', embeds = [], components = [], allowed_mentions } = message;
      const thread = world.addChannel({ guild: channel.guild, type: 11, name, parent: channel.id, applied });
      emit('THREAD_CREATE', { ...channelShape(thread), newly_created: true });
      const told = {
        channel_id: thread.id,
        author: bot.id,
        content,
        embeds,
        components,
        ...(allowed_mentions && { mentions: allowed_mentions }),
      };
      const first = world.post(told, thread.id);
      return { status: 201, body: { ...channelShape(thread), message: messageShape(first) } };
    }),
    rename: inChannel((channel, { body }) => {
      const { name = channel.name, applied_tags: applied = channel.applied ?? [] } = body as {
        readonly name?: string;
        readonly applied_tags?: readonly string[];
      };
      if (channel.type !== 11) return failed(403, 50_013, 'Missing Permissions');
      Object.assign(channel, { name, applied });
      emit('THREAD_UPDATE', channelShape(channel));
      return ok(channelShape(channel));
    }),
    threads: ({ ids: [guild] }: Asked) => {
      const threads = [...channels.values()].filter(
        (channel) => channel.type === 11 && channel.guild === guild && may(channel, 'ViewChannel'),
      );
      return ok({ threads: threads.map(channelShape), members: [] });
    },
    dm: ({ body }: Asked) => {
      const { recipient_id: recipient } = body as { readonly recipient_id: string };
      return ok({
        ...channelShape(world.addChannel({ guild: null, type: 1 })),
        recipients: [{ id: recipient, username: 'ana', discriminator: '0', avatar: null }],
      });
    },
    crosspost: inChannel((channel, { ids }) => {
      const message = messageOf(channel, ids[1]);
      if (channel.type !== 5) return failed(400, 50_024, 'Cannot execute action on this channel type');
      if (!message) return unknownMessage;
      if (message.crossposted) return failed(400, 40_033, 'This message has already been crossposted.');
      message.crossposted = true;
      return ok(messageShape(message));
    }),
    read: inChannel((channel, { query }) => {
      const limit = Number(query.get('limit') ?? 50);
      if (limit < 1 || limit > 100) return failed(400, 50_035, 'Invalid Form Body');
      // Discord shows nothing, rather than an error, to those who may not read back.
      if (!may(channel, 'ReadMessageHistory')) return ok([]);
      const after = BigInt(query.get('after') ?? 0);
      const here = messages.filter((message) => message.channel_id === channel.id && BigInt(message.id) > after);
      const page = query.has('after') ? here.slice(0, limit) : here.slice(-limit);
      return ok(page.reverse().map((message) => messageShape(message)));
    }),
    edit: inChannel((channel, { ids, body }) => {
      const message = messageOf(channel, ids[1]);
      if (!message) return unknownMessage;
      if (message.author !== bot.id) return failed(403, 50_005, 'Cannot edit a message authored by another user');
      const { content = message.content, embeds = message.embeds, components = message.components } = body as Write;
      Object.assign(message, { content, embeds, components, editedAt: world.now() });
      return ok(messageShape(message));
    }),
    thread: inChannel((channel, { ids, body }) => {
      const message = messageOf(channel, ids[1]);
      if (channel.type === 11 || channel.guild === null) return failed(400, 50_024, 'Cannot execute action on this channel type');
      if (!message) return unknownMessage;
      if (!may(channel, 'CreatePublicThreads')) return missingPermissions;
      if (channels.has(message.id)) return failed(400, 160_004, 'A thread has already been created for this message');
      const { name } = body as { readonly name: string };
      const thread = world.addChannel({ id: message.id, guild: channel.guild, type: 11, name, parent: channel.id });
      emit('THREAD_CREATE', { ...channelShape(thread), newly_created: true });
      return { status: 201, body: channelShape(thread) };
    }),
  };
}

/** An answer without a body must not claim to be JSON. */
function write(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, body === undefined ? headers : { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
