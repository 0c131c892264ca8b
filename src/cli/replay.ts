/** `attache replay FILE|DIR`: a recording through the real stages, on its own clock and an in-memory store. */
import type { Writable } from 'node:stream';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import type { HeldChange, RegisterState } from '../collect/registers/diff.ts';
import type { Config } from '../config.ts';
import { createPipeline } from '../ingest/pipeline.ts';
import type { FetchedBytes } from '../ingest/registers.ts';
import type { ItemResult } from '../ingest/results.ts';
import { alertMessageId, updateNoteId } from '../match/message-ids.ts';
import { shownId } from '../model/alert.ts';
import type { Instant, Problem } from '../model/basics.ts';
import type { Feed, FeedItem } from '../model/feed.ts';
import type { Severity } from '../model/finding.ts';
import type { Clock } from '../ports/clock.ts';
import type { AlertWithMessages } from '../ports/event-store.ts';
import { slotsOf } from './finding-json.ts';
import { type LineWriter, lineWriter } from './json-lines.ts';
import { type Recorded, type RecordedItem, readRecording } from './recording.ts';
import { buildDetector, Failure, pipelineSettings } from './setup.ts';

export interface ReplayChoice {
  /** Also one line for every item: which event it joined, or why it was dropped. */
  readonly assignments?: boolean;
}

/** @throws Failure where the recording is wrong: everything before it was written */
export async function replay(config: Config, path: string, choice: ReplayChoice, output: Writable): Promise<void> {
  const out = lineWriter(output);
  const play = await createPlayer(config);
  for await (const { line, further } of inRounds(readRecording(path, config.feeds))) {
    if ('problem' in line) {
      await out.end();
      throw new Failure(line.problem);
    }
    const { taken, held } = await play(line, further);
    for (const one of taken) await writeTaken(out, one, line.at, choice.assignments ?? false);
    if (choice.assignments) for (const one of held) await writeHeld(out, one, line.at);
  }
  await out.end();
}

interface Round {
  readonly line: Recorded | Problem;
  /** Documents that were fetched for what the line leaves open. */
  readonly further: readonly Recorded[];
}

/** Longer than one round of a register lasts. */
const roundMs = 3 * 60_000;

export async function* inRounds(lines: AsyncIterable<Round['line']>): AsyncGenerator<Round> {
  let open: { readonly line: Recorded; readonly further: Recorded[] } | undefined;
  for await (const line of lines) {
    if (open && !('problem' in line) && belongsTo(open.line, line)) {
      open.further.push(line);
      continue;
    }
    if (open) yield open;
    open = undefined;
    if ('problem' in line) yield { line, further: [] };
    else open = { line, further: [] };
  }
  if (open) yield open;
}

function belongsTo(round: Recorded, { at, feed, what }: Recorded): boolean {
  return 'document' in what && what.further === true && 'document' in round.what && feed.id === round.feed.id && at - round.at <= roundMs;
}

export interface Played {
  readonly taken: readonly ItemResult[];
  /** Levels of a register that are not believed yet, or never. */
  readonly held: readonly HeldChange[];
}

/** Plays one line after the other; the first document of each feed is its baseline, items are not. */
export async function createPlayer(config: Config): Promise<(line: Recorded, further?: readonly Recorded[]) => Promise<Played>> {
  let now: Instant = 0;
  const clock: Clock = { now: () => now, sleep: async () => {} };
  const fetcher = { fetch: () => Promise.reject(new Error('a replay fetches nothing')), close: async () => {} };
  const pipeline = createPipeline(
    {
      detector: buildDetector(config),
      places: config.places,
      feeds: config.feeds,
      settings: pipelineSettings(config),
    },
    { store: await openInMemory(), clock, random: () => 0.5, fetcher },
  );
  const registers = new Map<string, RegisterState>();
  const begun = new Set<string>();
  return async ({ at, feed, what }, further = []) => {
    now = at;
    if ('item' in what) return { taken: await pipeline.ingest(feed, [itemOf(feed, what.item, at)], { baseline: false }), held: [] };
    const register = registers.get(feed.id);
    const pages = further.flatMap((line) => documentOf(line) ?? []);
    const how = { baseline: !begun.has(feed.id), further: pages, ...(register && { register }) };
    const document = documentOf({ at, feed, what });
    if (!document) return { taken: [], held: [] };
    const read = await pipeline.ingestDocument(feed, document, how);
    if ('problem' in read) return { taken: [], held: [] };
    begun.add(feed.id);
    if (read.register) registers.set(feed.id, read.register);
    return { taken: read.results, held: read.held ?? [] };
  };
}

/** Undefined of an item, and of an answer that is no document. */
function documentOf({ feed, what }: Recorded): FetchedBytes | undefined {
  if (!('document' in what) || what.status >= 400) return undefined;
  return { bytes: what.document, url: what.url ?? feed.url, ...(what.contentType && { contentType: what.contentType }) };
}

async function writeHeld(out: LineWriter, { countries, from, to, reason }: HeldChange, at: Instant): Promise<void> {
  for (const country of countries) {
    await out.write({ at: new Date(at).toISOString(), held: { country, from: from ?? null, to: to ?? null, reason } });
  }
}

async function writeTaken(
  out: LineWriter,
  { story, findings, dropped, decision }: ItemResult,
  at: Instant,
  assignments: boolean,
): Promise<void> {
  for (const raised of decision?.alerts ?? []) await out.write(changeLine(raised, at));
  if (!assignments) return;
  const events = decision?.changes.map((change) => change.event) ?? [];
  const severest = events.reduce<(typeof events)[number] | undefined>((most, event) => {
    return !most || event.finding.severity > most.finding.severity ? event : most;
  }, undefined);
  const also = events.filter((event) => event.id !== severest?.id).map((event) => event.id);
  const reason = dropped ?? decision?.dropped;
  await out.write({
    item: story.item.id,
    eventId: severest?.id ?? null,
    ...(also.length > 0 && { also }),
    ...(reason && findings.length === 0 && { dropped: reason }),
  });
}

function changeLine({ alert, messages }: AlertWithMessages, at: Instant) {
  const { event } = alert;
  const id = shownId(alert);
  const note = messages[updateNoteId(id, 'en')];
  const severity: Severity = alert.severity;
  return {
    at: new Date(at).toISOString(),
    type: alert.silent ? 'counted' : alert.unconfirmed ? 'unconfirmed' : alert.kind,
    eventId: event.id,
    revision: event.revision,
    headline: alert.headline,
    severity,
    confidence: event.finding.confidence,
    ...slotsOf(event.finding),
    previousLevel: event.finding.previousLevel ?? null,
    sources: event.sources.map((source) => source.itemId),
    because: alert.because,
    ...(alert.together && { together: alert.together }),
    message: messages[alertMessageId(id, 'en')],
    ...(note && { note }),
  };
}

function itemOf(feed: Feed, { id, url, title, summary, body, publishedAt, language }: RecordedItem, fetchedAt: Instant): FeedItem {
  return {
    id,
    feedId: feed.id,
    url,
    title,
    summary,
    fetchedAt,
    ...(body && { body }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(language && { language }),
  };
}
