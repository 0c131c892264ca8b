/** Discord through discord.js: posts and edits by REST, hears commands, buttons and removals by the gateway. */
import { ChannelType, type Client, Events, REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { MessageRef, SendOutcome } from '../../src/model/delivery.ts';
import type { Observe } from '../../src/ports/clock.ts';
import type { ChatPlatform, Outgoing, PlatformHooks, StartOutcome } from '../../src/ports/platform.ts';
import { type Connection, openConnection } from './connect.ts';
import { badToken, isBadToken, outcomeOf, saysDiscord, startRefusal } from './errors.ts';
import { findByKey } from './find.ts';
import { createTitles, forumOf, postInForum, titleOf } from './forum.ts';
import { greet } from './greet.ts';
import { inviteUrl, lacking } from './invite.ts';
import { nonceOf } from './key.ts';
import { channelOf, guildOf, refOf } from './lane.ts';
import { listen } from './listen.ts';
import { paced } from './pace.ts';
import { keepRegistering, registered } from './register.ts';
import { type DiscordPayload, renderDiscord } from './render.ts';

export interface DiscordOptions {
  readonly token: string;
  /** Another server than Discord's: ends in `/api`. */
  readonly apiUrl?: string;
  /** Of one call (ms). */
  readonly timeoutMs?: number;
  /** How long connecting may take (ms). */
  readonly readyMs?: number;
  /** How long an answer may take before Discord is told that it will come (ms). */
  readonly patienceMs?: number;
  /** After a refused registration of commands, how long until the next (ms); it doubles up to an hour. */
  readonly registerAgainMs?: number;
  readonly observe?: Observe;
  /** In announcement channels, pass Critical alerts on to the channels that follow; about ten an hour are taken. */
  readonly crosspost?: boolean;
}

/** What sends need: the API, and what is known of servers and channels while the gateway is there. */
export interface Reach {
  readonly rest: REST;
  readonly client: Client | undefined;
}

/** What Discord wants us to wait up to this long is waited for here, since it concerns all channels at once (ms). */
const shortWait = 1_000;
/** A token that was refused is tried again after this (ms): ten thousand refusals in ten minutes would be a ban. */
const tokenRest = 60_000;

export function createDiscord(options: DiscordOptions): ChatPlatform {
  const { observe = silent } = options;
  const settings = restSettings(options);
  const rest = new REST({ ...settings, version: '10' }).setToken(options.token);
  const titles = createTitles(observe);
  let connection: Connection | undefined;
  let isStopped = false;
  let refusedAt = Number.NEGATIVE_INFINITY;
  const reach = (): Reach => ({ rest, client: connection?.client.isReady() ? connection.client : undefined });

  const settled = async (out: Outgoing, channel: string, call: () => Promise<Posted>): Promise<SendOutcome> => {
    if (performance.now() - refusedAt < tokenRest) return badToken;
    try {
      return { kind: 'sent', ref: refOf(out.lane, await call()) };
    } catch (error) {
      if (isBadToken(error)) {
        refusedAt = performance.now();
        // The client forgets a token that was refused; it may be good again.
        rest.setToken(options.token);
      }
      return outcomeOf(error, () => lacking(reach().client, channel));
    }
  };

  const start = async (hooks: PlatformHooks): Promise<StartOutcome> => {
    await connection?.end();
    if (isStopped) return { kind: 'refused', reason: 'stopped' };
    const opened = openConnection(settings);
    connection = opened;
    const outcome = await enter(opened, hooks, options);
    if (outcome.kind === 'refused') await opened.end();
    return outcome;
  };

  return {
    name: 'discord',
    start,
    send: async (out) => {
      const outcome = await settled(out, channelOf(out.lane), () => deliver(reach(), out));
      if (outcome.kind === 'sent' && options.crosspost) await crosspost(reach(), out, { ref: outcome.ref, observe });
      return outcome;
    },
    edit: async (ref, out) => {
      const outcome = await settled(out, ref.channel, async () => {
        const body = renderDiscord(out.message, { act: 'edit', key: out.key });
        return (await rest.patch(Routes.channelMessage(ref.channel, ref.id), { body })) as Posted;
      });
      if (outcome.kind === 'sent') await titles.follow(reach(), out, ref);
      return outcome;
    },
    find: (wanted) => findByKey(reach(), wanted),
    render: renderDiscord,
    stop: async () => {
      isStopped = true;
      await connection?.end();
    },
  };
}

function restSettings({ apiUrl, timeoutMs = 15_000 }: DiscordOptions) {
  return {
    // The outbox alone tries again: a repeated attempt could post twice.
    retries: 0,
    timeout: timeoutMs,
    makeRequest: paced(),
    // It would count answers to people, and what has not left yet.
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    // A channel that must wait goes back to the outbox. Answers to people, and the connection itself, wait here.
    rejectOnRateLimit: ({ route, global, retryAfter }: { readonly route: string; readonly global: boolean; readonly retryAfter: number }) =>
      route.startsWith('/channels') && !(global && retryAfter <= shortWait),
    ...(apiUrl && { api: apiUrl }),
  };
}

interface Posted {
  readonly id: string;
  readonly channel_id: string;
}

type Body = DiscordPayload & { readonly nonce: string; readonly enforce_nonce: true };

async function bodyOf({ rest, client }: Reach, { key, message, mention, lane }: Outgoing): Promise<Body> {
  const whom = mention && (await isPerson({ rest, client }, lane, mention)) ? `@${mention}` : mention;
  return { ...renderDiscord(message, { act: 'post', key, ...(whom && { mention: whom }) }), nonce: nonceOf(key), enforce_nonce: true };
}

/** People pick a role or a person, and both have plain ids: what this server does not know as a role is a person. */
async function isPerson({ client }: Reach, lane: string, mention: string): Promise<boolean> {
  const roles = client?.guilds.cache.get(guildOf(lane))?.roles.cache;
  return roles !== undefined && !roles.has(mention) && /^\d+$/.test(mention);
}

async function post({ rest }: Reach, channel: string, body: object): Promise<Posted> {
  return (await rest.post(Routes.channelMessages(channel), { body })) as Posted;
}

/** Where it belongs: a note in its thread; in a forum an event's own post, and there what ends it; else the channel. */
async function deliver(reach: Reach, out: Outgoing): Promise<Posted> {
  const channel = channelOf(out.lane);
  const body = await bodyOf(reach, out);
  if (out.replyTo) return note(reach, out, { of: out.replyTo, body });
  const forum = await forumOf(reach, channel);
  if (!forum) return post(reach, channel, body);
  return out.relatesTo ? post(reach, out.relatesTo.channel, body) : postInForum(reach, forum, { message: out.message, body });
}

/** The alert is there already: if it cannot be passed on, that is a line in the log. */
async function crosspost({ rest, client }: Reach, { message, replyTo }: Outgoing, { ref, observe }: PassingOn): Promise<void> {
  const isNews = client?.channels.cache.get(ref.channel)?.type === ChannelType.GuildAnnouncement;
  if (!isNews || replyTo || message.severity !== 4) return;
  try {
    await rest.post(Routes.channelMessageCrosspost(ref.channel, ref.id));
  } catch (error) {
    observe.log('warn', 'discord.not passed on', { channel: ref.channel, reason: outcomeOf(error).reason });
  }
}

interface PassingOn {
  readonly ref: MessageRef;
  readonly observe: Observe;
}

interface Noted {
  readonly of: MessageRef;
  readonly body: Body;
}

/** In the thread of the living message, which bears that message's id; as a reply beside it where no thread can be opened. */
async function note(reach: Reach, out: Outgoing, { of, body }: Noted): Promise<Posted> {
  try {
    return await post(reach, of.id, body);
  } catch (error) {
    if (!saysDiscord(error, RESTJSONErrorCodes.UnknownChannel)) throw error;
  }
  const reply = { ...body, message_reference: { message_id: of.id, fail_if_not_exists: false } };
  return (await openThread(reach, out, of)) ? post(reach, of.id, body) : post(reach, of.channel, reply);
}

async function openThread({ rest }: Reach, { message }: Outgoing, of: MessageRef): Promise<boolean> {
  try {
    await rest.post(Routes.threads(of.channel, of.id), { body: { name: titleOf(message) } });
    return true;
  } catch (error) {
    if (saysDiscord(error, RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage)) return true;
    // Not allowed to, not in this kind of channel, or its message was deleted: the note can stand in the channel.
    if (outcomeOf(error).kind === 'rejected') return false;
    throw error;
  }
}

async function enter(connection: Connection, hooks: PlatformHooks, options: DiscordOptions): Promise<StartOutcome> {
  const { token, observe = silent, patienceMs = 1_500, readyMs = 30_000, registerAgainMs = 60_000 } = options;
  const { client, ended, lost } = connection;
  listen(client, hooks, { observe, patienceMs });
  greet(client, hooks, observe);
  client.on(Events.Error, (error) => observe.log('warn', 'discord.error', { error: String(error) }));
  client.on(Events.ShardError, (error) => observe.log('warn', 'discord.gateway error', { error: String(error) }));
  void lost.then(() => connection.end());
  try {
    const { applicationId, tag } = await connection.ready(token, readyMs);
    const as = `${tag}; invite it with ${inviteUrl(applicationId)}`;
    const asked = { rest: client.rest, applicationId, commands: hooks.commands };
    const refused = await registered(asked);
    if (refused === undefined) return { kind: 'ready', as, lost };
    observe.log('warn', 'discord.commands refused', { reason: refused, says: 'alerts go on; the commands are tried again later' });
    void keepRegistering(asked, { observe, signal: ended, againMs: registerAgainMs });
    return { kind: 'ready', as: `${as}; its commands are not there yet (${refused}): alerts go on, and they are tried again`, lost };
  } catch (error) {
    return startRefusal(error);
  }
}

const silent: Observe = { log: () => {} };
