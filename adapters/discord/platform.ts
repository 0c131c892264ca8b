/** Discord through discord.js: posts and edits by REST, hears commands, buttons and removals by the gateway. */
import { ChannelType, Client, Events, GatewayIntentBits, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { MessageRef, SendOutcome } from '../../src/model.ts';
import type { ChatPlatform, Observe, Outgoing, PlatformHooks, StartOutcome } from '../../src/ports.ts';
import { alreadyThere, asDiscordCommand } from './commands.ts';
import { connected } from './connect.ts';
import { outcomeOf, refusalOf, saysDiscord } from './errors.ts';
import { findByKey } from './find.ts';
import { greet } from './greet.ts';
import { inviteUrl, lacking } from './invite.ts';
import { nonceOf } from './key.ts';
import { channelOf, guildOf, refOf } from './lane.ts';
import { limits } from './limits.ts';
import { listen } from './listen.ts';
import { paced } from './pace.ts';
import { type DiscordPayload, renderDiscord } from './render.ts';
import { plain } from './text.ts';

export interface DiscordOptions {
  readonly token: string;
  /** Another server than Discord's, for tests. */
  readonly apiUrl?: string;
  /** Of one call (ms). */
  readonly timeoutMs?: number;
  /** How long connecting may take (ms). */
  readonly readyMs?: number;
  /** How long an answer may take before Discord is told that it will come (ms). */
  readonly patienceMs?: number;
  readonly observe?: Observe;
  /** In announcement channels, pass Critical alerts on to the channels that follow; about ten an hour are taken. */
  readonly crosspost?: boolean;
}

/** What Discord wants us to wait up to this long is waited for here, since it concerns all channels at once (ms). */
const shortWait = 1_000;

export function createDiscord(options: DiscordOptions): ChatPlatform {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    allowedMentions: { parse: [] },
    rest: {
      // The outbox alone tries again: a repeated attempt could post twice.
      retries: 0,
      timeout: options.timeoutMs ?? 15_000,
      makeRequest: paced(),
      // It would count answers to people, and what has not left yet.
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      // A channel that must wait goes back to the outbox. Answers to people, and the connection itself, wait here.
      rejectOnRateLimit: ({ route, global, retryAfter }) => route.startsWith('/channels') && !(global && retryAfter <= shortWait),
      ...(options.apiUrl && { api: options.apiUrl }),
    },
  });
  const settled = async (out: Outgoing, channel: string, call: () => Promise<Posted>): Promise<SendOutcome> => {
    try {
      return { kind: 'sent', ref: refOf(out.lane, await call()) };
    } catch (error) {
      return outcomeOf(error, () => lacking(client, channel));
    }
  };
  return {
    name: 'discord',
    start: (hooks) => start(client, hooks, options),
    send: async (out) => {
      const outcome = await settled(out, channelOf(out.lane), () => deliver(client, out));
      if (outcome.kind === 'sent' && options.crosspost) await passOn(client, out, { ref: outcome.ref, observe: options.observe ?? silent });
      return outcome;
    },
    edit: (ref, out) =>
      settled(out, ref.channel, async () => {
        const body = renderDiscord(out.message, { act: 'edit', key: out.key });
        return (await client.rest.patch(Routes.channelMessage(ref.channel, ref.id), { body })) as Posted;
      }),
    find: (wanted) => findByKey(client, wanted),
    render: renderDiscord,
    stop: () => client.destroy().catch(() => undefined),
  };
}

interface Posted {
  readonly id: string;
  readonly channel_id: string;
}

type Body = DiscordPayload & { readonly nonce: string; readonly enforce_nonce: true };

function bodyOf(client: Client, { key, message, mention, lane }: Outgoing): Body {
  // People pick a role or a person, and both have plain ids: what this server does not know as a role is a person.
  const roles = client.guilds.cache.get(guildOf(lane))?.roles.cache;
  const whom = mention && roles && !roles.has(mention) && /^\d+$/.test(mention) ? `@${mention}` : mention;
  return { ...renderDiscord(message, { act: 'post', key, ...(whom && { mention: whom }) }), nonce: nonceOf(key), enforce_nonce: true };
}

async function post(client: Client, channel: string, body: object): Promise<Posted> {
  return (await client.rest.post(Routes.channelMessages(channel), { body })) as Posted;
}

