/** Slack through Bolt in Socket Mode: no public address, one app token. */
import { App, LogLevel, type webApi } from '@slack/bolt';
import type { LaneId, MessageRef, SendOutcome } from '../../src/model.ts';
import type { ChatPlatform, Outgoing, PlatformHooks, StartOutcome } from '../../src/ports.ts';
import { outcomeOf, refusalOf } from './errors.ts';
import { eventType, findByKey } from './find.ts';
import { type Listening, listen } from './listen.ts';
import { renderSlack } from './render.ts';
import { createSocket, type SlackSocket } from './socket.ts';

export interface SlackOptions {
  readonly botToken: string;
  readonly appToken: string;
  /** Members of the channel (the default), workspace admins, or these user ids. */
  readonly whoMayChange?: Listening['whoMayChange'];
  /** Another server than Slack's, for tests: ends with `/api/`. */
  readonly apiUrl?: string;
  /** Of one call (ms). */
  readonly timeoutMs?: number;
}

export function createSlack(options: SlackOptions): ChatPlatform {
  const clientOptions: webApi.WebClientOptions = {
    // An attempt that is repeated by itself could post twice: the outbox alone tries again.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: options.timeoutMs ?? 15_000,
    ...(options.apiUrl && { slackApiUrl: options.apiUrl }),
  };
  const socket = createSocket(options.appToken, clientOptions);
  const app = new App({
    token: options.botToken,
    receiver: socket.receiver,
    deferInitialization: true,
    logLevel: LogLevel.ERROR,
    clientOptions,
  });
  const { client } = app;
  return {
    name: 'slack',
    start: (hooks) => start(app, socket, hooks, options.whoMayChange ?? 'members'),
    send: (out) => post(client, out),
    edit: (ref, out) => edit(client, ref, out),
    find: (wanted) => findByKey(client, channelOf(wanted.lane), wanted),
    render: renderSlack,
    stop: () => socket.close(),
  };
}

async function start(app: App, socket: SlackSocket, hooks: PlatformHooks, whoMayChange: Listening['whoMayChange']): Promise<StartOutcome> {
  let token: 'bot' | 'app' = 'bot';
  try {
    await app.init();
    const { user = 'attache', team = 'Slack', team_id = '' } = await app.client.auth.test();
    listen(app, hooks, { team: team_id, whoMayChange });
    token = 'app';
    await socket.open();
    return { kind: 'ready', as: `@${user} in ${team}` };
  } catch (error) {
    return { kind: 'refused', reason: refusalOf(error, token) };
  }
}

async function post(client: webApi.WebClient, out: Outgoing): Promise<SendOutcome> {
  const channel = channelOf(out.lane);
  const thread = out.replyTo ? { thread_ts: out.replyTo.id } : {};
  return settled({ channel, id: '' }, () => client.chat.postMessage({ channel, ...payloadOf(out), ...thread }));
}

async function edit(client: webApi.WebClient, ref: MessageRef, out: Outgoing): Promise<SendOutcome> {
  return settled(ref, () => client.chat.update({ channel: ref.channel, ts: ref.id, ...payloadOf(out) }));
}

async function settled(ref: MessageRef, call: () => Promise<{ readonly channel?: string; readonly ts?: string }>): Promise<SendOutcome> {
  try {
    const { channel = ref.channel, ts = ref.id } = await call();
    return { kind: 'sent', ref: { channel, id: ts } };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** The key in the metadata is what an unknown outcome is found again by. Whoever is in the channel can read it. */
function payloadOf({ message, mention, key }: Outgoing) {
  return { ...renderSlack(message, mention ? { mention } : {}), metadata: { event_type: eventType, event_payload: { key } } };
}

function channelOf(lane: LaneId): string {
  return lane.split(':')[2] ?? '';
}
