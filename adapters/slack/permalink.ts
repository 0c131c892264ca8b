/** Permalinks: the workspace's URL, the channel, and the message's timestamp without its dot. */
import type { webApi } from '@slack/bolt';
import type { MessageRef } from '../../src/model/delivery.ts';
import { isWeb } from './limits.ts';

/** @param home the workspace's URL from `auth.test`, with a trailing slash */
export function refAt(home: string | undefined, channel: string, ts: string): MessageRef {
  const url = home && URL.parse(`/archives/${channel}/p${ts.replace('.', '')}`, home)?.href;
  return { channel, id: ts, ...(url && isWeb(url) && { url }) };
}

export type HomeOf = (team: string, author: { readonly token?: string }) => Promise<string | undefined>;

/**
 * Looks up each workspace's URL once. After a failure the message gets no link, and the next one
 * tries again.
 */
export function createHomes(client: webApi.WebClient): HomeOf {
  const known = new Map<string, string>();
  return async (team, author) => {
    const url = known.get(team) ?? (await client.auth.test(author).catch(() => undefined))?.url;
    if (url) known.set(team, url);
    return url;
  };
}
