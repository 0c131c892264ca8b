/** One poll of one feed: what to ask, and where the feed stands afterwards. It stores nothing. */
import { createHash } from 'node:crypto';
import type { Feed, Instant } from '../model.ts';
import type { Clock, FeedCursor, Random } from '../ports.ts';
import type { Fetcher, FetchOutcome, Hints } from './fetch.ts';
import { judged } from './health.ts';
import { nextPoll } from './interval.ts';

/** What reading the document came to. */
export interface ReadResult {
  readonly items: 'new' | 'none-new' | 'not-a-feed';
  readonly reason?: string;
  readonly ttlMinutes?: number;
}

export type PollOutcome =
  | {
      readonly kind: 'document';
      readonly bytes: Uint8Array;
      readonly contentType?: string;
      readonly url: string;
      /** The cursor to store once everything in the document is stored. Pure. */
      settle(result: ReadResult): FeedCursor;
    }
  | { readonly kind: 'unchanged'; readonly cursor: FeedCursor }
  | { readonly kind: 'failed'; readonly reason: string; readonly cursor: FeedCursor };

interface PollPorts {
  readonly fetcher: Fetcher;
  readonly clock: Clock;
  readonly random: Random;
}

export async function poll(feed: Feed, cursor: FeedCursor | undefined, { fetcher, clock, random }: PollPorts): Promise<PollOutcome> {
  const before = cursor ?? { feedId: feed.id, nextAt: 0, failures: 0 };
  const fetched = await fetcher.fetch({
    url: before.permanentUrl ?? feed.url,
    ...(before.etag && { etag: before.etag }),
    ...(before.lastModified && { lastModified: before.lastModified }),
  });
  const now = clock.now();
  if (fetched.kind === 'failed')
    return { kind: 'failed', reason: fetched.reason, cursor: afterFailure(feed, before, fetched, now, random) };
  const bodyHash = fetched.kind === 'document' ? createHash('sha256').update(fetched.bytes).digest('base64url') : before.bodyHash;
  const settle = (result: ReadResult) => afterRead(feed, before, { ...fetched, ...(bodyHash && { bodyHash }) }, result, now, random);
  if (fetched.kind === 'unchanged' || bodyHash === before.bodyHash) return { kind: 'unchanged', cursor: settle({ items: 'none-new' }) };
  const { bytes, url, contentType } = fetched;
  return { kind: 'document', bytes, url, ...(contentType && { contentType }), settle };
}

function afterRead(
  feed: Feed,
  before: FeedCursor,
  fetched: Hints & { readonly bodyHash?: string },
  result: ReadResult,
  now: Instant,
  random: Random,
): FeedCursor {
  if (result.items === 'not-a-feed') {
    return afterFailure(feed, before, { kind: 'failed', code: 'html', reason: result.reason ?? 'not a feed' }, now, random);
  }
  const { reason: _reason, blindSince: _blind, etag: _etag, lastModified: _modified, slowedByPublisher: _slowed, ...kept } = before;
  const nextAt = nextPoll(feed, { ...fetched, ...result, failures: 0 }, now, random);
  const sawNew = result.items === 'new';
  return judged(
    feed,
    {
      ...kept,
      nextAt,
      failures: 0,
      lastOkAt: now,
      baselineAt: before.baselineAt ?? now,
      lastNewAt: sawNew ? now : (before.lastNewAt ?? now),
      ...(fetched.bodyHash && { bodyHash: fetched.bodyHash }),
      ...(fetched.etag && { etag: fetched.etag }),
      ...(fetched.lastModified && { lastModified: fetched.lastModified }),
    },
    now,
  );
}

function afterFailure(
  feed: Feed,
  before: FeedCursor,
  failed: Extract<FetchOutcome, { kind: 'failed' }>,
  now: Instant,
  random: Random,
): FeedCursor {
  const failures = before.failures + 1;
  const cues = { failures, ...(failed.retryAfterMs !== undefined && { retryAfterMs: failed.retryAfterMs }) };
  return judged(
    feed,
    {
      ...before,
      failures,
      reason: failed.reason,
      nextAt: nextPoll(feed, cues, now, random),
      ...(failed.code === 'slow-down' && { slowedByPublisher: true }),
      ...(failed.code === 'gone' && { gone: true }),
    },
    now,
  );
}
