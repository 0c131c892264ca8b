/** Discord through discord.js: posts and edits by REST, hears commands, buttons and removals by the gateway. */
import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  Client,
  Events,
  GatewayIntentBits,
  type InteractionEditReplyOptions,
  MessageFlags,
  OAuth2Scopes,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';
import type { Answer, ButtonAct } from '../../src/message.ts';
import type { LaneId, SendOutcome } from '../../src/model.ts';
import type { ChatPlatform, Outgoing, PlatformHooks } from '../../src/ports.ts';
import { asDiscordCommand } from './commands.ts';
import { outcomeOf, refusalOf, tokenMend } from './errors.ts';
import { cut, limits } from './limits.ts';
import { renderDiscord } from './render.ts';

export interface DiscordOptions {
  readonly token: string;
  /** Another server than Discord's, for tests. */
  readonly apiUrl?: string;
  /** Of one call (ms). */
  readonly timeoutMs?: number;
}

/** How long an answer may take before Discord is told that it will come (ms); it gives us 3 s. */
const patience = 1_500;
const acts = new Set<string>(['acknowledge', 'mute', 'why', 'wrong', 'command']);
export const permissions = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.SendMessagesInThreads,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.ReadMessageHistory,
];

export function createDiscord(options: DiscordOptions): ChatPlatform {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: {
      // The outbox alone tries again: a repeated attempt could post twice.
      retries: 0,
      timeout: options.timeoutMs ?? 15_000,
      rejectOnRateLimit: () => true,
      ...(options.apiUrl && { api: options.apiUrl }),
    },
  });

  const write = async (out: Outgoing, write: () => Promise<unknown>): Promise<SendOutcome> => {
    try {
      const { id, channel_id: channel } = (await write()) as { readonly id: string; readonly channel_id: string };
      const guild = out.lane.split(':')[1] ?? '@me';
      return { kind: 'sent', ref: { channel, id, url: `https://discord.com/channels/${guild}/${channel}/${id}` } };
    } catch (error) {
      return outcomeOf(error);
    }
  };
  const body = (out: Outgoing) => renderDiscord(out.message, { key: out.key, ...(out.mention && { mention: out.mention }) });

  return {
    name: 'discord',
    start: async (hooks) => {
      listen(client, hooks);
      try {
        await connected(client, options.token);
        await client.rest.put(Routes.applicationCommands(client.application?.id ?? ''), { body: [asDiscordCommand(hooks.commands)] });
        const invite = client.generateInvite({ scopes: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands], permissions });
        return { kind: 'ready', as: `${client.user?.tag ?? 'attache'}; invite it with ${invite}` };
      } catch (error) {
        await client.destroy().catch(() => undefined);
        return { kind: 'refused', reason: refusalOf(error) };
      }
    },
    send: (out) =>
      write(out, () =>
        client.rest.post(Routes.channelMessages(channelOf(out.lane)), {
          body: {
            ...body(out),
            nonce: out.key.slice(0, 25),
            enforce_nonce: true,
            ...(out.replyTo && { message_reference: { message_id: out.replyTo.id, fail_if_not_exists: false } }),
          },
        }),
      ),
    edit: (ref, out) =>
      write(out, () =>
        client.rest.patch(Routes.channelMessage(ref.channel, ref.id), { body: { ...body(out), allowed_mentions: { parse: [] } } }),
      ),
    find: async ({ key, lane, since }) => {
      try {
        const messages = (await client.rest.get(Routes.channelMessages(channelOf(lane)), {
          query: new URLSearchParams({ limit: '100' }),
        })) as readonly Found[];
        const mine = messages.find(
          (message) => message.author.id === client.user?.id && Date.parse(message.timestamp) >= since && carries(message, key),
        );
        return mine ? { kind: 'found', ref: { channel: mine.channel_id, id: mine.id } } : { kind: 'absent' };
      } catch (error) {
        const outcome = outcomeOf(error);
        return { kind: 'cannot-tell', reason: 'reason' in outcome ? outcome.reason : 'no answer' };
      }
    },
    render: (message, { mention, act }) => ({
      ...renderDiscord(message, mention ? { mention } : {}),
      ...(act === 'edit' && { allowed_mentions: { parse: [] } }),
    }),
    stop: async () => {
      await client.destroy().catch(() => undefined);
    },
  };
}

