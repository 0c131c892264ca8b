import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffRegister, holdsRipe, type RegisterDiff, type RegisterState } from '../../../src/collect/registers/diff.ts';
import { readRegister } from '../../../src/collect/registers/readers.ts';
import { storiesOf } from '../../../src/collect/registers/stories.ts';
import type { AdviceRow, Feed } from '../../../src/model/feed.ts';
import type { Level } from '../../../src/model/finding.ts';
import { shippedPlaces } from '../../support/project.ts';

const places = shippedPlaces();
const hour = 3_600_000;
const day = (date: string) => Date.parse(`${date}T09:00:00Z`);
const lorem = 'Exercise caution because of crime. '.repeat(12);

function row(country: string, level: 1 | 2 | 3 | 4, date = '2026-01-01', body = lorem): AdviceRow {
  return {
    issuer: 'US',
    countries: [country],
    level,
    nativeText: `Level ${level}`,
    regional: [],
    publishedAt: Date.parse(date),
    url: 'https://gov.example/',
    title: country,
    body,
  };
}

/** Reads one list after the other, a day apart unless told otherwise. No two are the same, as the lists of two days never are. */
function readInTurn(lists: readonly (readonly AdviceRow[])[], stepMs = 24 * hour): readonly RegisterDiff[] {
  return readAsTheyAre(
    lists.map((list, index) => [...list, { ...row('SN', 1), title: `Senegal ${index}` }]),
    stepMs,
  );
}

function readAsTheyAre(lists: readonly (readonly AdviceRow[])[], stepMs = 24 * hour): readonly RegisterDiff[] {
  let state: RegisterState | undefined;
  return lists.map((list, index) => {
    const diff = diffRegister(state, list, { now: day('2026-02-01') + index * stepMs, lowerHoldMs: 26 * hour, extent: 'list' });
    state = diff.state;
    return diff;
  });
}

const told = (diffs: readonly RegisterDiff[]) =>
  diffs.map(({ changes }) =>
    changes.map(
      ({ direction, previousLevel, reading }) => `${direction} ${reading.countries} ${previousLevel ?? '-'}>${reading.level ?? '-'}`,
    ),
  );

