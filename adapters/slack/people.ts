/** Reads a person's profile and rights: what the core needs to know of who sent a command. */
import type { webApi } from '@slack/bolt';
import type { CannotPost, CommandCall } from '../../src/message.ts';
import { hasErrorName } from './errors.ts';

/** Members of the channel, workspace admins, or these user ids. */
export type WhoMayChange = 'members' | 'admins' | readonly string[];

export type Who = Omit<CommandCall, 'input'>;

export interface Location {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
}

/** Zone and language come from the profile where the app may read it (`users:read`). */
export async function personAt(client: webApi.WebClient, { team, channel, user }: Location, rule: WhoMayChange): Promise<Who> {
  const [profile, cannotPost] = await Promise.all([profileOf(client, user), whyNotPost(client, channel)]);
  const isAdmin = profile?.is_admin === true || profile?.is_owner === true;
  return {
    platform: 'slack',
    lane: `slack:${team}:${channel}`,
    user,
    mayChange: rule === 'members' || (rule === 'admins' ? isAdmin : rule.includes(user)),
    ...(profile?.tz && { zone: profile.tz }),
    ...(profile?.locale && { locale: profile.locale }),
    ...(cannotPost && { cannotPost }),
  };
}

/** Undefined where the app may not read it, or Slack does not answer. */
function profileOf(client: webApi.WebClient, user: string) {
  return client.users.info({ user, include_locale: true }).then(
    (found) => found.user,
    () => undefined,
  );
}

/** The language that a person reads Slack in (BCP 47). */
export async function localeOf(client: webApi.WebClient, user: string): Promise<string | undefined> {
  return (await profileOf(client, user))?.locale;
}

/**
 * Commands work in channels without the bot. Undefined if it is a member, or may not ask
 * (`channels:read`).
 */
async function whyNotPost(client: webApi.WebClient, channel: string): Promise<CannotPost | undefined> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    const talk = found?.is_im || found?.is_mpim;
    return found?.is_member === false && !talk ? 'not invited' : undefined;
  } catch (error) {
    // For the bot, a private channel without it does not exist.
    return hasErrorName(error, 'channel_not_found', 'not_in_channel') ? 'not invited' : undefined;
  }
}
