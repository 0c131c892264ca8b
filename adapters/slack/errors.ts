/** What Slack's client throws, as what it means for a delivery. */
import type { SendOutcome } from '../../src/model.ts';

const mends: Readonly<Record<string, string>> = {
  not_in_channel: 'invite it there: /invite @attache',
  channel_not_found: 'invite it there: /invite @attache',
  is_archived: 'the channel is archived: unarchive it, or subscribe elsewhere',
  restricted_action: 'a workspace admin restricts posting in that channel',
  missing_scope: 'install the app again with the scopes of adapters/slack/manifest.yaml',
  invalid_auth: 'the bot token is wrong: api.slack.com/apps → OAuth & Permissions',
  token_revoked: 'the app was uninstalled: install it again',
  account_inactive: 'the app was uninstalled: install it again',
};
const passing = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'team_added_to_org', 'request_timeout']);
/** The connection was never made: nothing can have arrived. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

export function outcomeOf(error: unknown): SendOutcome {
  const code = field(error, 'code');
  if (code === 'slack_webapi_rate_limited_error')
    return { kind: 'retry', reason: 'Slack asks to slow down', afterMs: Number(field(error, 'retryAfter') ?? 1) * 1000 };
  if (code === 'slack_webapi_platform_error') {
    const name = String(field(field(error, 'data'), 'error') ?? 'unknown_error');
    if (name === 'message_not_found') return { kind: 'rejected', reason: 'message deleted' };
    // Slack says itself that such a call may or may not have been carried out.
    if (passing.has(name)) return { kind: 'unknown', reason: name };
    const mend = mends[name];
    return { kind: 'rejected', reason: name, ...(mend && { mend }) };
  }
  if (code === 'slack_webapi_http_error') {
    const status = Number(field(error, 'statusCode'));
    return status >= 500
      ? { kind: 'unknown', reason: `Slack answered ${status}` }
      : { kind: 'rejected', reason: `Slack answered ${status}` };
  }
  const cause = causeOf(error);
  return unsent.has(cause)
    ? { kind: 'retry', reason: `Slack cannot be reached (${cause})` }
    : { kind: 'unknown', reason: `no answer from Slack (${cause || 'connection broke off'})` };
}

/** One line with the mend, for a start that failed. */
export function refusalOf(error: unknown): string {
  const name = String(field(field(error, 'data'), 'error') ?? causeOf(error));
  if (name === 'not_authed' || name === 'invalid_auth')
    return 'the token is wrong; copy it again from api.slack.com/apps (bot token: OAuth & Permissions; app token: Basic Information → App-Level Tokens)';
  if (name === 'missing_scope') return 'the app token lacks connections:write, or the app lacks a scope; see adapters/slack/manifest.yaml';
  if (unsent.has(name)) return `Slack cannot be reached (${name}); check this machine’s network`;
  return `${mends[name] ?? 'cannot connect'} (${name || 'no answer'})`;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function causeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at && depth < 5; at = field(at, 'original') ?? field(at, 'cause'), depth += 1) {
    const code = field(at, 'code');
    if (typeof code === 'string' && !code.startsWith('slack_webapi')) return code;
  }
  return '';
}
