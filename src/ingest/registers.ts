/** Ingests the documents of registers and the pages they refer to. */

import { bare } from '../collect/address.ts';
import type { ParseFeed } from '../collect/feed-types.ts';
import type { Fetcher } from '../collect/fetch.ts';
import { diffRegister, type FirstRead, type HeldChange, type RegisterChange, type RegisterState } from '../collect/registers/diff.ts';
import { follow, type IngestPage } from '../collect/registers/fetch-pages.ts';
import { actsIn } from '../collect/registers/mission-acts.ts';
import { announcePages } from '../collect/registers/pages.ts';
import { readRegister } from '../collect/registers/readers.ts';
import { adviceOf, type RegisterStory, storiesOf } from '../collect/registers/stories.ts';
import type { Detector } from '../detect/detector.ts';
import { postures, traits } from '../kinds.ts';
import type { Instant, Problem } from '../model/basics.ts';
import type { AdviceRow, Feed, FeedItem, Story } from '../model/feed.ts';
import type { Finding } from '../model/finding.ts';
import type { AdviceEntry, PostureEntry } from '../model/ledger.ts';
import type { Places } from '../places.ts';
import type { Clock } from '../ports/clock.ts';
import type { AlertWithMessages } from '../ports/event-store.ts';
import type { Store } from '../ports/store.ts';
import type { Decide } from './decide.ts';
import type { PipelineSettings } from './pipeline.ts';
import type { ItemResult } from './results.ts';
import { orSetAside } from './set-aside.ts';

/** A document as fetched. */
export interface FetchedBytes {
  readonly bytes: Uint8Array;
  readonly url: string;
  readonly contentType?: string;
}

export interface RegisterResult {
  readonly results: readonly ItemResult[];
  readonly items: number;
  readonly register: RegisterState;
  readonly held: readonly HeldChange[];
}

export interface RegisterFlow {
  /**
   * Ingests documents that were fetched in one round.
   * @param known undefined before the first read, which is a baseline
   */
  ingest(feed: Feed, documents: readonly FetchedBytes[], known: RegisterState | undefined): Promise<RegisterResult | Problem>;
  /**
   * Ingests the feed's own document and what it leaves open: pages of changed countries, further
   * sheets of a list. Changes are stored at the end, so that many raised levels of one round go out
   * as one alert.
   * @param document undefined if it is unchanged
   */
  round(feed: Feed, document: FetchedBytes | undefined, known: RegisterState | undefined): Promise<RegisterResult | Problem | undefined>;
}

/** What one document changes, before it is stored. */
interface Compared {
  readonly state: RegisterState;
  readonly changes: readonly RegisterChange[];
  readonly held: readonly HeldChange[];
  readonly advice: readonly AdviceEntry[];
  readonly firstReads: readonly PostureEntry[];
  readonly items: number;
  /** Number of rows in the document. */
  readonly listed: number;
}

interface FlowParts {
  readonly detector: Detector;
  readonly places: Places;
  readonly settings: PipelineSettings;
  readonly decide: Decide;
  readonly withMessages: (alert: AlertWithMessages['alert']) => AlertWithMessages;
}

interface FlowPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly fetcher: Fetcher;
  readonly read: ParseFeed;
}