describe('a register read again', () => {
  test('the first read tells nothing, a raise is told at once and once', () => {
    expect(told(readInTurn([[row('ML', 3)], [row('ML', 4, '2026-02-02')], [row('ML', 4, '2026-02-02')]]))).toEqual([
      [],
      ['raised ML 3>4'],
      [],
    ]);
  });

  test('a lowered level is told once it has stood for 26 hours on every read', () => {
    const lists = [[row('ML', 4)], [row('ML', 3, '2026-02-02')], [row('ML', 3, '2026-02-02')], [row('ML', 3, '2026-02-02')]];
    const diffs = readInTurn(lists);
    expect(told(diffs)).toEqual([[], [], [], ['lowered ML 4>3']]);
    expect(diffs[1]?.held).toEqual([{ countries: ['ML'], from: 4, to: 3, reason: 'held' }]);
  });

  test('one stale copy that stands still for days is not believed: another list must agree', () => {
    const before = [row('ST', 3), row('ML', 2)];
    const stale = [row('ST', 2, '2026-02-02'), row('ML', 2)];
    expect(told(readAsTheyAre([before, stale, stale, stale, before])).flat()).toEqual([]);
    const agreeing = [row('ST', 2, '2026-02-02'), row('ML', 3, '2026-02-04')];
    expect(told(readAsTheyAre([before, stale, stale, agreeing]))).toEqual([[], [], [], ['lowered ST 3>2', 'raised ML 2>3']]);
    // What nobody touched for a week is no stale copy.
    expect(told(readAsTheyAre([before, ...Array<typeof stale>(9).fill(stale)])).flat()).toEqual(['lowered ST 3>2']);
  });

  test('a list that is unchanged is read again for a lower level only after a week, a page once it has stood', () => {
    const rules = { now: day('2026-02-03'), lowerHoldMs: 26 * hour };
    const held = (extent: 'list' | 'page') => {
      const read = (state: RegisterState | undefined, level: Level, date: string) =>
        diffRegister(state, [row('ML', level, date)], { ...rules, now: day(date), extent }).state;
      return read(read(undefined, 3, '2026-02-01'), 2, '2026-02-02');
    };
    const ripeAfter = (extent: 'list' | 'page', hours: number) =>
      holdsRipe(held(extent), { ...rules, now: day('2026-02-02') + hours * hour });
    expect([ripeAfter('page', 25), ripeAfter('page', 26)]).toEqual([false, true]);
    expect([ripeAfter('list', 26), ripeAfter('list', 7 * 24)]).toEqual([false, true]);
  });

  test('a false downgrade of a day, with today’s date, is never told, nor is its end', () => {
    const lists = [[row('KP', 4)], [row('KP', 1, '2026-02-02')], [row('KP', 4)], [row('KP', 4)]];
    expect(told(readInTurn(lists)).flat()).toEqual([]);
    expect(readInTurn(lists).at(-1)?.state.rows['US:KP']?.level).toBe(4);
  });

  test('a row without its text is not believed, whatever level stands beside it', () => {
    const others = ['ML', 'NE', 'TD'].map((country) => row(country, 2));
    const placeholder = row('KP', 1, '2026-02-02', 'Exercise normal precautionSummary not available');
    const diffs = readInTurn([
      [row('KP', 4), ...others],
      [placeholder, ...others],
      [placeholder, ...others],
      [placeholder, ...others],
    ]);
    expect(told(diffs).flat()).toEqual([]);
    expect(diffs[2]?.held).toEqual([{ countries: ['KP'], from: 4, to: 1, reason: 'placeholder' }]);
  });

  test('stale copies that alternate with new ones are told once', () => {
    const old = [row('UG', 3, '2026-01-01')];
    const fresh = [row('UG', 4, '2026-02-01')];
    expect(told(readInTurn([old, fresh, old, fresh, old, fresh])).flat()).toEqual(['raised UG 3>4']);
  });

  test('mass re-dating is no news', () => {
    const codes = places.codes.slice(0, 40);
    const diffs = readInTurn([codes.map((code) => row(code, 2)), codes.map((code) => row(code, 2, '2026-02-02'))]);
    expect(told(diffs).flat()).toEqual([]);
    expect(diffs[1]?.held.every(({ reason }) => reason === 'redated')).toBe(true);
  });

  test('after a mass re-dating a true reissue is told, and the dates it gave stay no news', () => {
    const codes = places.codes.slice(0, 40);
    const [one = '', ...others] = codes;
    const redated = (code: string) => row(code, 2, '2026-02-02');
    const diffs = readInTurn([
      codes.map((code) => row(code, 2)),
      codes.map(redated),
      codes.map(redated),
      [row(one, 2, '2026-02-04'), ...others.map(redated)],
    ]);
    expect(told(diffs)).toEqual([[], [], [], [`reissued ${one} 2>2`]]);
    expect(diffs[2]?.held).toEqual([]);
  });

  test('a lowered level must stand on every read: a list without the row, or a row without its text, starts the wait again', () => {
    const others = ['NE', 'TD', 'BF'].map((country) => row(country, 2));
    const lower = [row('ML', 3, '2026-02-02'), ...others];
    const placeholder = [row('ML', 3, '2026-02-02', 'Summary not available'), ...others];
    for (const between of [others, placeholder]) {
      const lists = [[row('ML', 4), ...others], lower, between, lower, lower, lower];
      expect(told(readInTurn(lists))).toEqual([[], [], [], [], [], ['lowered ML 4>3']]);
    }
  });

  test('parts of a country: stricter advice is told at once, milder once it stood', () => {
    const inParts = (level?: 3 | 4): AdviceRow => ({ ...row('ML', 2), regional: level ? [{ level, nativeText: `parts ${level}` }] : [] });
    const diffs = readInTurn([[inParts()], [inParts(3)], [inParts(4)], [inParts()], [inParts(4)], [inParts()], [inParts()], [inParts()]]);
    const parts = diffs.map(({ changes }) => changes.map(({ direction, regional, previousLevel }) => [direction, regional, previousLevel]));
    expect(parts).toEqual([[], [['raised', true, undefined]], [['raised', true, 3]], [], [], [], [], [['lowered', true, 4]]]);
  });

  test('a level stated for the first time is no change, nor are its parts; a list without levels leaves them alone', () => {
    const listed: AdviceRow = { issuer: 'GB', countries: ['ML'], nativeText: '', regional: [], url: '', title: 'Mali', publishedAt: 1_000 };
    const page: AdviceRow = { ...listed, level: 3, nativeText: 'x', regional: [{ level: 4, nativeText: 'y' }] };
    const newer = { ...listed, publishedAt: 2_000 };
    const diffs = readInTurn([[listed], [page], [newer], [page]]);
    expect(told(diffs).flat()).toEqual([]);
    expect(diffs.at(-1)?.state.rows['GB:ML']).toMatchObject({ level: 3, regional: [{ level: 4 }] });
  });

  test('whatever a row shows: each change starts where the last one ended, and nothing milder is told before it stood', () => {
    const shown = fc.record({
      level: fc.constantFrom<Level>(1, 2, 3, 4),
      date: fc.constantFrom('2026-01-01', '2026-01-15', '2026-02-01'),
      body: fc.constantFrom(lorem, `${lorem}More.`, 'Summary not available'),
      there: fc.boolean(),
    });
    const others = ['NE', 'TD', 'BF', 'SN'].map((country) => row(country, 2));
    const step = 10 * hour;
    fc.assert(
      fc.property(fc.array(shown, { maxLength: 12 }), (seen) => {
        const lists = seen.map(({ level, date, body, there }) => (there ? [row('ML', level, date, body), ...others] : others));
        const diffs = readInTurn(lists, step);
        let held: Level | undefined;
        for (const [index, { changes, state }] of diffs.entries()) {
          for (const { direction, previousLevel, reading } of changes) {
            expect(previousLevel).toBe(held);
            if (direction === 'raised') expect(reading.level).toBeGreaterThan(held ?? 4);
            if (direction !== 'lowered') continue;
            expect(reading.level).toBeLessThan(held ?? 0);
            // 26 hours are three steps of ten.
            const stood = seen.slice(index - 3, index);
            expect(stood.every(({ there, level, body }) => there && level === reading.level && body.length > 60)).toBe(true);
          }
          held = state.rows['US:ML']?.level;
        }
      }),
    );
  });

  test('reissued, re-worded and unchanged are told apart, and a row that vanishes is unknown', () => {
    const diffs = readInTurn([
      [row('ML', 3), row('NE', 3), row('TD', 3)],
      [row('ML', 3, '2026-02-02'), row('NE', 3, '2026-01-01', `${lorem} New words.`)],
    ]);
    expect(told(diffs)[1]).toEqual(['reissued ML 3>3', 'text-changed NE 3>3']);
    expect(diffs[1]?.vanished).toEqual([['TD']]);
    expect(diffs[1]?.state.rows['US:TD']?.level).toBe(3);
  });

  test('many raises leave together, and say so', () => {
    const codes = places.codes.slice(0, 12);
    const diffs = readInTurn([codes.map((code) => row(code, 2)), codes.map((code) => row(code, 3, '2026-02-02'))]);
    const feed = { id: 'us-state', sender: 'US', language: 'en', source: 'US State Department' } as Feed;
    const stories = storiesOf(diffs[1]?.changes ?? [], feed, day('2026-02-02'), 10);
    expect(stories).toHaveLength(1);
    expect(stories[0]).toMatchObject({ bundledLevels: 12, item: { title: '12 levels raised together; unusual, check the source' } });
    expect(stories[0]?.findings[0]?.hosts).toHaveLength(12);
  });
});

