/**
 * The permissions that the bot needs, by Discord's names, and the invite link that asks for them.
 */
import { ChannelType, type Client, PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import type { CannotPost } from '../../src/message.ts';

const names = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  CreatePublicThreads: 'Create Public Threads',
  SendMessagesInThreads: 'Send Messages in Threads',
  EmbedLinks: 'Embed Links',
  ReadMessageHistory: 'Read Message History',
} as const;

type Permission = keyof typeof names;

const toPost: readonly Permission[] = ['ViewChannel', 'SendMessages', 'EmbedLinks'];
const toPostInForum: readonly Permission[] = ['ViewChannel', 'SendMessages', 'SendMessagesInThreads', 'EmbedLinks'];
const toPostInThread: readonly Permission[] = ['ViewChannel', 'SendMessagesInThreads', 'EmbedLinks'];
export const toReadHistory: readonly Permission[] = ['ViewChannel', 'ReadMessageHistory'];

/** Returns the invite link, for a person who may manage a server. */
export function inviteUrl(applicationId: string): string {
  const permissions = Object.keys(names).reduce((bits, name) => bits | PermissionFlagsBits[name as Permission], 0n);
  const query = new URLSearchParams({
    client_id: applicationId,
    permissions: String(permissions),
    scope: 'bot applications.commands',
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** What the bot lacks to post, from the permissions that come with an interaction. */
export function whyNotPost(granted: Readonly<PermissionsBitField> | undefined, isThread: boolean): CannotPost | undefined {
  const missing = (isThread ? toPostInThread : toPost).filter((name) => granted && !granted.has(name)).map((name) => names[name]);
  return missing.length === 0 ? undefined : { missing };
}

/**
 * Returns the permissions that the bot lacks in a channel, by Discord's names; empty if unknown.
 */
export function lacking(client: Client | undefined, channelId: string, wanted?: readonly Permission[]): readonly string[] {
  const channel = client?.channels.cache.get(channelId);
  if (!client || !channel || channel.isDMBased()) return [];
  const granted = client.user && channel.permissionsFor(client.user);
  if (!granted) return [];
  const usual = channel.type === ChannelType.GuildForum ? toPostInForum : channel.isThread() ? toPostInThread : toPost;
  const needed = wanted ?? usual;
  return needed.filter((name) => !granted.has(name)).map((name) => names[name]);
}
