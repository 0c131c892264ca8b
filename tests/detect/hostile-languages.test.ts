/** Words of every language, broken by whatever breaks readers: no throw, offsets inside the text, and no more steps than the text is long. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDetector, type DetectInput } from '../../src/detect/detector.ts';
import { type Lexicon, phrasesOf } from '../../src/detect/lexicon.ts';
import { shippedParts } from '../support/detector.ts';
import { shippedConfig } from '../support/project.ts';

const _config = shippedConfig();
const parts = shippedParts();
const detector = createDetector(parts);
const languages = parts.lexicons.map(({ language }) => language);

/** A few words of each tag, stems with an ending: what frames, guards and roles are made of. */
function wordsOf({ tags, names }: Lexicon): readonly string[] {
  const patterns = [...Object.values(tags).map((words) => words.slice(0, 3)), ...Object.values(names.countries).slice(0, 20)].flat();
  return patterns.flatMap((pattern) => phrasesOf(pattern).slice(0, 1)).map((phrase) => phrase.join(' ').replaceAll('*', 'a'));
}

const words = new Map(parts.lexicons.map((lexicon) => [lexicon.language, wordsOf(lexicon)]));
const breakers = [
  '…',
  '...',
  '\ud800',
  '\udfff',
  '\u202e',
  '\u2066',
  '\u200d',
  '\u200b',
  '\u0000',
  '\u0007',
  '\ufeff',
  '🇺🇦',
  '👩‍👩‍👧',
  '<b>',
  '</a',
  '<script>',
  '&#039;',
  '&nbsp;',
  '&',
  '\u0301',
  'ـ',
  ', ',
  ': ',
  ' - ',
  '(',
  '）',
  '«',
  '"',
  '?',
  '\n',
  '5,000',
  'US',
  'embassy',
];

/** A text of one language with what breaks it, sometimes all in capitals. */
const broken = (language: string) =>
  fc
    .tuple(
      fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...(words.get(language) ?? [''])) }, fc.constantFrom(...breakers)), {
        maxLength: 30,
      }),
      fc.constantFrom('', ' '),
      fc.boolean(),
    )
    .map(([pieces, space, shouts]) => (shouts ? pieces.join(space).toUpperCase() : pieces.join(space)));

function offsetsLieWithin(input: DetectInput): void {
  const { findings, candidates } = detector.explain(input);
  const spans = [
    ...findings.flatMap(({ evidence }) => evidence),
    ...candidates.flatMap(({ field, words: taken, guard }) => [...taken, ...(guard ? [guard] : [])].map((one) => ({ ...one, field }))),
  ];
  for (const { field, start, end } of spans) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThanOrEqual(input[field]?.length ?? 0);
  }
}

/** How often anything is looked up, which is what reading a text is made of. */
function stepsOf(input: DetectInput): number {
  const { has } = Set.prototype;
  const { get } = Map.prototype;
  let steps = 0;
  Set.prototype.has = function (value) {
    steps += 1;
    return has.call(this, value);
  };
  Map.prototype.get = function (key) {
    steps += 1;
    return get.call(this, key);
  };
  try {
    detector.read(input);
    return steps;
  } finally {
    Set.prototype.has = has;
    Map.prototype.get = get;
  }
}

test('every language is tried', () => expect(languages.length).toBeGreaterThanOrEqual(11));

describe.each(languages)('%s', (language) => {
  test('any words of it in any disorder', () => {
    fc.assert(
      fc.property(broken(language), broken(language), fc.constantFrom('news' as const, 'mission' as const), (title, summary, feedKind) => {
        offsetsLieWithin({ title, summary, body: `${summary}\n${title}`, feedKind, language, sender: 'US', host: 'UA' });
      }),
      { numRuns: 60 },
    );
  });

  test('twice the text takes about twice the steps, and a megabyte no more than what is read of it', () => {
    const long = (words.get(language) ?? []).join(' ').repeat(20);
    const read = (length: number) => stepsOf({ title: long.slice(0, length), feedKind: 'news', language });
    const [short, twice] = [read(4_000), read(8_000)];
    expect(short).toBeGreaterThan(0);
    expect(twice).toBeLessThan(2.5 * short);
    expect(twice).toBeLessThan(8_000 * 150);
    const most = stepsOf({ title: long.slice(0, 20_000).padEnd(20_000), feedKind: 'news', language });
    expect(stepsOf({ title: long.slice(0, 20_000).padEnd(1_000_000), feedKind: 'news', language })).toBeLessThanOrEqual(most + 1000);
  });
});

test.each(['', ' ', '…', '\u202e\u202e', '\ud800', '\u200d'.repeat(1000), '🇺🇦'.repeat(500), '<p></p>', '&#0;', '。。。', '؟؟؟'])(
  'nothing is read in %j',
  (title) => {
    expect(detector.read({ title, summary: title, body: title, feedKind: 'mission' }).findings).toEqual([]);
  },
);