describe('readers', () => {
  const reads = async (reader: string, text: string) => {
    const result = await readRegister({ reader } as Feed, { bytes: Buffer.from(text), url: 'https://gov.example/' }, places);
    return 'problem' in result
      ? result.problem
      : result.readings.map(
          ({ countries, level, nativeText, regional }) =>
            `${countries} ${level ?? '-'} ${nativeText}${regional.map((one) => ` part ${one.level}`).join('')}`,
        );
  };
  const rss = (items: string) =>
    `<?xml version="1.0"?><rss version="2.0" xmlns:ta="http://gov.example/ta"><channel><title>t</title><link>https://gov.example/</link><description/>${items}</channel></rss>`;

  test('US: level and country by the title, a row of several countries, no level no row', async () => {
    const item = (title: string) =>
      `<item><title>${title}</title><link>https://gov.example/a</link><pubDate>Tue, 08 Sep 2026</pubDate></item>`;
    expect(
      await reads(
        'us-state',
        rss(
          [
            'Chad - Level 4: Do Not Travel',
            'Burma (Myanmar) Travel Advisory - Level 4',
            'Israel, the West Bank and Gaza - See Summaries - Level 3: Reconsider Travel',
            'Worldwide Caution',
          ]
            .map(item)
            .join(''),
        ),
      ),
    ).toEqual(['TD 4 Level 4: Do Not Travel', 'MM 4 Level 4: Do Not Travel', 'IL,PS 3 Level 3: Reconsider Travel']);
  });

  test('UK: a page states the whole and the parts; the Atom feed states no level', async () => {
    const page = (status: readonly string[]) =>
      JSON.stringify({
        title: 'Mali travel advice',
        public_updated_at: '2026-01-01T00:00:00Z',
        details: { country: { name: 'Mali' }, alert_status: status },
      });
    expect(await reads('uk-fcdo', page(['avoid_all_travel_to_parts', 'avoid_all_but_essential_travel_to_whole_country']))).toEqual([
      'ML 3 advises against all but essential travel part 4',
    ]);
    expect(await reads('uk-fcdo', page([]))).toEqual(['ML 1 no advice against travel']);
    const atom =
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>a#1</id><title>Mali</title><updated>2026-01-02T00:00:00Z</updated><summary>New words.</summary></entry></feed>';
    expect(await reads('uk-fcdo', atom)).toEqual(['ML - ']);
  });

  test('Canada, Australia, Germany, Netherlands (documents written by hand after their descriptions)', async () => {
    const canada = {
      data: { AF: { 'advisory-state': 3, eng: { name: 'Afghanistan', 'advisory-text': 'Avoid all travel' } }, ZZ: { 'advisory-state': 9 } },
    };
    expect(await reads('ca-gac', JSON.stringify(canada))).toEqual(['AF 4 Avoid all travel']);
    const australia = ['4', '4/5', '5/5'].map(
      (level, index) =>
        `<item><title>${['Iraq', 'Chad', 'Mali'][index]}</title><ta:level>${level}</ta:level><pubDate>27 Mar 2025 23:00:00 AEDT</pubDate></item>`,
    );
    expect(await reads('au-dfat', rss(australia.join('')))).toEqual([
      'IQ 4 Do not travel',
      'TD 3 Reconsider your need to travel',
      'ML 4 Do not travel',
    ]);
    const flags = { warning: false, partialWarning: true, situationWarning: false, situationPartWarning: false };
    const germany = {
      response: {
        lastModified: 1,
        contentList: ['1'],
        '1': { lastModified: 1, title: 'Mali: Teilreisewarnung', countryCode: 'ML', ...flags },
      },
    };
    expect(await reads('de-aa', JSON.stringify(germany))).toEqual(['ML 1 Reise- und Sicherheitshinweise part 4']);
    const dutch = [
      { location: 'Oekraïne', introduction: '<p>De kleurcode van het reisadvies is rood.</p>' },
      { location: 'Mali', introduction: '<p>De kleurcode is geel.</p><p>In het grensgebied met Niger is de kleurcode rood.</p>' },
      { location: 'Congo (Republiek)', introduction: '<p>Voor de rest van het land is de kleurcode oranje.</p>' },
    ];
    expect(await reads('nl-bz', JSON.stringify(dutch))).toEqual([
      'UA 4 rood: niet reizen',
      'ML 2 geel: let op, veiligheidsrisico’s part 4',
      'CG 3 oranje: alleen noodzakelijke reizen',
    ]);
  });

  test('whatever the bytes are: rows or one reason, and nothing is thrown', async () => {
    const key = fc.constantFrom(
      'response',
      'data',
      'links',
      'children',
      'details',
      'parts',
      'body',
      'title',
      'location',
      'introduction',
      'eng',
      'ML',
    );
    const value = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any')),
        fc.dictionary(key, tie('any')),
      ),
    })).any;
    const texts = fc.oneof(
      value.map((one) => JSON.stringify(one)),
      fc.string({ unit: 'binary' }).map((inside) => rss(`<item><title>${inside}</title><ta:level>${inside}</ta:level></item>`)),
      fc.string({ unit: 'binary' }),
    );
    const reader = fc.constantFrom('us-state', 'uk-fcdo', 'ca-gac', 'au-dfat', 'de-aa', 'nl-bz');
    await fc.assert(fc.asyncProperty(reader, texts, async (name, text) => void expect(await reads(name, text)).toBeDefined()));
  });

  test('a register’s own names: two Congos, islands that share a code, dates of another zone and of another year', async () => {
    const atom = (title: string, updated: string) => `<entry><id>${title}</id><title>${title}</title><updated>${updated}</updated></entry>`;
    const feed = ['Congo', 'Democratic Republic of the Congo', 'Pitcairn Island'].map((title) => atom(title, '2026-01-02T00:00:00Z'));
    expect(await reads('uk-fcdo', `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>${feed.join('')}</feed>`)).toEqual([
      'CG - ',
      'CD - ',
      'PN - ',
    ]);
    const dated = async (text: string) => {
      const item = `<item><title>Iraq</title><ta:level>5/5</ta:level><pubDate>${text}</pubDate></item>`;
      const document = { bytes: Buffer.from(rss(item)), url: '', fetchedAt: Date.parse('2025-03-27T13:00:00Z') };
      const result = await readRegister({ reader: 'au-dfat' } as Feed, document, places);
      return 'readings' in result ? result.readings[0]?.publishedAt : undefined;
    };
    expect(await dated('27 Mar 2025 23:00:00 AEDT')).toBe(Date.parse('2025-03-27T12:00:00Z'));
    expect(await dated('28 Mar 2025')).toBe(Date.parse('2025-03-28T00:00:00Z'));
    expect(await dated('1 Jan 2031')).toBeUndefined();
  });

  test('an empty list is unknown, not all clear', async () => {
    expect(await reads('de-aa', '{"response":{"lastModified":1,"contentList":[]}}')).toBe('an empty list: unknown, not all clear');
    expect(await reads('us-state', '<html><body>Please wait</body></html>')).toBe('an HTML page instead of a feed');
  });
});
