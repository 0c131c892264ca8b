import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openInMemory } from '../../../adapters/store/sqlite.ts';
import { listLines } from '../../../src/cli/feeds-probe.ts';
import { recording } from '../../../src/cli/record.ts';
import { readRecording } from '../../../src/cli/recording.ts';
import { createPlayer, inRounds } from '../../../src/cli/replay.ts';
import { pipelineSettings } from '../../../src/cli/setup.ts';
import { createFetcher } from '../../../src/collect/fetch.ts';
import { healthOf } from '../../../src/collect/health.ts';
import { createPipeline } from '../../../src/ingest/pipeline.ts';
import type { ItemResult } from '../../../src/ingest/results.ts';
import type { Feed } from '../../../src/model/feed.ts';
import type { Store } from '../../../src/ports/store.ts';
import { shippedDetector } from '../../support/detector.ts';
import { type GovUk, slugOf, startGovUk } from '../../support/gov-uk.ts';
import { shippedConfig } from '../../support/project.ts';

const config = shippedConfig();
const detector = shippedDetector();
const minute = 60_000;
const hour = 60 * minute;
const begun = Date.parse('2026-02-01T09:00:00Z');
const names = config.places.codes
  .map((code) => config.places.name(code))
  .filter((name) => /^[A-Z][a-z]+$/.test(name) && name !== 'Congo')
  .slice(0, 40);
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** The bot's reading of a gov.uk with forty countries, by a clock that is moved by hand. */
async function reading(record?: string) {
  let now = begun;
  const gov = await startGovUk(names, begun);
  const feed: Feed = {
    ...(config.feeds.find(({ id }) => id === 'uk-fcdo') as Feed),
    url: `${gov.web.origin}/foreign-travel-advice.atom`,
  };
  const clock = { now: () => now, sleep: async () => {} };
  const open = createFetcher({ userAgent: 'test', allowHosts: [gov.web.host] });
  const fetcher = record ? recording(open, record, [feed], clock) : open;
  ends.push(
    () => fetcher.close(),
    () => gov.web.close(),
  );
  const kept = await openInMemory();
  let crashes = 0;
  const store: Store = {
    ...kept,
    moveCursor: async (cursor) => {
      crashes -= 1;
      if (crashes === 0) throw new Error('the process ended here');
      await kept.moveCursor(cursor);
    },
  };
  const pipeline = createPipeline(
    { detector, places: config.places, feeds: [feed], settings: pipelineSettings(config) },
    { store, clock, random: () => 0.5, fetcher },
  );
  const poll = async (later = 5 * minute) => {
    now += later;
    return summary((await pipeline.poll(feed)).results);
  };
  const health = async () => healthOf(feed, await store.cursor(feed.id), now);
  /** Until every page was read once. */
  const settled = async () => {
    for (let round = 0; round < 4; round += 1) await poll();
    gov.asked();
  };
  const crash = () => {
    crashes = 1;
  };
  return { gov, feed, store, poll, health, settled, crash, at: () => now };
}

function summary(taken: readonly ItemResult[]) {
  return {
    told: taken.map(({ story }) => story.item.id.split(':').slice(1, 4).join(' ')),
    alerts: taken.flatMap(({ decision }) => decision?.alerts ?? []).map(({ alert }) => alert.headline),
  };
}

async function replayed(folder: string, feed: Feed) {
  const play = await createPlayer({ ...config, feeds: [feed] });
  const taken: ItemResult[] = [];
  for await (const { line, further } of inRounds(readRecording(folder, [feed]))) {
    if ('problem' in line) throw new Error(line.problem);
    taken.push(...(await play(line, further)).taken);
  }
  return summary(taken);
}

const changed = (gov: GovUk, slugs: readonly string[], at: number) => {
  for (const slug of slugs) gov.change(slug, at);
};
const avoid = (what: string) => [`avoid_${what}`];
const slugs = names.map(slugOf);
const [first = '', second = ''] = slugs;
const code = (slug: string) => config.places.country(names[slugs.indexOf(slug)] ?? '') ?? '';

