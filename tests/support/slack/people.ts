/** What people do in Slack, as Slack tells an app of it. */
import type { Api, View } from './api.ts';
import type { Deliver } from './socket.ts';
import type { Workspace } from './workspace.ts';

export interface Ephemeral {
  readonly response_type?: string;
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly replace_original?: boolean;
}

export interface Where {
  readonly channel?: string;
  readonly user?: string;
  /** The message whose button is pressed; that which carries such a button unless given. */
  readonly message?: string;
}

type Filled = Readonly<Record<string, string | readonly string[]>>;

export interface People {
  /** Says `/attache line` and gives what came to the response_url. */
  command(line: string, where?: Where): Promise<Ephemeral>;
  /** Says `/attache line` and gives the form that opened. */
  commandForForm(line: string, where?: Where): Promise<View['view']>;
  press(actionId: string, value: string, where?: Where): Promise<Ephemeral>;
  /** Chooses from an overflow menu. */
  choose(value: string, where?: Where): Promise<Ephemeral>;
  /** Types into a field of the form, and gives what can be chosen. */
  type(form: View['view'], field: string, typed: string): Promise<readonly string[]>;
  /** Sends the form: what is wrong with it by field, or what came to the response_url. */
  submit(
    form: View['view'],
    filled: Filled,
    where?: Where,
  ): Promise<{ readonly errors: Readonly<Record<string, string>> } | { readonly answer: Ephemeral }>;
  event(event: Readonly<Record<string, unknown>>, id?: string): Promise<void>;
}

/** Slack takes five answers to a response_url. */
const uses = 5;

export function createPeople(workspace: Workspace, api: Api, deliver: () => Deliver, base: string, violations: string[]) {
  const answers = new Map<string, { used: number; readonly take: (answer: Ephemeral) => void }>();
  const opening = (id: string) => `${base}/response/${workspace.team}-${id}`;
  const newAnswer = () => {
    const id = String(answers.size + 1);
    const { promise, resolve } = Promise.withResolvers<Ephemeral>();
    answers.set(id, { used: 0, take: resolve });
    return { url: opening(id), answer: promise };
  };
  const body = ({ channel = workspace.channel, user = workspace.user }: Where) => ({
    channel: { id: channel },
    user: { id: user, team_id: workspace.team },
    team: { id: workspace.team, domain: 'harness' },
    api_app_id: 'A1',
    token: 'verification',
  });
  const say = (line: string, { channel = workspace.channel, user = workspace.user }: Where, response_url: string) =>
    deliver()('slash_commands', {
      command: '/attache',
      text: line,
      team_id: workspace.team,
      channel_id: channel,
      user_id: user,
      user_name: 'ana',
      response_url,
      trigger_id: api.trigger(),
      api_app_id: 'A1',
      token: 'verification',
    });
  const act = async (action: Readonly<Record<string, unknown>>, where: Where) => {
    const { url, answer } = newAnswer();
    const channel = where.channel ?? workspace.channel;
    const button = JSON.stringify(action.value ?? action.selected_option ?? '');
    const carriers = where.message ? [] : await workspace.withThreads(channel).catch(() => []);
    const ts = where.message ?? carriers.find(({ blocks }) => JSON.stringify(blocks).includes(button))?.ts;
    // Said to one person alone, where no message carries it.
    const container = { type: 'message', channel_id: channel, message_ts: ts ?? '1.1', is_ephemeral: ts === undefined };
    const message = { type: 'block_actions', ...body(where), container, response_url: url, trigger_id: api.trigger() };
    await deliver()('interactive', { ...message, actions: [{ block_id: 'b', action_ts: '1', ...action }] });
    return answer;
  };
  const viewOf = (form: View['view'], values: unknown) => ({ ...form, id: 'V1', team_id: workspace.team, state: { values } });

  const people: People = {
    command: async (line, where = {}) => {
      const { url, answer } = newAnswer();
      await say(line, where, url);
      return answer;
    },
    commandForForm: async (line, where = {}) => {
      const before = api.views.length;
      await say(line, where, newAnswer().url);
      for (let turn = 0; turn < 200 && api.views.length === before; turn += 1) await new Promise((next) => setTimeout(next, 5));
      const opened = api.views[before];
      if (!opened) throw new Error(`no form opened for ${line}`);
      return opened.view;
    },
    press: (action_id, value, where = {}) => act({ type: 'button', action_id, value }, where),
    choose: (value, where = {}) => act({ type: 'overflow', action_id: 'more', selected_option: { value } }, where),
    type: async (form, field, typed) => {
      const ask = { type: 'block_suggestion', ...body({}), action_id: 'choose', block_id: field, value: typed, view: viewOf(form, {}) };
      const { options } = await deliver()('interactive', ask);
      return (options as { value: string }[]).map(({ value }) => value);
    },
    submit: async (form, filled, where = {}) => {
      const metadata = JSON.parse(String(form.private_metadata)) as { responseUrl: string };
      const { url, answer } = newAnswer();
      const view = viewOf({ ...form, private_metadata: JSON.stringify({ ...metadata, responseUrl: url }) }, valuesOf(form, filled));
      const ack = await deliver()('interactive', { type: 'view_submission', ...body(where), view, trigger_id: api.trigger() });
      if (ack.response_action === 'errors') return { errors: ack.errors as Readonly<Record<string, string>> };
      return { answer: await answer };
    },
    event: async (event, id = `E${api.calls.length}-${Math.random()}`) => {
      await deliver()('events_api', {
        type: 'event_callback',
        team_id: workspace.team,
        api_app_id: 'A1',
        event,
        event_id: id,
        event_time: 1,
        authorizations: [
          { team_id: workspace.team, enterprise_id: null, is_bot: true, is_enterprise_install: false, user_id: workspace.bot },
        ],
      });
    },
  };
  return {
    people,
    /** What the app posts to a response_url. */
    take: (id: string, answer: Ephemeral): void => {
      const open = answers.get(id);
      if (!open) return void violations.push(`an answer to ${id}, which nobody asked`);
      open.used += 1;
      if (open.used > uses) violations.push('a response_url used more than five times');
      open.take(answer);
    },
  };
}

/** The state that Slack sends of each field, by the kind of its element. */
function valuesOf(form: View['view'], filled: Filled) {
  const blocks = form.blocks as { readonly block_id: string; readonly element: { readonly type: string; readonly action_id: string } }[];
  return Object.fromEntries(
    blocks.map(({ block_id, element: { type, action_id } }) => {
      const value = filled[block_id];
      const chosen = (one: string) => ({ value: one, text: { type: 'plain_text', text: one } });
      if (type === 'plain_text_input') return [block_id, { [action_id]: { type, value: value ?? null } }];
      if (Array.isArray(value) || type.startsWith('multi_'))
        return [block_id, { [action_id]: { type, selected_options: [value ?? []].flat().map(chosen) } }];
      return [block_id, { [action_id]: { type, selected_option: typeof value === 'string' ? chosen(value) : null } }];
    }),
  );
}
