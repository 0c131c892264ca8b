/** One workspace: an emulator of npm `emulate`, in which people make channels and join them. */
import { createEmulator } from 'emulate';

export interface SlackMessage {
  readonly ts: string;
  readonly text: string;
  readonly thread_ts?: string;
  readonly blocks?: readonly unknown[];
}

interface Channel {
  readonly id: string;
  readonly name: string;
  readonly is_private?: boolean;
  readonly is_archived?: boolean;
}

type Body = Readonly<Record<string, unknown>>;

export interface Workspace {
  readonly team: string;
  /** A channel that everyone is in, and the people. */
  readonly channel: string;
  readonly user: string;
  readonly bot: string;
  readonly botToken: string;
  /** Everyone's id by name. */
  readonly people: () => Promise<Readonly<Record<string, string>>>;
  readonly channels: () => Promise<readonly Channel[]>;
  messages(channel?: string): Promise<readonly SlackMessage[]>;
  /** Each message of a channel, and behind it what stands in its thread. */
  withThreads(channel?: string): Promise<readonly SlackMessage[]>;
  addChannel(name: string, how?: { readonly isPrivate?: boolean; readonly members?: readonly string[] }): Promise<string>;
  archive(channel: string): Promise<void>;
  invite(channel: string, person: string): Promise<void>;
  /** Somebody writes something. */
  say(text: string, thread?: string): Promise<void>;
  /** As `users.conversations` gives it to the bot. */
  channelsOf(user: string, types: string): Promise<Body>;
  forward(method: string, token: string, body: string, type: string): Promise<{ readonly status: number; readonly body: unknown }>;
  /** The page where a person allows an app what it asks for: gives where the browser is sent then. */
  consent(page: URL): Promise<URL>;
  close(): Promise<void>;
}

/** The emulator knows one team's id. */
const itsTeam = 'T000000001';
const everything = [
  'chat:write',
  'channels:history',
  'groups:history',
  'channels:read',
  'groups:read',
  'channels:manage',
  'channels:join',
  'groups:write',
  'users:read',
];

export async function openWorkspace(index: number, channels: readonly string[] = []): Promise<Workspace> {
  const botToken = index === 1 ? 'xoxb-harness' : `xoxb-harness-${index}`;
  const team = `T00000000${index}`;
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        team: { name: `Harness ${index}`, domain: 'harness' },
        users: [{ name: 'ana', is_admin: true }, { name: 'ben' }, { name: 'attache' }],
        channels: [{ name: 'travel' }, ...channels.map((name) => ({ name }))],
        tokens: [
          { token: botToken, user: 'attache', scopes: everything },
          { token: 'ana', user: 'ana', scopes: everything },
          { token: 'ben', user: 'ben', scopes: everything },
        ],
      },
    },
  });
  const url = emulator.url.replace('localhost', '127.0.0.1');

  const forward: Workspace['forward'] = async (method, token, body, type) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    const answer = await fetch(`${url}/api/${method}`, {
      method: 'POST',
      headers,
      ...(body !== '' && { body: body.replaceAll(team, itsTeam) }),
    });
    const text = (await answer.text()).replaceAll(itsTeam, team);
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : { ok: false, error: 'unknown_method' } };
  };
  const ask = async (method: string, body: Body, token = botToken): Promise<Body> => {
    const answer = (await forward(method, token, JSON.stringify(body), 'application/json')).body as Body;
    if (answer.ok !== true) throw new Error(`${method}: ${JSON.stringify(answer).slice(0, 200)}`);
    return answer;
  };
  const listed = async (token: string) => {
    const found: Channel[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page = await ask(
        'conversations.list',
        { types: 'public_channel,private_channel', limit: 500, ...(cursor && { cursor }) },
        token,
      );
      found.push(...(page.channels as readonly Channel[]));
      cursor = (page.response_metadata as { next_cursor?: string } | undefined)?.next_cursor || undefined;
    }
    return found;
  };
  const people = async () => {
    const { members } = await ask('users.list', {});
    return Object.fromEntries((members as { name: string; id: string }[]).map(({ name, id }) => [name, id]));
  };
  const { ana: user = '', attache: bot = '' } = await people();
  const channel = (await listed(botToken)).find(({ name }) => name === 'travel')?.id ?? '';

  return {
    team,
    channel,
    user,
    bot,
    botToken,
    people,
    channels: () => listed(botToken),
    messages: async (where = channel) => {
      const { messages } = await ask('conversations.history', { channel: where, limit: 1000 });
      return (messages as SlackMessage[]).filter((message) => message.blocks !== undefined).reverse();
    },
    withThreads: async (where = channel) => {
      const found: SlackMessage[] = [];
      const { messages } = await ask('conversations.history', { channel: where, limit: 1000 });
      for (const { ts } of (messages as SlackMessage[]).toReversed()) {
        const thread = await ask('conversations.replies', { channel: where, ts, limit: 1000 });
        found.push(...(thread.messages as SlackMessage[]));
      }
      return found.filter((message) => message.blocks !== undefined);
    },
    addChannel: async (name, { isPrivate = false, members: invited = [bot] } = {}) => {
      const { id } = (await ask('conversations.create', { name, is_private: isPrivate }, 'ana')).channel as Channel;
      const others = invited.filter((one) => one !== user);
      if (others.length > 0) await ask('conversations.invite', { channel: id, users: others.join(',') }, 'ana');
      if (!invited.includes(user)) await ask('conversations.leave', { channel: id }, 'ana');
      return id;
    },
    invite: async (which, person) => void (await ask('conversations.invite', { channel: which, users: person }, 'ana')),
    archive: async (which) => void (await ask('conversations.archive', { channel: which }, 'ana')),
    say: async (text, thread) => void (await ask('chat.postMessage', { channel, text, ...(thread && { thread_ts: thread }) }, 'ana')),
    channelsOf: async (person, types) => {
      const found: Channel[] = [];
      for (const one of await listed(botToken)) {
        const kind = one.is_private ? 'private_channel' : 'public_channel';
        const { members: inside } = await ask('conversations.members', { channel: one.id });
        if (types.includes(kind) && !one.is_archived && (inside as string[]).includes(person)) found.push(one);
      }
      return { ok: true, channels: found, response_metadata: { next_cursor: '' } };
    },
    forward,
    consent: async ({ searchParams: asked }) => {
      const form = new URLSearchParams(asked);
      form.set('user_id', user);
      if (!form.get('redirect_uri')) form.set('redirect_uri', 'https://bot.example/slack/oauth_redirect');
      const answer = await fetch(`${url}/oauth/v2/authorize/callback`, { method: 'POST', body: form, redirect: 'manual' });
      return new URL(answer.headers.get('location') ?? '');
    },
    close: () => emulator.close(),
  };
}
