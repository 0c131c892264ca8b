/** One document from its publisher: conditional, bounded in time and size, and only from where a request may go. */
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
  /** Where it was found after redirects, without credentials. */
  readonly url: string;
}

export type FetchOutcome = FetchedDocument | ({ readonly kind: 'unchanged' } & Hints) | Failed;

export interface FetchRequest {
  /** A user and password in it are sent to its own origin only. */
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** A web page is then a failure with its own name. */
  readonly expectFeed?: boolean;
  readonly accept?: string;
  /** The feed that it is asked for, where its address is not the feed's own. */
  readonly feedId?: string;
}

export interface Fetcher {
  /** Never throws: whatever goes wrong is an outcome. */
  fetch(request: FetchRequest): Promise<FetchOutcome>;
  close(): Promise<void>;
}

export interface FetchLimits {
  /** Name, version and an address where publishers can read about us. */
  readonly userAgent: string;
  /** `host` or `host:port` that may be private. */
  readonly allowHosts: readonly string[];
  /** On the wire as well as decoded; 10 MB unless given. */
  readonly maxBytes?: number;
  /** The whole exchange, redirects included; 30 s unless given. */
  readonly deadlineMs?: number;
  /** 5 s unless given. */
  readonly connectMs?: number;
  /** 10 s unless given. */
  readonly headersMs?: number;
  readonly lookup?: LookupFunction;
  /** Only for a Retry-After date from a server that does not say what time it has. */
  readonly now?: () => Instant;
}

const mostRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const permanentRedirects: ReadonlySet<number> = new Set([301, 308]);
const feedTypes =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.5';

/** A way out, and where it may lead. */
interface Route {
  readonly agent: Agent;
  readonly guard: Guard;
}

interface Exchange {
  /** For addresses that are the feed's own, private ones that the operator allowed included. */
  readonly own: Route;
  /** For wherever else a redirect leads: the open net only. */
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
      // The body's own timeout counts idle time only: a byte now and then would never end.
      // A timer of our own: AbortSignal.timeout would leave one behind, and work for the garbage collector, after each answer.
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
    // Two per origin is what a publisher with many feeds should see of us.
    connections: 2,
    allowH2: false,
    connect: guardedConnector(guard, Math.min(connectMs, deadlineMs)),
    headersTimeout: Math.min(headersMs, deadlineMs),
    bodyTimeout: deadlineMs,
    maxHeaderSize: 32_768,
  });
}

/** Checks the socket's real peer once more: a literal address never asks the lookup, and a name may have been let through for another port. */
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
    // What the operator let through is let through for its own feeds: no other publisher may lead there.
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

/** The next hop; it keeps user and password within one origin, and never takes them from a redirect. */
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
    // A body that nobody reads ends in an error that nobody needs.
    body.on('error', () => undefined).destroy();
    return statusFailure(status, retryAfterOf(headers, now()));
  }
  if (Number(headerOf(headers, 'content-length')) > maxBytes) {
    // A body that nobody reads ends in an error that nobody needs.
    body.on('error', () => undefined).destroy();
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
