/** What people do on Discord, handed over: commands, buttons, completions, and removals of the bot. */
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
  /** How long an answer may take before Discord is told that it will come (ms); it gives us 3 s. */
  readonly patienceMs: number;
}

export function listen(client: Client, hooks: PlatformHooks, { observe, patienceMs }: Listening): void {
  const failed = (event: string) => (error: unknown) => observe.log('warn', event, { error: String(error) });
  // Some servers name the channel by its id alone, which the client does not hand on.
  const places = new Map<string, string>();
  client.on(Events.Raw, (packet: { readonly t: string | null; readonly d: unknown }) => {
    const { id, channel_id, channel } = (packet.t === 'INTERACTION_CREATE' ? packet.d : {}) as Readonly<Record<string, unknown>>;
    if (typeof id === 'string' && typeof channel_id === 'string' && !channel) places.set(id, channel_id);
  });
  const heard = async (interaction: BaseInteraction): Promise<void> => {
    // Without a channel there is nothing that could be changed or asked of it.
    const where = interaction.channelId ?? places.get(interaction.id);
    places.delete(interaction.id);
    if (interaction.isRepliable() && !where)
      return void (await interaction.reply({
        ...shownOf(newMessage('answer', platformWords(interaction).nowhere)),
        flags: MessageFlags.Ephemeral,
      }));
    if (interaction.isAutocomplete()) return complete(interaction, hooks, where ?? null);
    if (interaction.isChatInputCommand())
      return answer(interaction, hooks.onCommand({ ...whoOf(interaction, where ?? ''), input: saidOf(interaction) }), patienceMs);
    const pressed = interaction.isButton() ? pressedOf(interaction.customId) : undefined;
    if (interaction.isButton() && pressed)
      await answer(interaction, hooks.onButton({ ...whoOf(interaction, where ?? ''), ...pressed, ...messageOf(interaction) }), patienceMs);
  };
  const gone = (what: Parameters<PlatformHooks['onRemoved']>[0]) => void hooks.onRemoved(what).catch(failed('discord.erasing failed'));
  client.on(Events.InteractionCreate, (interaction) => void heard(interaction).catch(failed('discord.answer failed')));
  // An outage that takes a guild away for a while is another event.
  client.on(Events.GuildDelete, ({ id }) => gone({ workspace: `discord:${id}` }));
  // Who cannot be reached keeps nobody else from being told.
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
    // In direct messages everything is the person's own.
    mayChange: interaction.memberPermissions?.has(PermissionFlagsBits.ManageChannels) ?? guildId === null,
    ...(cannotPost && { cannotPost }),
    ...(cannotPing && { cannotPing }),
  } as const;
}

/** A role that only some may mention would be named and nobody called. Undefined where no role was named that is known. */
function whyNotPing({ options, guild, appPermissions }: ChatInputCommandInteraction): { readonly role: string } | undefined {
  const said = options.data[0]?.options?.filter(({ name }) => name === 'ping' || name === 'escalate') ?? [];
  const ids = said.flatMap(({ value }) => /(?:^|<@&| )(\d{15,})>?$/.exec(String(value ?? '').trim())?.[1] ?? []);
  const role = ids.map((id) => guild?.roles.cache.get(id)).find((one) => one && !one.mentionable);
  if (!role || appPermissions.has(PermissionFlagsBits.MentionEveryone)) return undefined;
  return { role: role.name };
}

/** Said in a post of a forum, it is about the forum: each event gets a post there. */
function isInForum(channel: BaseInteraction['channel']): channel is AnyThreadChannel {
  if (!channel?.isThread()) return false;
  return channel.parent?.type === ChannelType.GuildForum;
}

/** What only one person sees cannot be edited. */
function messageOf({ message }: ButtonInteraction): { readonly pressed?: MessageRef } {
  if (message.flags.has(MessageFlags.Ephemeral)) return {};
  return { pressed: { channel: message.channelId, id: message.id } };
}

function saidOf(interaction: ChatInputCommandInteraction) {
  const command = interaction.options.getSubcommand();
  const given = interaction.options.data[0]?.options ?? [];
  return { command, options: Object.fromEntries(given.map((option) => [option.name, String(option.value ?? '')])) };
}

/** At once where the answer is there; else Discord is told in time that it will come, and then only the one who asked sees it. */
async function answer(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  coming: Promise<Answer>,
  patienceMs: number,
): Promise<void> {
  const sure = coming.catch((error: unknown): Answer & { readonly error: unknown } => ({
    message: newMessage('answer', platformWords(interaction).tryAgain),
    private: true,
    error,
  }));
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(late.resolve, patienceMs, undefined);
  const first = await Promise.race([sure, late.promise]);
  clearTimeout(timer);
  if (first) await interaction.reply({ ...shownOf(first.message), ...(first.private && { flags: MessageFlags.Ephemeral }) });
  else {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply(shownOf((await sure).message));
  }
  const told = await sure;
  if ('error' in told) throw told.error;
}

/** In the language of the person: nothing is known of the channel. */
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
  // A value that does not fit whole would complete to something else.
  const fitting = choices.filter(({ label, value }) => label.trim() !== '' && value !== '' && value.length <= limits.choice);
  await interaction.respond(fitting.slice(0, limits.choices).map(({ label, value }) => ({ name: plain(label, limits.choice), value })));
}
