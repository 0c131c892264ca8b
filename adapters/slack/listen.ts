/**
 * Listens to Slack: acknowledges commands, mentions and buttons, passes them to the core, and posts
 * the answer in place.
 */
import type { App, BlockAction, Context } from '@slack/bolt';
import { speechIn } from '../../src/i18n/speech.ts';
import { type Answer, newMessage } from '../../src/message.ts';
import type { MessageRef } from '../../src/model/delivery.ts';
import type { Observe } from '../../src/ports/clock.ts';
import type { PlatformHooks } from '../../src/ports/platform.ts';
import { pressedOf } from './buttons.ts';
import { listenToForms } from './forms.ts';
import { listenToHome } from './home.ts';
import { type Location, localeOf, personAt, type Who, type WhoMayChange } from './people.ts';
import { renderSlack } from './render.ts';
import { openedForm, responseOf } from './replies.ts';
import { typedLine } from './unescape.ts';

export interface Listening {
  /**
   * The single team for lane names, as people of other teams may share channels; undefined with
   * many workspaces.
   */
  readonly team?: string;
  readonly whoMayChange: WhoMayChange;
  readonly observe: Observe;
}

/** What every listener needs besides Bolt. */
export interface ListenerContext {
  readonly hooks: PlatformHooks;
  teamOf(context: Pick<Context, 'teamId'>): string;
  whoAt(client: App['client'], spot: Location): Promise<Who>;
}

export function listen(app: App, hooks: PlatformHooks, { team, whoMayChange, observe }: Listening): void {
  app.error(async (error) => observe.log('warn', 'slack.answer failed', { error: String(error) }));
  const apologise =
    (locale: string | undefined) =>
    (bug: unknown): Answer => {
      observe.log('error', 'slack.command broke off', { error: bug instanceof Error ? (bug.stack ?? bug.message) : String(bug) });
      const { failed } = speechIn(locale ?? 'en').answers.platform;
      return { private: true, message: newMessage('answer', failed) };
    };
  const shared: ListenerContext = {
    hooks: {
      ...hooks,
      onCommand: (call) => hooks.onCommand(call).catch(apologise(call.locale)),
      onButton: (press) => hooks.onButton(press).catch(apologise(press.locale)),
    },
    teamOf: ({ teamId }) => team ?? teamId ?? '',
    whoAt: (client, spot) => personAt(client, spot, whoMayChange),
  };
  listenToCommands(app, shared);
  listenToMentions(app, shared);
  listenToButtons(app, shared);
  listenToForms(app, shared);
  listenToHome(app, shared);
  listenForRemovals(app, shared);
  listenToInvitations(app, shared);
}

function listenToCommands(app: App, { hooks, teamOf, whoAt }: ListenerContext): void {
  app.command(/.*/, async ({ command, context, client, ack, respond }) => {
    await ack();
    const { channel_id: channel, user_id: user, trigger_id: trigger, response_url: responseUrl } = command;
    const who = await whoAt(client, { team: teamOf(context), channel, user });
    const answer = await hooks.onCommand({ ...who, input: { line: typedLine(command.text) || 'help' } });
    const place = { channel, responseUrl, locale: who.locale ?? 'en' };
    if (!(await openedForm(client, answer, { commands: hooks.commands, trigger, place }))) await respond(responseOf(answer));
  });
}

/** Slack has no slash commands in threads: there people mention the bot. */
function listenToMentions(app: App, { hooks, teamOf, whoAt }: ListenerContext): void {
  const isNew = once(1_000);
  app.event('app_mention', async ({ event, body, context, client }) => {
    // Slack resends an event if the acknowledgement was lost; a command must not run twice.
    if (!event.user || !isNew(body.event_id)) return;
    const { channel, user, thread_ts, ts } = event;
    const line = typedLine(event.text, context.botUserId) || 'help';
    const who = await whoAt(client, { team: teamOf(context), channel, user });
    const answer = await hooks.onCommand({ ...who, input: { line } });
    const payload = renderSlack(answer.message);
    if (answer.private) await client.chat.postEphemeral({ channel, user, ...payload, ...(thread_ts && { thread_ts }) });
    else await client.chat.postMessage({ channel, ...payload, thread_ts: thread_ts ?? ts });
  });
}

