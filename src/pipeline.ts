/** The bot in one function: what happens to one item, and to one document. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { bare } from './collect/address.ts';
import type { ParsedItem, ParseFeed } from './collect/feed-types.ts';
import type { Fetcher } from './collect/fetch.ts';
import { parseFeed } from './collect/parse.ts';
import { poll as ask, forceReread } from './collect/poll.ts';
import { type HeldChange, holdsRipe, type RegisterState } from './collect/registers/diff.ts';
import { unknownOf } from './collect/registers/pages.ts';
import type { DetectInput, Detector } from './detect/detector.ts';
import { withCause } from './group/cause.ts';
import { group } from './group/group.ts';
import { ledgerEntries } from './group/ledger.ts';
import { overIn } from './group/over.ts';
import { raise } from './group/raise.ts';
import { languages } from './i18n/speech.ts';
import { traits } from './kinds.ts';
import { alertMessageId, updateNoteId } from './match/message-ids.ts';
import {
  type Alert,
  type CountryCode,
  type DropReason,
  type Feed,
  type FeedItem,
  type Finding,
  type Instant,
  type Problem,
  type Story,
  shownId,
} from './model.ts';
import { alertMessage } from './phrase/alert.ts';
import { headlineOf } from './phrase/headline.ts';
import { noteMessage } from './phrase/update-note.ts';
import { apart, dueAgain, shortly, withSetAside } from './pipeline-apart.ts';
import { createRegisterFlow, type FetchedBytes } from './pipeline-registers.ts';
import type { Places } from './places.ts';
import {
  type AlertWithMessages,
  type Clock,
  type Decision,
  type FeedCursor,
  type FeedHints,
  type GroupingContext,
  type Random,
  type SetAsideItem,
  type Store,
  StoreUnavailable,
} from './ports.ts';

/** What one item came to. `decision` is absent where nothing was found, or where the item was known before. */
export interface ItemResult {
  readonly story: Story;
  readonly findings: readonly Finding[];
  readonly dropped?: DropReason;
  readonly decision?: Decision;
  /** An error of ours kept it from being worked on: in one line, and whole for the log. */
  readonly failed?: { readonly reason: string; readonly log: string };
}

/** What one poll came to, in words for the operator. */
export interface PollResult {
  readonly feed: Feed;
  readonly outcome: 'read' | 'unchanged' | 'failed';
  readonly items: number;
  readonly taken: readonly ItemResult[];
  readonly reason?: string;
  /** The error of ours that broke the poll off, for the log. */
  readonly bug?: string;
  /** The date of the oldest item that the document still holds: what happened before it may be missing. */
  readonly oldestAt?: Instant;
  /** Where the feed stood before, and where it stands now. Absent where the poll broke off. */
  readonly cursor?: { readonly before: FeedCursor | undefined; readonly after: FeedCursor };
}

/** What a document came to; of a register also what is held true of it from now on, and what is not believed yet. */
export interface DocumentResult {
  readonly taken: readonly ItemResult[];
  readonly items: number;
  readonly hints?: FeedHints;
  readonly oldestAt?: Instant;
  readonly register?: RegisterState;
  readonly held?: readonly HeldChange[];
}

