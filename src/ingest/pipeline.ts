/** Assembles ingestion: one item, one document, one poll. */
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
import { createNewsFlow, type IngestOptions } from './news.ts';
import { createPoll } from './poll.ts';
import { createRegisterFlow, type FetchedBytes } from './registers.ts';
import type { DocumentResult, ItemResult, PollResult } from './results.ts';

export interface Pipeline {
  /** Ingests items of one feed in the order given; known items are skipped. */
  ingest(feed: Feed, items: readonly FeedItem[], how: IngestOptions): Promise<readonly ItemResult[]>;
  /** Ingests a fetched document of a feed; polls and replays share it. */
  ingestDocument(
    feed: Feed,
    document: FetchedBytes,
    how: IngestOptions & {
      readonly register?: RegisterState;
      /** Further documents of the same round: pages and sheets that the first one refers to. */
      readonly further?: readonly FetchedBytes[];
    },
  ): Promise<DocumentResult | Problem>;
  /** Fetches a feed, ingests what is new, and moves the feed's cursor last. */
  poll(feed: Feed): Promise<PollResult>;
}

export interface PipelineSettings {
  /** Older stories raise no alert (ms). */
  readonly oldAfterMs: number;
  /** How far back a baseline fills the open events (ms). */
  readonly baselineMs: number;
  /** A lowered level is accepted once it has lasted this long (ms). */
  readonly lowerHoldMs: number;
  /** If one read raises more levels than this, they go out as one alert. */
  readonly raisedTogether: number;
  /** Version of Attaché: a different one retries items that were set aside. */
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
  /** How a fetched document is parsed; on this thread unless given. */
  readonly read?: ParseFeed;
}

export function createPipeline(parts: PipelineParts, ports: PipelinePorts): Pipeline {
  const { detector, places, settings } = parts;
  const { version = '', oldAfterMs, baselineMs, lowerHoldMs } = settings;
  const { store, clock, random, fetcher, read = parseFeed } = ports;
  const decide = createDecide(parts, oldAfterMs);
  const news = createNewsFlow({ detector, decide, baselineMs }, { store, clock, read });
  const registers = createRegisterFlow(
    { detector, places, settings, decide, withMessages: (alert) => withMessages(alert, parts) },
    { store, clock, fetcher, read },
  );
  return {
    ingest: news.ingest,
    ingestDocument: async (feed, document, how) =>
      feed.kind === 'register'
        ? registers.ingest(feed, [document, ...(how.further ?? [])], how.register)
        : news.ingestDocument(feed, document, how),
    poll: createPoll({ news, registers, places, lowerHoldMs, version }, { store, clock, random, fetcher }),
  };
}
