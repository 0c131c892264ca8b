/**
 * Posts the help once in a newly joined server: in its system channel, or the first one that
 * permits.
 */
import { ChannelType, type Client, Events, type Guild, Routes, type TextChannel } from 'discord.js';
import type { Observe } from '../../src/ports/clock.ts';
import type { PlatformHooks } from '../../src/ports/platform.ts';
import { lacking } from './invite.ts';
import { nonceOf } from './key.ts';
import { laneOf } from './lane.ts';
import { renderDiscord } from './render.ts';

export function greet(client: Client, hooks: PlatformHooks, observe: Observe): void {
  // Servers known before, or back after an outage, raise other events.
  client.on(Events.GuildCreate, (guild) => {
    void greetIn(guild, hooks).catch((error: unknown) => observe.log('info', 'discord.no greeting', { error: String(error) }));
  });
}

async function greetIn(guild: Guild, hooks: PlatformHooks): Promise<void> {
  const { client, systemChannel } = guild;
  const isOpen = (channel: TextChannel) => lacking(client, channel.id).length === 0;
  const texts = guild.channels.cache.filter((channel) => channel.type === ChannelType.GuildText);
  const channel = systemChannel && isOpen(systemChannel) ? systemChannel : texts.find(isOpen);
  if (!channel) return;
  const lane = laneOf(guild.id, channel.id);
  const { message } = await hooks.onCommand({
    platform: 'discord',
    lane,
    user: client.user?.id ?? '',
    mayChange: false,
    locale: guild.preferredLocale,
    input: { line: 'help' },
  });
  const body = { ...renderDiscord(message), nonce: nonceOf(`greeting ${guild.id}`), enforce_nonce: true };
  await client.rest.post(Routes.channelMessages(channel.id), { body });
}
