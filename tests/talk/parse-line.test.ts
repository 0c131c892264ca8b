import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { english } from '../../src/i18n/en.ts';
import { commands } from '../../src/talk/commands.ts';
import { formatLine, listOf, phrasesOf, readLine } from '../../src/talk/parse-line.ts';
import { readDigest, readQuiet, readSeverity, readTopics } from '../../src/talk/read-options.ts';
import { readCountry, readPlaces } from '../../src/talk/read-places.ts';
import { readZone } from '../../src/talk/read-zone.ts';
import { places } from '../support/talk.ts';

const read = (line: string) => readLine(line, commands);

describe('a typed line', () => {
  test.each([
    ['subscribe Ukraine, South Sudan from US, UK', { places: 'Ukraine, South Sudan', from: 'US, UK' }],
    ['/attache SUBSCRIBE Ukraine MIN warning', { places: 'Ukraine', min: 'warning' }],
    ['@attache subscribe everywhere about evacuations', { places: 'everywhere', about: 'evacuations' }],
    ['subscribe Ukraine from US from UK', { places: 'Ukraine', from: 'US, UK' }],
    ['subscribe places:Lebanon from:US', { places: 'Lebanon', from: 'US' }],
    ['subscribe places: Lebanon min: notice', { places: 'Lebanon', min: 'notice' }],
    ['subscribe Lebanon --from=US,UK —min warning', { places: 'Lebanon', from: 'US,UK', min: 'warning' }],
    ['subscribe --places Guinea-Bissau -about evacuations', { places: 'Guinea-Bissau', about: 'evacuations' }],
    ['subscribe Mali with="airspace closed"', { places: 'Mali', with: '"airspace closed"' }],
    ['subscribe Mali with “airspace closed”, convoy', { places: 'Mali', with: '"airspace closed", convoy' }],
    ["subscribe Côte d'Ivoire without 'from the archive'", { places: "Côte d'Ivoire", without: '"from the archive"' }],
    ['embassy US in Ukraine', { government: 'US', in: 'Ukraine' }],
    ['settings digest weekly mon 07:30 quiet 23-07', { digest: 'weekly mon 07:30', quiet: '23-07' }],
    ['subscribe --from=US Ukraine', { from: 'US', places: 'Ukraine' }],
    ['subscribe --from=US, UK Ukraine', { from: 'US, UK Ukraine' }],
    ['subscribe --min=warning --from=US South Sudan', { min: 'warning', from: 'US', places: 'South Sudan' }],
    ['unmute Ukraine', { what: 'Ukraine off' }],
    ['unmute', {}],
    ['  list  ', {}],
  ])('%s', (line, options) => {
    const said = read(line);
    const tidy = 'command' in said ? said.options : said;
    expect(tidy).toEqual(options);
  });

  test('an unknown first word and words of no option are named, not swallowed', () => {
    expect(read('subcribe Mali')).toEqual({ unknown: 'subcribe' });
    expect(read('settings nonsense zone UTC')).toMatchObject({ unparsed: 'nonsense', options: { zone: 'UTC' } });
    expect(read('list please')).toMatchObject({ command: 'list', unparsed: 'please' });
    expect(read('')).toMatchObject({ command: 'help' });
  });

  test('whatever is typed gives a command of the table with options of that command, or an unknown word', () => {
    const pieces = fc.oneof(
      fc.constantFrom(
        'subscribe',
        'from',
        'from:',
        'with',
        '"',
        '“',
        '’',
        "'",
        ',',
        '/attache',
        '__proto__',
        'constructor',
        'in',
        'zone:x',
      ),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (words) => {
        const said = read(words.join(' '));
        if ('unknown' in said) {
          expect(said.unknown).not.toBe('');
          return;
        }
        const names = commands.find((one) => one.name === said.command)?.options.map((one) => one.name);
        for (const [name, value] of Object.entries(said.options)) {
          expect(names).toContain(name);
          expect(typeof value).toBe('string');
        }
      }),
    );
  });

  test('a button’s line is read as the command that it was made of, or there is no button', () => {
    const options = fc.record(
      { places: fc.string(), from: fc.string(), min: fc.constantFrom('info', 'critical') },
      { requiredKeys: ['places'] },
    );
    fc.assert(
      fc.property(options, (chosen) => {
        const line = formatLine({ command: 'subscribe', options: chosen }, commands);
        if (line !== undefined) expect(read(line)).toMatchObject({ command: 'subscribe', options: chosen });
      }),
    );
    expect(formatLine({ command: 'subscribe', options: { places: 'Niger, Chad', from: 'US' } }, commands)).toBe(
      'subscribe Niger, Chad from US',
    );
    expect(formatLine({ command: 'subscribe', options: { places: 'Mali min critical' } }, commands)).toBeUndefined();
  });

  test('lists and phrases take commas, and, quotes of all kinds', () => {
    expect(listOf('Ukraine, South Sudan and Mali; Chad')).toEqual(['Ukraine', 'South Sudan', 'Mali', 'Chad']);
    expect(phrasesOf('“airspace closed”, convoy and "no fly"')).toEqual(['airspace closed', 'convoy', 'no fly']);
  });
});

