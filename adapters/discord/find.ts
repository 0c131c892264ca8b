/** Finds our own message by the delivery key stored in it. */
import {
  type APIMessage,
  type APIThreadChannel,
  ChannelType,
  type Client,
  type REST,
  RESTJSONErrorCodes,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import type { MessageRef } from '../../src/model/delivery.ts';
import type { ChatPlatform } from '../../src/ports/platform.ts';
import { hasCode, outcomeOf } from './errors.ts';
import { lacking, toReadHistory } from './invite.ts';
import { carries } from './key.ts';
import { channelOf, guildOf } from './lane.ts';
import { limits } from './limits.ts';
import type { Reach } from './platform.ts';

type Wanted = Parameters<ChatPlatform['find']>[0];
type Found = Awaited<ReturnType<ChatPlatform['find']>>;

/** Maximum pages to search. */
const maxPages = 10;

interface ReadyClient {
  readonly rest: REST;
  readonly client: Client;
}

/** Looks for notes in their thread and, as it may not exist, among the replies in the channel. */
export async function findByKey({ rest, client }: Reach, wanted: Wanted): Promise<Found> {
  // Our user id and the channel types are known only once the gateway is connected.
  if (!client) return { kind: 'later', reason: 'not connected to Discord' };
  const { key, lane, since } = wanted;
  const channel = channelOf(lane);
  // Without permission to read the history, Discord returns an empty list and no error.
  const missing = lacking(client, channel, toReadHistory);
  if (missing.length > 0) return { kind: 'cannot-tell', reason: `I lack ${missing.join(' and ')} there` };
  try {
    for (const place of await placesOf({ rest, client }, wanted)) {
      const found = await findIn({ rest, client }, place, key, since);
      if (found !== undefined) return found;
    }
    return { kind: 'absent' };
  } catch (error) {
    const outcome = outcomeOf(error, () => lacking(client, channel, toReadHistory));
    if (outcome.kind === 'rejected') return { kind: 'cannot-tell', reason: outcome.reason };
    return { kind: 'later', reason: outcome.reason, ...('afterMs' in outcome && { afterMs: outcome.afterMs }) };
  }
}

/** Where the message can be: its thread or the channel; in a forum, any post created since. */
async function placesOf({ rest, client }: ReadyClient, { lane, since, replyTo }: Wanted): Promise<readonly string[]> {
  const channel = channelOf(lane);
  if (client.channels.cache.get(channel)?.type !== ChannelType.GuildForum) return replyTo ? [replyTo.id, channel] : [channel];
  if (replyTo) return [replyTo.channel];
  const { threads } = (await rest.get(Routes.guildActiveThreads(guildOf(lane)))) as {
    readonly threads: readonly APIThreadChannel[];
  };
  return threads.filter(({ id, parent_id }) => parent_id === channel && SnowflakeUtil.timestampFrom(id) >= since).map(({ id }) => id);
}

/** Searches from `since` on, oldest page first. */
async function findIn({ rest, client }: ReadyClient, channel: string, key: string, since: number): Promise<Found | undefined> {
  let after = String(SnowflakeUtil.generate({ timestamp: since, increment: 0n }));
  for (let page = 0; page < maxPages; page += 1) {
    const messages = await pageOf(rest, channel, after);
    const found = messages.find((message) => message.author.id === client.user?.id && carries(message, key));
    if (found) return { kind: 'found', ref: { channel, id: found.id } satisfies MessageRef };
    if (messages.length < limits.page) return undefined;
    after = messages.map(({ id }) => id).reduce((newest, id) => (BigInt(id) > BigInt(newest) ? id : newest));
  }
  return { kind: 'cannot-tell', reason: 'too much was said in the channel since' };
}

async function pageOf(rest: REST, channel: string, after: string): Promise<readonly APIMessage[]> {
  const query = new URLSearchParams({ limit: String(limits.page), after });
  try {
    return (await rest.get(Routes.channelMessages(channel), { query })) as readonly APIMessage[];
  } catch (error) {
    // A thread that was never created has no messages; a deleted channel is reported on sending.
    if (hasCode(error, RESTJSONErrorCodes.UnknownChannel)) return [];
    throw error;
  }
}
