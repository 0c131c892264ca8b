/** The bot in one function: what happens to one item, to one document, and in one poll. */
import type { ParseFeed } from '../collect/feed-types.ts';
import type { Fetcher } from '../collect/fetch.ts';
import { parseFeed } from '../collect/parse.ts';
import type { RegisterState } from '../collect/registers/diff.ts';
import type { Detector } from '../detect/detector.ts';
import type { Problem } from '../model/basics.ts';
import type { Feed, FeedItem } from '../model/feed.ts';
import type { Places } from '../places.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { createDecide, withMessages } from './decide.ts';
import { createNewsFlow, type HowTaken } from './news.ts';
import { createPoll } from './poll.ts';
import { createRegisterFlow, type FetchedBytes } from './registers.ts';
import type { DocumentResult, ItemResult, PollResult } from './results.ts';

export interface Pipeline {
  /** Items of one feed in the order in which they are to be told; known ones are left alone. */
  ingest(feed: Feed, items: readonly FeedItem[], how: HowTaken): Promise<readonly ItemResult[]>;
  /** A fetched document of a feed: the same way for a poll and for a replay. */
  ingestDocument(
    feed: Feed,
    document: FetchedBytes,
    how: HowTaken & {
      readonly register?: RegisterState;
      /** What was fetched after it, in the same round, for what it leaves open. */
      readonly further?: readonly FetchedBytes[];
    },
  ): Promise<DocumentResult | Problem>;
  /** Asks a feed's publisher, takes what is new, and moves the feed's cursor last. */
  poll(feed: Feed): Promise<PollResult>;
}

export interface PipelineSettings {
  /** Stories published longer ago than this alert no more (ms). */
  readonly oldAfterMs: number;
  /** How far back a first read fills the open events (ms). */
  readonly baselineMs: number;
  /** A lowered level is believed once it stood for this long (ms). */
  readonly lowerHoldMs: number;
  /** More raised levels of one read than this leave together. */
  readonly raisedTogether: number;
  /** Of Attaché: another one tries again what was set aside. */
  readonly version?: string;
}

interface PipelineParts {
  readonly detector: Detector;
  readonly places: Places;
  readonly feeds: readonly Feed[];
  readonly settings: PipelineSettings;
}

interface PipelinePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly fetcher: Fetcher;
  /** How a fetched document is read; on this thread unless given. */
  readonly read?: ParseFeed;
}

export function createPipeline(parts: PipelineParts, ports: PipelinePorts): Pipeline {
  const { detector, places, settings } = parts;
  const { version = '', oldAfterMs, baselineMs, lowerHoldMs } = settings;
  const { store, clock, random, fetcher, read = parseFeed } = ports;
  const decide = createDecide(parts, oldAfterMs);
  const news = createNewsFlow({ detector, decide, baselineMs }, { store, clock, read });
  const registers = createRegisterFlow(
    { detector, places, settings, decide, phrased: (alert) => withMessages(alert, parts) },
    { store, clock, fetcher, read },
  );
  return {
    ingest: news.ingest,
    ingestDocument: async (feed, document, how) =>
      feed.kind === 'register'
        ? registers.take(feed, [document, ...(how.further ?? [])], how.register)
        : news.ingestDocument(feed, document, how),
    poll: createPoll({ news, registers, places, lowerHoldMs, version }, { store, clock, random, fetcher }),
  };
}
