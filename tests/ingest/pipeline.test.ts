import { describe, expect, test } from 'vitest';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import { pipelineSettings } from '../../src/cli/setup.ts';
import type { Fetcher, FetchOutcome } from '../../src/collect/fetch.ts';
import { createPipeline } from '../../src/ingest/pipeline.ts';
import type { Feed } from '../../src/model/feed.ts';
import { shippedDetector } from '../support/detector.ts';
import { shippedConfig } from '../support/project.ts';

const config = shippedConfig();
const detector = shippedDetector();
const hour = 3_600_000;

/** A pipeline over one publisher, whose next answers and whose clock are set by hand. */
async function over(kind: Feed['kind']) {
  let now = Date.parse('2026-02-01T09:00:00Z');
  let answer: FetchOutcome = { kind: 'unchanged' };
  const asked: { etag?: string }[] = [];
  const fetcher: Fetcher = {
    fetch: async (request) => {
      asked.push(request);
      return answer;
    },
    close: async () => {},
  };
  const feed: Feed = {
    id: 'f',
    url: 'http://gov.example/',
    kind,
    tier: 'official',
    source: 'US State Department',
    sender: 'US',
    reader: 'us-state',
    language: 'en',
    everyMinutes: 15,
    licence: '',
    attribution: '',
    terms: 'open',
    on: true,
  };
  const store = await openInMemory();
  const clock = { now: () => now, sleep: async () => {} };
  const pipeline = createPipeline(
    { detector, places: config.places, feeds: [feed], settings: pipelineSettings(config) },
    { store, clock, random: () => 0.5, fetcher },
  );
  const poll = async (text: string, hoursLater: number) => {
    now += hoursLater * hour;
    answer = { kind: 'document', bytes: Buffer.from(text), url: feed.url, status: 200, etag: '"same"' };
    const { results, outcome } = await pipeline.poll(feed);
    return {
      outcome,
      dropped: results.map((one) => one.dropped),
      alerts: results.flatMap(({ decision }) => decision?.alerts ?? []).map(({ alert }) => alert.headline),
    };
  };
  return { store, poll, asked, at: () => now };
}

const list = (levels: Readonly<Record<string, number>>, date = 'Thu, 01 Jan 2026') =>
  `<rss version="2.0"><channel><title>t</title><link>http://gov.example/</link><description/>${Object.entries(levels)
    .map(
      ([country, level]) =>
        `<item><title>${country} - Level ${level}: x</title><link>http://gov.example/${country}</link><pubDate>${date}</pubDate></item>`,
    )
    .join('')}</channel></rss>`;

const news = (items: readonly (readonly [string, string])[], at: number) =>
  `<rss version="2.0"><channel><title>t</title><link>http://n.example/</link><description/>${items.map(([id, title]) => `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><pubDate>${new Date(at).toUTCString()}</pubDate></item>`).join('')}</channel></rss>`;

describe('what happens to a document', () => {
  test('a register: the first read fills the ledger and is silent, a raise is told, the ledger follows', async () => {
    const { store, poll } = await over('register');
    expect((await poll(list({ Mali: 3, Niger: 4 }), 0)).alerts).toEqual([]);
    expect(await store.advice('ML')).toMatchObject([{ issuer: 'US', level: 3, tier: 'official' }]);
    expect((await poll(list({ Mali: 4, Niger: 4 }, 'Mon, 02 Feb 2026'), 24)).alerts).toEqual([
      expect.stringMatching(/CRITICAL · Mali · US raises travel advice/),
    ]);
    expect(await store.advice('ML')).toMatchObject([{ level: 4 }]);
  });

  test('a lowered level is believed once another list agrees, or after a week where the list stands still', async () => {
    const { poll } = await over('register');
    const lower = list({ Mali: 2 }, 'Mon, 02 Feb 2026');
    await poll(list({ Mali: 3 }), 0);
    expect((await poll(lower, 1)).alerts).toEqual([]);
    expect((await poll(lower, 10)).alerts).toEqual([]);
    expect((await poll(lower, 17)).alerts).toEqual([]);
    expect((await poll(lower, 6 * 24)).alerts).toEqual([expect.stringContaining('US lowers travel advice')]);
    expect((await poll(lower, 1)).alerts).toEqual([]);
    const both = (await over('register')).poll;
    await both(list({ Mali: 3, Niger: 4 }), 0);
    expect((await both(list({ Mali: 2, Niger: 4 }, 'Mon, 02 Feb 2026'), 1)).alerts).toEqual([]);
    expect((await both(list({ Mali: 2, Niger: 3 }, 'Mon, 02 Feb 2026'), 27)).alerts).toEqual([expect.stringContaining('Mali')]);
  });

  test('news: a baseline is silent and swallows nothing that comes after it', async () => {
    const { store, poll, at } = await over('news');
    const first = ['1', 'France closes embassy in Chad after attack'] as const;
    expect((await poll(news([first], at()), 0)).alerts).toEqual([]);
    expect(await store.events({ limit: 9 })).toHaveLength(1);
    const { alerts } = await poll(news([first, ['2', 'Germany closes embassy in Mali after attack']], at()), 1);
    expect(alerts).toEqual([expect.stringContaining('Mali')]);
    expect((await poll(news([first, ['2', 'Germany closes embassy in Mali after attack']], at() - hour), 1)).alerts).toEqual([]);
  });

  test('news: the oldest report of a document is the first of its event, in whatever order it lists them', async () => {
    const { store, poll, at } = await over('news');
    await poll(news([['old', 'Quiet day']], at()), 0);
    const dated = (id: string, title: string, hoursAgo: number) =>
      `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><pubDate>${new Date(at() - hoursAgo * hour).toUTCString()}</pubDate></item>`;
    const items = dated('late', 'France shuts its embassy in Bamako', 0) + dated('early', 'France closes its embassy in Mali', 2);
    await poll(`<rss version="2.0"><channel><title>t</title><link>http://n.example/</link><description/>${items}</channel></rss>`, 1);
    const [event] = await store.events({ countries: ['ML'], limit: 1 });
    expect(event?.sources.map(({ itemId }) => itemId)).toEqual(['early', 'late']);
  });

  test('a denial by an official takes back what was told, and one of what nobody told is no news', async () => {
    const { poll, at } = await over('news');
    await poll(news([['old', 'Quiet day']], at()), 0);
    const told = await poll(news([['a', 'France closes its embassy in Mali amid fighting near Bamako']], at()), 0);
    expect(told.alerts).toEqual([expect.stringMatching(/CRITICAL · Mali · France’s embassy closes/)]);
    const denied = await poll(news([['b', 'France denies closing its embassy in Mali']], at()), 1);
    expect(denied.alerts).toEqual([expect.stringMatching(/CORRECTION · not so · Mali/)]);
    const unheard = await poll(news([['c', 'Japan denies closing its embassy in Chad']], at()), 1);
    expect(unheard).toMatchObject({ alerts: [], dropped: ['denied'] });
  });

  test('a page that is no feed moves nothing but the feed’s health', async () => {
    const { store, poll } = await over('news');
    expect(await poll('<!doctype html><html><body>Just a moment</body></html>', 0)).toEqual({ outcome: 'failed', alerts: [], dropped: [] });
    expect(await store.cursor('f')).toMatchObject({ failures: 1 });
    expect((await store.cursor('f'))?.baselineAt).toBeUndefined();
  });
});
