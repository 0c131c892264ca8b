/** Maps errors of discord.js to send outcomes. */
import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { SendOutcome } from '../../src/model/delivery.ts';
import type { StartOutcome } from '../../src/ports/platform.ts';

export type Failure = Exclude<SendOutcome, { kind: 'sent' }>;

const tokenMend = 'copy it again from discord.com/developers/applications → Bot → Reset Token';
const where = 'there (Edit Channel → Permissions)';
/** The connection was never made: nothing can have arrived. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** @param missing the permissions that the bot lacks in the channel, as far as known */
export function outcomeOf(error: unknown, missing: () => readonly string[] = () => []): Failure {
  if (error instanceof RateLimitError)
    return { kind: 'retry', reason: 'Discord asks to slow down', afterMs: Math.max(error.retryAfter, error.sublimitTimeout, 0) };
  if (error instanceof DiscordAPIError) return refused(error, missing());
  if (error instanceof HTTPError) return answered(error.status);
  // After a 401 the client drops its token and rejects locally.
  if (error instanceof Error && error.message.startsWith('Expected token')) return badToken;
  const cause = causeOf(error);
  return unsent.has(cause)
    ? { kind: 'retry', reason: `Discord cannot be reached (${cause})` }
    : { kind: 'unknown', reason: `no answer from Discord (${cause || 'connection broke off'})` };
}

/** A retry: the delivery is sent once the token works again. */
export const badToken: Failure = { kind: 'retry', reason: `the bot token is no longer valid; ${tokenMend}`, unauthorized: true };

/**
 * A response without Discord's error code: below 500 from a proxy or firewall, which let nothing
 * through; from 500 on (and 408) from a server that may have posted.
 */
function answered(status: number): Failure {
  const reason = `Discord answered ${status}`;
  return status >= 500 || status === 408
    ? { kind: 'unknown', reason }
    : { kind: 'retry', reason: `${reason}; look for a proxy or firewall` };
}

function refused(error: DiscordAPIError, missing: readonly string[]): Failure {
  if (error.status === 401) return badToken;
  // Discord's own refusals carry an error code.
  if (!Number.isInteger(error.code)) return answered(error.status);
  switch (Number(error.code)) {
    case RESTJSONErrorCodes.UnknownMessage:
      return { kind: 'rejected', reason: 'message deleted', gone: true };
    case RESTJSONErrorCodes.UnknownChannel:
      return { kind: 'rejected', reason: 'the channel is gone', mend: 'subscribe in another one' };
    case RESTJSONErrorCodes.MissingAccess:
      return { kind: 'rejected', reason: 'no access to the channel', mend: `give me ${listed(missing, 'View Channel')} ${where}` };
    case RESTJSONErrorCodes.MissingPermissions:
      return {
        kind: 'rejected',
        reason: 'permission missing in the channel',
        mend: `give me ${listed(missing, 'Send Messages and Embed Links')} ${where}`,
      };
    case RESTJSONErrorCodes.InvalidActionOnArchivedThread:
    case RESTJSONErrorCodes.ThreadLocked:
      return { kind: 'rejected', reason: 'the thread is closed', mend: 'open it again, or subscribe elsewhere' };
    default:
      return { kind: 'rejected', reason: `${error.message.split('\n')[0]} (${error.code})` };
  }
}

function listed(missing: readonly string[], otherwise: string): string {
  return missing.length === 0 ? otherwise : new Intl.ListFormat('en', { type: 'conjunction' }).format(missing);
}

export function isBadToken(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.status === 401;
  return error instanceof Error && (error.message.startsWith('Expected token') || causeOf(error) === 'TokenInvalid');
}

/** Whether the error carries one of these codes of Discord's. */
export function hasCode(error: unknown, ...codes: readonly RESTJSONErrorCodes[]): boolean {
  return error instanceof DiscordAPIError && codes.some((code) => code === Number(error.code));
}

/** Returns one line with the fix, for a failed start. */
export function refusalOf(error: unknown): string {
  const code = causeOf(error);
  const says = error instanceof Error ? error.message : String(error);
  const unauthorized = error instanceof DiscordAPIError && error.status === 401;
  if (code === 'TokenInvalid' || unauthorized || says === 'Authentication failed') return `the token is wrong; ${tokenMend}`;
  const gateway = /^Unexpected server response: (\d+)$/.exec(says)?.[1];
  if (gateway) return `Discord’s gateway answers ${gateway}; its state is told at discordstatus.com`;
  if (unsent.has(code)) return `Discord cannot be reached (${code}); check this machine’s network`;
  return `cannot connect (${code || says.split('\n')[0]})`;
}

/** A failed start. Only a wrong token is permanent. */
export function startRefusal(error: unknown): StartOutcome {
  const reason = refusalOf(error);
  return { kind: 'refused', reason, ...(reason.startsWith('the token is wrong') && { forGood: true as const }) };
}

function causeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; at = Reflect.get(at, 'cause'), depth += 1) {
    const code: unknown = Reflect.get(at, 'code');
    if (typeof code === 'string') return code;
  }
  return '';
}