/** Where it belongs: a note in its thread; in a forum an event's own post, and there what ends it; else the channel. */
function deliver(client: Client, out: Outgoing): Promise<Posted> {
  const channel = channelOf(out.lane);
  const isForum = client.channels.cache.get(channel)?.type === ChannelType.GuildForum;
  if (out.replyTo) return note(client, out, out.replyTo);
  if (!isForum) return post(client, channel, bodyOf(client, out));
  return out.beside ? post(client, out.beside.channel, bodyOf(client, out)) : postInForum(client, channel, out);
}

/** A post of its own for the event, under its headline. A forum takes no nonce: what is in doubt is looked up. */
async function postInForum(client: Client, forum: string, out: Outgoing): Promise<Posted> {
  const { nonce: _, enforce_nonce: _enforced, ...message } = bodyOf(client, out);
  const name = plain(out.message.headline, limits.threadName).trim() || '…';
  const { id } = (await client.rest.post(Routes.threads(forum), { body: { name, message } })) as { readonly id: string };
  // The first message of a post bears the post's id.
  return { id, channel_id: id };
}

/** The alert is there already: if it cannot be passed on, that is a line in the log. */
async function passOn(client: Client, { message, replyTo }: Outgoing, { ref, observe }: PassingOn): Promise<void> {
  const isNews = client.channels.cache.get(ref.channel)?.type === ChannelType.GuildAnnouncement;
  if (!isNews || replyTo || message.severity !== 4) return;
  try {
    await client.rest.post(Routes.channelMessageCrosspost(ref.channel, ref.id));
  } catch (error) {
    observe.log('warn', 'discord.not passed on', { channel: ref.channel, reason: outcomeOf(error).reason });
  }
}

interface PassingOn {
  readonly ref: MessageRef;
  readonly observe: Observe;
}

/** In the thread of the living message, which bears that message's id; as a reply beside it where no thread can be opened. */
async function note(client: Client, out: Outgoing, of: MessageRef): Promise<Posted> {
  const body = bodyOf(client, out);
  try {
    return await post(client, of.id, body);
  } catch (error) {
    if (!saysDiscord(error, RESTJSONErrorCodes.UnknownChannel)) throw error;
  }
  const reply = { ...body, message_reference: { message_id: of.id, fail_if_not_exists: false } };
  return (await openThread(client, out, of)) ? post(client, of.id, body) : post(client, of.channel, reply);
}

async function openThread(client: Client, { message }: Outgoing, of: MessageRef): Promise<boolean> {
  try {
    const name = plain(message.headline, limits.threadName).trim() || '…';
    await client.rest.post(Routes.threads(of.channel, of.id), { body: { name } });
    return true;
  } catch (error) {
    if (saysDiscord(error, RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage)) return true;
    // Not allowed to, not in this kind of channel, or its message was deleted: the note can stand in the channel.
    if (outcomeOf(error).kind === 'rejected') return false;
    throw error;
  }
}

async function start(client: Client, hooks: PlatformHooks, options: DiscordOptions): Promise<StartOutcome> {
  const { token, observe = silent, patienceMs = 1_500, readyMs = 30_000 } = options;
  listen(client, hooks, { observe, patienceMs });
  greet(client, hooks, observe);
  client.on(Events.Error, (error) => observe.log('warn', 'discord.error', { error: String(error) }));
  client.on(Events.ShardError, (error) => observe.log('warn', 'discord.gateway error', { error: String(error) }));
  client.on(Events.Invalidated, () => observe.log('error', 'discord.session ended', { mend: 'check the bot token and start again' }));
  try {
    const as = await connected(client, token, readyMs);
    const route = Routes.applicationCommands(as.applicationId);
    const wanted = [asDiscordCommand(hooks.commands)];
    if (!alreadyThere(wanted, await client.rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) })))
      await client.rest.put(route, { body: wanted });
    return { kind: 'ready', as: `${as.tag}; invite it with ${inviteUrl(as.applicationId)}` };
  } catch (error) {
    // A connection that comes after all would answer for a bot that is not there.
    client.once(Events.ClientReady, () => void client.destroy());
    await client.destroy().catch(() => undefined);
    return { kind: 'refused', reason: refusalOf(error) };
  }
}

const silent: Observe = { log: () => {} };
