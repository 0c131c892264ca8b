/** `attache replay FILE|DIR`: a recording through the real stages, on its own clock and an in-memory store. */
import type { Writable } from 'node:stream';
import { createMemoryStore } from '../../adapters/store/memory.ts';
import type { Config } from '../config.ts';
import type { Feed, FeedItem, Instant, Severity } from '../model.ts';
import { createPipeline, type Taken } from '../pipeline.ts';
import type { Clock, Raised } from '../ports.ts';
import { slotsOf } from './finding-line.ts';
import { type LineWriter, lineWriter } from './lines.ts';
import { type Recorded, type RecordedItem, readRecording } from './recording.ts';
import { buildDetector, Failure } from './wire.ts';

export interface ReplayChoice {
  /** Also one line for every item: which event it joined, or why it was dropped. */
  readonly assignments?: boolean;
}

/** @throws Failure where the recording is wrong: everything before it was written */
export async function replay(config: Config, path: string, choice: ReplayChoice, output: Writable): Promise<void> {
  const out = lineWriter(output);
  const play = createPlayer(config);
  for await (const line of readRecording(path, config.feeds)) {
    if ('problem' in line) {
      await out.end();
      throw new Failure(line.problem);
    }
    for (const taken of await play(line)) await writeTaken(out, taken, line.at, choice.assignments ?? false);
  }
  await out.end();
}

/** Plays one line after the other; the first document of each feed is its baseline, items are not. */
export function createPlayer(config: Config): (line: Recorded) => Promise<readonly Taken[]> {
  let now: Instant = 0;
  const clock: Clock = { now: () => now, sleep: async () => {} };
  const fetcher = { fetch: () => Promise.reject(new Error('a replay fetches nothing')), close: async () => {} };
  const { oldAfterHours, baselineDays } = config.settings.alert;
  const pipeline = createPipeline(
    {
      detector: buildDetector(config),
      nameOf: config.places.name,
      feeds: config.feeds,
      settings: { oldAfterMs: oldAfterHours * 3_600_000, baselineMs: baselineDays * 86_400_000 },
    },
    { store: createMemoryStore(), clock, random: () => 0.5, fetcher },
  );
  const begun = new Set<string>();
  return async ({ at, feed, what }) => {
    now = at;
    if ('item' in what) return pipeline.take(feed, [itemOf(feed, what.item, at)], { baseline: false });
    if (what.status >= 400) return [];
    const document = { bytes: what.document, url: feed.url, ...(what.contentType && { contentType: what.contentType }) };
    const read = await pipeline.takeDocument(feed, document, { baseline: !begun.has(feed.id) });
    if ('reason' in read) return [];
    begun.add(feed.id);
    return read.taken;
  };
}

async function writeTaken(
  out: LineWriter,
  { story, findings, dropped, decision }: Taken,
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

function changeLine({ alert, message, note }: Raised, at: Instant) {
  const { event } = alert;
  const severity: Severity = alert.severity;
  return {
    at: new Date(at).toISOString(),
    type: alert.kind,
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
    message,
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
