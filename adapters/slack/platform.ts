/** Slack through Bolt in Socket Mode: no public address, one app token. */
import { App, LogLevel } from '@slack/bolt';
import type { Answer, ButtonAct, CommandCall } from '../../src/message.ts';
import type { LaneId, MessageRef, SendOutcome } from '../../src/model.ts';
import type { ChatPlatform, Outgoing, PlatformHooks } from '../../src/ports.ts';
import { outcomeOf, refusalOf } from './errors.ts';
import { renderSlack } from './render.ts';

export interface SlackOptions {
  readonly botToken: string;
  readonly appToken: string;
  /** members of the channel, workspace admins, or these user ids. */
  readonly whoMayChange?: 'members' | 'admins' | readonly string[];
  /** Another server than Slack's, for tests: ends with `/api/`. */
  readonly apiUrl?: string;
  /** Of one call (ms). */
  readonly timeoutMs?: number;
}

const eventType = 'attache_delivery';
const reopening = { forever: true, minTimeout: 500, maxTimeout: 30_000, factor: 2, randomize: true };
const acts = new Set<string>(['acknowledge', 'mute', 'why', 'wrong', 'command']);

export function createSlack(options: SlackOptions): ChatPlatform {
  const reached = { timeout: options.timeoutMs ?? 15_000, ...(options.apiUrl && { slackApiUrl: options.apiUrl }) };
  // An attempt that is repeated by itself could post twice: the outbox alone tries again.
  const clientOptions = { ...reached, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const app = new App({
    token: options.botToken,
    appToken: options.appToken,
    socketMode: true,
    deferInitialization: true,
    logLevel: LogLevel.ERROR,
    clientOptions,
    // Opening a socket posts nothing, so it may be tried until Slack is there again: given up, it would end the process.
    installerOptions: { clientOptions: { ...reached, retryConfig: reopening } },
  });
  const { client } = app;

  const post = async (out: Outgoing, at: { readonly channel: string; readonly ts?: string }): Promise<SendOutcome> => {
    const payload = { ...renderSlack(out.message, mentioned(out)), metadata: { event_type: eventType, event_payload: { key: out.key } } };
    try {
      const answer = at.ts
        ? await client.chat.update({ channel: at.channel, ts: at.ts, ...payload })
        : await client.chat.postMessage({ channel: at.channel, ...payload, ...(out.replyTo && { thread_ts: out.replyTo.id }) });
      return { kind: 'sent', ref: { channel: answer.channel ?? at.channel, id: answer.ts ?? at.ts ?? '' } };
    } catch (error) {
      return outcomeOf(error);
    }
  };

  return {
    name: 'slack',
    start: async (hooks) => {
      try {
        await app.init();
        const { user, team } = await client.auth.test();
        listen(app, hooks, options);
        await app.start();
        return { kind: 'ready', as: `@${user ?? 'attache'} in ${team ?? 'Slack'}` };
      } catch (error) {
        return { kind: 'refused', reason: refusalOf(error) };
      }
    },
    send: (out) => post(out, { channel: channelOf(out.lane) }),
    edit: (ref, out) => post(out, { channel: ref.channel, ts: ref.id }),
    find: async ({ key, lane, since, replyTo }) => {
      const look = { channel: channelOf(lane), oldest: String(since / 1000), include_all_metadata: true, limit: 100 };
      try {
        const { messages = [] } = replyTo
          ? await client.conversations.replies({ ...look, ts: replyTo.id })
          : await client.conversations.history(look);
        const found = messages.find((message) => keyOf(message) === key);
        return found?.ts ? { kind: 'found', ref: { channel: look.channel, id: found.ts } satisfies MessageRef } : { kind: 'absent' };
      } catch (error) {
        const outcome = outcomeOf(error);
        return { kind: 'cannot-tell', reason: 'reason' in outcome ? outcome.reason : 'no answer' };
      }
    },
    render: (message, { mention }) => renderSlack(message, mention ? { mention } : {}),
    stop: async () => {
      await app.stop().catch(() => undefined);
    },
  };
}

const channelOf = (lane: LaneId): string => lane.split(':')[2] ?? '';
const mentioned = ({ mention }: Outgoing) => (mention ? { mention } : {});

function keyOf(message: object): unknown {
  const metadata: unknown = Reflect.get(message, 'metadata');
  const payload: unknown = typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'event_payload') : undefined;
  return typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'key') : undefined;
}

function listen(app: App, hooks: PlatformHooks, options: SlackOptions): void {
  const whoOf = async (team: string, channel: string, user: string) => {
    const lane = `slack:${team}:${channel}`;
    const profile = await app.client.users.info({ user }).then(
      ({ user: found }) => found,
      () => undefined,
    );
    const rule = options.whoMayChange ?? 'members';
    const mayChange =
      rule === 'members' ? true : rule === 'admins' ? profile?.is_admin === true || profile?.is_owner === true : rule.includes(user);
    return {
      platform: 'slack',
      lane,
      user,
      mayChange,
      ...(profile?.tz && { zone: profile.tz }),
      ...(profile?.locale && { locale: profile.locale }),
    } as const;
  };
  const said = (who: Awaited<ReturnType<typeof whoOf>>, line: string): CommandCall => ({ ...who, said: { line } });

  app.command(/.*/, async ({ command, ack, respond }) => {
    await ack();
    const answer = await hooks.onCommand(said(await whoOf(command.team_id, command.channel_id, command.user_id), command.text || 'help'));
    await respond({ ...renderSlack(answer.message), response_type: answer.private ? 'ephemeral' : 'in_channel' });
  });
  app.event('app_mention', async ({ event, context, client }) => {
    const line = event.text.replace(/<@[A-Z0-9]+(\|[^>]*)?>/g, ' ').trim() || 'help';
    if (!event.user) return;
    const answer = await hooks.onCommand(said(await whoOf(context.teamId ?? '', event.channel, event.user), line));
    const payload = renderSlack(answer.message);
    if (answer.private)
      await client.chat.postEphemeral({
        channel: event.channel,
        user: event.user,
        ...payload,
        ...(event.thread_ts && { thread_ts: event.thread_ts }),
      });
    else await client.chat.postMessage({ channel: event.channel, ...payload, thread_ts: event.thread_ts ?? event.ts });
  });
  app.action(/.*/, async ({ body, action, ack, respond }) => {
    await ack();
    const pressed = action.type === 'button' && 'action_id' in action ? action : undefined;
    const act = pressed?.action_id.replace(/-\d+$/, '') ?? '';
    if (body.type !== 'block_actions' || !pressed || !acts.has(act)) return;
    const who = await whoOf(body.team?.id ?? '', body.channel?.id ?? '', body.user.id);
    const answer: Answer = await hooks.onButton({ ...who, act: act as ButtonAct, value: pressed.value ?? '' });
    await respond({ ...renderSlack(answer.message), response_type: answer.private ? 'ephemeral' : 'in_channel', replace_original: false });
  });
  const uninstalled = async (team: string | undefined) => {
    if (team) await hooks.onGone({ workspace: `slack:${team}` });
  };
  app.event('app_uninstalled', ({ context }) => uninstalled(context.teamId));
  app.event('tokens_revoked', ({ context }) => uninstalled(context.teamId));
  app.event('channel_deleted', async ({ event, context }) => hooks.onGone({ lane: `slack:${context.teamId ?? ''}:${event.channel}` }));
}