export function createRegisterFlow(parts: FlowParts, { store, clock, fetcher, read: parse }: FlowPorts): RegisterFlow {
  const compare = async (feed: Feed, document: FetchedBytes, known: RegisterState | undefined): Promise<Compared | Problem> => {
    const now = clock.now();
    const read = await readRegister(feed, { ...document, fetchedAt: now }, parts.places, parse);
    if ('problem' in read) return read;
    const { readings, extent, dated = false, listed = readings.length } = read;
    const acts = (reading: AdviceRow) => actsIn(reading, sentenceReader(feed, reading, parts.detector), now);
    const rules = { now, lowerHoldMs: parts.settings.lowerHoldMs, extent, dated, actsIn: acts };
    const { state, changes, held, shown, firstReads } = diffRegister(known, readings, rules);
    const advice = adviceOf(state, shown, feed, now);
    const after = announcePages(feed, known, state, read, now);
    return { state: after, changes, held, advice, firstReads: posturesOf(firstReads, feed, now), items: readings.length, listed };
  };

  /**
   * Groups the changes and stores them; then updates the ledger from the documents in one
   * transaction.
   */
  const storeAll = async (feed: Feed, compared: readonly Compared[], register: RegisterState): Promise<RegisterResult> => {
    const now = clock.now();
    const changes = compared.flatMap((one) => one.changes);
    const stories = storiesOf(changes, feed, now, parts.settings.raisedTogether);
    const ids = stories.map((story) => story.item.id);
    const unrecorded = new Set(await store.unrecorded(feed.id, ids));
    const results: ItemResult[] = [];
    for (const story of stories) {
      const { item } = story;
      if (unrecorded.has(item.id)) results.push(await orSetAside(storyOf(feed, item, false), () => storeStory(feed, story, now)));
    }
    const setAside = results.flatMap(({ story, failed }) => (failed ? [{ story, dropped: 'set-aside' as const }] : []));
    await store.recordSeen(setAside);
    const items = compared.reduce((sum, one) => sum + one.items, 0);
    const ledger = compared.flatMap((one) => one.advice);
    const list = itemOf(feed, `list:${now}:${items}`, `${items} rows`, now);
    const firstReads = compared.flatMap((one) => one.firstReads);
    const hosts = [...new Set(firstReads.map(({ host }) => host))];
    if (ledger.length > 0) {
      await store.decide(storyOf(feed, list, true), hosts, (open) => {
        // A posture learned elsewhere is newer than a text that was never read before.
        const unknown = firstReads.filter(({ sender, host }) => !open.postures.some((one) => one.sender === sender && one.host === host));
        return { changes: [], ledger: [...ledger, ...unknown], alerts: [] };
      });
    }
    return { results, items, register, held: compared.flatMap((one) => one.held) };
  };

  const storeStory = async (feed: Feed, { item, findings, bundledLevels }: RegisterStory, now: Instant): Promise<ItemResult> => {
    const story = storyOf(feed, item, false);
    const unchanged = findings.every(({ severity }) => severity === 0) ? { dropped: 'unchanged-advice' as const } : {};
    const hosts = [...new Set(findings.flatMap((one) => one.hosts))];
    const decision = await store.decide(story, hosts, (open) => {
      const decided = parts.decide(findings, story, open, now);
      const alerts = decided.alerts.map((raised) => (bundledLevels ? asBundle(raised, bundledLevels) : raised));
      // The ledger's advice comes from the whole list, not from its changes.
      return { ...decided, ledger: decided.ledger.filter(({ kind }) => kind !== 'advice'), alerts, ...unchanged };
    });
    return { story, findings, ...(decision && { decision }), ...unchanged };
  };

  const asBundle = (raised: AlertWithMessages, bundledLevels: number): AlertWithMessages => {
    const { alert } = raised;
    return parts.withMessages({ ...alert, together: bundledLevels, because: [...alert.because, 'raised-together'] });
  };

  const ingest: RegisterFlow['ingest'] = async (feed, documents, known) => {
    const compared: Compared[] = [];
    let problem = 'no document';
    for (const document of documents) {
      const one = await compare(feed, document, compared.at(-1)?.state ?? known);
      if ('problem' in one) problem = one.problem;
      else compared.push(one);
    }
    const last = compared.at(-1);
    return last ? storeAll(feed, compared, last.state) : { problem };
  };

  const round: RegisterFlow['round'] = async (feed, document, known) => {
    const first = document && (await compare(feed, document, known));
    if (first && 'problem' in first) return first;
    const state = first?.state ?? known;
    if (!state) return undefined;
    const compared: Compared[] = first ? [first] : [];
    const ingestPage: IngestPage = async (page, before) => {
      const one = await compare(feed, page, before);
      if (!('problem' in one)) compared.push(one);
      return one;
    };
    const register = await follow(feed, state, first?.listed, { fetcher, clock, ingestPage });
    return storeAll(feed, compared, register);
  };

  return { ingest, round };
}

/**
 * Returns a reader for one sentence of a row's text, as the issuer's own words about the row's
 * country.
 */
function sentenceReader({ source, tier, language }: Feed, { issuer, countries }: AdviceRow, detector: Detector) {
  const [host, ...others] = countries;
  const alone = host !== undefined && others.length === 0 ? { host } : {};
  return (sentence: string): readonly Finding[] =>
    detector.read({ title: sentence, feedKind: 'register', source, tier, language, sender: issuer, ...alone }).findings;
}

/**
 * Returns the worst posture that each text named on its first read, for the ledger only. Acts of
 * consulates say nothing of the embassy.
 */
function posturesOf(firstReads: readonly FirstRead[], feed: Feed, now: Instant): readonly PostureEntry[] {
  return firstReads.flatMap(({ reading, acts }) => {
    const named = acts.flatMap(({ finding }) =>
      finding.status === 'happening' && finding.post !== 'consulate' ? (traits[finding.kind].posture ?? []) : [],
    );
    const posture = postures.findLast((one) => named.includes(one));
    if (!posture) return [];
    return reading.countries.map(
      (host): PostureEntry => ({
        kind: 'posture',
        sender: reading.issuer,
        host,
        posture,
        since: reading.publishedAt ?? now,
        readAt: now,
        eventId: `${feed.id}:${host}`,
        source: feed.source,
        tier: 'official',
        url: reading.url,
      }),
    );
  });
}

function itemOf(feed: Feed, id: string, title: string, fetchedAt: Instant): FeedItem {
  return { id, feedId: feed.id, url: bare(feed.url), title, summary: '', fetchedAt };
}

function storyOf({ source, tier, kind }: Feed, item: FeedItem, baseline: boolean): Story {
  return { item, source, tier, feedKind: kind, baseline };
}
