/**
 * What a response's headers mean for the next request. Any value may be nonsense, which is dropped.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Instant } from '../model/basics.ts';

export interface Hints {
  /** Byte for byte as received, or absent. */
  readonly etag?: string;
  readonly lastModified?: string;
  readonly maxAgeSeconds?: number;
  /** The target of permanent redirects, without a temporary one on the way. */
  readonly movedTo?: string;
}

export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function hintsOf(headers: IncomingHttpHeaders, movedTo: string | undefined): Hints {
  const etag = replayable(headerOf(headers, 'etag'));
  const lastModified = replayable(headerOf(headers, 'last-modified'));
  const maxAgeSeconds = maxAgeOf(headers);
  return {
    ...(etag && { etag }),
    ...(lastModified && { lastModified }),
    ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
    ...(movedTo && { movedTo }),
  };
}

/**
 * Validators are sent back as received. One that no request may carry, or that is implausibly long,
 * would fail every later poll.
 */
function replayable(value: string | undefined): string | undefined {
  return value && value.length <= 1024 && /^[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff][\t\x20-\x7e\x80-\xff]*$/.test(value)
    ? value
    : undefined;
}

/**
 * The answer's remaining freshness in seconds; without max-age, `Expires` against the server's own
 * clock.
 */
function maxAgeOf(headers: IncomingHttpHeaders): number | undefined {
  const control = headerOf(headers, 'cache-control') ?? '';
  const stated = /(?:^|[\s,])max-age="?(\d{1,9})/i.exec(control)?.[1];
  if (stated) return Math.max(0, Number(stated) - ageOf(headers));
  const expires = Date.parse(headerOf(headers, 'expires') ?? '') - Date.parse(headerOf(headers, 'date') ?? '');
  return Number.isFinite(expires) && expires > 0 ? Math.floor(expires / 1000) : undefined;
}

function ageOf(headers: IncomingHttpHeaders): number {
  const age = headerOf(headers, 'age') ?? '';
  return /^\d{1,9}$/.test(age) ? Number(age) : 0;
}

/**
 * Retry-After in ms: seconds, or a date read against the server's clock if it states one; at most a
 * day.
 */
export function retryAfterOf(headers: IncomingHttpHeaders, now: Instant): number | undefined {
  const value = headerOf(headers, 'retry-after')?.trim();
  if (!value) return undefined;
  const stated = Date.parse(headerOf(headers, 'date') ?? '');
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - (Number.isNaN(stated) ? now : stated)) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) * 1000 : undefined;
}
