/**
 * Fetches one document: conditional, bounded in time and size, and only from permitted addresses.
 */
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import type { Instant } from '../model/basics.ts';
import { createGuard, type Guard, portOf } from './address-guard.ts';
import { type Failed, failed, refusal, statusFailure, thrownFailure, tooLarge } from './fetch-errors.ts';
import { isHtmlPage, pageTitle } from './html-page.ts';
import { dropBody, readBody } from './read-body.ts';
import { type Hints, headerOf, hintsOf, retryAfterOf } from './response-headers.ts';

export type { Hints } from './response-headers.ts';

interface FetchedDocument extends Hints {
  readonly kind: 'document';
  /** Decoded, never empty. */
  readonly bytes: Uint8Array;
  readonly status: number;
  readonly contentType?: string;
  /** Its address after redirects, without credentials. */
  readonly url: string;
}

export type FetchOutcome = FetchedDocument | ({ readonly kind: 'unchanged' } & Hints) | Failed;

export interface FetchRequest {
  /** Credentials in it are sent to its own origin only. */
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Reports a web page as a failure of its own kind. */
  readonly expectFeed?: boolean;
  readonly accept?: string;
  /** The feed that the request is for, if the address is not the feed's own. */
  readonly feedId?: string;
}

export interface Fetcher {
  /** Never throws: every failure is an outcome. */
  fetch(request: FetchRequest): Promise<FetchOutcome>;
  close(): Promise<void>;
}

export interface FetchLimits {
  /** Name, version and an address where publishers can read about Attaché. */
  readonly userAgent: string;
  /** `host` or `host:port` that may be private. */
  readonly allowHosts: readonly string[];
  /** Limit on the wire and after decoding; 10 MB by default. */
  readonly maxBytes?: number;
  /** For the whole exchange with its redirects; 30 s by default. */
  readonly deadlineMs?: number;
  /** 5 s by default. */
  readonly connectMs?: number;
  /** 10 s by default. */
  readonly headersMs?: number;
  readonly lookup?: LookupFunction;
  /** Needed only for a Retry-After date from a server that sends no Date. */
  readonly now?: () => Instant;
}

const mostRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const permanentRedirects: ReadonlySet<number> = new Set([301, 308]);
const feedTypes =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.5';

/** An agent and the addresses it may connect to. */
interface Route {
  readonly agent: Agent;
  readonly guard: Guard;
}

interface Exchange {
  /** For the feed's own addresses, including private ones that the operator allowed. */
  readonly own: Route;
  /** For other redirect targets: public addresses only. */
  readonly open: Route;
  readonly userAgent: string;
  readonly maxBytes: number;
  readonly now: () => Instant;
  readonly signal: AbortSignal;
}

export function createFetcher(limits: FetchLimits): Fetcher {
  const {
    userAgent,
    allowHosts,
    maxBytes = 10_000_000,
    deadlineMs = 30_000,
    connectMs = 5_000,
    headersMs = 10_000,
    now = Date.now,
  } = limits;
  const routeOf = (hosts: readonly string[]): Route => {
    const guard = createGuard(hosts, limits.lookup);
    return { guard, agent: agentOf(guard, { deadlineMs, connectMs, headersMs }) };
  };
  const own = routeOf(allowHosts);
  const open = routeOf([]);
  let isClosed = false;
  return {
    fetch: async (wanted) => {
      // The body's own timeout counts idle time only: a byte now and then would never end. Our own
      // timer, because AbortSignal.timeout would leave one behind, and work for the garbage
      // collector, after each answer.
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), deadlineMs);
      const { signal } = late;
      try {
        return await follow(wanted, { own, open, userAgent, maxBytes, now, signal });
      } catch (error) {
        if (isClosed) return failed('stopped', 'stopped before there was an answer');
        return signal.aborted ? failed('timeout', `no whole answer within ${deadlineMs / 1000} s`) : thrownFailure(error);
      } finally {
        clearTimeout(timer);
      }
    },
    close: async () => {
      isClosed = true;
      await Promise.all([own.agent.destroy(), open.agent.destroy()]);
    },
  };
}

type Times = Required<Pick<FetchLimits, 'deadlineMs' | 'connectMs' | 'headersMs'>>;

function agentOf(guard: Guard, { deadlineMs, connectMs, headersMs }: Times): Agent {
  return new Agent({
    // A publisher with many feeds should see no more than two connections.
    connections: 2,
    allowH2: false,
    connect: guardedConnector(guard, Math.min(connectMs, deadlineMs)),
    headersTimeout: Math.min(headersMs, deadlineMs),
    bodyTimeout: deadlineMs,
    maxHeaderSize: 32_768,
  });
}

/**
 * Checks the socket's actual peer as well: a literal address skips the lookup, and a name may have
 * been allowed for another port.
 */
