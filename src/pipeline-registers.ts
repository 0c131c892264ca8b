/** What happens to one document of a register, and to what it leaves open. */
import type { Fetcher } from './collect/fetch.ts';
import { actsIn } from './collect/registers/acts.ts';
import { diffRegister, type Held, type RegisterState } from './collect/registers/diff.ts';
import { follow, type TakePage } from './collect/registers/follow.ts';
import { noted } from './collect/registers/pages.ts';
import { readRegister } from './collect/registers/readers.ts';
import { adviceOf, type RegisterStory, storiesOf } from './collect/registers/stories.ts';
import type { Detector } from './detect/detector.ts';
import type { Feed, FeedItem, Finding, Instant, Reading, Story } from './model.ts';
import type { PipelineSettings, Taken } from './pipeline.ts';
import type { Places } from './places.ts';
import type { Clock, Decision, Open, Raised, Store } from './ports.ts';

/** A document as it was fetched. */
export interface FetchedBytes {
  readonly bytes: Uint8Array;
  readonly url: string;
  readonly contentType?: string;
}

export interface TakenRegister {
  readonly taken: readonly Taken[];
  readonly items: number;
  readonly register: RegisterState;
  readonly held: readonly Held[];
  /** How many rows the document held. */
  readonly listed: number;
}

export interface RegisterFlow {
  /** @param known undefined before the first read, which is a baseline */
  take(feed: Feed, document: FetchedBytes, known: RegisterState | undefined): Promise<TakenRegister | { readonly reason: string }>;
  /** Asks for what the feed's own document left open: the pages of countries that changed, the further sheets of a list. */
  follow(
    feed: Feed,
    known: RegisterState,
    listed: number | undefined,
  ): Promise<{ readonly register: RegisterState; readonly taken: readonly Taken[]; readonly items: number }>;
}

interface FlowParts {
  readonly detector: Detector;
  readonly places: Places;
  readonly settings: PipelineSettings;
  /** What findings change, and how it is worded. */
  readonly decide: (findings: readonly Finding[], story: Story, open: Open, now: Instant) => Decision;
  readonly phrased: (alert: Raised['alert']) => Raised;
}

interface FlowPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly fetcher: Fetcher;
}

export function createRegisterFlow(parts: FlowParts, { store, clock, fetcher }: FlowPorts): RegisterFlow {
  /** Differences of states join the flow at grouping; then the ledger learns what the document showed. */
  const take: RegisterFlow['take'] = async (feed, document, known) => {
    const now = clock.now();
    const read = await readRegister(feed, { ...document, fetchedAt: now }, parts.places);
    if ('reason' in read) return read;
    const { readings, extent, dated = false, listed = readings.length } = read;
    const { lowerHoldMs, raisedTogether } = parts.settings;
    const acts = (reading: Reading) => actsIn(reading, sentenceReader(feed, reading, parts.detector), now);
    const { state, changes, held, shown } = diffRegister(known, readings, { now, lowerHoldMs, extent, dated, actsIn: acts });
    const taken = await tellAll(feed, storiesOf(changes, feed, now, raisedTogether), now);
    const list = itemOf(feed, `list:${now}:${shown[0] ?? ''}:${shown.length}`, `${readings.length} rows`, now);
    const advice = adviceOf(state, shown, feed, now);
    await store.decide(storyOf(feed, list, true), [], () => ({ changes: [], ledger: advice, alerts: [] }));
    return { taken, items: readings.length, register: noted(feed, known, state, read, now), held, listed };
  };

  const tellAll = async (feed: Feed, stories: readonly RegisterStory[], now: Instant): Promise<readonly Taken[]> => {
    const ids = stories.map((story) => story.item.id);
    const unseen = new Set(await store.unseen(feed.id, ids));
    const taken: Taken[] = [];
    for (const story of stories) if (unseen.has(story.item.id)) taken.push(await tell(feed, story, now));
    return taken;
  };

  const tell = async (feed: Feed, { item, findings, together }: RegisterStory, now: Instant): Promise<Taken> => {
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

  const saidTogether = (raised: Raised, together: number): Raised => {
    const { alert } = raised;
    return parts.phrased({ ...alert, together, because: [...alert.because, 'raised-together'] });
  };

  return {
    take,
    follow: async (feed, known, listed) => {
      const taken: Taken[] = [];
      let items = 0;
      const takePage: TakePage = async (document, state) => {
        const read = await take(feed, document, state);
        if ('reason' in read) return read;
        taken.push(...read.taken);
        items += read.items;
        return { state: read.register, listed: read.listed };
      };
      const register = await follow(feed, known, listed, { fetcher, clock, take: takePage });
      return { register, taken, items };
    },
  };
}

/** One sentence of a row's text, read as the issuer's own words about the country of the row. */
function sentenceReader({ source, tier, language }: Feed, { issuer, countries }: Reading, detector: Detector) {
  const [host, ...others] = countries;
  const alone = host !== undefined && others.length === 0 ? { host } : {};
  return (sentence: string): readonly Finding[] =>
    detector.read({ title: sentence, feedKind: 'register', source, tier, language, sender: issuer, ...alone }).findings;
}

function itemOf(feed: Feed, id: string, title: string, fetchedAt: Instant): FeedItem {
  return { id, feedId: feed.id, url: feed.url, title, summary: '', fetchedAt };
}

function storyOf({ source, tier, kind }: Feed, item: FeedItem, baseline: boolean): Story {
  return { item, source, tier, feedKind: kind, baseline };
}
