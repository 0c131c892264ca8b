/**
 * `doctor`'s check of Slack: whether tokens work, and what missing scopes disable. It opens no
 * socket.
 */
import { webApi } from '@slack/bolt';
import type { CheckResult } from '../../src/ports/operator.ts';
import { type ClientOptions, clientOptionsFor } from './connection.ts';
import { refusalOf } from './errors.ts';
import { createInstallationStore, type Installed } from './installations.ts';
import { loggerOver } from './log.ts';
import { lacking } from './scopes.ts';
import { createSeal } from './token-cipher.ts';

type CheckOptions = Pick<ClientOptions, 'apiUrl' | 'timeoutMs'>;

const about = 'slack';
const reinstall = 'install the app again with adapters/slack/manifest.yaml';

/**
 * Checks one workspace. Requests a socket URL without opening it, as a second socket would take
 * events from a running bot.
 */
export async function checkSlack(
  tokens: { readonly botToken: string; readonly appToken: string },
  options: CheckOptions,
): Promise<readonly CheckResult[]> {
  const connecting = clientFor(tokens.appToken, options).apps.connections.open();
  const [bot, app] = await Promise.all([
    checkBot(tokens.botToken, options, (error) => ({ message: refusalOf(error, 'bot') })),
    connecting.then(
      (): CheckResult => ({ subject: about, state: 'ok', message: 'SLACK_APP_TOKEN opens the socket' }),
      (error: unknown): CheckResult => ({ subject: about, state: 'wrong', message: refusalOf(error, 'app') }),
    ),
  ]);
  return [...bot, app];
}

/**
 * Checks every workspace that installed the app. Client id and secret are used only on installing.
 */
export async function checkSlackForMany(
  installed: Pick<Installed, 'installations'>,
  secrets: readonly [string, ...string[]],
  options: CheckOptions,
): Promise<readonly CheckResult[]> {
  const all = await installed.installations();
  const installation: Installed['installation'] = async (workspace) => all.find((one) => one.workspace === workspace);
  const installationStore = createInstallationStore({ ...installed, installation, saveInstallation: async () => {} }, createSeal(secrets));
  const found: CheckResult[] = [
    { subject: about, state: 'ok', message: `installed in workspaces: ${all.length}; in others by /slack/install on its public address` },
  ];
  for (const { workspace } of all) {
    const query = { teamId: workspace.split(':')[1] ?? '', enterpriseId: undefined, isEnterpriseInstall: false } as const;
    const token = await installationStore.fetchInstallation(query).then(
      ({ bot }) => bot?.token,
      () => undefined,
    );
    if (token)
      found.push(
        ...(await checkBot(token, options, () => ({ message: `${workspace}: its token is refused`, fix: 'install it again there' }))),
      );
    else
      found.push({
        subject: about,
        state: 'wrong',
        message: `${workspace}: its token opens under no secret`,
        fix: 'give the secret before as ATTACHE_SECRET_OLD',
      });
  }
  return found;
}

async function checkBot(
  token: string,
  options: CheckOptions,
  refused: (error: unknown) => Pick<CheckResult, 'message' | 'fix'>,
): Promise<readonly CheckResult[]> {
  try {
    const { user = 'attache', team = 'Slack', response_metadata: rest } = await clientFor(token, options).auth.test();
    const { needed, words } = lacking(rest?.scopes);
    const where = `@${user} in ${team}`;
    if (needed.length > 0)
      return [{ subject: about, state: 'wrong', message: `${where}: the bot token lacks ${needed.join(', ')}`, fix: reinstall }];
    const notes = words.map((says): CheckResult => ({ subject: about, state: 'note', message: `${where}: ${says}`, fix: reinstall }));
    return [
      { subject: about, state: 'ok', message: `${where}: the bot token is good${notes.length === 0 ? ', with every scope' : ''}` },
      ...notes,
    ];
  } catch (error) {
    return [{ subject: about, state: 'wrong', ...refused(error) }];
  }
}

function clientFor(token: string, options: CheckOptions): webApi.WebClient {
  return new webApi.WebClient(token, { ...clientOptionsFor(options), logger: loggerOver({ log: () => {} }) });
}
