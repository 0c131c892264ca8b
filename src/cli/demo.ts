/**
 * Plays a recording through the real thing: its items are served as feeds on loopback, fetched, parsed, detected, grouped and sent to the terminal,
 * on the recording's own clock. Used by `npm run demo`, and by `run` where no source can be reached.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import { createFetcher } from '../collect/fetch.ts';
import { type Config, readFeeds } from '../config.ts';
import type { Detector } from '../detect/detector.ts';
import { createPipeline } from '../ingest/pipeline.ts';
import type { PollResult } from '../ingest/results.ts';
import { topics } from '../kinds.ts';
import { createPlan } from '../match/fan-out.ts';
import type { Instant } from '../model/basics.ts';
import type { Feed } from '../model/feed.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChatPlatform } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';
import { createSender } from '../send/sender.ts';
import { type RecordedItem, readRecording } from './recording.ts';
import { Failure, pipelineSettings, projectFolder, terminalLane } from './setup.ts';

interface Step {
  readonly at: Instant;
  readonly items: readonly { readonly feed: Feed; readonly item: RecordedItem }[];
}

/** @param say prints one line of the story between the cards */
export async function playDemo(config: Config, detector: Detector, terminal: ChatPlatform, say: (line: string) => void): Promise<void> {
  const folder = join(projectFolder, 'config', 'demo');
  const steps = await readSteps(folder);
  const served = new Map<string, RecordedItem[]>();
  const server = await serve(served);
  const { port } = server.address() as AddressInfo;
  const feeds = readFeeds(folder).map((feed) => ({ ...feed, url: feed.url.replace('127.0.0.1', `127.0.0.1:${port}`) }));
  let now = steps[0]?.at ?? 0;
  const clock: Clock = { now: () => now, sleep: async () => {} };
  const store = await storeOf(now);
  const fetcher = createFetcher({ userAgent: config.settings.collect.userAgent, allowHosts: [`127.0.0.1:${port}`] });
  const pipeline = createPipeline(
    { detector, places: config.places, feeds, settings: pipelineSettings(config) },
    { store, clock, random: () => 0.5, fetcher },
  );
  const sender = createSender(
    { store, platforms: new Map([['terminal', terminal]]), clock, random: () => 0.5, observe: { log: () => {} } },
    { owner: 'demo', plan: createPlan((code) => config.places.name(code)), leaseMs: 60_000, parallel: 1, attempts: 3 },
  );
  for (const [index, step] of steps.entries()) {
    now = step.at;
    for (const { feed, item } of step.items) served.set(feed.id, [...(served.get(feed.id) ?? []), item]);
    const touched = feeds.filter((feed) => step.items.some((one) => one.feed.id === feed.id));
    const polled: PollResult[] = [];
    for (const feed of touched) polled.push(await pipeline.poll(feed));
    for (const line of storyOf(step, polled, index === 0)) say(line);
    await sender.drain();
    // Further outlets are counted a minute later.
    now += 60_000;
    await sender.drain();
  }
  await fetcher.close();
  server.close();
  await store.close();
}

async function readSteps(folder: string): Promise<readonly Step[]> {
  const steps = new Map<Instant, Step>();
  for await (const line of readRecording(folder, readFeeds(folder))) {
    if ('problem' in line) throw new Failure(line.problem);
    if (!('item' in line.what)) continue;
    const step = steps.get(line.at);
    steps.set(line.at, { at: line.at, items: [...(step?.items ?? []), { feed: line.feed, item: line.what.item }] });
  }
  return [...steps.values()];
}

async function storeOf(now: Instant): Promise<Store> {
  const store = await openInMemory();
  await store.saveChannel({ lane: terminalLane, zone: 'UTC', language: 'en', createdAt: now });
  await store.saveSubscription({ id: '1', lane: terminalLane, filter: { topics, min: 1 }, createdBy: 'demo', createdAt: now });
  return store;
}

function serve(served: ReadonlyMap<string, readonly RecordedItem[]>): Promise<Server> {
  const server = createServer((request, response) => {
    const id = /^\/([\w-]+)\.xml$/.exec(request.url ?? '')?.[1] ?? '';
    response.writeHead(served.has(id) ? 200 : 404, { 'content-type': 'application/rss+xml; charset=utf-8' });
    response.end(asRss(id, served.get(id) ?? []));
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)));
}

function asRss(title: string, items: readonly RecordedItem[]): string {
  const entries = items.map(
    (item) =>
      `<item><guid isPermaLink="false">${escaped(item.id)}</guid><title>${escaped(item.title)}</title><link>${escaped(item.url)}</link>` +
      `<description>${escaped(item.summary)}</description><pubDate>${new Date(item.publishedAt ?? 0).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>${escaped(title)}</title><link>http://127.0.0.1/</link><description/>${entries.join('')}</channel></rss>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function storyOf(step: Step, polled: readonly PollResult[], first: boolean): readonly string[] {
  const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(step.at);
  if (first) return [`${time} UTC  First read of ${polled.length} sources: the baseline, it alerts nothing.`];
  const taken = polled.flatMap((one) => one.results);
  return taken.map(({ story, dropped, decision }) => {
    const heading = `${time} UTC  ${story.source}: “${story.item.title}”`;
    if (dropped) return `${heading}\n  no alert: ${dropped.replaceAll('-', ' ')}`;
    if (decision?.alerts.every(({ alert }) => alert.silent)) return `${heading}\n  same event: one more source, counted without noise`;
    return heading;
  });
}
