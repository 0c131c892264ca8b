import { afterEach, describe, expect, test } from 'vitest';
import { openInMemory } from '../../../adapters/store/sqlite.ts';
import { pipelineSettings } from '../../../src/cli/setup.ts';
import { createFetcher } from '../../../src/collect/fetch.ts';
import { healthOf } from '../../../src/collect/health.ts';
import { createPipeline } from '../../../src/ingest/pipeline.ts';
import type { Feed } from '../../../src/model/feed.ts';
import { shippedDetector } from '../../support/detector.ts';
import { shippedConfig } from '../../support/project.ts';
import { type Page, startWeb } from '../../support/web.ts';

const config = shippedConfig();
const detector = shippedDetector();
const hour = 3_600_000;
const dutch = new Intl.DisplayNames('nl', { type: 'region', fallback: 'none' });
const countries = config.places.codes.filter((code) => /^[A-Z]{2}$/.test(code) && dutch.of(code));
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** The Dutch list as it answers: two hundred rows at a time, from an offset. */
async function readingTheDutch(most?: number) {
  let now = Date.parse('2026-02-01T09:00:00Z');
  const colours = new Map<string, string>();
  const sheet: Page = (request, response) => {
    const asked = new URL(request.url ?? '/', 'http://nl.example').searchParams;
    const [offset, rows] = [Number(asked.get('offset') ?? 0), most ?? Math.min(200, Number(asked.get('rows') ?? 25))];
    const documents = countries.slice(offset, offset + rows).map((code) => ({
      location: dutch.of(code),
      introduction: `<p>De kleurcode van het reisadvies is ${colours.get(code) ?? 'geel'}.</p>`,
      lastmodified: '2026-01-30T08:00:00Z',
    }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(documents));
  };
  const web = await startWeb({ '*': sheet });
  const feed: Feed = { ...(config.feeds.find(({ id }) => id === 'nl-bz') as Feed) };
  const own: Feed = { ...feed, url: `${web.origin}/traveladvice${new URL(feed.url).search}` };
  const fetcher = createFetcher({ userAgent: 'test', allowHosts: [web.host] });
  ends.push(
    () => fetcher.close(),
    () => web.close(),
  );
  const store = await openInMemory();
  const pipeline = createPipeline(
    { detector, places: config.places, feeds: [own], settings: pipelineSettings(config) },
    { store, clock: { now: () => now, sleep: async () => {} }, random: () => 0.5, fetcher },
  );
  const poll = async () => {
    now += hour;
    const { results, outcome } = await pipeline.poll(own);
    const alerts = results.flatMap(({ decision }) => decision?.alerts ?? []);
    return {
      outcome,
      alerts: alerts.map(({ alert }) => `${alert.event.finding.hosts} ${alert.event.finding.previousLevel}>${alert.event.finding.level}`),
    };
  };
  return { web, sheet, colours, store, poll, health: async () => healthOf(own, await store.cursor(own.id), now) };
}

describe('a list that comes in sheets', () => {
  test('every sheet is read, and a raise on the last one is told', async () => {
    const { web, colours, store, poll } = await readingTheDutch();
    expect(await poll()).toEqual({ outcome: 'read', alerts: [] });
    expect(web.asked.map(({ path }) => new URL(path, web.origin).searchParams.get('offset'))).toEqual(['0', '200']);
    const last = countries.at(-1) ?? '';
    expect(await store.advice(last)).toMatchObject([{ issuer: 'NL', level: 2 }]);
    colours.set(last, 'rood');
    expect((await poll()).alerts).toEqual([`${last} 2>4`]);
    expect((await poll()).alerts).toEqual([]);
  });

  test('a publisher that gives 25 rows whatever it is asked for is read to the end, also where the first sheet stands still', async () => {
    const { web, colours, store, poll } = await readingTheDutch(25);
    await poll();
    const sheets = Math.floor(countries.length / 25) + 1;
    expect(web.asked).toHaveLength(sheets);
    const last = countries.at(-1) ?? '';
    expect(await store.advice(last)).toMatchObject([{ level: 2 }]);
    colours.set(last, 'oranje');
    expect((await poll()).alerts).toEqual([`${last} 2>3`]);
    expect(web.asked).toHaveLength(2 * sheets);
  });

  test('a sheet that is refused, or asked for too fast, leaves the other’s rows alone and is said in health', async () => {
    const { web, sheet, colours, store, poll, health } = await readingTheDutch();
    await poll();
    const [first = '', last = ''] = [countries[0], countries.at(-1)];
    const refusing: Page = (request, response) =>
      request.url?.includes('offset=200') ? void response.writeHead(429, { 'retry-after': '7200' }).end() : sheet(request, response);
    web.serve({ '*': refusing });
    colours.set(first, 'rood');
    expect((await poll()).alerts).toEqual([`${first} 2>4`]);
    expect(await health()).toMatchObject({ state: 'slowed', unknown: '1 page not read: +200 (the publisher asks to slow down (429))' });
    expect(await store.advice(last)).toMatchObject([{ level: 2 }]);
    const before = web.asked.length;
    await poll();
    expect(
      web.asked
        .slice(before)
        .map(({ path }) => path)
        .join(),
    ).not.toContain('offset=200');
  });

  test('a publisher that refuses our name is a failure with its reason, and no all clear', async () => {
    const { web, store, poll, health } = await readingTheDutch();
    await poll();
    web.serve({ '*': (_, response) => void response.writeHead(403).end() });
    expect((await poll()).outcome).toBe('failed');
    expect(await health()).toMatchObject({ reason: 'the publisher refuses us (403)' });
    expect(await store.advice(countries[0] ?? '')).toMatchObject([{ level: 2 }]);
  });
});
