/** One document from its publisher: conditional, bounded in time and size, and only from where a request may go. */
import { Agent, buildConnector, type Dispatcher, errors, request } from 'undici';
import { createGuard, type Guard } from './guard.ts';
import { readBody } from './read-body.ts';

export type FetchProblem =
  | 'refused-address'
  | 'unreachable'
  | 'timeout'
  | 'too-large'
  | 'redirects'
  | 'status'
  | 'gone'
  | 'slow-down'
  | 'html'
  | 'broken';

export interface Hints {
  readonly etag?: string;
  readonly lastModified?: string;
  readonly maxAgeSeconds?: number;
  /** Where a permanent redirect led. */
  readonly movedTo?: string;
}

export type FetchOutcome =
  | ({ readonly kind: 'document'; readonly bytes: Uint8Array; readonly contentType?: string; readonly url: string } & Hints)
  | ({ readonly kind: 'unchanged' } & Hints)
  /** `reason` is one line in plain words; `retryAfterMs` is what the publisher asked for. */
  | { readonly kind: 'failed'; readonly code: FetchProblem; readonly reason: string; readonly retryAfterMs?: number };

export interface FetchRequest {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface Fetcher {
  fetch(request: FetchRequest): Promise<FetchOutcome>;
  close(): Promise<void>;
}

export interface FetchLimits {
  readonly userAgent: string;
  readonly allowHosts: readonly string[];
  /** Decoded bytes; 10 MB unless given. */
  readonly maxBytes?: number;
  /** The whole exchange, redirects included; 30 s unless given. */
  readonly deadlineMs?: number;
}

const redirects = new Set([301, 302, 303, 307, 308]);

export function createFetcher({ userAgent, allowHosts, maxBytes = 10_000_000, deadlineMs = 30_000 }: FetchLimits): Fetcher {
  const guard = createGuard(allowHosts);
  const agent = new Agent({
    connections: 2,
    connect: guardedConnector(guard, Math.min(5_000, deadlineMs)),
    headersTimeout: Math.min(10_000, deadlineMs),
    bodyTimeout: deadlineMs,
    maxHeaderSize: 32_768,
  });
  return {
    fetch: async (wanted) => {
      const signal = AbortSignal.timeout(deadlineMs);
      try {
        return await follow(wanted, { agent, guard, userAgent, maxBytes, signal });
      } catch (error) {
        return failureOf(error, signal, deadlineMs, maxBytes);
      }
    },
    close: () => agent.destroy(),
  };
}

interface Exchange {
  readonly agent: Agent;
  readonly guard: Guard;
  readonly userAgent: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

function guardedConnector(guard: Guard, timeout: number): buildConnector.connector {
  const connect = buildConnector({ timeout, lookup: guard.lookup });
  return (options, done) =>
    connect(options, (error, socket) => {
      if (error || !socket) return done(error ?? new Error('no socket'), null);
      const refused = guard.refusesPeer(
        options.hostname,
        String(options.port || (options.protocol === 'https:' ? 443 : 80)),
        socket.remoteAddress,
      );
      if (!refused) return done(null, socket);
      socket.destroy();
      return done(new Error(refused), null);
    });
}

async function follow(wanted: FetchRequest, exchange: Exchange): Promise<FetchOutcome> {
  let address = URL.parse(wanted.url);
  let movedTo: string | undefined;
  let permanent = true;
  for (let hop = 0; hop <= 5; hop += 1) {
    const refused = address ? exchange.guard.refuses(address) : 'not an address';
    if (!address || refused) return { kind: 'failed', code: 'refused-address', reason: `${wanted.url}: ${refused}` };
    const response = await request(address, {
      dispatcher: exchange.agent,
      signal: exchange.signal,
      headers: headersFor(wanted, exchange.userAgent),
    });
    const location = header(response, 'location');
    if (redirects.has(response.statusCode) && location) {
      await response.body.dump({ limit: 16_384, signal: exchange.signal }).catch(() => undefined);
      const next: URL | null = URL.parse(location, address.href);
      permanent &&= response.statusCode === 301 || response.statusCode === 308;
      if (permanent && next) movedTo = next.href;
      address = next;
      continue;
    }
    return settle(response, address.href, movedTo, exchange);
  }
  return { kind: 'failed', code: 'redirects', reason: 'more than 5 redirects' };
}

function headersFor({ etag, lastModified }: FetchRequest, userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.5',
    'accept-encoding': 'gzip, br',
    ...(etag && { 'if-none-match': etag }),
    ...(lastModified && { 'if-modified-since': lastModified }),
  };
}

async function settle(
  response: Dispatcher.ResponseData,
  url: string,
  movedTo: string | undefined,
  exchange: Exchange,
): Promise<FetchOutcome> {
  const { statusCode, body } = response;
  const hints = hintsOf(response, movedTo);
  if (statusCode === 304) {
    await body.dump();
    return { kind: 'unchanged', ...hints };
  }
  if (statusCode !== 200) {
    body.destroy();
    return statusFailure(response);
  }
  const bytes = await readBody(body, header(response, 'content-encoding') ?? '', exchange.maxBytes, exchange.signal);
  const contentType = header(response, 'content-type');
  return { kind: 'document', bytes, url, ...(contentType && { contentType }), ...hints };
}

function hintsOf(response: Dispatcher.ResponseData, movedTo: string | undefined): Hints {
  const etag = header(response, 'etag');
  const lastModified = header(response, 'last-modified');
  const maxAge = /max-age=(\d{1,8})/.exec(header(response, 'cache-control') ?? '')?.[1];
  return {
    ...(etag && { etag }),
    ...(lastModified && { lastModified }),
    ...(maxAge && { maxAgeSeconds: Number(maxAge) }),
    ...(movedTo && { movedTo }),
  };
}

function header({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function statusFailure(response: Dispatcher.ResponseData): FetchOutcome {
  const status = response.statusCode;
  const retryAfterMs = retryAfter(header(response, 'retry-after'), header(response, 'date'));
  const asked = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 410) return { kind: 'failed', code: 'gone', reason: 'gone for good (410); remove the source or change its address' };
  if (status === 429) return { kind: 'failed', code: 'slow-down', reason: 'the publisher asks to slow down (429)', ...asked };
  if (status === 403 || status === 407) return { kind: 'failed', code: 'status', reason: `the publisher refuses (${status})`, ...asked };
  if (status === 503) return { kind: 'failed', code: 'slow-down', reason: 'the publisher is unavailable (503)', ...asked };
  return { kind: 'failed', code: 'status', reason: `answered ${status}`, ...asked };
}

/** Seconds, or a date read against the server's own clock; at most a day. */
function retryAfter(value: string | undefined, serverDate: string | undefined): number | undefined {
  if (!value) return undefined;
  const seconds = /^\d{1,9}$/.test(value.trim()) ? Number(value) : (Date.parse(value) - Date.parse(serverDate ?? '')) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) * 1000 : undefined;
}

function failureOf(error: unknown, signal: AbortSignal, deadlineMs: number, maxBytes: number): FetchOutcome {
  if (signal.aborted) return { kind: 'failed', code: 'timeout', reason: `no whole answer within ${deadlineMs / 1000} s` };
  if (error instanceof RangeError) return { kind: 'failed', code: 'too-large', reason: `larger than ${maxBytes / 1_000_000} MB` };
  if (error instanceof errors.ConnectTimeoutError || error instanceof errors.HeadersTimeoutError) {
    return { kind: 'failed', code: 'timeout', reason: 'no answer' };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (message === 'a private address') return { kind: 'failed', code: 'refused-address', reason: message };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words: Readonly<Record<string, string>> = {
    ENOTFOUND: 'no such host',
    EAI_AGAIN: 'the name cannot be resolved (no network?)',
    ECONNREFUSED: 'connection refused',
    ECONNRESET: 'connection reset',
    UND_ERR_SOCKET: 'the connection broke off',
    UND_ERR_HEADERS_OVERFLOW: 'its headers are too large',
    ENETUNREACH: 'no network',
    EHOSTUNREACH: 'host unreachable',
    CERT_HAS_EXPIRED: 'its certificate has expired',
  };
  const known = words[code];
  return { kind: 'failed', code: known ? 'unreachable' : 'broken', reason: known ?? (message || code) };
}
