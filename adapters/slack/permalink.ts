/** Where a message can be opened: a workspace's own address, the channel, and the message's time without its point. */
import type { webApi } from '@slack/bolt';
import type { MessageRef } from '../../src/model/delivery.ts';
import { isWeb } from './limits.ts';

/** @param home the workspace's address as `auth.test` gives it, with a slash at its end */
export function refAt(home: string | undefined, channel: string, ts: string): MessageRef {
  const url = home && URL.parse(`/archives/${channel}/p${ts.replace('.', '')}`, home)?.href;
  return { channel, id: ts, ...(url && isWeb(url) && { url }) };
}

export type HomeOf = (team: string, author: { readonly token?: string }) => Promise<string | undefined>;

/** Asks each workspace once; one that does not answer is asked again for its next message, which meanwhile goes without a link. */
export function createHomes(client: webApi.WebClient): HomeOf {
  const known = new Map<string, string>();
  return async (team, author) => {
    const url = known.get(team) ?? (await client.auth.test(author).catch(() => undefined))?.url;
    if (url) known.set(team, url);
    return url;
  };
}
