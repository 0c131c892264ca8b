/** Translates Discord's events into hooks: commands, buttons, autocomplete, removals of the bot. */
import {
  type AnyThreadChannel,
  type AutocompleteInteraction,
  type BaseInteraction,
  type ButtonInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  type InteractionEditReplyOptions,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import { speechIn } from '../../src/i18n/speech.ts';
import { type Answer, type ChatMessage, newMessage } from '../../src/message.ts';
import type { MessageRef } from '../../src/model/delivery.ts';
import type { Observe } from '../../src/ports/clock.ts';
import type { PlatformHooks } from '../../src/ports/platform.ts';
import { pressedOf } from './buttons.ts';
import { whyNotPost } from './invite.ts';
import { laneOf } from './lane.ts';
import { limits } from './limits.ts';
import { localeOf } from './locale.ts';
import { renderDiscord } from './render.ts';
import { plain } from './text.ts';

export interface Listening {
  readonly observe: Observe;
  /** How long to wait for an answer before deferring (ms); Discord allows 3 s. */
  readonly patienceMs: number;
}

export function listen(client: Client, hooks: PlatformHooks, { observe, patienceMs }: Listening): void {
  const failed = (event: string) => (error: unknown) => observe.log('warn', event, { error: String(error) });
  // Some servers send only the channel's id, which the client does not pass on.
  const channelIds = new Map<string, string>();
  client.on(Events.Raw, (packet: { readonly t: string | null; readonly d: unknown }) => {
    const { id, channel_id, channel } = (packet.t === 'INTERACTION_CREATE' ? packet.d : {}) as Readonly<Record<string, unknown>>;
    if (typeof id === 'string' && typeof channel_id === 'string' && !channel) channelIds.set(id, channel_id);
  });
  const onInteraction = async (interaction: BaseInteraction): Promise<void> => {
    // Without a channel there is nothing to change or to show.
    const where = interaction.channelId ?? channelIds.get(interaction.id);
    channelIds.delete(interaction.id);
    if (interaction.isRepliable() && !where)
      return void (await interaction.reply({
        ...shownOf(newMessage('answer', platformWords(interaction).nowhere)),
        flags: MessageFlags.Ephemeral,
      }));
    if (interaction.isAutocomplete()) return complete(interaction, hooks, where ?? null);
    if (interaction.isChatInputCommand())
      return answer(interaction, hooks.onCommand({ ...whoOf(interaction, where ?? ''), input: inputOf(interaction) }), patienceMs);
    const pressed = interaction.isButton() ? pressedOf(interaction.customId) : undefined;
    if (interaction.isButton() && pressed)
      await answer(interaction, hooks.onButton({ ...whoOf(interaction, where ?? ''), ...pressed, ...messageOf(interaction) }), patienceMs);
  };
  const gone = (what: Parameters<PlatformHooks['onRemoved']>[0]) => void hooks.onRemoved(what).catch(failed('discord.erasing failed'));
  client.on(Events.InteractionCreate, (interaction) => void onInteraction(interaction).catch(failed('discord.answer failed')));
  // A guild that is unavailable in an outage raises another event.
  client.on(Events.GuildDelete, ({ id }) => gone({ workspace: `discord:${id}` }));
  // A person who cannot be reached must not keep the others from being notified.
  const reach = async (user: string) => {
    try {
      return laneOf(null, (await client.users.createDM(user)).id);
    } catch (error) {
      failed('discord.no direct messages')(error);
      return undefined;
    }
  };
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) gone({ lane: laneOf(channel.guildId, channel.id), called: `#${channel.name}`, reach });
  });
  client.on(Events.ThreadDelete, ({ guildId, id, name }) => gone({ lane: laneOf(guildId, id), ...(name && { called: name }), reach }));
}

