import { describe, expect, test } from 'vitest';
import { openInMemory } from '../../../adapters/store/sqlite.ts';
import { pipelineSettings } from '../../../src/cli/setup.ts';
import type { RegisterState } from '../../../src/collect/registers/diff.ts';
import { createPipeline } from '../../../src/ingest/pipeline.ts';
import type { Feed } from '../../../src/model/feed.ts';
import { shippedDetector } from '../../support/detector.ts';
import { shippedConfig } from '../../support/project.ts';

const config = shippedConfig();
const detector = shippedDetector();
const feed = config.feeds.find(({ id }) => id === 'us-state') as Feed;
const advice = 'Exercise caution because of crime. '.repeat(12);
const ordered = (country: string) =>
  `On March 2, 2026, the Department of State ordered non-emergency U.S. government personnel and family members to depart ${country}.`;

type Row = readonly [country: string, level: number, day: number, text: string];

const document = (rows: readonly Row[]) =>
  `<rss version="2.0"><channel><title>t</title><link>https://gov.example/</link><description/>${rows
    .map(
      ([country, level, day, text]) =>
        `<item><title>${country} - Level ${level}: x</title><link>https://gov.example/${country}</link><pubDate>${new Date(Date.UTC(2026, 2, day)).toUTCString()}</pubDate><description><![CDATA[<p>${text}</p>]]></description></item>`,
    )
    .join('')}</channel></rss>`;

/** Reads one list a day from 1 March 2026; gives what each day alerted: kind, country, level before and now. */
async function daily(...lists: readonly (readonly Row[])[]) {
  let now = Date.parse('2026-03-01T09:00:00Z');
  const store = await openInMemory();
  const fetcher = { fetch: () => Promise.reject(new Error('asks nobody')), close: async () => {} };
  const clock = { now: () => now, sleep: async () => {} };
  const pipeline = createPipeline(
    { detector, places: config.places, feeds: [feed], settings: pipelineSettings(config) },
    { store, clock, random: () => 0.5, fetcher },
  );
  let register: RegisterState | undefined;
  const days: string[][] = [];
  for (const list of lists) {
    const taken = await pipeline.ingestDocument(
      feed,
      { bytes: Buffer.from(document(list)), url: feed.url },
      { baseline: !register, ...(register && { register }) },
    );
    if ('problem' in taken) throw new Error(taken.problem);
    register = taken.register;
    days.push(
      taken.results
        .flatMap(({ decision }) => decision?.alerts ?? [])
        .map(({ alert: { event } }) => {
          const { kind, sender, hosts, level, previousLevel } = event.finding;
          return [kind, sender, hosts.join('+'), ...(previousLevel === undefined ? [] : [`${previousLevel}>${level}`])].join(' ');
        }),
    );
    now += 24 * 3_600_000;
  }
  return { days, store };
}

describe('what a row’s text says of the issuer’s missions', () => {
  test('an ordered departure is told in the issuer’s name, beside the raised level, once while the text says it', async () => {
    const { days, store } = await daily(
      [['Bahrain', 3, 1, advice]],
      [['Bahrain', 4, 2, advice + ordered('Bahrain')]],
      [['Bahrain', 4, 3, `${advice}${ordered('Bahrain')} More words.`]],
    );
    expect(days).toEqual([[], ['travel-advisory US BH 3>4', 'staff-departure-ordered US BH'], []]);
    expect(await store.postures('BH', 'US')).toMatchObject([{ posture: 'ordered' }]);
  });

  test('it is told where the level stands, too, and a raise later is told by itself', async () => {
    const { days } = await daily(
      [['Qatar', 3, 1, advice]],
      [['Qatar', 3, 2, advice + ordered('Qatar')]],
      [['Qatar', 4, 3, `${advice}${ordered('Qatar')} Do not travel.`]],
    );
    expect(days).toEqual([[], ['staff-departure-ordered US QA'], ['travel-advisory US QA 3>4']]);
  });

  test('a first reading, a text that was there before, and an act of years ago tell nothing', async () => {
    const suspended = 'In February 2015, the U.S. Embassy in Sana’a suspended its operations.';
    const { days } = await daily(
      [
        ['Qatar', 3, 1, advice + ordered('Qatar')],
        ['Yemen', 4, 1, advice],
      ],
      [
        ['Qatar', 3, 2, `New words first. ${advice}${ordered('Qatar')}`],
        ['Yemen', 4, 2, `${advice}${suspended}`],
      ],
    );
    expect(days).toEqual([[], []]);
  });

  test('what a first text says is no news, but the ledger knows it', async () => {
    const consulates = 'All U.S. consulates in Russia have suspended operations.';
    const { days, store } = await daily([
      [
        'Haiti',
        4,
        1,
        `${advice}In July 2023, the Department of State ordered non-emergency U.S. government employees to leave the country.`,
      ],
      ['Russia', 4, 1, advice + consulates],
    ]);
    expect(days).toEqual([[]]);
    expect(await store.postures('HT', 'US')).toMatchObject([{ posture: 'ordered', tier: 'official' }]);
    expect(await store.postures('RU', 'US')).toEqual([]);
  });

  test('the end of an ordered departure is no ordered departure', async () => {
    const { days } = await daily(
      [['Iraq', 4, 1, advice]],
      [['Iraq', 4, 2, `${advice}Updated to reflect the lifting of ordered departure of non-emergency U.S. government personnel.`]],
    );
    expect(days).toEqual([[], []]);
  });

  test('suspended operations are told; what it says of another country’s mission or of companies is not', async () => {
    const { days } = await daily(
      [
        ['Kuwait', 3, 1, advice],
        ['Oman', 3, 1, advice],
      ],
      [
        ['Kuwait', 3, 2, `${advice}The U.S. Embassy in Kuwait has suspended operations until the end of March 2026.`],
        ['Oman', 3, 2, `${advice}The U.S. Embassy in Yemen suspended operations on March 1, 2026. Airlines have suspended operations.`],
      ],
    );
    expect(days).toEqual([[], ['embassy-suspension US KW']]);
  });

  test('one row of several countries tells of all of them', async () => {
    const { days } = await daily(
      [['Israel, the West Bank and Gaza', 3, 1, advice]],
      [['Israel, the West Bank and Gaza', 4, 2, `${advice}New.`]],
    );
    expect(days).toEqual([[], ['travel-advisory US IL+PS 3>4']]);
  });
});
