/** Whether Slack takes our tokens, and what is lost for want of a scope: asked by who runs Attaché, without coming in. */
import { webApi } from '@slack/bolt';
import type { CheckResult } from '../../src/ports/operator.ts';
import { type ClientOptions, clientOptionsFor } from './connection.ts';
import { refusalOf } from './errors.ts';
import { createInstallationStore, type Installed } from './installations.ts';
import { loggerOver } from './log.ts';
import { lacking } from './scopes.ts';
import { createSeal } from './token-cipher.ts';

type Asking = Pick<ClientOptions, 'apiUrl' | 'timeoutMs'>;

const about = 'slack';
const again = 'install the app again with adapters/slack/manifest.yaml';

/** One workspace. A socket is asked for and not opened: a bot that runs keeps all that is said to it. */
export async function checkSlack(
  tokens: { readonly botToken: string; readonly appToken: string },
  asking: Asking,
): Promise<readonly CheckResult[]> {
  const connecting = clientFor(tokens.appToken, asking).apps.connections.open();
  const [bot, app] = await Promise.all([
    checkBot(tokens.botToken, asking, (error) => ({ message: refusalOf(error, 'bot') })),
    connecting.then(
      (): CheckResult => ({ subject: about, state: 'ok', message: 'SLACK_APP_TOKEN opens the socket' }),
      (error: unknown): CheckResult => ({ subject: about, state: 'wrong', message: refusalOf(error, 'app') }),
    ),
  ]);
  return [...bot, app];
}

/** Every workspace that installed the app. The client's id and secret are tried only when somebody installs it. */
export async function checkSlackForMany(
  installed: Pick<Installed, 'installations'>,
  secrets: readonly [string, ...string[]],
  asking: Asking,
): Promise<readonly CheckResult[]> {
  const all = await installed.installations();
  const installation: Installed['installation'] = async (workspace) => all.find((one) => one.workspace === workspace);
  const kept = createInstallationStore({ ...installed, installation, saveInstallation: async () => {} }, createSeal(secrets));
  const found: CheckResult[] = [
    { subject: about, state: 'ok', message: `installed in workspaces: ${all.length}; in others by /slack/install on its public address` },
  ];
  for (const { workspace } of all) {
    const query = { teamId: workspace.split(':')[1] ?? '', enterpriseId: undefined, isEnterpriseInstall: false } as const;
    const token = await kept.fetchInstallation(query).then(
      ({ bot }) => bot?.token,
      () => undefined,
    );
    if (token)
      found.push(
        ...(await checkBot(token, asking, () => ({ message: `${workspace}: its token is refused`, fix: 'install it again there' }))),
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
  asking: Asking,
  refused: (error: unknown) => Pick<CheckResult, 'message' | 'fix'>,
): Promise<readonly CheckResult[]> {
  try {
    const { user = 'attache', team = 'Slack', response_metadata: rest } = await clientFor(token, asking).auth.test();
    const { needed, words } = lacking(rest?.scopes);
    const where = `@${user} in ${team}`;
    if (needed.length > 0)
      return [{ subject: about, state: 'wrong', message: `${where}: the bot token lacks ${needed.join(', ')}`, fix: again }];
    const notes = words.map((says): CheckResult => ({ subject: about, state: 'note', message: `${where}: ${says}`, fix: again }));
    return [
      { subject: about, state: 'ok', message: `${where}: the bot token is good${notes.length === 0 ? ', with every scope' : ''}` },
      ...notes,
    ];
  } catch (error) {
    return [{ subject: about, state: 'wrong', ...refused(error) }];
  }
}

function clientFor(token: string, asking: Asking): webApi.WebClient {
  return new webApi.WebClient(token, { ...clientOptionsFor(asking), logger: loggerOver({ log: () => {} }) });
}