describe('places in a line', () => {
  test.each([
    ['Ukraine, South Sudan', ['UA', 'SS']],
    ['ukraine south sudan', ['UA', 'SS']],
    ['Bosnia and Herzegovina and Trinidad and Tobago', ['BA', 'TT']],
    ['the Gambia and the UK', ['GM', 'GB']],
    ['Sahel', ['BF', 'ML', 'NE', 'TD']],
    ['Mali, Sahel', ['ML', 'BF', 'NE', 'TD']],
    ['"South Sudan", Kyiv', ['SS', 'UA']],
    ['us', ['US']],
    ['🇺🇦, 🇬🇧', ['UA', 'GB']],
    ['Weißrussland', ['BY']],
    ['Weissrussland', ['BY']],
    ['South Korea, DR Congo', ['KR', 'CD']],
    ['US, UK', ['US', 'GB']],
  ])('%s', (text, codes) => expect(readPlaces(text, places)).toEqual({ countries: codes }));

  test('the first words that are no place are given as they were typed', () => {
    expect(readPlaces('Mali, Nigr and Chad', places)).toMatchObject({ countries: ['ML'], unknown: 'Nigr', listed: true });
    expect(readPlaces('Sudan airspace closed', places)).toEqual({
      countries: ['SD'],
      unknown: 'airspace closed',
      listed: false,
      rest: 'airspace closed',
    });
    // Small words of a sentence are no codes of countries (Norway, Italy, Iceland).
    expect(readPlaces('Ukraine airspace, Chad', places)).toMatchObject({ unknown: 'airspace', listed: false });
    expect(readPlaces('Mali no it is', places).countries).toEqual(['ML']);
  });

  test('names that two countries share are asked about', () => {
    expect(readPlaces('Mali, Congo', places)).toMatchObject({ countries: ['ML'], unknown: 'Congo', either: ['CD', 'CG'] });
    expect(readCountry('Korea', places)).toBeUndefined();
  });

  test('a slip of the finger is understood, another word is no country', () => {
    const near = (typed: string) => places.suggest(typed, 3).map(({ code }) => code);
    expect(near('Ukriane')).toContain('UA');
    expect(near('Lybia')).toContain('LY');
    expect(near('Phillipines')).toContain('PH');
    expect(near('Afganistan')).toContain('AF');
    for (const typed of ['Narnia', 'Wakanda', 'Gondor', 'Mordor']) expect(near(typed), typed).toEqual([]);
  });

  test('every country can be named by its English name, alone and in a list', () => {
    const all = places.codes.map((code) => places.name(code));
    for (const [index, code] of places.codes.entries()) expect(readCountry(all[index] ?? '', places), all[index]).toBe(code);
    const some = fc.uniqueArray(fc.constantFrom(...places.codes), { minLength: 1, maxLength: 5 });
    const joint = fc.constantFrom(', ', ' and ', '; ');
    fc.assert(
      fc.property(some, joint, (codes, between) => {
        const text = codes.map((code) => places.name(code)).join(between);
        expect(readPlaces(text, places)).toEqual({ countries: codes });
      }),
    );
  });
});

describe('values of options', () => {
  test('times of digests', () => {
    const cron = (text: string) =>
      'value' in readDigest(text, english.answers) ? (readDigest(text, english.answers) as { value: string | undefined }).value : 'problem';
    expect(cron('daily 08:00')).toBe('0 8 * * *');
    expect(cron('Daily at 7')).toBe('0 7 * * *');
    expect(cron('weekdays 6:30')).toBe('30 6 * * 1-5');
    expect(cron('weekly mon 07:30')).toBe('30 7 * * 1');
    expect(cron('weekly on Sunday 8 pm')).toBe('0 20 * * 0');
    expect(cron('daily 12am')).toBe('0 0 * * *');
    expect(cron('cron 0 8 1 * *')).toBe('0 8 1 * *');
    expect(cron('off')).toBeUndefined();
    for (const wrong of ['daily', 'daily 25:00', 'daily 8:61', 'weekly 8:00', 'weekly xyz 8:00', 'daily mon 08:00', 'daily 13pm', 'hourly'])
      expect(cron(wrong), wrong).toBe('problem');
  });

  test('quiet hours, severities, topics and zones', () => {
    expect(readQuiet('23-07', english.answers)).toEqual({ value: { from: 23, to: 7 } });
    expect(readQuiet('22:00 to 24', english.answers)).toEqual({ value: { from: 22, to: 0 } });
    expect(readQuiet('22:30-6.15', english.answers)).toEqual({ value: { from: 22.5, to: 6.25 } });
    expect(readQuiet('22:60-6', english.answers)).toHaveProperty('problem');
    expect(readQuiet('24:30-6', english.answers)).toHaveProperty('problem');
    expect(readQuiet('7-7', english.answers)).toHaveProperty('problem');
    expect(readQuiet('night', english.answers)).toHaveProperty('problem');
    expect(readSeverity('Warn', english.answers)).toEqual({ value: 3 });
    expect(readSeverity('3', english.answers)).toHaveProperty('problem');
    expect(readTopics('evacuations and embassy moves, airspace', english.answers)).toEqual({
      value: ['evacuations', 'embassy-moves', 'borders'],
    });
    expect(readTopics('a', english.answers)).toHaveProperty('problem');
    expect(readTopics('football', english.answers)).toEqual({ problem: expect.stringContaining('embassy-moves') });
    expect(readZone('europe/berlin', english.answers)).toEqual({ value: 'Europe/Berlin' });
    expect(readZone('Europe/Kiev', english.answers)).toEqual({ value: 'Europe/Kyiv' });
    expect(readZone('Europe/Kyiv', english.answers)).toEqual({ value: 'Europe/Kyiv' });
    expect(readZone('new york', english.answers)).toEqual({ value: 'America/New_York' });
    expect(readZone('+02:00', english.answers)).toHaveProperty('problem');
    expect(readZone('Mars/Base', english.answers)).toHaveProperty('problem');
  });

  test('no value, however odd, breaks the readers', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const reader of [readDigest, readQuiet, readSeverity, readTopics, readZone]) {
          const result = reader(text, english.answers);
          if ('problem' in result) expect(result.problem).not.toContain('\n');
        }
        readPlaces(text, places);
      }),
    );
  });
});
