/**
 * The Home tab, in the person's language: the subscriptions of the channels they are in, and of no
 * other.
 */
import type { App, webApi } from '@slack/bolt';
import type { HomeView, KnownBlock } from '@slack/types';
import { speechIn } from '../../src/i18n/speech.ts';
import type { PlatformHooks } from '../../src/ports/platform.ts';
import { hasErrorName } from './errors.ts';
import { limits } from './limits.ts';
import type { ListenerContext } from './listen.ts';
import { localeOf } from './people.ts';
import { plain } from './render.ts';
import { listOf, type Room, sectionOf } from './rich-text.ts';

type Overview = Awaited<ReturnType<PlatformHooks['overview']>>;

const pages = 5;

type Unknown = 'no scope' | 'no answer';

export function listenToHome(app: App, { hooks, teamOf }: ListenerContext): void {
  app.event('app_home_opened', async ({ event, context, client }) => {
    if (event.tab !== 'home') return;
    const [channels, locale] = await Promise.all([channelsOf(client, event.user), localeOf(client, event.user)]);
    const lanes = typeof channels === 'string' ? channels : channels.map((channel) => `slack:${teamOf(context)}:${channel}`);
    const watching = typeof lanes === 'string' ? lanes : await hooks.overview(lanes, locale);
    await client.views.publish({ user_id: event.user, view: homeOf(watching, locale) });
  });
}

/**
 * Returns the channels that person and bot share (Slack lists private ones only if both are
 * members), or why they are unknown.
 */
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
    return hasErrorName(error, 'missing_scope') ? 'no scope' : 'no answer';
  }
}

/** @param locale of the person; English where it is not known */
export function homeOf(watching: Overview | Unknown, locale = 'en'): HomeView {
  const { home } = speechIn(locale).answers.platform;
  const blocks: KnownBlock[] = [{ type: 'header', text: plain(home.title, limits.header) }];
  const told = typeof watching === 'string' ? [] : watching;
  if (typeof watching === 'string') blocks.push(words(watching === 'no scope' ? home.noScope : home.noAnswer));
  else if (told.length === 0) blocks.push(words(home.nothing('/attache subscribe')));
  // One block is reserved for the count of what does not fit.
  const fitting = told.slice(0, limits.viewBlocks - 2);
  blocks.push(...fitting.map(channelBlock));
  if (told.length > fitting.length) blocks.push(words(home.more(told.length - fitting.length, '/attache list')));
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
