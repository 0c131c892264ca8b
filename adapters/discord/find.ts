/** Looks for a message of ours by its delivery's key, which stays with it. */
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
import { outcomeOf, saysDiscord } from './errors.ts';
import { lacking, toLookBack } from './invite.ts';
import { carries } from './key.ts';
import { channelOf, guildOf } from './lane.ts';
import { limits } from './limits.ts';
import type { Reach } from './platform.ts';

type Wanted = Parameters<ChatPlatform['find']>[0];
type Found = Awaited<ReturnType<ChatPlatform['find']>>;

/** More than this many pages in one go is not worth the wait. */
const pages = 10;

interface Seeing {
  readonly rest: REST;
  readonly client: Client;
}

/** A note is looked for in its thread and, where no thread could be opened, among the replies in the channel. */
export async function findByKey({ rest, client }: Reach, wanted: Wanted): Promise<Found> {
  // Which messages are our own, and where they may stand, is known once the gateway is there.
  if (!client) return { kind: 'later', reason: 'not connected to Discord' };
  const { key, lane, since } = wanted;
  const channel = channelOf(lane);
  // Discord gives an empty list, and no error, to those who may not read it.
  const missing = lacking(client, channel, toLookBack);
  if (missing.length > 0) return { kind: 'cannot-tell', reason: `I lack ${missing.join(' and ')} there` };
  try {
    for (const place of await placesOf({ rest, client }, wanted)) {
      const found = await findIn({ rest, client }, place, key, since);
      if (found !== undefined) return found;
    }
    return { kind: 'absent' };
  } catch (error) {
    const outcome = outcomeOf(error, () => lacking(client, channel, toLookBack));
    if (outcome.kind === 'rejected') return { kind: 'cannot-tell', reason: outcome.reason };
    return { kind: 'later', reason: outcome.reason, ...('afterMs' in outcome && { afterMs: outcome.afterMs }) };
  }
}

/** Where the message can stand: in its thread or beside it; in a forum in any of the posts that were begun since. */
async function placesOf({ rest, client }: Seeing, { lane, since, replyTo }: Wanted): Promise<readonly string[]> {
  const channel = channelOf(lane);
  if (client.channels.cache.get(channel)?.type !== ChannelType.GuildForum) return replyTo ? [replyTo.id, channel] : [channel];
  if (replyTo) return [replyTo.channel];
  const { threads } = (await rest.get(Routes.guildActiveThreads(guildOf(lane)))) as {
    readonly threads: readonly APIThreadChannel[];
  };
  return threads.filter(({ id, parent_id }) => parent_id === channel && SnowflakeUtil.timestampFrom(id) >= since).map(({ id }) => id);
}

/** From `since` on, oldest page first. */
async function findIn({ rest, client }: Seeing, channel: string, key: string, since: number): Promise<Found | undefined> {
  let after = String(SnowflakeUtil.generate({ timestamp: since, increment: 0n }));
  for (let page = 0; page < pages; page += 1) {
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
    // A thread that was never opened holds nothing; a channel that is gone is told when sending to it.
    if (saysDiscord(error, RESTJSONErrorCodes.UnknownChannel)) return [];
    throw error;
  }
}
