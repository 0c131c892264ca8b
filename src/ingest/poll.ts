/** One poll: asks a feed's publisher, takes what is new, and moves the feed's cursor last. */
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
import { dueAgain, shortly, withSetAside } from './set-aside.ts';

interface PollParts {
  readonly news: NewsFlow;
  readonly registers: RegisterFlow;
  readonly places: Places;
  /** A lowered level is believed once it stood for this long (ms). */
  readonly lowerHoldMs: number;
  /** Of Attaché: another one tries again what was set aside. */
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
    // A lowered level is believed because the list stood still: then the list must be read although nothing in it is new.
    const ripe = register !== undefined && holdsRipe(register, { now: clock.now(), lowerHoldMs });
    const again = feed.kind === 'register' ? [] : dueAgain(cursor, version, clock.now());
    const polled = await request(feed, cursor && (ripe || again.length > 0) ? forceReread(cursor) : cursor, { fetcher, clock, random });
    const move = async (moved: FeedCursor, taken: readonly ItemResult[] = [], tried: readonly SetAsideItem[] = []) => {
      const after = withSetAside(moved, taken, clock.now(), { version, tried });
      await store.moveCursor(after);
      return { before: cursor, after };
    };
    if (polled.kind === 'failed') {
      return { feed, outcome: 'failed', items: 0, taken: [], reason: polled.reason, cursor: await move(polled.cursor) };
    }
    const document = polled.kind === 'document' ? polled : undefined;
    const result = await takePolled(feed, document, cursor, register, again).catch(brokenOff);
    if ('problem' in result) {
      const { problem: reason } = result;
      const bug = 'bug' in result ? { bug: result.bug } : {};
      const failing = 'bug' in result ? { failures: (cursor?.failures ?? 0) + 1, reason } : {};
      const after = polled.kind === 'document' ? polled.settle({ items: 'not-a-feed', reason }) : { ...polled.cursor, ...failing };
      return { feed, outcome: 'failed', items: 0, taken: [], reason, ...bug, cursor: await move(after) };
    }
    const { hints, taken, items } = result;
    const settled =
      polled.kind === 'document' ? polled.settle({ items: taken.length > 0 ? 'new' : 'none-new', ...(hints && { hints }) }) : polled.cursor;
    const after = result.register ? withRegister(settled, result.register, taken.length > 0, places, clock.now()) : settled;
    const outcome = document || taken.length > 0 ? 'read' : 'unchanged';
    const { oldestAt } = result;
    return {
      feed,
      outcome,
      items,
      taken,
      cursor: await move(after, taken, document ? again : []),
      ...(oldestAt !== undefined && { oldestAt }),
    };
  };

  /** A register may have more to read where its own document is unchanged. */
  const takePolled = async (
    feed: Feed,
    document: FetchedBytes | undefined,
    cursor: FeedCursor | undefined,
    register: RegisterState | undefined,
    again: readonly SetAsideItem[],
  ): Promise<DocumentResult | Problem> => {
    const nothing = { taken: [], items: 0 };
    if (feed.kind === 'register') return (await registers.round(feed, document, register)) ?? nothing;
    return document ? news.ingestDocument(feed, document, { baseline: cursor?.baselineAt === undefined, again }) : nothing;
  };

  return poll;
}

/** An error of ours with a document: its feed backs off like one that answers wrongly, and its health says why. */
function brokenOff(thrown: unknown): Problem & { readonly bug: string } {
  if (thrown instanceof StoreUnavailable) throw thrown;
  const bug = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { problem: `an error of Attaché itself (${shortly(thrown)}), see the log`, bug };
}

/** What is held true of a register, and what of it is not known, move with the feed's cursor. */
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
