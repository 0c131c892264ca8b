/** What happens to one item of a news or mission feed, and to a document full of them. */
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
import { apart } from './set-aside.ts';

export interface HowTaken {
  readonly baseline: boolean;
  /** Items that were set aside and are tried once more. */
  readonly again?: readonly SetAsideItem[];
}

export interface NewsFlow {
  /** Items of one feed, oldest first; known ones are left alone. */
  ingest(feed: Feed, items: readonly FeedItem[], how: HowTaken): Promise<readonly ItemResult[]>;
  ingestDocument(feed: Feed, document: FetchedBytes, how: HowTaken): Promise<DocumentResult | Problem>;
}

interface NewsParts {
  readonly detector: Detector;
  readonly decide: Decide;
  /** How far back a first read fills the open events (ms). */
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
    const said = denial ? [denial] : findings;
    if (said.length === 0) return { story, findings, dropped };
    const hosts = [...new Set(said.flatMap(hostsToLoad))];
    const decision = await store.decide(story, hosts, (open) => {
      const decided = decide(said, story, open, now);
      // A denial of what nobody told is no news.
      return denial && decided.changes.length === 0 ? { ...decided, dropped } : decided;
    });
    return { story, findings, ...(decision && { decision }), ...(denial && decision?.changes.length === 0 && { dropped }) };
  };

  const ingest: NewsFlow['ingest'] = async (feed, items, { baseline, again = [] }) => {
    const tried = new Map(again.map((one) => [one.id, one]));
    const back = items.filter(({ id }) => tried.has(id)).map(({ id }) => id);
    if (back.length > 0) await store.takeBack(feed.id, back);
    const ids = items.map((item) => item.id);
    const unseen = new Set(await store.unrecorded(feed.id, ids));
    const listed = ids.filter((id) => !unseen.has(id));
    if (listed.length > 0) await store.markListed(feed.id, listed, clock.now());
    const taken: ItemResult[] = [];
    for (const [index, item] of items.entries()) {
      // A document of thousands must not hold up other sources, answers to people, or the end of the process.
      if (index % 50 === 49) await nextTurn();
      if (!unseen.has(item.id)) continue;
      const before = tried.get(item.id);
      const wasBaseline = baseline || before?.baseline === true;
      // An item without a date is as old as its first try.
      const dated = before ? { publishedAt: before.at, ...item } : item;
      taken.push(await apart(storyOf(feed, dated, wasBaseline), () => ingestItem(feed, dated, wasBaseline)));
    }
    await store.recordSeen(taken.flatMap(({ story, dropped }) => (dropped ? [{ story, dropped }] : [])));
    return taken;
  };

  const ingestDocument: NewsFlow['ingestDocument'] = async (feed, document, how) => {
    const parsed = await read(document.bytes, { ...document, clampTo: clock.now() });
    if (parsed.kind === 'not-a-feed') return { problem: parsed.reason };
    const items = parsed.items.map((item) => feedItem(feed, item, clock.now())).sort(byTime);
    const oldestAt = items[0]?.publishedAt;
    return {
      taken: await ingest(feed, items, how),
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

/** The countries whose open events a finding may join or answer: an expulsion answers one by the State whose diplomats leave. */
function hostsToLoad({ kind, hosts, sender }: Finding): readonly CountryCode[] {
  return traits[kind].next === 'answer' && sender && hosts.length > 0 ? [...hosts, sender] : hosts;
}

function storyOf(feed: Feed, item: FeedItem, baseline: boolean): Story {
  return { item: withoutBody(item), source: feed.source, tier: feed.tier, feedKind: feed.kind, baseline };
}

/** Bodies are read once and never kept. */
function withoutBody({ body: _, ...item }: FeedItem): FeedItem {
  return item;
}

/** What of an item is kept at most (characters): a title, an address that platforms take, and more of a summary than is read for findings. */
const longest = { title: 1000, url: 2000, summary: 2000 } as const;

function feedItem(feed: Feed, { id, url, title, summary, body, publishedAt }: ParsedItem, fetchedAt: Instant): FeedItem {
  return {
    // Many are the item's link.
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

/** Oldest first, so that the first report of an event is the first; the undated keep their place at the end. */
function byTime(a: FeedItem, b: FeedItem): number {
  return (a.publishedAt ?? Number.MAX_SAFE_INTEGER) - (b.publishedAt ?? Number.MAX_SAFE_INTEGER);
}