export interface HowTaken {
  readonly baseline: boolean;
  /** Items that were set aside and are tried once more. */
  readonly again?: readonly SetAsideItem[];
}

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
  const { detector, settings } = parts;
  const { version = '' } = settings;
  const { store, clock, random, fetcher, read = parseFeed } = ports;

  const decide = (findings: readonly Finding[], story: Story, open: GroupingContext, now: Instant): Decision => {
    const at = { now, oldAfterMs: settings.oldAfterMs };
    const changes = group(findings, story, open, at);
    const alerts = changes
      .flatMap((change) => raise(change, story, at) ?? [])
      .map((alert) => withMessages(withCause(alert, open.events, now), parts));
    const ledger = changes.flatMap((change) => ledgerEntries(change, story, now, open.postures));
    const over = overIn(open.events, now);
    return { changes, ledger, alerts, ...(over.length > 0 && { over }) };
  };

  const registers = createRegisterFlow(
    { detector, places: parts.places, settings, decide, phrased: (alert) => withMessages(alert, parts) },
    { store, clock, fetcher, read },
  );

  const ingestItem = async (feed: Feed, item: FeedItem, baseline: boolean): Promise<ItemResult> => {
    const story = storyOf(feed, item, baseline);
    const now = clock.now();
    if (baseline && item.publishedAt !== undefined && item.publishedAt < now - settings.baselineMs) {
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

  const take: Pipeline['ingest'] = async (feed, items, { baseline, again = [] }) => {
    const tried = new Map(again.map((one) => [one.id, one]));
    const back = items.filter(({ id }) => tried.has(id)).map(({ id }) => id);
    if (back.length > 0) await store.takeBack(feed.id, back);
    const unseen = new Set(
      await store.unrecorded(
        feed.id,
        items.map((item) => item.id),
      ),
    );
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

  const takeDocument: Pipeline['ingestDocument'] = async (feed, document, how) => {
    if (feed.kind === 'register') return registers.take(feed, [document, ...(how.further ?? [])], how.register);
    const parsed = await read(document.bytes, { ...document, clampTo: clock.now() });
    if (parsed.kind === 'not-a-feed') return { problem: parsed.reason };
    const items = parsed.items.map((item) => feedItem(feed, item, clock.now())).sort(byTime);
    const oldestAt = items[0]?.publishedAt;
    return {
      taken: await take(feed, items, how),
      items: items.length,
      hints: parsed.feed.hints,
      ...(oldestAt !== undefined && { oldestAt }),
    };
  };

  const poll: Pipeline['poll'] = async (feed) => {
    const cursor = await store.cursor(feed.id);
    const register = cursor?.register === undefined ? undefined : (JSON.parse(cursor.register) as RegisterState);
    // A lowered level is believed because the list stood still: then the list must be read although nothing in it is new.
    const ripe = register !== undefined && holdsRipe(register, { now: clock.now(), lowerHoldMs: settings.lowerHoldMs });
    const again = feed.kind === 'register' ? [] : dueAgain(cursor, version, clock.now());
    const polled = await ask(feed, cursor && (ripe || again.length > 0) ? forceReread(cursor) : cursor, { fetcher, clock, random });
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
    const after = result.register ? withRegister(settled, result.register, taken.length > 0, parts.places, clock.now()) : settled;
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
    return document ? takeDocument(feed, document, { baseline: cursor?.baselineAt === undefined, again }) : nothing;
  };

  return { ingest: take, ingestDocument: takeDocument, poll };
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

/** The alert, worded in each of our languages: a channel's own is known only when the alert spreads. */
export function withMessages(
  alert: Omit<Alert, 'headline'>,
  { places, feeds }: Pick<PipelineParts, 'places' | 'feeds'>,
): AlertWithMessages {
  const attribution = (feedId: string): string | undefined => feeds.find((feed) => feed.id === feedId)?.attribution;
  const worded = languages.map((language) => {
    const context = { name: places.name, language, attribution };
    const whole: Alert = { ...alert, headline: headlineOf(alert, context) };
    const id = shownId(alert);
    const note = hasNote(whole) ? { [updateNoteId(id, language)]: noteMessage(whole, context) } : {};
    return { whole, messages: { [alertMessageId(id, language)]: alertMessage(whole, context), ...note } };
  });
  const [english] = worded;
  const messages = Object.assign({}, ...worded.map((one) => one.messages)) as AlertWithMessages['messages'];
  return { alert: english?.whole ?? { ...alert, headline: '' }, messages };
}

/** What stands beside the card: a note in its thread, or the short message that takes it back or ends it. A silent edit has none. */
function hasNote({ kind, escalates, silent }: Alert): boolean {
  return !silent && (kind !== 'new' || escalates);
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
