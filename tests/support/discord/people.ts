/** People of the emulated Discord: they give commands, press buttons and let options complete, and see what is answered. */
import { PermissionFlagsBits } from 'discord.js';
import { bot, type Channel, channelShape, type Embed, messageShape, type Permission, type World } from './world.ts';

export interface Reply {
  /** 4 a message, 5 deferred, 8 choices; 6 and 7 would change the message whose button was pressed. 0: nothing in time. */
  readonly type: number;
  readonly ephemeral: boolean;
  readonly content?: string;
  readonly embeds?: readonly Embed[];
  readonly components?: readonly unknown[];
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
}

export interface Person {
  command(name: string, options?: Readonly<Record<string, string>>): Promise<Reply>;
  /** What is offered while `typed` stands in an option. */
  complete(name: string, option: string, typed: string): Promise<Reply>;
  press(customId: string): Promise<Reply>;
}

export interface Who {
  readonly channel?: string;
  /** Whether this person has Manage Channels there. */
  readonly mayChange?: boolean;
  readonly locale?: string;
  /** The message whose button is pressed; that which carries such a button unless given. */
  readonly message?: string;
  /** The language that the server has chosen. */
  readonly server?: string;
  /** How much Discord says of where it is: all unless given. */
  readonly where?: 'id alone' | 'nothing';
}

export interface Callback {
  readonly type: number;
  readonly data?: Omit<Reply, 'type' | 'ephemeral'> & { readonly flags?: number };
}

type Refusal = { readonly status: number; readonly code: number; readonly message: string };

export type People = ReturnType<typeof createPeople>;

interface Given {
  readonly world: World;
  readonly emit: (t: string, d: unknown) => void;
  readonly violations: string[];
}

const user = { id: '400000000000000001', username: 'ana', discriminator: '0', avatar: null };
/** Discord's own patience (ms), and how long an answer may still be changed. */
const ackWithin = 3_000;
const ephemeralFlag = 64;
const manageChannels = '16';

interface Asked {
  readonly token: string;
  readonly at: number;
  readonly answered: (reply: Reply) => void;
  reply?: Reply;
}

export function createPeople({ world, emit, violations }: Given) {
  const asked = new Map<string, Asked>();
  const changed: string[] = [];

  const ask = async (
    channel: Channel,
    { mayChange = true, locale = 'en-US', server = 'en-US', where, message }: Who,
    type: number,
    data: unknown,
  ): Promise<Reply> => {
    const id = world.snowflake();
    const { promise, resolve } = Promise.withResolvers<Reply>();
    asked.set(id, { token: `token-${id}`, at: Date.now(), answered: resolve });
    const late = setTimeout(resolve, ackWithin, { type: 0, ephemeral: false });
    const {
      channel: whole,
      channel_id,
      ...rest
    } = interactionShape({ id, type, data, locale, server, message }, channel, mayChange, world);
    emit('INTERACTION_CREATE', { ...rest, ...(where !== 'nothing' && { channel_id }), ...(!where && { channel: whole }) });
    const reply = await promise.finally(() => clearTimeout(late));
    if (reply.type === 0) violations.push('an interaction not answered within 3 s');
    return reply;
  };
  const person = (channel: Channel, who: Who = {}): Person => {
    const root = (name: string, options: readonly object[]) => ({
      id: bot.id,
      name: 'attache',
      type: 1,
      options: [{ type: 1, name, options }],
    });
    return {
      command: (name, options = {}) =>
        ask(
          channel,
          who,
          2,
          root(
            name,
            Object.entries(options).map(([key, value]) => ({ type: 3, name: key, value })),
          ),
        ),
      complete: (name, option, typed) => ask(channel, who, 4, root(name, [{ type: 3, name: option, value: typed, focused: true }])),
      press: (custom_id) => ask(channel, who, 3, { custom_id, component_type: 2 }),
    };
  };
  return {
    person,
    /** The bot's answer arrives. Gives why Discord would refuse it. */
    answered: (id: string, { type, data }: Callback): Refusal | undefined => {
      const question = asked.get(id);
      if (!question || Date.now() - question.at > ackWithin) return { status: 404, code: 10_062, message: 'Unknown interaction' };
      if (question.reply) return { status: 400, code: 40_060, message: 'Interaction has already been acknowledged.' };
      const { flags = 0, ...told } = data ?? {};
      question.reply = { type, ephemeral: (flags & ephemeralFlag) !== 0, ...told };
      question.answered(question.reply);
      return undefined;
    },
    /** The bot fills in what it deferred. */
    changed: (token: string, content: string): Refusal | undefined => {
      const question = [...asked.values()].find((one) => one.token === token);
      if (!question?.reply) return { status: 404, code: 10_015, message: 'Unknown Webhook' };
      changed.push(content);
      return undefined;
    },
    /** What the next deferred answer became. */
    edited: async (): Promise<string> => {
      while (changed.length === 0) await new Promise((done) => setTimeout(done, 10));
      return changed.shift() ?? '';
    },
  };
}

/** What the bot may do in a channel, as Discord says it with every interaction. */
function permissionsAt(channel: Channel, world: World): bigint {
  const names = Object.keys(PermissionFlagsBits) as Permission[];
  return names.filter((name) => world.may(channel, name)).reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}

interface Interaction {
  readonly id: string;
  readonly type: number;
  readonly data: unknown;
  readonly locale: string;
  readonly server: string;
  readonly message: string | undefined;
}

function interactionShape({ id, type, data, locale, server, message }: Interaction, channel: Channel, mayChange: boolean, world: World) {
  const permissions = mayChange ? manageChannels : '0';
  const member = { user, roles: [], joined_at: '2022-01-01T00:00:00Z', deaf: false, mute: false, permissions, flags: 0 };
  const { custom_id: customId = '' } = data as { readonly custom_id?: string };
  const carrier = world.messages.find((one) => (message ? one.id === message : JSON.stringify(one.components).includes(`"${customId}`)));
  const pressed = carrier ?? {
    author: bot.id,
    channel_id: channel.id,
    content: '',
    embeds: [],
    components: [],
    id,
    postedAt: world.now(),
  };
  return {
    id,
    application_id: bot.id,
    type,
    data,
    channel_id: channel.id,
    channel: { ...channelShape(channel), permissions },
    token: `token-${id}`,
    version: 1,
    locale,
    app_permissions: String(permissionsAt(channel, world)),
    entitlements: [],
    authorizing_integration_owners: {},
    attachment_size_limit: 1,
    ...(channel.guild === null ? { user, context: 1 } : { guild_id: channel.guild, guild_locale: server, member, context: 0 }),
    ...(type === 3 && { message: messageShape(pressed) }),
  };
}
