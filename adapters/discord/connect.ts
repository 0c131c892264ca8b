/** Coming in: a token can be refused by the API or by the gateway, and an answer may never come. */
import { type Client, Events } from 'discord.js';

export interface Connected {
  readonly applicationId: string;
  /** What the bot is called. */
  readonly tag: string;
}

/** Ready, or why not. */
export async function connected(client: Client, token: string, withinMs: number): Promise<Connected> {
  const { promise, resolve, reject } = Promise.withResolvers<Connected>();
  const late = setTimeout(reject, withinMs, new Error(`no connection within ${withinMs / 1000} s`));
  client.once(Events.ClientReady, ({ application, user }) => resolve({ applicationId: application.id, tag: user.tag }));
  client.login(token).catch(reject);
  return promise.finally(() => clearTimeout(late));
}