function listenToButtons(app: App, { hooks, teamOf, whoAt }: ListenerContext): void {
  app.action<BlockAction>(/.*/, async ({ body, context, client, ack, respond }) => {
    await ack();
    const pressed = pressedOf(body.actions[0]);
    const channel = body.channel?.id;
    if (!pressed || !channel) return;
    const who = await whoAt(client, { team: teamOf(context), channel, user: body.user.id });
    const message = messageOf(body.container);
    const answer = await hooks.onButton({ ...who, ...pressed, ...(message && { pressed: message }) });
    const place = { channel, responseUrl: body.response_url, locale: who.locale ?? 'en' };
    const opened = await openedForm(client, answer, { commands: hooks.commands, trigger: body.trigger_id, place });
    if (!opened) await respond({ ...responseOf(answer), replace_original: false });
  });
}

/** Ephemeral messages cannot be edited. */
function messageOf({ channel_id: channel, message_ts: id, is_ephemeral: isEphemeral }: BlockAction['container']): MessageRef | undefined {
  if (typeof channel !== 'string' || typeof id !== 'string' || isEphemeral === true) return undefined;
  return { channel, id };
}

function listenForRemovals(app: App, { hooks, teamOf }: ListenerContext): void {
  const workspaceOf = (context: Pick<Context, 'teamId'>) => `slack:${teamOf(context)}`;
  app.event('app_uninstalled', ({ context }) => hooks.onRemoved({ workspace: workspaceOf(context) }));
  app.event('tokens_revoked', async ({ event, context }) => {
    // User tokens may be revoked while the bot's stays.
    if (event.tokens.bot?.length) await hooks.onRemoved({ workspace: workspaceOf(context) });
  });
  for (const removalEvent of removalEvents) {
    app.event(removalEvent, async ({ event, context, client }) => {
      const workspace = workspaceOf(context);
      const called = await nameOf(client, event.channel);
      // Posting to a user id opens a direct message.
      await hooks.onRemoved({
        lane: `${workspace}:${event.channel}`,
        ...(called && { called }),
        reach: async (user) => `${workspace}:${user}`,
      });
    });
  }
  app.event('channel_id_changed', ({ event, context }) => {
    const at = (channel: string) => `${workspaceOf(context)}:${channel}`;
    return hooks.onMoved({ from: at(event.old_channel_id), to: at(event.new_channel_id) });
  });
}

const removalEvents = ['channel_deleted', 'group_deleted', 'channel_left', 'group_left', 'channel_archive', 'group_archive'] as const;

/** Slack still returns the name of an archived or left channel, if the bot may ask. */
async function nameOf(client: App['client'], channel: string): Promise<string | undefined> {
  const found = await client.conversations.info({ channel }).catch(() => undefined);
  return found?.channel?.name ? `#${found.channel.name}` : undefined;
}

/** Posts the help once when the bot is invited to a channel, in the inviter's language. */
function listenToInvitations(app: App, { hooks, teamOf }: ListenerContext): void {
  const isNew = once(1_000);
  app.event('member_joined_channel', async ({ event, body, context, client }) => {
    if (event.user !== context.botUserId || !isNew(body.event_id)) return;
    const lane = `slack:${teamOf(context)}:${event.channel}`;
    const locale = event.inviter ? await localeOf(client, event.inviter) : undefined;
    const bot = { platform: 'slack', lane, user: event.user, mayChange: false, ...(locale && { locale }) } as const;
    const { message } = await hooks.onCommand({ ...bot, input: { line: 'help' } });
    await client.chat.postMessage({ channel: event.channel, ...renderSlack(message) });
  });
}

/** Returns a function that is true for ids not among the last `remembered` ones. */
function once(remembered: number): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    for (const oldest of seen) {
      if (seen.size <= remembered) break;
      seen.delete(oldest);
    }
    return true;
  };
}
