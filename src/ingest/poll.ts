/** One poll: fetches a feed, ingests what is new, and moves the feed's cursor last. */
import type { Fetcher } from '../collect/fetch.ts';
import { forceReread, poll as request } from '../collect/poll.ts';
import { holdsRipe, type RegisterState } from '../collect/registers/diff.ts';
import { unknownOf } from '../collect/registers/pages.ts';
import type { Instant, Problem } from '../model/basics.ts';
import type { Feed } from '../model/feed.ts';
import type { Places } from '../places.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { FeedCursor, SetAsideItem } from '../ports/feed-store.ts';
import { type Store, StoreUnavailable } from '../ports/store.ts';
import type { NewsFlow } from './news.ts';
import type { FetchedBytes, RegisterFlow } from './registers.ts';
import type { DocumentResult, ItemResult, PollResult } from './results.ts';
import { dueRetries, firstLine, withSetAside } from './set-aside.ts';

interface PollParts {
  readonly news: NewsFlow;
  readonly registers: RegisterFlow;
  readonly places: Places;
  /** A lowered level is accepted once it has lasted this long (ms). */
  readonly lowerHoldMs: number;
  /** Version of Attaché: a different one retries items that were set aside. */
  readonly version: string;
}

interface PollPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly fetcher: Fetcher;
}

export function createPoll(
  { news, registers, places, lowerHoldMs, version }: PollParts,
  { store, clock, random, fetcher }: PollPorts,
): (feed: Feed) => Promise<PollResult> {
  const poll = async (feed: Feed): Promise<PollResult> => {
    const cursor = await store.cursor(feed.id);
    const register = cursor?.register === undefined ? undefined : (JSON.parse(cursor.register) as RegisterState);
    // A held level becomes acceptable by lasting, so an unchanged list must be read again.
    const ripe = register !== undefined && holdsRipe(register, { now: clock.now(), lowerHoldMs });
    const retries = feed.kind === 'register' ? [] : dueRetries(cursor, version, clock.now());
    const polled = await request(feed, cursor && (ripe || retries.length > 0) ? forceReread(cursor) : cursor, { fetcher, clock, random });
    const move = async (moved: FeedCursor, results: readonly ItemResult[] = [], tried: readonly SetAsideItem[] = []) => {
      const after = withSetAside(moved, results, clock.now(), { version, tried });
      await store.moveCursor(after);
      return { before: cursor, after };
    };
    if (polled.kind === 'failed') {
      return { feed, outcome: 'failed', items: 0, results: [], reason: polled.reason, cursor: await move(polled.cursor) };
    }
    const document = polled.kind === 'document' ? polled : undefined;
    const result = await ingestPolled(feed, document, cursor, register, retries).catch(bugProblem);
    if ('problem' in result) {
      const { problem: reason } = result;
      const bug = 'bug' in result ? { bug: result.bug } : {};
      const failing = 'bug' in result ? { failures: (cursor?.failures ?? 0) + 1, reason } : {};
      const after = polled.kind === 'document' ? polled.settle({ items: 'not-a-feed', reason }) : { ...polled.cursor, ...failing };
      return { feed, outcome: 'failed', items: 0, results: [], reason, ...bug, cursor: await move(after) };
    }
    const { hints, results, items } = result;
    const settled =
      polled.kind === 'document'
        ? polled.settle({ items: results.length > 0 ? 'new' : 'none-new', ...(hints && { hints }) })
        : polled.cursor;
    const after = result.register ? withRegister(settled, result.register, results.length > 0, places, clock.now()) : settled;
    const outcome = document || results.length > 0 ? 'read' : 'unchanged';
    const { oldestAt } = result;
    return {
      feed,
      outcome,
      items,
      results,
      cursor: await move(after, results, document ? retries : []),
      ...(oldestAt !== undefined && { oldestAt }),
    };
  };

  /** A register may have pages left to read even if its own document is unchanged. */
  const ingestPolled = async (
    feed: Feed,
    document: FetchedBytes | undefined,
    cursor: FeedCursor | undefined,
    register: RegisterState | undefined,
    retries: readonly SetAsideItem[],
  ): Promise<DocumentResult | Problem> => {
    const nothing = { results: [], items: 0 };
    if (feed.kind === 'register') return (await registers.round(feed, document, register)) ?? nothing;
    return document ? news.ingestDocument(feed, document, { baseline: cursor?.baselineAt === undefined, retries }) : nothing;
  };

  return poll;
}

/**
 * Turns a bug with a document into a problem: the feed backs off as after a broken answer, and its
 * health shows the reason.
 */
function bugProblem(thrown: unknown): Problem & { readonly bug: string } {
  if (thrown instanceof StoreUnavailable) throw thrown;
  const bug = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { problem: `an error of Attaché itself (${firstLine(thrown)}), see the log`, bug };
}

/** Stores the register's state and what is unknown of it in the feed's cursor. */
function withRegister(
  { unknown: _, ...cursor }: FeedCursor,
  register: RegisterState,
  isNew: boolean,
  places: Places,
  now: Instant,
): FeedCursor {
  const unknown = unknownOf(register, places.name);
  const slowed = (register.restUntil ?? 0) > now;
  return {
    ...cursor,
    register: JSON.stringify(register),
    ...(unknown && { unknown }),
    ...(slowed && { slowedByPublisher: true }),
    ...(isNew && { lastNewAt: now }),
  };
}
