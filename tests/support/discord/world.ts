/** What stands on the emulated Discord: servers, channels, who may do what there, messages. It has its own clock, so that time can pass in a test. */
import { PermissionFlagsBits } from 'discord.js';

export type Permission = keyof typeof PermissionFlagsBits;

export interface DiscordMessage {
  readonly id: string;
  readonly channel_id: string;
  readonly author: string;
  readonly postedAt: number;
  content: string;
  embeds: readonly Embed[];
  components: readonly unknown[];
  editedAt?: number;
  /** Passed on to the channels that follow. */
  crossposted?: boolean;
  readonly nonce?: string;
  readonly mentions?: { readonly roles?: readonly string[]; readonly users?: readonly string[] };
  /** The message that this one replies to. */
  readonly replyTo?: string;
}

export interface Embed {
  readonly title?: string;
  readonly description?: string;
  readonly color?: number;
  readonly footer?: { readonly text: string };
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
}

/** Discord's numbers: 0 text, 1 direct messages, 5 announcements, 11 a public thread, 15 a forum. */
export interface Channel {
  readonly id: string;
  readonly guild: string | null;
  readonly type: 0 | 1 | 5 | 11 | 15;
  name: string;
  readonly parent?: string;
  denied: bigint;
  /** Of a forum: what its posts can be tagged with, and whether they must be. */
  readonly tags?: readonly { readonly id: string; readonly name: string; readonly moderated: boolean }[];
  readonly needsTag?: boolean;
  /** Of a post in a forum. */
  applied?: readonly string[];
}

export const bot = { id: '123456789012345678', username: 'attache', discriminator: '0', avatar: null, bot: true };
/** The role that every server of the harness has and whose members want to be pinged. */
export const pingRole = '600000000000000001';
const botRole = '600000000000000002';
/** What the bot's role is granted everywhere; a channel can deny it. */
const granted: readonly Permission[] = [
  'ViewChannel',
  'SendMessages',
  'CreatePublicThreads',
  'SendMessagesInThreads',
  'EmbedLinks',
  'ReadMessageHistory',
];
const epoch = 1_420_070_400_000n;
/** "The past few minutes" (ms): so long a nonce is remembered here. */
const nonceLife = 180_000;

export type World = ReturnType<typeof createWorld>;

export function createWorld() {
  const guilds = new Map<string, { readonly id: string; readonly name: string }>();
  const channels = new Map<string, Channel>();
  const messages: DiscordMessage[] = [];
  let ahead = 0;
  let counter = 0n;
  const now = () => Date.now() + ahead;
  const snowflake = () => {
    counter += 1n;
    return String(((BigInt(now()) - epoch) << 22n) + counter);
  };
  const addChannel = (channel: Partial<Channel> & Pick<Channel, 'guild'>): Channel => {
    const whole: Channel = { id: snowflake(), type: 0, name: 'travel', denied: 0n, ...channel };
    channels.set(whole.id, whole);
    return whole;
  };
  const sent = (nonce: string | undefined) =>
    nonce === undefined ? undefined : messages.find((message) => message.nonce === nonce && message.postedAt > now() - nonceLife);
  const may = (channel: Channel, permission: Permission): boolean => {
    const denied = channel.denied | (channels.get(channel.parent ?? '')?.denied ?? 0n);
    return channel.guild === null || (granted.includes(permission) && (denied & PermissionFlagsBits[permission]) === 0n);
  };
  return {
    guilds,
    channels,
    messages,
    now,
    snowflake,
    addChannel,
    /** A message of the bot that bears this nonce and was posted a short while ago. */
    sent,
    may,
    passTime: (ms: number) => {
      ahead += ms;
    },
    addGuild: (name: string) => {
      const guild = { id: snowflake(), name };
      guilds.set(guild.id, guild);
      return guild;
    },
    removeGuild: (id: string) => {
      guilds.delete(id);
      for (const channel of channels.values()) if (channel.guild === id) channels.delete(channel.id);
    },
    /** @param id of the post that it opens */
    post: (message: Omit<DiscordMessage, 'id' | 'postedAt'>, id = snowflake()): DiscordMessage => {
      const whole = { ...message, id, postedAt: now() };
      messages.push(whole);
      return whole;
    },
    remove: (id: string) => {
      const at = messages.findIndex((message) => message.id === id);
      if (at >= 0) messages.splice(at, 1);
    },
    guildShape: (id: string) => guildShape(guilds.get(id) ?? { id, name: '' }, [...channels.values()]),
  };
}

export function channelShape({ id, guild, type, name, parent, denied, tags = [], needsTag = false, applied = [] }: Channel) {
  if (guild === null) return { id, type, recipients: [] };
  const thread = { parent_id: parent, thread_metadata: { archived: false, auto_archive_duration: 1440, locked: false }, owner_id: bot.id };
  const overwrites = denied === 0n ? [] : [{ id: botRole, type: 0, allow: '0', deny: String(denied) }];
  return {
    id,
    guild_id: guild,
    type,
    name,
    position: 0,
    nsfw: false,
    permission_overwrites: overwrites,
    ...(type === 11 && { ...thread, message_count: 0, member_count: 1, applied_tags: applied }),
    ...(type === 15 && { available_tags: tags, flags: needsTag ? 1 << 4 : 0 }),
  };
}

/** As Discord gives it back: the nonce only to the one who has just posted. */
export function messageShape(message: DiscordMessage, nonce?: string) {
  const { id, channel_id, author, content, embeds, components, postedAt, editedAt, mentions } = message;
  return {
    id,
    channel_id,
    content,
    embeds,
    components,
    type: message.replyTo === undefined ? 0 : 19,
    author: author === bot.id ? bot : { id: author, username: 'ana', discriminator: '0', avatar: null },
    timestamp: new Date(postedAt).toISOString(),
    edited_timestamp: editedAt === undefined ? null : new Date(editedAt).toISOString(),
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: mentions?.roles ?? [],
    attachments: [],
    pinned: false,
    ...(nonce !== undefined && { nonce }),
    ...(message.replyTo !== undefined && { message_reference: { type: 0, channel_id, message_id: message.replyTo } }),
  };
}

function guildShape({ id, name }: { readonly id: string; readonly name: string }, channels: readonly Channel[]) {
  const role = (own: string, called: string, permissions: bigint) => ({
    id: own,
    name: called,
    permissions: String(permissions),
    color: 0,
    position: own === id ? 0 : 1,
    hoist: false,
    managed: false,
    mentionable: own === pingRole,
  });
  const allowed = granted.reduce((bits, permission) => bits | PermissionFlagsBits[permission], 0n);
  const here = channels.filter(({ guild }) => guild === id).map(channelShape);
  return {
    id,
    name,
    owner_id: '400000000000000009',
    roles: [role(id, '@everyone', 0n), role(pingRole, 'travel', 0n), role(botRole, 'attache', allowed)],
    channels: here.filter(({ type }) => type !== 11),
    threads: here.filter(({ type }) => type === 11),
    members: [{ user: bot, roles: [botRole], joined_at: '2022-01-01T00:00:00Z', deaf: false, mute: false, flags: 0 }],
    emojis: [],
    features: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    stickers: [],
    soundboard_sounds: [],
    system_channel_id: null,
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
