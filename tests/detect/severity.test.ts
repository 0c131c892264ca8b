/** How grave a mission's move is: by the danger that the text names, not by one list of verbs. Headlines are written. */

import { describe, expect, test } from 'vitest';
import { detectorParts } from '../../src/cli/detector.ts';
import { createDetector } from '../../src/detect/detector.ts';
import { alertsOf, brief, shippedDetector, shippedParts } from '../support/detector.ts';
import { shippedConfig } from '../support/project.ts';

const detector = shippedDetector();
const read = (text: string) => {
  const [title = '', summary] = text.split(' || ');
  return alertsOf(detector, title, summary === undefined ? {} : { summary })[0];
};

describe('a mission that moves, closes or stops', () => {
  test.each([
    [4, 'US moves its embassy in Ukraine from Kyiv to Lviv || The State Department pointed to the build-up of Russian forces.'],
    [4, 'US temporarily relocates embassy operations from Kyiv to Lviv as Russian forces mass on the border'],
    [4, 'US shuts embassy in Kyiv, citing potential significant air attack'],
    [4, 'Spain closes embassy in Bamako after jihadist attack'],
    [4, 'Netherlands shuts embassy in Niamey after attack'],
    [4, 'Norway suspends operations at embassy in Khartoum || Fighting has reached the city centre.'],
    [3, 'Spain closes embassy in Bamako'],
    [3, 'US relocates embassy in Niger from Niamey to Agadez'],
    [3, 'Denmark suspends operations at its embassy in Juba'],
    [2, 'Ireland closes embassy in Tehran as lease ends'],
    [2, 'Finland to close its embassy in Lusaka in budget cuts'],
    [2, 'Sweden moves embassy in Rome to new building'],
    [4, 'L’Espagne ferme son ambassade à Bamako après une attaque djihadiste'],
    [2, 'Dänemark schließt Botschaft in Windhuk wegen Sparmaßnahmen'],
    [3, 'Polska zamyka ambasadę w Harare'],
  ])('%i: %s', (severity, text) => {
    expect(read(text)?.severity).toBe(severity);
  });

  test.each([
    [2, 'US to move its embassy in Niger from Niamey to Agadez'],
    [2, 'U.S. to close embassy in Kyiv'],
    [3, 'U.S. to close embassy in Kyiv as war spreads'],
    [2, 'Finland to close embassy in Lusaka when lease ends'],
    [1, 'Kenya to open embassy in Rabat'],
  ])('planned is one step less, and no less than a notice: %i: %s', (severity, text) => {
    expect(read(text)).toMatchObject({ status: 'planned', severity });
  });

  test('"the move is temporary" in the summary', () => {
    expect(read('US moves its embassy in Ukraine from Kyiv to Lviv || Officials said the move is temporary.')?.temporary).toBe(true);
    expect(read('US moves its embassy in Ukraine from Kyiv to Lviv || Officials said nothing more.')?.temporary).toBeUndefined();
  });
});

test.each([
  [4, 'Rocket attack on US embassy in Baghdad'],
  [3, 'Explosion at US embassy in Oslo causes minor damage'],
  [3, 'Shots fired near US consulate in Toronto, nobody hurt'],
  [2, 'Protester climbs onto balcony of Iranian embassy in London'],
])('an attack by what it did: %i: %s', (severity, text) => {
  expect(read(text)).toMatchObject({ kind: 'mission-attack', severity });
});

describe('from where to where', () => {
  test.each([
    ['US to move its embassy to Jerusalem', undefined, 'Jerusalem'],
    ['US diplomats leave Kyiv for Lviv', 'Kyiv', 'Lviv'],
    ['US orders embassy staff to leave Kyiv for Lviv', 'Kyiv', 'Lviv'],
    ['US orders embassy staff to leave Kyiv for security reasons', 'Kyiv', undefined],
    ['La France transfère son ambassade à Lviv', undefined, 'Lviv'],
    ['US moves embassy in Ukraine from Kyiv to Lviv', 'Kyiv', 'Lviv'],
  ])('%s', (title, from, to) => {
    const found = read(title);
    expect([found?.from?.name, found?.to?.name]).toEqual([from, to]);
  });
});

test.each([
  ['State Dept. closing US embassy in Kyiv, moving operations to Lviv', ['embassy-closure US>UA']],
  ['Bomb threat forces evacuation of US Embassy in London', ['security-alert US>GB']],
  ['Fire alarm forces evacuation of US Embassy in London', []],
  ['Hotel Embassy closes in Kyiv', []],
  ['US moves embassy party from Friday to Saturday', []],
  ['ＵＳ ｃｌｏｓｅｓ ｉｔｓ ｅｍｂａｓｓｙ ｉｎ Ｋａｂｕｌ', ['embassy-closure US>AF']],
])('%s', (title, expected) => {
  expect(alertsOf(detector, title).map(brief)).toEqual(expected);
});

test('more than sixteen languages at once, each read', () => {
  const config = shippedConfig();
  const parts = shippedParts();
  const last = parts.lexicons.filter(({ language }) => language === 'de');
  const others = parts.lexicons.filter(({ language }) => language !== 'de');
  const empty = Array.from({ length: 2 }, () => others).flatMap((some) =>
    some.map((one) => ({ ...one, language: 'xx', tags: {}, cities: {} })),
  );
  const lexicons = [...others, ...empty.slice(0, 20), ...last];
  expect(lexicons.length).toBe(32);
  const many = createDetector({ ...parts, lexicons });
  expect(alertsOf(many, 'Deutschland schließt Botschaft in Bamako').map(brief)).toEqual(['embassy-closure DE>ML']);
  const tooMany = Array.from({ length: 33 }, (_, index) => ({
    file: `x${index}.yaml`,
    text: () => `language: x${String.fromCharCode(97 + (index % 26))}\ngate: {alone: [], together: []}\ntags: {}\n`,
  }));
  expect(detectorParts({ ...config, lexicons: tooMany })).toMatchObject({
    problems: expect.arrayContaining([expect.stringContaining('32')]),
  });
});
