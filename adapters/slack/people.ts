/** Who said something, and where: what the core needs to know of a person. */
import type { webApi } from '@slack/bolt';
import type { CommandCall } from '../../src/message.ts';

/** Members of the channel, workspace admins, or these user ids. */
export type WhoMayChange = 'members' | 'admins' | readonly string[];

export type Who = Omit<CommandCall, 'said'>;

export interface Spot {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
}

/** Zone and language come from the profile where the app may read it (`users:read`). */
export async function personAt(client: webApi.WebClient, { team, channel, user }: Spot, rule: WhoMayChange): Promise<Who> {
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
