import { describe, expect, test } from 'vitest';
import { detectorParts } from '../src/cli/detector.ts';
import { checkPlaces, type PlacesReport, reportPlaces } from '../src/cli/places.ts';
import { createPlaces, readPlaces } from '../src/places.ts';
import { shippedConfig, shippedPlaces, whole } from './support/project.ts';

const places = shippedPlaces({ Sahel: ['ML', 'NE'] });

describe('places', () => {
  test.each([
    ['Ukraine', 'UA'],
    ['ivory coast', 'CI'],
    ['Côte d’Ivoire', 'CI'],
    ['UK', 'GB'],
    ['u.s.', 'US'],
    ['Burma', 'MM'],
    ['türkiye', 'TR'],
    ['Turkey', 'TR'],
    ['kosovo', 'XK'],
    ['DRC', 'CD'],
    ['Deutschland', 'DE'],
    ['日本', 'JP'],
    ['Украина', 'UA'],
    ['ml', 'ML'],
  ])('%s is %s', (typed, code) => expect(places.country(typed)).toBe(code));

  test('a region stands for its countries, a demonym is no country to subscribe to', () => {
    expect(places.countries('sahel')).toEqual(['ML', 'NE']);
    expect(places.country('Malian')).toBeUndefined();
  });

  test('old and new spellings of a city are one place', () => {
    expect(places.city('Kiev')).toEqual({ name: 'Kyiv', country: 'UA' });
    expect(places.city('Lvov')).toEqual(places.city('Lviv'));
  });

  test('a misspelt name suggests its neighbours, nearest first', () => {
    expect(places.suggest('Nigr', 3).map((one) => one.name)).toEqual(expect.arrayContaining(['Niger']));
    expect(places.suggest('ukr', 1)).toEqual([{ code: 'UA', name: 'Ukraine' }]);
    expect(places.suggest('qqqqqq', 5)).toEqual([]);
  });

  test('every country of the norm has an English name and one in each further language', () => {
    for (const language of ['en', 'fr', 'es', 'de', 'it', 'pt', 'pl', 'uk', 'ru', 'ar', 'zh', 'ja']) {
      const named = new Set(places.entries.filter((one) => one.role === 'country' && one.language === language).map((one) => one.country));
      expect(places.codes.filter((code) => !named.has(code))).toEqual([]);
    }
    expect(places.codes.length).toBeGreaterThanOrEqual(245);
  });

  test('a wrong line is named', () => {
    expect(readPlaces('Kabul\ttown\tAF\tKabul\ten')).toEqual({ problems: [expect.stringMatching(/^1: found "Kabul/)] });
  });
});

describe('attache places check', () => {
  const config = shippedConfig();
  const { lexicons } = whole(detectorParts(config)).parts;
  const answer = (report: PlacesReport) => {
    const lines: string[] = [];
    return { code: reportPlaces(report, (line) => lines.push(line)), said: lines.join('\n') };
  };

  test('every country of the norm is found by its name in every language, typed and read, and so are its people', () => {
    const { code, said } = answer(checkPlaces(config.places, lexicons));
    expect(said).toContain('Every name leads to its country.');
    expect(said).toMatch(/^24\d countries by their names in 12 languages/);
    expect(code).toBe(0);
    // And what means several things is listed with what it is taken for.
    expect(said).toMatch(/never read as cities: .*Reading/);
    expect(said).toMatch(/counted only where a frame needs .*Georgia \(GE\)/);
  });

  test('a name that leads nowhere, or elsewhere, is named and ends in 1', () => {
    const missing = config.places.entries.filter(({ country, language }) => !(country === 'FJ' && language === 'ja'));
    const stolen = { text: 'Tuvalu', role: 'alias', country: 'NR', name: 'Nauru', language: 'de', exact: false, ambiguous: false } as const;
    const { code, said } = answer(checkPlaces(createPlaces([stolen, ...missing.filter(({ country }) => country !== 'MV')], []), []));
    expect(code).toBe(1);
    expect(said).toContain('ja: FJ has no name');
    expect(said).toContain('MV: no such country in config/places.tsv');
    expect(said).toContain('“Tuvalu” of TV is taken for NR where it is typed');
  });
});