interface Found {
  readonly id: string;
  readonly channel_id: string;
  readonly timestamp: string;
  readonly author: { readonly id: string };
  readonly embeds: readonly { readonly footer?: { readonly text: string } }[];
}

const channelOf = (lane: LaneId): string => lane.split(':')[2] ?? '';
const carries = ({ embeds }: Found, key: string): boolean => embeds.some((embed) => embed.footer?.text.endsWith(`ref ${key.slice(0, 10)}`));

/** Ready, or why not: a token can be refused by the API or by the gateway. */
function connected(client: Client, token: string): Promise<void> {
  return new Promise((done, failed) => {
    client.once(Events.ClientReady, () => done());
    client.once(Events.Invalidated, () => failed(new Error(`the token is wrong; ${tokenMend}`)));
    client.on(Events.Error, () => undefined);
    client.login(token).catch(failed);
  });
}

function listen(client: Client, hooks: PlatformHooks): void {
  client.on(Events.InteractionCreate, async (interaction) => {
    if (interaction.isAutocomplete()) await complete(interaction, hooks);
    else if (interaction.isChatInputCommand())
      await answer(interaction, hooks.onCommand({ ...whoOf(interaction), locale: interaction.locale, said: saidOf(interaction) }));
    else if (interaction.isButton()) {
      const [act = '', ...value] = interaction.customId.split(':');
      if (acts.has(act))
        await answer(interaction, hooks.onButton({ ...whoOf(interaction), act: act as ButtonAct, value: value.join(':') }));
    }
  });
  client.on(Events.GuildDelete, async (guild) => {
    // An outage takes guilds away for a while; only a removal is for good.
    if (guild.available) await hooks.onGone({ workspace: `discord:${guild.id}` });
  });
  client.on(Events.ChannelDelete, async (channel) => {
    if ('guildId' in channel) await hooks.onGone({ lane: `discord:${channel.guildId}:${channel.id}` });
  });
}

function whoOf(interaction: ChatInputCommandInteraction | ButtonInteraction) {
  const lane = `discord:${interaction.guildId ?? '@me'}:${interaction.channelId ?? ''}`;
  const mayChange = interaction.memberPermissions?.has(PermissionFlagsBits.ManageChannels) ?? interaction.guildId === null;
  return { platform: 'discord', lane, user: interaction.user.id, mayChange } as const;
}

function saidOf(interaction: ChatInputCommandInteraction) {
  const command = interaction.options.getSubcommand();
  const given = interaction.options.data[0]?.options ?? [];
  return { command, options: Object.fromEntries(given.map((option) => [option.name, String(option.value ?? '')])) };
}

/** At once where the answer is there; else Discord is told in time that it will come, and it is seen by the one who asked. */
async function answer(interaction: ChatInputCommandInteraction | ButtonInteraction, coming: Promise<Answer>): Promise<void> {
  const first = await Promise.race([coming, new Promise<undefined>((late) => setTimeout(late, patience, undefined))]);
  if (first) {
    const flags = first.private ? { flags: MessageFlags.Ephemeral as const } : {};
    await interaction.reply({ ...payloadOf(first), ...flags }).catch(() => undefined);
    return;
  }
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await interaction.editReply(payloadOf(await coming)).catch(() => undefined);
}

type Shown = Pick<InteractionEditReplyOptions, 'embeds' | 'components' | 'allowedMentions'> & { readonly content: string };

function payloadOf({ message }: Answer): Shown {
  const { content, embeds, components } = renderDiscord(message);
  return {
    content,
    embeds: [...embeds],
    components: components as NonNullable<InteractionEditReplyOptions['components']>,
    allowedMentions: { parse: [] },
  };
}

async function complete(interaction: AutocompleteInteraction, hooks: PlatformHooks): Promise<void> {
  const { name: option, value: typed } = interaction.options.getFocused(true);
  const lane = `discord:${interaction.guildId ?? '@me'}:${interaction.channelId}`;
  const choices = await hooks.suggest({ command: interaction.options.getSubcommand(), option, typed, locale: interaction.locale, lane });
  const shown = choices
    .slice(0, limits.choices)
    .map(({ label, value }) => ({ name: cut(label, limits.choice), value: value.slice(0, limits.choice) }));
  await interaction.respond(shown).catch(() => undefined);
}
