/** One poll of one feed: what to request, and the cursor afterwards. Stores nothing. */
import { hash } from 'node:crypto';
import type { Instant } from '../model/basics.ts';
import type { Feed } from '../model/feed.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { FeedCursor, FeedHints } from '../ports/feed-store.ts';
import { bare, withUserOf } from './address.ts';
import type { Fetcher, FetchRequest, Hints } from './fetch.ts';
import { type Failed, failed } from './fetch-errors.ts';
import { atPresentAddress, withHealth } from './health.ts';
import { goneEvery, nextPoll } from './interval.ts';

const hour = 3_600_000;

/**
 * A validator that never changes would keep the feed silent for good, so a whole document is
 * requested this often.
 */
const wholeEvery = 24 * hour;

/**
 * A permanent redirect is followed after this many sightings over this long: maintenance pages and
 * captive portals send them too.
 */
const movedSightings = 5;
const movedOver = 24 * hour;

/** The result of parsing the document. */
export interface ReadResult {
  readonly items: 'new' | 'none-new' | 'not-a-feed';
  readonly reason?: string;
  /** Polling hints in the document. */
  readonly hints?: FeedHints;
}

export type PollOutcome =
  | {
      readonly kind: 'document';
      readonly bytes: Uint8Array;
      readonly contentType?: string;
      readonly url: string;
      /** Returns the cursor to store once everything in the document is stored. Pure. */
      settle(result: ReadResult): FeedCursor;
    }
  | { readonly kind: 'unchanged'; readonly cursor: FeedCursor }
  | { readonly kind: 'failed'; readonly reason: string; readonly cursor: FeedCursor };

interface PollPorts {
  readonly fetcher: Fetcher;
  readonly clock: Clock;
  readonly random: Random;
}

/** What the next cursor depends on, however the poll ends. */
interface Ending {
  readonly feed: Feed;
  readonly before: FeedCursor;
  readonly now: Instant;
  readonly jitter: number;
}

export async function poll(feed: Feed, cursor: FeedCursor | undefined, { fetcher, clock, random }: PollPorts): Promise<PollOutcome> {
  const before = atPresentAddress(feed, { feedId: feed.id, nextAt: 0, failures: 0, ...cursor, address: bare(cursor?.address ?? feed.url) });
  const fetched = await fetcher.fetch(requestOf(feed, before, clock.now()));
  const ending: Ending = { feed, before, now: clock.now(), jitter: random() };
  // Cut short because Attaché stops: that says nothing about the publisher.
  if (fetched.kind === 'failed' && fetched.code === 'stopped') return { kind: 'unchanged', cursor: before };
  if (fetched.kind === 'failed') return { kind: 'failed', reason: fetched.reason, cursor: afterFailure(ending, fetched) };
  if (fetched.kind === 'unchanged') {
    // The validators belong to the body that was read, so those of an unchanged answer are ignored.
    const { etag: _etag, lastModified: _modified, ...hints } = fetched;
    return { kind: 'unchanged', cursor: afterRead(ending, hints, readOf(before), { items: 'none-new' }) };
  }
  const { bytes, url, contentType } = fetched;
  const bodyHash = hash('sha256', bytes, 'base64url');
  const read = { ...readOf(fetched), bodyHash, bodyAt: ending.now };
  const settle = (result: ReadResult) => afterRead(ending, fetched, read, result);
  if (bodyHash === before.bodyHash) return { kind: 'unchanged', cursor: settle({ items: 'none-new' }) };
  return { kind: 'document', bytes, url, ...(contentType && { contentType }), settle };
}

/**
 * Returns the cursor that makes the next poll return the whole document even if it is unchanged: a
 * register that holds a change back until it has lasted long enough must be read again.
 */
export function forceReread({ bodyAt: _at, bodyHash: _hash, ...cursor }: FeedCursor): FeedCursor {
  return cursor;
}

function requestOf(feed: Feed, { etag, lastModified, bodyAt, permanentUrl }: FeedCursor, now: Instant): FetchRequest {
  const conditional = bodyAt !== undefined && now - bodyAt < wholeEvery;
  return {
    url: permanentUrl === undefined ? feed.url : withUserOf(permanentUrl, feed.url),
    expectFeed: true,
    ...(conditional && etag && { etag }),
    ...(conditional && lastModified && { lastModified }),
  };
}

/** What is remembered of the last body. */
type Read = Pick<FeedCursor, 'etag' | 'lastModified' | 'bodyHash' | 'bodyAt'>;

function readOf({ etag, lastModified, bodyHash, bodyAt }: Read): Read {
  return {
    ...(etag && { etag }),
    ...(lastModified && { lastModified }),
    ...(bodyHash && { bodyHash }),
    ...(bodyAt !== undefined && { bodyAt }),
  };
}

function afterRead(ending: Ending, answer: Hints, read: Read, result: ReadResult): FeedCursor {
  if (result.items === 'not-a-feed') return afterFailure(ending, failed('broken', result.reason ?? 'not a feed'));
  const { feed, before, now, jitter } = ending;
  const { reason: _reason, slowedByPublisher: _slowed, gone: _gone, moved: _moved, permanentUrl: _url, ...known } = before;
  const { etag: _etag, lastModified: _modified, bodyHash: _hash, bodyAt: _at, hints: _hints, ...kept } = known;
  const hints = result.hints ?? before.hints;
  const lastNewAt = result.items === 'new' ? now : (before.lastNewAt ?? now);
  const cues = { ...answer, ...(hints && { hints }), failures: 0, quietMs: now - lastNewAt };
  const cursor: FeedCursor = {
    ...kept,
    ...read,
    ...(hints && { hints }),
    ...redirectState(before, answer.movedTo && bare(answer.movedTo), now),
    nextAt: nextPoll(feed, cues, now, () => jitter),
    failures: 0,
    lastOkAt: now,
    baselineAt: before.baselineAt ?? now,
    lastNewAt,
  };
  return withHealth(feed, cursor, now);
}

function redirectState(
  { moved, permanentUrl }: FeedCursor,
  to: string | undefined,
  now: Instant,
): Pick<FeedCursor, 'moved' | 'permanentUrl'> {
  if (to === undefined) return permanentUrl ? { permanentUrl } : {};
  const sighted = moved?.to === to ? { ...moved, sightings: moved.sightings + 1 } : { to, since: now, sightings: 1 };
  if (sighted.sightings >= movedSightings && now - sighted.since >= movedOver) return { permanentUrl: to };
  return { moved: sighted, ...(permanentUrl && { permanentUrl }) };
}

function afterFailure({ feed, before, now, jitter }: Ending, { code, reason, retryAfterMs, gone }: Failed): FeedCursor {
  // A redirect target that fails is dropped: the configured address is next, and only that one can
  // be gone.
  const { permanentUrl, slowedByPublisher: _, ...kept } = before;
  const failures = before.failures + 1;
  // Ends only with a good read; until then the feed is polled once a day.
  const isGone = (gone === true && permanentUrl === undefined) || before.gone === true;
  const slowDown = code === 'slow-down';
  const cues = { failures, slowDown, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  const cursor: FeedCursor = {
    ...kept,
    failures,
    reason,
    nextAt: isGone ? now + Math.round(goneEvery * (0.9 + 0.2 * jitter)) : nextPoll(feed, cues, now, () => jitter),
    ...((slowDown || retryAfterMs !== undefined) && { slowedByPublisher: true }),
    ...(isGone && { gone: true }),
  };
  return withHealth(feed, cursor, now);
}
