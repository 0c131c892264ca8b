/** What discord.js throws, as what it means for a delivery. */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { SendOutcome } from '../../src/model.ts';

const mends: Readonly<Record<number, string>> = {
  50013: 'give me Send Messages and Embed Links in that channel (Edit Channel → Permissions)',
  50001: 'give me View Channel in that channel (Edit Channel → Permissions)',
  10003: 'the channel is gone: subscribe in another one',
  50083: 'the thread is archived: open it again, or subscribe elsewhere',
};
/** The connection was never made: nothing can have arrived. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

export function outcomeOf(error: unknown): SendOutcome {
  if (error instanceof RateLimitError) return { kind: 'retry', reason: 'Discord asks to slow down', afterMs: error.retryAfter };
  if (error instanceof DiscordAPIError) {
    const code = Number(error.code);
    if (code === 10008) return { kind: 'rejected', reason: 'message deleted' };
    if (error.status === 401) return { kind: 'rejected', reason: 'the bot token is no longer valid', mend: tokenMend };
    const mend = mends[code];
    return { kind: 'rejected', reason: `${error.message} (${code})`, ...(mend && { mend }) };
  }
  if (error instanceof HTTPError)
    return error.status >= 500
      ? { kind: 'unknown', reason: `Discord answered ${error.status}` }
      : { kind: 'rejected', reason: `Discord answered ${error.status}` };
  const cause = causeOf(error);
  return unsent.has(cause)
    ? { kind: 'retry', reason: `Discord cannot be reached (${cause})` }
    : { kind: 'unknown', reason: `no answer from Discord (${cause || 'connection broke off'})` };
}

export const tokenMend = 'copy it again from discord.com/developers/applications → Bot → Reset Token';

/** One line with the mend, for a start that failed. */
export function refusalOf(error: unknown): string {
  const code = causeOf(error);
  if (code === 'TokenInvalid' || (error instanceof DiscordAPIError && error.status === 401)) return `the token is wrong; ${tokenMend}`;
  if (unsent.has(code)) return `Discord cannot be reached (${code}); check this machine’s network`;
  return `cannot connect (${code || (error instanceof Error ? error.message : String(error))})`;
}

function causeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; at = Reflect.get(at, 'cause'), depth += 1) {
    const code: unknown = Reflect.get(at, 'code');
    if (typeof code === 'string') return code;
  }
  return '';
}
