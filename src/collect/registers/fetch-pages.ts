import type { Problem } from '../../model/basics.ts';
import type { Feed } from '../../model/feed.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Fetcher, FetchOutcome } from '../fetch.ts';
import type { RegisterState } from './diff.ts';
import { type Ask, indexAsk, knownSheets, nextSheet, pageAsks, withPageAnswer } from './pages.ts';

const minute = 60_000;

/** Pages requested at once, the pause after them, and the longest round (ms). */
const atOnce = 2;
const pauseMs = 250;
const longestRound = minute;
/** After this many failures in a row the publisher is left alone until the next poll. */
const mostFailures = 3;
/** How long to leave a publisher alone that asks for fewer requests without a Retry-After (ms). */
const restMs = 15 * minute;

type Document = Extract<FetchOutcome, { readonly kind: 'document' }>;

/**
 * Ingests a document of the register; returns the new state and how many rows it listed, or a
 * problem.
 */
export type IngestPage = (
  document: Document,
  state: RegisterState,
) => Promise<{ readonly state: RegisterState; readonly listed?: number } | Problem>;

interface FollowPorts {
  readonly fetcher: Fetcher;
  readonly clock: Clock;
  readonly ingestPage: IngestPage;
}

interface Round {
  state: RegisterState;
  failures: number;
  readonly until: number;
}

/**
 * Fetches what the register's document leaves open.
 * @param listed how many rows the feed's own document listed; undefined if it was unchanged
 */
export async function follow(feed: Feed, state: RegisterState, listed: number | undefined, ports: FollowPorts): Promise<RegisterState> {
  const { clock } = ports;
  const round: Round = { state, failures: 0, until: clock.now() + longestRound };
  await askAll(feed, indexAsk(feed, state, clock.now()), round, ports);
  await askAll(feed, pageAsks(feed, round.state, clock.now()), round, ports);
  if (listed === undefined) await askAll(feed, knownSheets(feed, round.state), round, ports);
  else await walkSheets(feed, listed, round, ports);
  return round.state;
}

async function walkSheets(feed: Feed, first: number, round: Round, ports: FollowPorts): Promise<void> {
  let next = nextSheet(feed, 0, first);
  while (next.asks.length > 0 && isOpen(round, ports.clock)) {
    await ports.clock.sleep(pauseMs);
    const listed = (await askAll(feed, next.asks, round, ports)) ?? 0;
    next = nextSheet(feed, next.offset, listed);
  }
}

function isOpen({ state, failures, until }: Round, clock: Clock): boolean {
  const now = clock.now();
  return failures < mostFailures && now < until && now >= (state.restUntil ?? 0);
}

async function askAll(feed: Feed, asks: readonly Ask[], round: Round, ports: FollowPorts): Promise<number | undefined> {
  let listed: number | undefined;
  for (let first = 0; first < asks.length && isOpen(round, ports.clock); first += atOnce) {
    if (first > 0) await ports.clock.sleep(pauseMs);
    const some = asks.slice(first, first + atOnce);
    const outcomes = await Promise.all(
      some.map(async ({ name: _, ...request }) => ports.fetcher.fetch({ ...request, expectFeed: true, feedId: feed.id })),
    );
    for (const [index, ask] of some.entries()) {
      const outcome = outcomes[index];
      if (outcome) listed = await settle(ask, outcome, round, ports);
    }
  }
  return listed;
}

/** Returns how many rows the answer listed. */
async function settle({ name }: Ask, outcome: FetchOutcome, round: Round, { clock, ingestPage }: FollowPorts): Promise<number | undefined> {
  const now = clock.now();
  if (outcome.kind === 'failed') {
    round.failures += 1;
    const failed = withPageAnswer(round.state, name, { kind: 'failed', reason: outcome.reason }, now);
    const rests = outcome.code === 'slow-down' || outcome.retryAfterMs !== undefined;
    round.state = rests ? { ...failed, restUntil: now + Math.max(outcome.retryAfterMs ?? 0, restMs) } : failed;
    return undefined;
  }
  round.failures = 0;
  if (outcome.kind === 'unchanged') {
    round.state = withPageAnswer(round.state, name, outcome, now);
    return undefined;
  }
  const ingested = await ingestPage(outcome, round.state);
  if ('problem' in ingested) {
    round.state = withPageAnswer(round.state, name, { kind: 'failed', reason: ingested.problem }, now);
    return undefined;
  }
  const { etag, lastModified } = outcome;
  round.state = withPageAnswer(ingested.state, name, { kind: 'read', ...(etag && { etag }), ...(lastModified && { lastModified }) }, now);
  return ingested.listed;
}