function whoOf(interaction: ChatInputCommandInteraction | ButtonInteraction, channelId: string) {
  const { guildId, appPermissions, channel } = interaction;
  const cannotPost = guildId === null ? undefined : whyNotPost(appPermissions, channel?.isThread() ?? false);
  const cannotPing = interaction.isChatInputCommand() ? whyNotPing(interaction) : undefined;
  return {
    platform: 'discord',
    lane: laneOf(guildId, isInForum(channel) ? channel.parentId : channelId),
    user: interaction.user.id,
    locale: localeOf(interaction),
    // In direct messages, everyone may change their own settings.
    mayChange: interaction.memberPermissions?.has(PermissionFlagsBits.ManageChannels) ?? guildId === null,
    ...(cannotPost && { cannotPost }),
    ...(cannotPing && { cannotPing }),
  } as const;
}

/**
 * Returns a named role that the bot may not mention, as it would be shown without a ping; undefined
 * if there is none.
 */
function whyNotPing({ options, guild, appPermissions }: ChatInputCommandInteraction): { readonly role: string } | undefined {
  const mentions = options.data[0]?.options?.filter(({ name }) => name === 'ping' || name === 'escalate') ?? [];
  const ids = mentions.flatMap(({ value }) => /(?:^|<@&| )(\d{15,})>?$/.exec(String(value ?? '').trim())?.[1] ?? []);
  const role = ids.map((id) => guild?.roles.cache.get(id)).find((one) => one && !one.mentionable);
  if (!role || appPermissions.has(PermissionFlagsBits.MentionEveryone)) return undefined;
  return { role: role.name };
}

/** A command in a forum post applies to the forum, where each event gets a post. */
function isInForum(channel: BaseInteraction['channel']): channel is AnyThreadChannel {
  if (!channel?.isThread()) return false;
  return channel.parent?.type === ChannelType.GuildForum;
}

/** Ephemeral messages cannot be edited. */
function messageOf({ message }: ButtonInteraction): { readonly pressed?: MessageRef } {
  if (message.flags.has(MessageFlags.Ephemeral)) return {};
  return { pressed: { channel: message.channelId, id: message.id } };
}

function inputOf(interaction: ChatInputCommandInteraction) {
  const command = interaction.options.getSubcommand();
  const given = interaction.options.data[0]?.options ?? [];
  return { command, options: Object.fromEntries(given.map((option) => [option.name, String(option.value ?? '')])) };
}

/**
 * Replies directly if the answer comes in time, else defers; deferred answers are always private.
 */
async function answer(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  coming: Promise<Answer>,
  patienceMs: number,
): Promise<void> {
  const settledAnswer = coming.catch((error: unknown): Answer & { readonly error: unknown } => ({
    message: newMessage('answer', platformWords(interaction).tryAgain),
    private: true,
    error,
  }));
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(late.resolve, patienceMs, undefined);
  const first = await Promise.race([settledAnswer, late.promise]);
  clearTimeout(timer);
  if (first) await interaction.reply({ ...shownOf(first.message), ...(first.private && { flags: MessageFlags.Ephemeral }) });
  else {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply(shownOf((await settledAnswer).message));
  }
  const result = await settledAnswer;
  if ('error' in result) throw result.error;
}

/** In the person's language, as the channel's is not known here. */
const platformWords = ({ locale }: Pick<BaseInteraction, 'locale'>) => speechIn(locale).answers.platform;

type Shown = Pick<InteractionEditReplyOptions, 'embeds' | 'components' | 'allowedMentions'> & { readonly content: string };

function shownOf(message: ChatMessage): Shown {
  const { content, embeds, components } = renderDiscord(message);
  return { content, embeds, components: [...components], allowedMentions: { parse: [] } };
}

async function complete(interaction: AutocompleteInteraction, hooks: PlatformHooks, channelId: string | null): Promise<void> {
  const { name: option, value: typed } = interaction.options.getFocused(true);
  const { locale, guildId, channel } = interaction;
  const lane = laneOf(guildId, isInForum(channel) ? channel.parentId : channelId);
  const asked = { command: interaction.options.getSubcommand(), option, typed, locale, lane };
  const choices = await hooks.suggest(asked);
  // A truncated value would complete to something else.
  const fitting = choices.filter(({ label, value }) => label.trim() !== '' && value !== '' && value.length <= limits.choice);
  await interaction.respond(fitting.slice(0, limits.choices).map(({ label, value }) => ({ name: plain(label, limits.choice), value })));
}
