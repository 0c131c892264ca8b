/** What happens to one document of a register, and to what it leaves open. */

import { bare } from '../collect/address.ts';
import type { ParseFeed } from '../collect/feed-types.ts';
import type { Fetcher } from '../collect/fetch.ts';
import { diffRegister, type HeldChange, type RegisterChange, type RegisterState, type Standing } from '../collect/registers/diff.ts';
import { follow, type TakePage } from '../collect/registers/fetch-pages.ts';
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
import { apart } from './set-aside.ts';

/** A document as it was fetched. */
export interface FetchedBytes {
  readonly bytes: Uint8Array;
  readonly url: string;
  readonly contentType?: string;
}

export interface RegisterResult {
  readonly taken: readonly ItemResult[];
  readonly items: number;
  readonly register: RegisterState;
  readonly held: readonly HeldChange[];
}

export interface RegisterFlow {
  /** Documents that were fetched in one round. @param known undefined before the first read, which is a baseline */
  take(feed: Feed, documents: readonly FetchedBytes[], known: RegisterState | undefined): Promise<RegisterResult | Problem>;
  /**
   * The feed's own document, and then what it leaves open: the pages of countries that changed, the further sheets of a list. What all of
   * them tell is told at the end, so that many raises of one round leave together.
   * @param document undefined where it is unchanged
   */
  round(feed: Feed, document: FetchedBytes | undefined, known: RegisterState | undefined): Promise<RegisterResult | Problem | undefined>;
}

/** What one document came to before anything of it is told. */
interface Compared {
  readonly state: RegisterState;
  readonly changes: readonly RegisterChange[];
  readonly held: readonly HeldChange[];
  readonly advice: readonly AdviceEntry[];
  readonly standing: readonly PostureEntry[];
  readonly items: number;
  /** How many rows the document held. */
  readonly listed: number;
}

interface FlowParts {
  readonly detector: Detector;
  readonly places: Places;
  readonly settings: PipelineSettings;
  /** What findings change, and how it is worded. */
  readonly decide: Decide;
  readonly phrased: (alert: AlertWithMessages['alert']) => AlertWithMessages;
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
    const { state, changes, held, shown, standing } = diffRegister(known, readings, rules);
    const advice = adviceOf(state, shown, feed, now);
    const after = announcePages(feed, known, state, read, now);
    return { state: after, changes, held, advice, standing: posturesOf(standing, feed, now), items: readings.length, listed };
  };

  /** Differences of states join the flow at grouping; then the ledger learns what the documents showed, in one transaction. */
  const tellAll = async (feed: Feed, compared: readonly Compared[], register: RegisterState): Promise<RegisterResult> => {
    const now = clock.now();
    const changes = compared.flatMap((one) => one.changes);
    const stories = storiesOf(changes, feed, now, parts.settings.raisedTogether);
    const ids = stories.map((story) => story.item.id);
    const unseen = new Set(await store.unrecorded(feed.id, ids));
    const taken: ItemResult[] = [];
    for (const story of stories) {
      const { item } = story;
      if (unseen.has(item.id)) taken.push(await apart(storyOf(feed, item, false), () => tell(feed, story, now)));
    }
    const setAside = taken.flatMap(({ story, failed }) => (failed ? [{ story, dropped: 'set-aside' as const }] : []));
    await store.recordSeen(setAside);
    const items = compared.reduce((sum, one) => sum + one.items, 0);
    const ledger = compared.flatMap((one) => one.advice);
    const list = itemOf(feed, `list:${now}:${items}`, `${items} rows`, now);
    const standing = compared.flatMap((one) => one.standing);
    const hosts = [...new Set(standing.map(({ host }) => host))];
    if (ledger.length > 0) {
      await store.decide(storyOf(feed, list, true), hosts, (open) => {
        // What was learned of a mission otherwise is newer than a text whose beginning nobody saw.
        const unknown = standing.filter(({ sender, host }) => !open.postures.some((one) => one.sender === sender && one.host === host));
        return { changes: [], ledger: [...ledger, ...unknown], alerts: [] };
      });
    }
    return { taken, items, register, held: compared.flatMap((one) => one.held) };
  };

  const tell = async (feed: Feed, { item, findings, together }: RegisterStory, now: Instant): Promise<ItemResult> => {
    const story = storyOf(feed, item, false);
    const unchanged = findings.every(({ severity }) => severity === 0) ? { dropped: 'unchanged-advice' as const } : {};
    const hosts = [...new Set(findings.flatMap((one) => one.hosts))];
    const decision = await store.decide(story, hosts, (open) => {
      const decided = parts.decide(findings, story, open, now);
      const alerts = decided.alerts.map((raised) => (together ? saidTogether(raised, together) : raised));
      // The advice in the ledger comes from the whole list, not from its differences.
      return { ...decided, ledger: decided.ledger.filter(({ kind }) => kind !== 'advice'), alerts, ...unchanged };
    });
    return { story, findings, ...(decision && { decision }), ...unchanged };
  };

  const saidTogether = (raised: AlertWithMessages, together: number): AlertWithMessages => {
    const { alert } = raised;
    return parts.phrased({ ...alert, together, because: [...alert.because, 'raised-together'] });
  };

  const take: RegisterFlow['take'] = async (feed, documents, known) => {
    const compared: Compared[] = [];
    let problem = 'no document';
    for (const document of documents) {
      const one = await compare(feed, document, compared.at(-1)?.state ?? known);
      if ('problem' in one) problem = one.problem;
      else compared.push(one);
    }
    const last = compared.at(-1);
    return last ? tellAll(feed, compared, last.state) : { problem };
  };

  const round: RegisterFlow['round'] = async (feed, document, known) => {
    const first = document && (await compare(feed, document, known));
    if (first && 'problem' in first) return first;
    const state = first?.state ?? known;
    if (!state) return undefined;
    const compared: Compared[] = first ? [first] : [];
    const takePage: TakePage = async (page, before) => {
      const one = await compare(feed, page, before);
      if (!('problem' in one)) compared.push(one);
      return one;
    };
    const register = await follow(feed, state, first?.listed, { fetcher, clock, take: takePage });
    return tellAll(feed, compared, register);
  };

  return { take, round };
}

/** One sentence of a row's text, read as the issuer's own words about the country of the row. */
function sentenceReader({ source, tier, language }: Feed, { issuer, countries }: AdviceRow, detector: Detector) {
  const [host, ...others] = countries;
  const alone = host !== undefined && others.length === 0 ? { host } : {};
  return (sentence: string): readonly Finding[] =>
    detector.read({ title: sentence, feedKind: 'register', source, tier, language, sender: issuer, ...alone }).findings;
}

/** The gravest state that each text read for the first time names, for the ledger alone. What is said of consulates is no state of the embassy. */
function posturesOf(standing: readonly Standing[], feed: Feed, now: Instant): readonly PostureEntry[] {
  return standing.flatMap(({ reading, acts }) => {
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
