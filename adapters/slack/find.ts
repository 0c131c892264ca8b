/** Finds our own message by the delivery key in its metadata. */
import type { webApi } from '@slack/bolt';
import type { ChatPlatform } from '../../src/ports/platform.ts';
import { outcomeOf } from './errors.ts';
import { refAt } from './permalink.ts';

type Wanted = Parameters<ChatPlatform['find']>[0];
type Found = Awaited<ReturnType<ChatPlatform['find']>>;

/** Maximum pages to search; Slack returns at least 15 messages a page, to most apps 100. */
const maxPages = 10;

interface Place {
  readonly channel: string;
  /** The workspace's own address. */
  readonly home: string | undefined;
  /** The workspace's token, when there are many. */
  readonly author: { readonly token?: string };
}

export async function findByKey(
  client: webApi.WebClient,
  { channel, home, author }: Place,
  { key, since, replyTo }: Wanted,
): Promise<Found> {
  const look = { channel, ...author, oldest: (since / 1000).toFixed(6), include_all_metadata: true, limit: 100 };
  try {
    let cursor: string | undefined;
    for (let page = 0; page < maxPages; page += 1) {
      const ask = { ...look, ...(cursor && { cursor }) };
      const { messages = [], response_metadata: rest } = replyTo
        ? await client.conversations.replies({ ...ask, ts: replyTo.id })
        : await client.conversations.history(ask);
      const found = messages.find((message) => keyOf(message) === key);
      if (found?.ts) return { kind: 'found', ref: refAt(home, channel, found.ts) };
      cursor = rest?.next_cursor;
      if (!cursor) return { kind: 'absent' };
    }
    return { kind: 'cannot-tell', reason: 'too much was said in the channel since' };
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome.kind === 'rejected') return { kind: 'cannot-tell', reason: outcome.reason };
    return { kind: 'later', reason: outcome.reason, ...('afterMs' in outcome && { afterMs: outcome.afterMs }) };
  }
}

export const eventType = 'attache_delivery';

function keyOf(message: { readonly metadata?: { readonly event_type?: string; readonly event_payload?: object } }): unknown {
  const { event_type, event_payload } = message.metadata ?? {};
  return event_type === eventType && event_payload && 'key' in event_payload ? event_payload.key : undefined;
}
