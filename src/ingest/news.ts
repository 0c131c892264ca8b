/** Ingests the items and documents of news and mission feeds. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { bare } from '../collect/address.ts';
import type { ParsedItem, ParseFeed } from '../collect/feed-types.ts';
import type { DetectInput, Detector } from '../detect/detector.ts';
import { traits } from '../kinds.ts';
import type { CountryCode, Instant, Problem } from '../model/basics.ts';
import type { Feed, FeedItem, Story } from '../model/feed.ts';
import type { Finding } from '../model/finding.ts';
import type { Clock } from '../ports/clock.ts';
import type { SetAsideItem } from '../ports/feed-store.ts';
import type { Store } from '../ports/store.ts';
import type { Decide } from './decide.ts';
import type { FetchedBytes } from './registers.ts';
import type { DocumentResult, ItemResult } from './results.ts';
import { orSetAside } from './set-aside.ts';

export interface IngestOptions {
  readonly baseline: boolean;
  /** Items that were set aside and get their second try. */
  readonly retries?: readonly SetAsideItem[];
}

export interface NewsFlow {
  /** Ingests items of one feed, oldest first; known items are skipped. */
  ingest(feed: Feed, items: readonly FeedItem[], how: IngestOptions): Promise<readonly ItemResult[]>;
  ingestDocument(feed: Feed, document: FetchedBytes, how: IngestOptions): Promise<DocumentResult | Problem>;
}

interface NewsParts {
  readonly detector: Detector;
  readonly decide: Decide;
  /** How far back a baseline fills the open events (ms). */
  readonly baselineMs: number;
}

interface NewsPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly read: ParseFeed;
}

export function createNewsFlow({ detector, decide, baselineMs }: NewsParts, { store, clock, read }: NewsPorts): NewsFlow {
  const ingestItem = async (feed: Feed, item: FeedItem, baseline: boolean): Promise<ItemResult> => {
    const story = storyOf(feed, item, baseline);
    const now = clock.now();
    if (baseline && item.publishedAt !== undefined && item.publishedAt < now - baselineMs) {
      return { story, findings: [], dropped: 'old' };
    }
    const { findings, dropped = 'nothing-relevant', denial } = detector.read(inputOf(feed, item));
    const reported = denial ? [denial] : findings;
    if (reported.length === 0) return { story, findings, dropped };
    const hosts = [...new Set(reported.flatMap(hostsToLoad))];
    const decision = await store.decide(story, hosts, (open) => {
      const decided = decide(reported, story, open, now);
      // A denial of something that was never alerted is no news.
      return denial && decided.changes.length === 0 ? { ...decided, dropped } : decided;
    });
    return { story, findings, ...(decision && { decision }), ...(denial && decision?.changes.length === 0 && { dropped }) };
  };

  const ingest: NewsFlow['ingest'] = async (feed, items, { baseline, retries = [] }) => {
    const earlier = new Map(retries.map((one) => [one.id, one]));
    const retried = items.filter(({ id }) => earlier.has(id)).map(({ id }) => id);
    if (retried.length > 0) await store.takeBack(feed.id, retried);
    const ids = items.map((item) => item.id);
    const unrecorded = new Set(await store.unrecorded(feed.id, ids));
    const listed = ids.filter((id) => !unrecorded.has(id));
    if (listed.length > 0) await store.markListed(feed.id, listed, clock.now());
    const results: ItemResult[] = [];
    for (const [index, item] of items.entries()) {
      // Yields to the event loop, so that a document of thousands cannot block other sources,
      // commands or shutdown.
      if (index % 50 === 49) await nextTurn();
      if (!unrecorded.has(item.id)) continue;
      const before = earlier.get(item.id);
      const wasBaseline = baseline || before?.baseline === true;
      // On the second try an undated item gets the time of the first.
      const dated = before ? { publishedAt: before.at, ...item } : item;
      results.push(await orSetAside(storyOf(feed, dated, wasBaseline), () => ingestItem(feed, dated, wasBaseline)));
    }
    await store.recordSeen(results.flatMap(({ story, dropped }) => (dropped ? [{ story, dropped }] : [])));
    return results;
  };

  const ingestDocument: NewsFlow['ingestDocument'] = async (feed, document, how) => {
    const parsed = await read(document.bytes, { ...document, clampTo: clock.now() });
    if (parsed.kind === 'not-a-feed') return { problem: parsed.reason };
    const items = parsed.items.map((item) => feedItem(feed, item, clock.now())).sort(byTime);
    const oldestAt = items[0]?.publishedAt;
    return {
      results: await ingest(feed, items, how),
      items: items.length,
      hints: parsed.feed.hints,
      ...(oldestAt !== undefined && { oldestAt }),
    };
  };

  return { ingest, ingestDocument };
}

function inputOf(feed: Feed, item: FeedItem): DetectInput {
  const { title, summary, body } = item;
  return {
    title,
    summary,
    feedKind: feed.kind,
    source: feed.source,
    tier: feed.tier,
    language: item.language ?? feed.language,
    ...(body && { body }),
    ...(feed.sender && { sender: feed.sender }),
    ...(feed.host && { host: feed.host }),
  };
}

/**
 * Returns the countries whose open events a finding may join or answer. An expulsion answers one by
 * the State whose diplomats leave.
 */
function hostsToLoad({ kind, hosts, sender }: Finding): readonly CountryCode[] {
  return traits[kind].next === 'answer' && sender && hosts.length > 0 ? [...hosts, sender] : hosts;
}

function storyOf(feed: Feed, item: FeedItem, baseline: boolean): Story {
  return { item: withoutBody(item), source: feed.source, tier: feed.tier, feedKind: feed.kind, baseline };
}

/** Bodies are read for detection only, never stored. */
function withoutBody({ body: _, ...item }: FeedItem): FeedItem {
  return item;
}

/**
 * The longest title, address and summary that are stored (characters). Platforms accept such
 * addresses; detection reads less of the summary.
 */
const longest = { title: 1000, url: 2000, summary: 2000 } as const;

function feedItem(feed: Feed, { id, url, title, summary, body, publishedAt }: ParsedItem, fetchedAt: Instant): FeedItem {
  return {
    // Many ids are the item's link.
    id: bare(id),
    feedId: feed.id,
    url: url.length > longest.url ? '' : bare(url),
    title: bounded(title, longest.title),
    summary: bounded(summary, longest.summary),
    language: feed.language,
    fetchedAt,
    ...(body && { body }),
    ...(publishedAt !== undefined && { publishedAt }),
  };
}

function bounded(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text;
}

/**
 * Oldest first, so that the first report of an event comes first; undated items go last, in their
 * own order.
 */
function byTime(a: FeedItem, b: FeedItem): number {
  return (a.publishedAt ?? Number.MAX_SAFE_INTEGER) - (b.publishedAt ?? Number.MAX_SAFE_INTEGER);
}
