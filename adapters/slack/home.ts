/** The Home tab: what the channels get that a person is in, and of no other channel anything. */
import type { App, webApi } from '@slack/bolt';
import type { HomeView, KnownBlock } from '@slack/types';
import type { PlatformHooks } from '../../src/ports/platform.ts';
import { saysSlack } from './errors.ts';
import { limits } from './limits.ts';
import type { ListenerContext } from './listen.ts';
import { plain } from './render.ts';
import { listOf, type Room, sectionOf } from './rich-text.ts';

type Overview = Awaited<ReturnType<PlatformHooks['overview']>>;

const pages = 5;

type Unknown = keyof typeof unknown;
const unknown = {
  'no scope': 'I may not see which channels you are in: that needs the scopes channels:read and groups:read.',
  'no answer': 'Slack did not say just now which channels you are in. Open this tab again in a minute.',
} as const;

export function listenToHome(app: App, { hooks, teamOf }: ListenerContext): void {
  app.event('app_home_opened', async ({ event, context, client }) => {
    if (event.tab !== 'home') return;
    const channels = await channelsOf(client, event.user);
    const lanes = typeof channels === 'string' ? channels : channels.map((channel) => `slack:${teamOf(context)}:${channel}`);
    await client.views.publish({ user_id: event.user, view: homeOf(typeof lanes === 'string' ? lanes : await hooks.overview(lanes)) });
  });
}

/** Where both the person and the bot may look: of private channels Slack names those alone that both are in. Or why they are not known. */
async function channelsOf(client: webApi.WebClient, user: string): Promise<readonly string[] | Unknown> {
  const ask = { user, types: 'public_channel,private_channel', exclude_archived: true, limit: 999 };
  const found: string[] = [];
  try {
    let cursor: string | undefined;
    for (let page = 0; page < pages; page += 1) {
      const { channels = [], response_metadata: rest } = await client.users.conversations({ ...ask, ...(cursor && { cursor }) });
      found.push(...channels.flatMap(({ id }) => id ?? []));
      cursor = rest?.next_cursor;
      if (!cursor) break;
    }
    return found;
  } catch (error) {
    return saysSlack(error, 'missing_scope') ? 'no scope' : 'no answer';
  }
}

export function homeOf(watching: Overview | Unknown): HomeView {
  const blocks: KnownBlock[] = [{ type: 'header', text: plain('What your channels get', limits.header) }];
  const told = typeof watching === 'string' ? [] : watching;
  if (typeof watching === 'string') blocks.push(words(unknown[watching]));
  else if (told.length === 0) blocks.push(words('None of your channels watches anything yet. Type /attache subscribe in one of them.'));
  // One block is kept for what does not fit.
  const fitting = told.slice(0, limits.viewBlocks - 2);
  blocks.push(...fitting.map(channelBlock));
  if (told.length > fitting.length)
    blocks.push(words(`And ${told.length - fitting.length} channels more: /attache list tells it in each.`));
  return { type: 'home', blocks };
}

function channelBlock({ lane, message }: Overview[number]): KnownBlock {
  const room: Room = { left: limits.signed };
  const heading = sectionOf([[message.headline]], room, [{ type: 'channel', channel_id: lane.split(':')[2] ?? '' }]);
  const list = listOf([...message.lines, ...message.sections.flatMap(({ lines }) => lines)], room);
  return { type: 'rich_text', elements: [...(heading ? [heading] : []), ...(list ? [list] : [])] };
}

function words(text: string): KnownBlock {
  return { type: 'section', text: plain(text, limits.text) };
}
