import type { SendOutcome } from '../../src/model/delivery.ts';

export type Failure = Exclude<SendOutcome, { kind: 'sent' }>;

const invite = 'invite it there: /invite @attache';
const reinstall = 'the app was uninstalled: install it again and copy the new bot token';
const mends: Readonly<Record<string, string>> = {
  not_in_channel: invite,
  channel_not_found: invite,
  is_archived: 'the channel is archived: unarchive it, or subscribe elsewhere',
  restricted_action: 'a workspace admin restricts posting in that channel',
  missing_scope: 'install the app again with the scopes of adapters/slack/manifest.yaml',
  invalid_auth: 'the bot token is wrong: copy it again from api.slack.com/apps → OAuth & Permissions',
  token_expired: 'the bot token has expired: copy it again from api.slack.com/apps → OAuth & Permissions',
  token_revoked: reinstall,
  account_inactive: reinstall,
};
/** Errors of the app or workspace, not of the message: retried until someone fixes them. */
const fixable = new Set([
  'invalid_auth',
  'not_authed',
  'token_expired',
  'token_revoked',
  'account_inactive',
  'missing_scope',
  'not_allowed_token_type',
  'no_permission',
  'org_login_required',
  'ekm_access_denied',
  'access_denied',
  'accesslimited',
  'team_access_not_granted',
  'two_factor_setup_required',
  'invalid_app_id',
]);
/** According to Slack, such a call may or may not have been carried out. */
const undecided = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'team_added_to_org', 'request_timeout']);
/** The connection was never made: nothing can have arrived. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
/** Pause when Slack asks to slow down without saying for how long (ms). */
const pause = 30_000;

export function outcomeOf(error: unknown): Failure {
  switch (field(error, 'code')) {
    case 'slack_webapi_rate_limited_error':
      return { kind: 'retry', reason: 'Slack asks to slow down', afterMs: Number(field(error, 'retryAfter') ?? 30) * 1000 };
    case 'slack_webapi_platform_error':
      return refused(nameOf(error));
    case 'slack_webapi_http_error':
      return answered(Number(field(error, 'statusCode')));
    default:
      return unanswered(error);
  }
}

function refused(name: string): Failure {
  if (name === 'message_not_found') return { kind: 'rejected', reason: 'message deleted', gone: true };
  if (name === 'ratelimited') return { kind: 'retry', reason: 'Slack asks to slow down', afterMs: pause };
  if (undecided.has(name)) return { kind: 'unknown', reason: name };
  const mend = mends[name];
  if (fixable.has(name)) return { kind: 'retry', reason: mend ? `${name}; ${mend}` : name, unauthorized: true };
  return { kind: 'rejected', reason: name, ...(mend && { mend }) };
}

function answered(status: number): Failure {
  const reason = `Slack answered ${status}`;
  // Slack refuses with status 200 and an error name: a 4xx comes from a proxy or firewall, which
  // let nothing through.
  return status >= 500 || status === 408
    ? { kind: 'unknown', reason }
    : { kind: 'retry', reason: `${reason}; look for a proxy or firewall` };
}

function unanswered(error: unknown): Failure {
  const cause = causeOf(error);
  return unsent.has(cause)
    ? { kind: 'retry', reason: `Slack cannot be reached (${cause})` }
    : { kind: 'unknown', reason: `no answer from Slack (${cause || 'connection broke off'})` };
}

const pages = {
  bot: 'SLACK_BOT_TOKEN is wrong; copy the Bot User OAuth Token (xoxb-…) again from api.slack.com/apps → your app → OAuth & Permissions',
  app: 'SLACK_APP_TOKEN is wrong; generate one (xapp-…) at api.slack.com/apps → your app → Basic Information → App-Level Tokens',
} as const;

/** Returns one line with the fix, for a failed start. @param token the token that was in use */
export function refusalOf(error: unknown, token: 'bot' | 'app'): string {
  const name = nameOf(error);
  if (name === 'not_authed' || name === 'invalid_auth' || name === 'not_allowed_token_type') return pages[token];
  if (name === 'missing_scope')
    return token === 'app'
      ? 'SLACK_APP_TOKEN lacks connections:write; generate one with it at api.slack.com/apps → your app → Basic Information → App-Level Tokens'
      : `the bot token lacks a scope; ${mends[name]}`;
  const mend = mends[name];
  if (mend) return `${mend} (${name})`;
  const cause = causeOf(error);
  if (unsent.has(cause)) return `Slack cannot be reached (${cause}); check this machine’s network`;
  return `cannot connect to Slack (${name || cause || 'no answer'}); its state is told at slack-status.com`;
}

/** Whether Slack refused permanently, until someone changes the setup. */
export function isForGood(error: unknown): boolean {
  const name = nameOf(error);
  return name !== '' && name !== 'ratelimited' && !undecided.has(name);
}

/** Whether the error carries one of these names of Slack's. */
export function hasErrorName(error: unknown, ...names: readonly string[]): boolean {
  return names.includes(nameOf(error));
}

/** Returns Slack's error name, empty if it did not answer. */
function nameOf(error: unknown): string {
  return String(field(field(error, 'data'), 'error') ?? '');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/**
 * Returns the system error code from the nested causes: the client wraps fetch, which wraps the
 * socket.
 */
function causeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at && depth < 5; at = field(at, 'original') ?? field(at, 'cause'), depth += 1) {
    const code = field(at, 'code');
    if (typeof code === 'string' && !code.startsWith('slack_webapi')) return code;
    if (field(at, 'name') === 'TimeoutError') return 'timed out';
  }
  return '';
}