function guardedConnector(guard: Guard, timeout: number): buildConnector.connector {
  const connect = buildConnector({ timeout, lookup: guard.lookup, allowH2: false });
  return (options, done) =>
    connect(options, (error, socket) => {
      if (error || !socket) return done(error ?? new Error('no socket'), null);
      const refused = guard.refusesPeer(options.hostname, portOf(options), socket.remoteAddress);
      if (!refused) return done(null, socket);
      socket.destroy();
      return done(refusal(refused), null);
    });
}

async function follow(wanted: FetchRequest, exchange: Exchange): Promise<FetchOutcome> {
  const first = URL.parse(wanted.url);
  if (!first) return failed('refused-address', 'not an http(s) address');
  let address = first;
  let movedTo: string | undefined;
  let permanent = true;
  const seen = new Set<string>();
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    // Private addresses are allowed for the feed itself: no other publisher may redirect to them.
    const way = hop === 0 || exchange.own.guard.allowsBoth(first, address) ? exchange.own : exchange.open;
    const refused = way.guard.refuses(address);
    if (refused) return failed('refused-address', hop === 0 ? refused : `redirects to ${address.host}: ${refused}`);
    seen.add(address.href);
    const response = await ask(address, wanted, way.agent, exchange);
    const next = redirectOf(response, address);
    if (!next) return settle(response, address, movedTo, wanted, exchange);
    dropBody(response.body);
    if (seen.has(next.href)) return failed('redirects', 'redirects in a circle');
    permanent &&= permanentRedirects.has(response.statusCode) && !(address.protocol === 'https:' && next.protocol === 'http:');
    if (permanent) movedTo = next.href;
    address = next;
  }
  return failed('redirects', `more than ${mostRedirects} redirects`);
}

function ask(address: URL, wanted: FetchRequest, agent: Agent, { signal, userAgent }: Exchange): Promise<Dispatcher.ResponseData> {
  const { etag, lastModified, accept = feedTypes } = wanted;
  const user = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
  return request(withoutUser(address), {
    dispatcher: agent,
    signal,
    headers: {
      'user-agent': userAgent,
      accept,
      'accept-encoding': 'gzip, br, zstd',
      ...(etag && { 'if-none-match': etag }),
      ...(lastModified && { 'if-modified-since': lastModified }),
      ...(address.username && { authorization: `Basic ${Buffer.from(user).toString('base64')}` }),
    },
  });
}

/** Returns the next hop. Credentials stay within one origin, and are never read from a redirect. */
function redirectOf(response: Dispatcher.ResponseData, from: URL): URL | undefined {
  const location = headerOf(response.headers, 'location');
  if (!redirects.has(response.statusCode) || !location) return undefined;
  const next: URL | null = URL.parse(location, from.href);
  if (!next) return undefined;
  const same = next.origin === from.origin;
  next.username = same ? from.username : '';
  next.password = same ? from.password : '';
  return next;
}

async function settle(
  response: Dispatcher.ResponseData,
  address: URL,
  movedTo: string | undefined,
  wanted: FetchRequest,
  { maxBytes, now }: Exchange,
): Promise<FetchOutcome> {
  const { statusCode: status, body, headers } = response;
  const hints = hintsOf(headers, movedTo);
  if (status === 304 && (wanted.etag || wanted.lastModified)) {
    await body.dump();
    return { kind: 'unchanged', ...hints };
  }
  if (status !== 200 && status !== 203) {
    dropBody(body);
    return statusFailure(status, retryAfterOf(headers, now()));
  }
  if (Number(headerOf(headers, 'content-length')) > maxBytes) {
    dropBody(body);
    return tooLarge(maxBytes);
  }
  const read = await readBody(body, headerOf(headers, 'content-encoding') ?? '', maxBytes);
  if (read.kind === 'too-large') return tooLarge(maxBytes);
  if (read.kind === 'broken') return failed('broken', read.reason);
  const { bytes } = read;
  if (bytes.byteLength === 0) return failed('empty', 'an empty answer');
  if (wanted.expectFeed && isHtmlPage(bytes)) return htmlFailure(bytes);
  const contentType = headerOf(headers, 'content-type');
  return { kind: 'document', bytes, status, url: withoutUser(address).href, ...(contentType && { contentType }), ...hints };
}

function htmlFailure(bytes: Uint8Array): Failed {
  const title = pageTitle(bytes);
  return failed('html', `an HTML page instead of a feed (challenge or moved?)${title ? `: "${title}"` : ''}`);
}

function withoutUser(address: URL): URL {
  if (!address.username && !address.password) return address;
  const bare = new URL(address);
  bare.username = '';
  bare.password = '';
  return bare;
}
