/** Forums and threads: keeps the title and tags of an event's post up to date. */
import { ChannelFlags, ChannelType, type GuildForumTag, RateLimitError, Routes } from 'discord.js';
import type { ChatMessage } from '../../src/message.ts';
import type { MessageRef } from '../../src/model/delivery.ts';
import type { Observe } from '../../src/ports/clock.ts';
import type { Outgoing } from '../../src/ports/platform.ts';
import { outcomeOf } from './errors.ts';
import { channelOf } from './lane.ts';
import { limits } from './limits.ts';
import type { Reach } from './platform.ts';
import { plain } from './text.ts';

type Tag = Pick<GuildForumTag, 'id' | 'name' | 'moderated'>;

export interface Forum {
  readonly id: string;
  readonly tags: readonly Tag[];
  /** Discord refuses a post without a tag. */
  readonly needsTag: boolean;
}

/** Returns the channel as a forum, else undefined; asks the API while the gateway is away. */
export async function forumOf({ rest, client }: Reach, id: string): Promise<Forum | undefined> {
  const known = client?.channels.cache.get(id);
  if (known?.type === ChannelType.GuildForum) return { id, tags: known.availableTags, needsTag: known.flags.has(ChannelFlags.RequireTag) };
  if (known || client) return undefined;
  const {
    type,
    available_tags: tags = [],
    flags = 0,
  } = (await rest.get(Routes.channel(id))) as {
    readonly type: number;
    readonly available_tags?: readonly Tag[];
    readonly flags?: number;
  };
  if (type !== ChannelType.GuildForum) return undefined;
  return { id, tags, needsTag: (flags & ChannelFlags.RequireTag) !== 0 };
}

/** The title of the message's forum post or thread. */
export function titleOf(message: ChatMessage): string {
  return plain(message.thread ?? message.headline, limits.threadName).trim() || '…';
}

const severities = ['', 'info', 'notice', 'warning', 'critical'] as const;
const states: Readonly<Record<string, readonly string[]>> = {
  lifted: ['lifted', 'closed', 'over'],
  correction: ['correction', 'corrected', 'lifted', 'closed'],
};
const open = ['open'];

/** Returns the forum's tags for severity and state; any tag if the forum requires one. */
export function tagsFor(message: ChatMessage, { tags, needsTag }: Forum): readonly string[] {
  const called = (names: readonly string[]) => names.map((name) => tags.find((tag) => folded(tag.name) === name)).find((tag) => tag);
  const wanted = [called([severities[message.severity ?? 0] ?? '']), called(states[message.kind] ?? (message.severity ? open : []))];
  const ours = wanted.flatMap((tag) => tag?.id ?? []);
  // Avoid tags that only moderators may set, unless there is no other.
  const any = tags.find((tag) => !tag.moderated) ?? tags[0];
  return ours.length > 0 || !needsTag || !any ? ours : [any.id];
}

/** Names compare without emoji and case. */
const folded = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]+/gu, '')
    .trim();

interface Opening {
  readonly message: ChatMessage;
  readonly body: { readonly nonce: string; readonly enforce_nonce: true };
}

/** Creates the event's forum post. Forums accept no nonce, so doubtful sends are looked up. */
export async function postInForum(
  { rest }: Reach,
  forum: Forum,
  { message, body }: Opening,
): Promise<{ readonly id: string; readonly channel_id: string }> {
  const { nonce: _, enforce_nonce: _enforced, ...first } = body;
  const tags = tagsFor(message, forum);
  const post = { name: titleOf(message), message: first, ...(tags.length > 0 && { applied_tags: tags }) };
  const { id } = (await rest.post(Routes.threads(forum.id), { body: post })) as { readonly id: string };
  // The first message of a post has the post's id.
  return { id, channel_id: id };
}

export interface Titles {
  /**
   * Updates title and tags of the living message's post or thread. A refusal is only logged, as the
   * message itself is up to date.
   */
  follow(reach: Reach, out: Outgoing, ref: MessageRef): Promise<void>;
}

/**
 * Discord allows two renames of a channel in ten minutes; after that, the newest title is set when
 * allowed.
 */
export function createTitles(observe: Observe): Titles {
  const waiting = new Map<string, NodeJS.Timeout>();
  const logKept = (error: unknown) => observe.log('info', 'discord.title kept', { reason: outcomeOf(error).reason });
  const set = async (rest: Reach['rest'], thread: string, body: object): Promise<void> => {
    clearTimeout(waiting.get(thread));
    waiting.delete(thread);
    try {
      await rest.patch(Routes.channel(thread), { body });
    } catch (error) {
      if (error instanceof RateLimitError) waiting.set(thread, setTimeout(() => void set(rest, thread, body), error.retryAfter).unref());
      else logKept(error);
    }
  };
  return {
    follow: async (reach, { lane, message }, ref) => {
      try {
        const forum = ref.channel === channelOf(lane) ? undefined : await forumOf(reach, channelOf(lane));
        // Only the first message of a post, which has the post's id, sets its title.
        if (forum && ref.id !== ref.channel) return;
        const thread = forum ? ref.channel : ref.id;
        const found = reach.client?.channels.cache.get(thread);
        const known = found?.isThread() ? found : undefined;
        // Without a thread or forum post there is no title.
        if (!forum && !known) return;
        const name = titleOf(message);
        const tags = forum && tagsFor(message, forum);
        const isNamed = known?.name === name;
        if (isNamed && (!tags || sameSet(known.appliedTags, tags))) return;
        await set(reach.rest, thread, { ...(!isNamed && { name }), ...(tags && { applied_tags: tags }) });
      } catch (error) {
        logKept(error);
      }
    },
  };
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
