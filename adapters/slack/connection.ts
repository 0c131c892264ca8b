/**
 * The platform shared by both modes: one workspace by its tokens, or many that installed the bot.
 */
import type { webApi } from '@slack/bolt';
import type { LaneId } from '../../src/model/channel.ts';
import type { MessageRef, SendOutcome } from '../../src/model/delivery.ts';
import type { Observe } from '../../src/ports/clock.ts';
import type { ChatPlatform, Outgoing, PlatformHooks, StartOutcome } from '../../src/ports/platform.ts';
import { type Failure, outcomeOf } from './errors.ts';
import { eventType, findByKey } from './find.ts';
import { createPace, type Pace, type Paced } from './pace.ts';
import { type HomeOf, refAt } from './permalink.ts';
import { renderSlack } from './render.ts';

export interface ClientOptions {
  /** Replaces Slack's API, for tests; ends with `/api/`. */
  readonly apiUrl?: string;
  /** Timeout of one call (ms). */
  readonly timeoutMs?: number;
  readonly observe: Observe;
  /** For tests. */
  readonly pace?: Pace;
}

/**
 * Arguments added to every call: the workspace's token when there are many, or why there is none.
 */
export type Credentials = { readonly token?: string } | Failure;

export interface Connection {
  /** Sends even before `start`. */
  readonly client: webApi.WebClient;
  start(hooks: PlatformHooks): Promise<StartOutcome>;
  authorIn(team: string): Promise<Credentials>;
  readonly homeOf: HomeOf;
  stop(): Promise<void>;
}

/** Only the outbox retries: a repeated call could post twice. */
export function clientOptionsFor({ apiUrl, timeoutMs = 15_000 }: Pick<ClientOptions, 'apiUrl' | 'timeoutMs'>): webApi.WebClientOptions {
  return { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: timeoutMs, ...(apiUrl && { slackApiUrl: apiUrl }) };
}

export function platformOver({ client, start, authorIn, homeOf, stop }: Connection, { pace = createPace() }: ClientOptions): ChatPlatform {
  const sendAs = async (lane: LaneId, method: Paced, ref: MessageRef, call: Call): Promise<SendOutcome> => {
    const turn = { team: placeOf(lane).team, channel: ref.channel, method };
    const author = await authorIn(turn.team);
    if ('kind' in author) return author;
    const home = await homeOf(turn.team, author);
    const afterMs = await pace.turn(turn);
    if (afterMs !== undefined) return { kind: 'retry', reason: 'waiting for its turn, as Slack asks', afterMs };
    const outcome = await settled({ ref, home }, () => call(author));
    if (outcome.kind === 'retry' && outcome.afterMs !== undefined) pace.hold(turn, outcome.afterMs);
    return outcome;
  };
  return {
    name: 'slack',
    start,
    send: (out) => {
      const { channel } = placeOf(out.lane);
      const thread = out.replyTo ? { thread_ts: out.replyTo.id } : {};
      return sendAs(out.lane, 'chat.postMessage', { channel, id: '' }, (author) =>
        client.chat.postMessage({ channel, ...payloadOf(out), ...thread, ...author }),
      );
    },
    edit: (ref, out) =>
      sendAs(out.lane, 'chat.update', ref, (author) =>
        client.chat.update({ channel: ref.channel, ts: ref.id, ...payloadOf(out), ...author }),
      ),
    find: async (wanted) => {
      const { team, channel } = placeOf(wanted.lane);
      const author = await authorIn(team);
      if ('kind' in author) return { kind: 'cannot-tell', reason: author.reason };
      return findByKey(client, { channel, home: await homeOf(team, author), author }, wanted);
    },
    render: renderSlack,
    stop,
  };
}

type Sent = { readonly channel?: string; readonly ts?: string };
type Call = (author: { readonly token?: string }) => Promise<Sent>;

async function settled(
  { ref, home }: { readonly ref: MessageRef; readonly home: string | undefined },
  call: () => Promise<Sent>,
): Promise<SendOutcome> {
  try {
    const { channel = ref.channel, ts = ref.id } = await call();
    return { kind: 'sent', ref: refAt(home, channel, ts) };
  } catch (error) {
    return outcomeOf(error);
  }
}

/**
 * The key in the metadata finds a message after an unknown outcome; channel members can read it.
 */
function payloadOf({ message, mention, key }: Outgoing) {
  return { ...renderSlack(message, mention ? { mention } : {}), metadata: { event_type: eventType, event_payload: { key } } };
}

function placeOf(lane: LaneId): { readonly team: string; readonly channel: string } {
  const [, team = '', channel = ''] = lane.split(':');
  return { team, channel };
}
