/** One workspace through Bolt in Socket Mode: no public address, one bot token, one app token. */
import { App, webApi } from '@slack/bolt';
import type { ChatPlatform } from '../../src/ports/platform.ts';
import { type ClientOptions, clientOptionsFor, platformOver } from './connection.ts';
import { isForGood, refusalOf } from './errors.ts';
import { listen } from './listen.ts';
import { loggerOver } from './log.ts';
import type { WhoMayChange } from './people.ts';
import { lacking } from './scopes.ts';
import { createSocket, type SlackSocket } from './socket.ts';

export interface SlackOptions extends ClientOptions {
  readonly botToken: string;
  readonly appToken: string;
  /** Default: the channel's members. */
  readonly whoMayChange?: WhoMayChange;
}

export function createSlack(options: SlackOptions): ChatPlatform {
  const clientOptions = clientOptionsFor(options);
  const logger = loggerOver(options.observe);
  let socket: SlackSocket | undefined;
  let home: string | undefined;
  return platformOver(
    {
      client: new webApi.WebClient(options.botToken, { ...clientOptions, logger }),
      start: async (hooks) => {
        await socket?.close();
        // A socket that failed to connect is not reused, as its pending attempt could still
        // succeed.
        const opened = createSocket(options.appToken, clientOptions, logger);
        socket = opened;
        const app = new App({ token: options.botToken, receiver: opened.receiver, deferInitialization: true, logger, clientOptions });
        let token: 'bot' | 'app' = 'bot';
        try {
          await app.init();
          const { user = 'attache', team = 'Slack', team_id = '', url, response_metadata: rest } = await app.client.auth.test();
          const { needed, words } = lacking(rest?.scopes);
          if (needed.length > 0)
            return {
              kind: 'refused',
              forGood: true,
              reason: `the bot token lacks ${needed.join(', ')}; install the app again with adapters/slack/manifest.yaml`,
            };
          listen(app, hooks, { team: team_id, whoMayChange: options.whoMayChange ?? 'members', observe: options.observe });
          home = url;
          token = 'app';
          await opened.open();
          return { kind: 'ready', as: [`@${user} in ${team}`, ...words].join('; ') };
        } catch (error) {
          return { kind: 'refused', reason: refusalOf(error, token), ...(isForGood(error) && { forGood: true as const }) };
        }
      },
      authorIn: async () => ({}),
      homeOf: async () => home,
      stop: async () => socket?.close(),
    },
    options,
  );
}