describe('UK travel advice, page by page', () => {
  test('a start is no flood and no news: the pages are read a few at a time, and health says what is not known yet', async () => {
    const { gov, poll, store, health } = await reading();
    gov.change(first, begun - hour, { status: avoid('all_travel_to_whole_country') });
    expect(await poll()).toEqual({ told: [], alerts: [] });
    expect(gov.asked()).toHaveLength(16);
    expect(await health()).toMatchObject({ state: 'ok', unknown: 'levels of 25 of 40 countries still to be read' });
    for (let round = 0; round < 3; round += 1) expect(await poll()).toEqual({ told: [], alerts: [] });
    expect(new Set(gov.asked())).toHaveProperty('size', 25);
    expect((await health()).unknown).toBeUndefined();
    expect(await store.advice(code(first))).toMatchObject([{ issuer: 'GB', level: 4, nativeText: 'advises against all travel' }]);
    expect(await store.advice(code(second))).toMatchObject([{ issuer: 'GB', level: 1 }]);
  });

  test('twenty-nine countries change at once and the feed shows twenty: all are told once, two with their levels', async () => {
    const { gov, poll, settled, at } = await reading();
    await settled();
    const moved = slugs.slice(0, 29);
    changed(gov, moved, at() + minute);
    gov.change(first, at() + 2 * minute, { status: avoid('all_travel_to_whole_country') });
    gov.change(second, at() + 2 * minute, { status: avoid('all_but_essential_travel_to_parts') });
    const { told, alerts } = await poll();
    expect(told.toSorted()).toEqual(
      [`${code(first)} raised 4`, `${code(second)} raised 3`, ...moved.slice(2).map((slug) => `${code(slug)} text-changed 1`)].toSorted(),
    );
    expect(alerts).toHaveLength(2);
    expect(alerts.join()).toMatch(/CRITICAL.*UK raises travel advice: advises against all travel \(before: /);
    expect(gov.asked().toSorted()).toEqual(['*', ...moved].toSorted());
    for (let round = 0; round < 12; round += 1) expect(await poll()).toEqual({ told: [], alerts: [] });
    expect(gov.asked()).toEqual(['*']);
  });

  test('more than ten levels raised in one round leave as one message, live and in a replay', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attache-record-'));
    const { gov, poll, feed, settled, at } = await reading(folder);
    await settled();
    for (const slug of slugs.slice(0, 12)) gov.change(slug, at() + minute, { status: avoid('all_travel_to_whole_country') });
    const { alerts } = await poll();
    expect(alerts).toEqual([expect.stringContaining('12: many levels raised together')]);
    expect((await replayed(folder, feed)).alerts).toEqual(alerts);
  }, 30_000);

  test('what the feed passed by, the index tells within the hour', async () => {
    const { gov, poll, settled, at } = await reading();
    await settled();
    // Dated before the newest of the feed, so that twenty newer ones hide it.
    gov.change(first, begun - 25 * hour, { status: avoid('all_travel_to_whole_country') });
    const told = [];
    for (let round = 0; round < 13; round += 1) told.push(...(await poll()).told);
    expect(told).toEqual([`${code(first)} raised 4`]);
    expect(at() - begun).toBeLessThan(2 * hour);
  });

  test('a page that fails is tried again later, said in health, and its change is told once', async () => {
    const { gov, poll, settled, health, at } = await reading();
    await settled();
    gov.answer(first, (_, response) => void response.writeHead(500).end());
    gov.change(first, at() + minute, { status: avoid('all_travel_to_whole_country') });
    changed(gov, [second], at() + minute);
    expect((await poll()).told).toEqual([`${code(second)} text-changed 1`]);
    expect(await health()).toMatchObject({ state: 'ok', unknown: `1 page not read: ${first} (the publisher's server fails (500))` });
    gov.answer(first, undefined);
    const told = [];
    for (let round = 0; round < 4; round += 1) told.push(...(await poll()).told);
    expect(told).toEqual([`${code(first)} raised 4`]);
    expect((await health()).unknown).toBeUndefined();
  });

  test('where a page does not come for an hour the words of the list are told, and its level once it comes', async () => {
    const { gov, poll, settled, at } = await reading();
    await settled();
    gov.answer(first, (_, response) => void response.writeHead(500).end());
    gov.change(first, at() + minute, { status: avoid('all_travel_to_whole_country') });
    const told = [];
    for (let hours = 0; hours < 4; hours += 1) told.push(...(await poll(hour)).told);
    expect(told).toEqual([`${code(first)} text-changed -`]);
    gov.answer(first, undefined);
    for (let hours = 0; hours < 7; hours += 1) told.push(...(await poll(hour)).told);
    expect(told).toEqual([`${code(first)} text-changed -`, `${code(first)} raised 4`]);
  });

  test('a publisher that asks to slow down is left alone for as long as it asked', async () => {
    const { gov, poll, settled, at } = await reading();
    await settled();
    for (const slug of slugs) gov.answer(slug, (_, response) => void response.writeHead(429, { 'retry-after': '1800' }).end());
    changed(gov, slugs.slice(0, 10), at() + minute);
    expect((await poll()).told).toEqual([]);
    expect(gov.asked().length).toBeLessThanOrEqual(2);
    for (const slug of slugs) gov.answer(slug, undefined);
    for (let round = 0; round < 5; round += 1) expect((await poll()).told).toEqual([]);
    expect(gov.asked()).toEqual([]);
    const told = [];
    for (let round = 0; round < 3; round += 1) told.push(...(await poll()).told);
    expect(told.toSorted()).toEqual(
      slugs
        .slice(0, 10)
        .map((slug) => `${code(slug)} text-changed 1`)
        .toSorted(),
    );
  });

  test('a page that still shows what it said before is asked again until it shows the change', async () => {
    const { gov, poll, settled, health, at } = await reading();
    await settled();
    gov.change(first, at() + minute, { status: avoid('all_travel_to_whole_country'), page: 'late' });
    expect((await poll()).told).toEqual([]);
    expect((await health()).unknown).toContain('still shows what it said before its change');
    gov.catchUp(first);
    expect([...(await poll()).told, ...(await poll(10 * minute)).told]).toEqual([`${code(first)} raised 4`]);
  });

  test('a lowered level is told once it stood for 26 hours on its page, and a day of false calm is not', async () => {
    const { gov, poll, settled, at } = await reading();
    for (const slug of [first, second]) gov.change(slug, begun - hour, { status: avoid('all_travel_to_whole_country') });
    await settled();
    for (const slug of [first, second]) gov.change(slug, at() + minute, { status: [] });
    const told = [];
    for (let hours = 0; hours < 20; hours += 1) told.push(...(await poll(hour)).told);
    gov.change(second, at() + minute, { status: avoid('all_travel_to_whole_country') });
    for (let hours = 0; hours < 10; hours += 1) told.push(...(await poll(hour)).told);
    expect(told.toSorted()).toEqual([`${code(first)} lowered 1`, `${code(second)} text-changed 4`].toSorted());
  });

  test('advice for parts, then for the whole at the same level, then for parts again: three alerts, each its own way', async () => {
    const { gov, poll, settled, at } = await reading();
    await settled();
    const said: string[] = [];
    for (const status of [['avoid_all_travel_to_parts'], ['avoid_all_travel_to_whole_country'], ['avoid_all_travel_to_parts']]) {
      gov.change(first, at() + minute, { status });
      for (let hours = 0; hours < 28; hours += 1) said.push(...(await poll(hour)).alerts);
    }
    expect(said).toEqual([
      expect.stringMatching(/WARNING · .* · UK raises travel advice for parts of the country: advises against all travel/),
      expect.stringMatching(/CRITICAL · .* · UK raises travel advice: advises against all travel/),
      expect.stringMatching(
        / · UK lowers travel advice: no advice against travel; in parts: advises against all travel \(before: do not travel\)/,
      ),
    ]);
  });

  test('a crash after the telling and before the end of the round tells nothing twice', async () => {
    const { gov, poll, settled, crash, store, at } = await reading();
    await settled();
    for (const slug of [first, second]) gov.change(slug, at() + minute, { status: avoid('all_travel_to_whole_country') });
    crash();
    await expect(poll()).rejects.toThrow('the process ended here');
    expect(await store.events({ limit: 9 })).toHaveLength(2);
    for (let round = 0; round < 3; round += 1) expect(await poll()).toEqual({ told: [], alerts: [] });
    expect(await store.events({ limit: 9 })).toHaveLength(2);
  });

  test('a country that leaves the index stays as it was, and health says that it is unknown', async () => {
    const { gov, feed, poll, settled, health, store, at } = await reading();
    await settled();
    gov.remove(first);
    await poll(2 * hour);
    expect((await health()).unknown).toBe(`1 row missing from the list: ${names[0]} (unknown, not all clear)`);
    expect(listLines([feed], await store.cursors(), at()).join()).toContain(`ok (1 row missing from the list: ${names[0]}`);
    expect(await store.advice(code(first))).toMatchObject([{ level: 1 }]);
  });

  test('an embassy that suspends its work, in the words of the page, is told once while the words stand', async () => {
    const { gov, poll, settled, at } = await reading();
    gov.change(second, begun - hour, { text: `The British Embassy in ${names[1]} has suspended operations.` });
    await settled();
    gov.change(first, at() + minute, { text: `The British Embassy in ${names[0]} has suspended operations.` });
    gov.change(second, at() + minute, { text: `The British Embassy in ${names[1]} has suspended operations. Take care.` });
    const { alerts } = await poll();
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toContain(names[0]);
    gov.change(first, at() + minute, { text: `The British Embassy in ${names[0]} has suspended operations. Leave by road.` });
    expect((await poll()).alerts).toEqual([]);
  });

  test('what was recorded tells the same again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attache-record-'));
    const { gov, poll, feed, settled, at } = await reading(folder);
    await settled();
    changed(gov, slugs.slice(1, 29), at() + minute);
    gov.change(first, at() + minute, { status: avoid('all_travel_to_whole_country') });
    const live = await poll();
    const again = await replayed(folder, feed);
    expect(again.alerts).toEqual(live.alerts);
    expect(again.told.toSorted()).toEqual(live.told.toSorted());
    expect(live.alerts).toHaveLength(1);
  }, 30_000);
});
