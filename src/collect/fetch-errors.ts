/** Why a fetch failed, in words for the person who added the feed. */

export const fetchProblems = [
  'refused-address',
  'unreachable',
  'timeout',
  'too-large',
  'redirects',
  'status',
  'gone',
  'slow-down',
  'html',
  'empty',
  'broken',
  'stopped',
] as const;
export type FetchProblem = (typeof fetchProblems)[number];

export interface Failed {
  readonly kind: 'failed';
  readonly code: FetchProblem;
  /** One line. */
  readonly reason: string;
  /** The wait that the publisher asked for; at most a day. */
  readonly retryAfterMs?: number;
  /** The publisher answered that it is gone permanently (410). */
  readonly gone?: boolean;
}

export function failed(code: FetchProblem, reason: string): Failed {
  return { kind: 'failed', code, reason };
}

/** The code of our own connector's refusals, so that their words survive undici. */
const refusedCode = 'ATTACHE_REFUSED_ADDRESS';

export function refusal(reason: string): Error {
  return Object.assign(new Error(reason), { code: refusedCode });
}

export function tooLarge(maxBytes: number): Failed {
  const size = maxBytes >= 1_000_000 ? `${maxBytes / 1_000_000} MB` : `${maxBytes / 1000} kB`;
  return failed('too-large', `larger than ${size}`);
}

/**
 * Failure for a status that is neither a document, nor unchanged, nor a redirect that can be
 * followed.
 */
export function statusFailure(status: number, retryAfterMs: number | undefined): Failed {
  const asked = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 410)
    return { ...failed('gone', 'gone for good (410), asked again once a day: remove the feed or give its new address'), gone: true };
  if (status === 429) return { ...failed('slow-down', 'the publisher asks to slow down (429)'), ...asked };
  if (status === 503) return { ...failed('slow-down', 'the publisher is unavailable for now (503)'), ...asked };
  return { ...failed('status', statusWords(status)), ...asked };
}

function statusWords(status: number): string {
  if (status === 304) return 'answered "not modified" (304) though nothing was read before';
  if (status === 401 || status === 403 || status === 407) return `the publisher refuses us (${status})`;
  if (status === 404) return 'no such page (404)';
  if (status >= 300 && status < 400) return `a redirect that leads nowhere (${status})`;
  if (status >= 500) return `the publisher's server fails (${status})`;
  return `answered ${status}`;
}

const unreachable: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name cannot be resolved (no network?)',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection broke off',
  EPIPE: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  ENETUNREACH: 'no network',
  EHOSTUNREACH: 'host unreachable',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

const broken: Readonly<Record<string, string>> = {
  UND_ERR_HEADERS_OVERFLOW: 'its headers are too large',
  HPE_HEADER_OVERFLOW: 'its headers are too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'shorter or longer than it says',
};

/** Failure for an error thrown by undici, the socket or our connector. */
export function thrownFailure(error: unknown): Failed {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = error instanceof Error ? error.message : String(error);
  if (code === refusedCode) return failed('refused-address', words);
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return failed('timeout', code.includes('CONNECT') ? 'no connection in time' : 'no answer in time');
  const known = unreachable[code];
  if (known) return failed('unreachable', known);
  if (/CERT|ERR_TLS|ERR_SSL|EPROTO|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    return failed('unreachable', `no secure connection: its certificate or TLS is not valid (${code})`);
  }
  if (code.startsWith('HPE_')) return failed('broken', broken[code] ?? 'not a valid HTTP answer');
  return failed('broken', broken[code] ?? oneLine(words || code || 'unknown failure'));
}

function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}
