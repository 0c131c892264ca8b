/**
 * Discord through discord.js: posts and edits by REST; commands, buttons and removals by the
 * gateway.
 */
import { ChannelType, type Client, Events, REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { MessageRef, SendOutcome } from '../../src/model/delivery.ts';
import type { Observe } from '../../src/ports/clock.ts';
import type { ChatPlatform, Outgoing, PlatformHooks, StartOutcome } from '../../src/ports/platform.ts';
import { type Connection, openConnection } from './connect.ts';
import { badToken, hasCode, isBadToken, outcomeOf, startRefusal } from './errors.ts';
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
  /** Replaces Discord's API, for tests; ends with `/api`. */
  readonly apiUrl?: string;
  /** Timeout of one call (ms). */
  readonly timeoutMs?: number;
  /** How long connecting may take (ms). */
  readonly readyMs?: number;
  /** How long to wait for an answer before deferring (ms). */
  readonly patienceMs?: number;
  /** First pause after a failed registration of commands (ms); it doubles up to an hour. */
  readonly registerAgainMs?: number;
  readonly observe?: Observe;
  /**
   * Publishes Critical alerts of announcement channels to their followers; Discord allows about ten
   * an hour.
   */
  readonly crosspost?: boolean;
}

/** What sending needs: the API, and the client's cache while the gateway is connected. */
export interface Reach {
  readonly rest: REST;
  readonly client: Client | undefined;
}

/** Global rate limits up to this long are waited out here, as they concern all channels (ms). */
const shortWait = 1_000;
/** Pause after a refused token (ms): ten thousand refusals in ten minutes lead to a ban. */
const tokenPauseMs = 60_000;

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
    if (performance.now() - refusedAt < tokenPauseMs) return badToken;
    try {
      return { kind: 'sent', ref: refOf(out.lane, await call()) };
    } catch (error) {
      if (isBadToken(error)) {
        refusedAt = performance.now();
        // The client drops a refused token, which may become valid again.
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
    const outcome = await login(opened, hooks, options);
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
    // Only the outbox retries: a repeated request could post twice.
    retries: 0,
    timeout: timeoutMs,
    makeRequest: paced(),
    // discord.js's own limit would count interaction responses and requests that have not left yet.
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    // Rate-limited channels go back to the outbox. Interaction responses and the connection wait
    // here.
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

/** Roles and people both have plain ids: an id that is not a role of this server is a person. */
async function isPerson({ client }: Reach, lane: string, mention: string): Promise<boolean> {
  const roles = client?.guilds.cache.get(guildOf(lane))?.roles.cache;
  return roles !== undefined && !roles.has(mention) && /^\d+$/.test(mention);
}

async function post({ rest }: Reach, channel: string, body: object): Promise<Posted> {
  return (await rest.post(Routes.channelMessages(channel), { body })) as Posted;
}

/**
 * Posts a note to its thread, an event to its own forum post, what ends it to the same post, and
 * anything else to the channel.
 */
async function deliver(reach: Reach, out: Outgoing): Promise<Posted> {
  const channel = channelOf(out.lane);
  const body = await bodyOf(reach, out);
  if (out.replyTo) return note(reach, out, { of: out.replyTo, body });
  const forum = await forumOf(reach, channel);
  if (!forum) return post(reach, channel, body);
  return out.relatesTo ? post(reach, out.relatesTo.channel, body) : postInForum(reach, forum, { message: out.message, body });
}

/** The alert is already posted, so a failed crosspost is only logged. */
async function crosspost({ rest, client }: Reach, { message, replyTo }: Outgoing, { ref, observe }: CrosspostOf): Promise<void> {
  const isNews = client?.channels.cache.get(ref.channel)?.type === ChannelType.GuildAnnouncement;
  if (!isNews || replyTo || message.severity !== 4) return;
  try {
    await rest.post(Routes.channelMessageCrosspost(ref.channel, ref.id));
  } catch (error) {
    observe.log('warn', 'discord.not passed on', { channel: ref.channel, reason: outcomeOf(error).reason });
  }
}

interface CrosspostOf {
  readonly ref: MessageRef;
  readonly observe: Observe;
}

interface NoteOf {
  readonly of: MessageRef;
  readonly body: Body;
}

/**
 * Posts to the living message's thread, which has the message's id; as a reply if no thread can be
 * created.
 */
async function note(reach: Reach, out: Outgoing, { of, body }: NoteOf): Promise<Posted> {
  try {
    return await post(reach, of.id, body);
  } catch (error) {
    if (!hasCode(error, RESTJSONErrorCodes.UnknownChannel)) throw error;
  }
  const reply = { ...body, message_reference: { message_id: of.id, fail_if_not_exists: false } };
  return (await openThread(reach, out, of)) ? post(reach, of.id, body) : post(reach, of.channel, reply);
}

async function openThread({ rest }: Reach, { message }: Outgoing, of: MessageRef): Promise<boolean> {
  try {
    await rest.post(Routes.threads(of.channel, of.id), { body: { name: titleOf(message) } });
    return true;
  } catch (error) {
    if (hasCode(error, RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage)) return true;
    // Not permitted, not in this channel type, or the message was deleted: reply in the channel.
    if (outcomeOf(error).kind === 'rejected') return false;
    throw error;
  }
}

async function login(connection: Connection, hooks: PlatformHooks, options: DiscordOptions): Promise<StartOutcome> {
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
