/** What people and Slack say to the bot: acknowledged at once, translated, handed on, and answered where it was said. */
import type { App, BlockAction, webApi } from '@slack/bolt';
import type { Answer, ButtonAct, CommandCall } from '../../src/message.ts';
import type { PlatformHooks } from '../../src/ports.ts';
import { renderSlack } from './render.ts';
import { typedLine } from './typed.ts';

export interface Listening {
  /** The team whose channels the lanes are named after; people of other teams may share them. */
  readonly team: string;
  /** Members of the channel, workspace admins, or these user ids. */
  readonly whoMayChange: 'members' | 'admins' | readonly string[];
}

type Who = Omit<CommandCall, 'said'>;
type WhoOf = (channel: string, user: string) => Promise<Who>;

export function listen(app: App, hooks: PlatformHooks, listening: Listening): void {
  const whoOf: WhoOf = (channel, user) => personOf(app.client, listening, channel, user);
  listenToCommands(app, hooks, whoOf);
  listenToMentions(app, hooks, whoOf);
  listenToButtons(app, hooks, whoOf);
  listenToFarewells(app, hooks, listening.team);
}

function listenToCommands(app: App, hooks: PlatformHooks, whoOf: WhoOf): void {
  app.command(/.*/, async ({ command, ack, respond }) => {
    await ack();
    const who = await whoOf(command.channel_id, command.user_id);
    await respond(responseOf(await hooks.onCommand({ ...who, said: { line: typedLine(command.text) || 'help' } })));
  });
}

/** Slack runs no commands inside threads: there people name the bot instead. */
function listenToMentions(app: App, hooks: PlatformHooks, whoOf: WhoOf): void {
  const isNew = once(1_000);
  app.event('app_mention', async ({ event, body, context, client }) => {
    // Slack sends an event again when the acknowledgement was lost; a command must not run twice.
    if (!event.user || !isNew(body.event_id)) return;
    const { channel, user, thread_ts, ts } = event;
    const line = typedLine(event.text, context.botUserId) || 'help';
    const answer = await hooks.onCommand({ ...(await whoOf(channel, user)), said: { line } });
    const payload = renderSlack(answer.message);
    if (answer.private) await client.chat.postEphemeral({ channel, user, ...payload, ...(thread_ts && { thread_ts }) });
    else await client.chat.postMessage({ channel, ...payload, thread_ts: thread_ts ?? ts });
  });
}

function listenToButtons(app: App, hooks: PlatformHooks, whoOf: WhoOf): void {
  app.action<BlockAction>(/.*/, async ({ body, ack, respond }) => {
    await ack();
    const pressed = pressedOf(body.actions[0]);
    if (!pressed || !body.channel) return;
    const who = await whoOf(body.channel.id, body.user.id);
    await respond({ ...responseOf(await hooks.onButton({ ...who, ...pressed })), replace_original: false });
  });
}

function listenToFarewells(app: App, hooks: PlatformHooks, team: string): void {
  const workspace = `slack:${team}`;
  app.event('app_uninstalled', () => hooks.onGone({ workspace }));
  app.event('tokens_revoked', async ({ event }) => {
    // People's own tokens may go while the bot's stays.
    if (event.tokens.bot?.length) await hooks.onGone({ workspace });
  });
  app.event('channel_deleted', ({ event }) => hooks.onGone({ lane: `${workspace}:${event.channel}` }));
  app.event('group_deleted', ({ event }) => hooks.onGone({ lane: `${workspace}:${event.channel}` }));
  app.event('member_left_channel', async ({ event, context }) => {
    if (event.user === context.botUserId) await hooks.onGone({ lane: `${workspace}:${event.channel}` });
  });
}

/** Zone and language come from the profile where the app may read it (`users:read`). */
async function personOf(client: webApi.WebClient, { team, whoMayChange: rule }: Listening, channel: string, user: string): Promise<Who> {
  const profile = await client.users.info({ user, include_locale: true }).then(
    (found) => found.user,
    () => undefined,
  );
  const isAdmin = profile?.is_admin === true || profile?.is_owner === true;
  return {
    platform: 'slack',
    lane: `slack:${team}:${channel}`,
    user,
    mayChange: rule === 'members' || (rule === 'admins' ? isAdmin : rule.includes(user)),
    ...(profile?.tz && { zone: profile.tz }),
    ...(profile?.locale && { locale: profile.locale }),
  };
}

function responseOf(answer: Answer) {
  return { ...renderSlack(answer.message), response_type: answer.private ? 'ephemeral' : 'in_channel' } as const;
}

const acts = new Set<string>(['acknowledge', 'mute', 'why', 'wrong', 'command'] satisfies ButtonAct[]);
const isAct = (word: string): word is ButtonAct => acts.has(word);

/** The act stands in a button's action id, and in the value of an overflow option. Links open by themselves. */
function pressedOf(action: BlockAction['actions'][number] | undefined): { readonly act: ButtonAct; readonly value: string } | undefined {
  const said = action?.type === 'overflow' ? action.selected_option.value : undefined;
  const [act, value] =
    said === undefined
      ? [action?.action_id.replace(/-\d+$/, '') ?? '', action?.type === 'button' ? (action.value ?? '') : '']
      : [said.slice(0, said.indexOf(':')), said.slice(said.indexOf(':') + 1)];
  return isAct(act) ? { act, value } : undefined;
}

/** True the first time it sees an id, as far back as it remembers. */
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
