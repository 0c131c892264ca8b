/**
 * Many workspaces: people install the bot from a web page (OAuth v2), and Slack sends signed HTTP
 * requests.
 */
import type { Server } from 'node:http';
import { App, HTTPReceiver, type InstallProviderOptions, webApi } from '@slack/bolt';
import type { ChatPlatform, StartOutcome } from '../../src/ports/platform.ts';
import { type ClientOptions, type Credentials, clientOptionsFor, platformOver } from './connection.ts';
import { isForGood, refusalOf } from './errors.ts';
import { createInstallationStore, type Installed, renewSeals } from './installations.ts';
import { listen } from './listen.ts';
import { loggerOver } from './log.ts';
import type { WhoMayChange } from './people.ts';
import { createHomes } from './permalink.ts';
import { scopes } from './scopes.ts';
import { createSeal, keyOf } from './token-cipher.ts';

/** Tolerance for timestamps in the future (ms), as Bolt's for the past: clocks differ. */
const furthestAhead = 5 * 60_000;

export interface SlackForManyOptions extends ClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  /** Secrets that encrypt tokens, newest first. */
  readonly secrets: readonly [string, ...string[]];
  readonly installed: Installed;
  /** The address to listen on, behind a public proxy. Port 0 picks a free one. */
  readonly host: string;
  readonly port: number;
  readonly whoMayChange?: WhoMayChange;
  /** Replaces Slack's authorization page, for tests. */
  readonly authorizationUrl?: string;
  /** Called with the actual port. */
  readonly onListening?: (port: number) => void;
}

export function createSlackForMany(options: SlackForManyOptions): ChatPlatform {
  const { clientId, clientSecret, signingSecret, installed, host, port } = options;
  const clientOptions = clientOptionsFor(options);
  const seal = createSeal(options.secrets);
  const logger = loggerOver(options.observe);
  const newReceiver = () => {
    const made = new HTTPReceiver({
      clientId,
      clientSecret,
      signingSecret,
      stateSecret: keyOf(options.secrets[0], 'attache install state').toString('hex'),
      scopes: [...scopes],
      installationStore: createInstallationStore(installed, seal),
      logger,
      installerOptions: { clientOptions, directInstall: true, ...authorizationUrlOf(options) },
    });
    refuseFuture(made);
    return made;
  };
  const client = new webApi.WebClient(undefined, { ...clientOptions, logger });
  let receiver = newReceiver();
  let server: Server | undefined;
  return platformOver(
    {
      client,
      start: async (hooks) => {
        try {
          receiver = newReceiver();
          const app = new App({ receiver, deferInitialization: true, logger, clientOptions });
          const { all, lost } = await renewSeals(installed, seal);
          await app.init();
          listen(app, hooks, { whoMayChange: options.whoMayChange ?? 'members', observe: options.observe });
          server = await receiver.start({ host, port });
          const at = server.address();
          if (typeof at === 'object' && at) options.onListening?.(at.port);
          const words = lost > 0 ? `; the tokens of ${lost} open under no secret: give the one before as ATTACHE_SECRET_OLD` : '';
          return { kind: 'ready', as: `@attache in ${all - lost} workspaces, others by /slack/install${words}` };
        } catch (error) {
          return startRefusal(error, host, port);
        }
      },
      authorIn: (team) => authorOf(receiver, installed, team),
      homeOf: createHomes(client),
      stop: async () => {
        if (!server?.listening) return;
        const closed = receiver.stop();
        server.closeAllConnections();
        await closed;
      },
    },
    options,
  );
}

/** Bolt refuses old signatures; one with a future timestamp could be replayed until then. */
function refuseFuture(receiver: HTTPReceiver): void {
  const { requestListener: answer } = receiver;
  receiver.requestListener = (request, response) => {
    const signedAt = Number(request.headers['x-slack-request-timestamp'] ?? 0);
    if (signedAt * 1000 - Date.now() <= furthestAhead) return answer(request, response);
    response.writeHead(401).end();
  };
}

/** Returns the workspace's token; Bolt renews expiring ones. */
async function authorOf({ installer }: HTTPReceiver, installed: Installed, team: string): Promise<Credentials> {
  try {
    const found = await installer?.authorize({ teamId: team, enterpriseId: undefined, isEnterpriseInstall: false });
    if (found?.botToken) return { token: found.botToken };
  } catch (error) {
    // Installed, but the token is unavailable for now: a secret is being changed, or Slack did not
    // answer the renewal.
    const reason = `its token cannot be had now (${error instanceof Error ? error.message : String(error)})`;
    if (await installed.installation(`slack:${team}`)) return { kind: 'retry', reason };
  }
  return { kind: 'rejected', reason: 'the bot is not installed there', mend: 'install it again by /slack/install' };
}

function authorizationUrlOf({ authorizationUrl }: SlackForManyOptions): Pick<InstallProviderOptions, 'authorizationUrl'> {
  return authorizationUrl ? { authorizationUrl } : {};
}

function startRefusal(error: unknown, host: string, port: number): StartOutcome {
  return { kind: 'refused', reason: refusalIn(error, host, port), ...(isForGood(error) && { forGood: true as const }) };
}

function refusalIn(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `another program listens on ${host}:${port}; choose another port under slack.http in config/attache.yaml`;
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
    return `cannot listen on ${host}:${port} (${code}); choose another under slack.http in config/attache.yaml`;
  return refusalOf(error, 'bot');
}
