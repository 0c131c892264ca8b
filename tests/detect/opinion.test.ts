/** The learned second opinion: what it does to findings, its file, and its training. Every headline is invented. */

import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { detectorOf, detectorParts, opinionOf } from '../../src/cli/detector.ts';
import { type Compiled, compile, compiledDetector, type Detector, observer } from '../../src/detect/detector.ts';
import { featuresOf } from '../../src/detect/opinion/features.ts';
import { createModel } from '../../src/detect/opinion/score.ts';
import { type OpinionRules, readOpinion, writeOpinion } from '../../src/detect/opinion/weights.ts';
import { kinds } from '../../src/kinds.ts';
import { readExamples } from '../../train/data.ts';
import { scoresOf } from '../../train/fit.ts';
import { phraseExamples } from '../../train/phrases.ts';
import { type SeenExample, seeBackground, seeExamples } from '../../train/samples.ts';
import { fitOptions } from '../../train/settings.ts';
import { type Trained, train } from '../../train/train.ts';
import { root, shippedConfig, whole } from '../support/project.ts';

const config = shippedConfig();
const english = { ...config, lexicons: config.lexicons.filter(({ file }) => file.endsWith('/en.yaml')) };
const { parts } = whole(detectorParts(english));
const shipped = whole(opinionOf(config)).opinion;
let compiled: Compiled;
beforeAll(() => {
  compiled = compile(parts);
});

/** The shipped weights, but as sure as is said. */
function asSure(likelihood: number, rules: Partial<OpinionRules> = {}): Detector {
  const offset = Math.log(likelihood / (1 - likelihood));
  return compiledDetector(compiled, {
    ...parts,
    opinion: { ...shipped, rules: { ...shipped.rules, complete: 0, ...rules, slope: 0, offset } },
  });
}

const read = (detector: Detector, title: string, more = {}) => detector.read({ title, feedKind: 'news', ...more });

describe('what a frame finds', () => {
  const title = 'Norway closes its embassy in Bamako';

  test('is held back where the opinion is sure that nothing is reported, and kept as a candidate', () => {
    expect(read(asSure(0.9), title).findings).toMatchObject([{ kind: 'embassy-closure', confidence: 0.95 }]);
    expect(read(asSure(0.02), title).findings).toMatchObject([{ kind: 'embassy-closure', sender: 'NO', hosts: ['ML'], confidence: 0.02 }]);
    expect(asSure(0.02).explain({ title, feedKind: 'news' }).opinion).toEqual({ likelihood: expect.closeTo(0.02), effect: 'holds-back' });
  });

  test('stands where the opinion merely doubts', () => {
    expect(read(asSure(0.3), title).findings).toMatchObject([{ confidence: 0.95 }]);
  });

  test('is not judged in a government’s own feed, nor where its kind was never learned', () => {
    expect(read(asSure(0.02), title, { feedKind: 'mission' }).findings[0]?.confidence).toBeGreaterThan(0.9);
    const heads = shipped.heads.map((head) => (head === 'embassy-closure' ? 'embassy-opening' : head));
    const kinds = heads.slice(1) as typeof shipped.kinds;
    const rules = { ...shipped.rules, slope: 0, offset: -4 };
    const stranger = compiledDetector(compiled, { ...parts, opinion: { ...shipped, heads, kinds, rules } });
    expect(read(stranger, title).findings).toMatchObject([{ confidence: 0.95 }]);
  });

  test('is lifted over low confidence, as far as both together are sure', () => {
    const doubted = 'Closure of Norwegian embassy in Bamako after memoir on war';
    const [alone] = read(asSure(0.4), doubted).findings;
    expect(alone?.confidence).toBeLessThan(0.8);
    const [lifted] = read(asSure(0.98), doubted).findings;
    expect(lifted?.confidence).toBeGreaterThan(alone?.confidence ?? 1);
  });
});

describe('what no frame fits', () => {
  const title = 'Norway pulls down the shutters at its embassy in Bamako';

  test('is proposed with its roles, as sure as the opinion', () => {
    expect(read(asSure(0.4), title).findings).toEqual([]);
    expect(read(asSure(0.9), title).findings).toMatchObject([
      { kind: 'embassy-closure', status: 'happening', sender: 'NO', hosts: ['ML'], confidence: 0.9 },
    ]);
  });

  test('never alerts without who and where, and is never told as unconfirmed', () => {
    const bare = 'Embassy throws in the towel';
    const { findings } = read(asSure(0.97), bare);
    expect(findings.map(({ confidence }) => confidence)).toEqual([0.59]);
  });

  test.each([
    'Norway may close its embassy in Bamako',
    'Norway denies it will close its embassy in Bamako',
    'Ten years ago: Norway closes its embassy in Bamako',
    'Italy condemns closure of embassy in Kabul',
  ])('and a guard that governs the act outweighs it: %s', (guarded) => {
    expect(read(asSure(0.97), guarded).findings.filter(({ confidence }) => confidence >= 0.8)).toEqual([]);
  });

  test('a question proposes nothing', () => {
    expect(read(asSure(0.97), 'Is Norway pulling down the shutters at its embassy in Bamako?').findings).toEqual([]);
  });
});

describe('who and where of a proposal', () => {
  const slotsOf = (title: string, summary?: string) => {
    const [finding] = read(asSure(0.9), title, summary === undefined ? {} : { summary }).findings;
    return [finding?.sender, finding?.hosts.join(' ')];
  };

  test.each([
    ['Norwegian flag flies again in Bamako as mission resumes', 'NO', 'ML'],
    ['Riyadh-based Norwegian families handed tickets home by mission', 'NO', 'SA'],
    ['Oslo’s man in Bamako sent packing, unwelcome', 'NO', 'ML'],
    ['FCDO to Bamako spouses: home, and that’s an order', 'GB', 'ML'],
  ])('%s', (title, sender, host) => {
    expect(slotsOf(title)).toEqual([sender, host]);
  });

  test('stand in the summary where the title leaves them open', () => {
    expect(slotsOf('Embassy throws in the towel', 'Norwegian diplomats left Bamako on Friday.')).toEqual(['NO', 'ML']);
  });
});

describe('the learned gate', () => {
  const passes = (title: string) => asSure(0.5).explain({ title, feedKind: 'news' }).gate;

  test.each([
    'Oslo hauls down its flag in Bamako',
    'Norway shuts up shop in Bamako',
    'Norwegian flag hauled down in Bamako for the last time',
  ])('lets pass what holds no word of the gate and sounds like a report: %s', (title) => {
    expect(observer(compiled, parts)({ title, feedKind: 'news' }).hasWords).toBe(false);
    expect(passes(title)).toBe(true);
  });

  test.each([
    'Striker signs new contract with Norwegian club',
    'Oslo stocks close higher after rate cut',
    'Minister defends new budget after long debate in parliament',
  ])('stops the rest: %s', (title) => {
    expect(passes(title)).toBe(false);
  });

  test('stops no word of the gate in a government’s own feed', () => {
    const title = 'Embassy quiz night: football, film and music of the year, with prizes';
    expect(asSure(0.5).explain({ title, feedKind: 'mission' }).gate).toBe(true);
  });
});

describe('headlines made of phrases', () => {
  const made = phraseExamples(join(root, 'train', 'phrases'));

  test('are the same each time, each another, and leave no place open', () => {
    expect(phraseExamples(join(root, 'train', 'phrases'))).toEqual(made);
    expect(new Set(made.map(({ title }) => title)).size).toBe(made.length);
    expect(
      made
        .filter(({ title, language }) => /[(){}|]/.test(title) || (language === 'en' && /\b[ACDHMNOPT]\b/.test(title)))
        .map(({ title }) => title),
    ).toEqual([]);
  });

  test('report of every kind that is told by default, and near it of nothing', () => {
    const kindsOf = new Set(made.flatMap((one) => one.kinds));
    expect(kinds.filter((kind) => !kindsOf.has(kind))).toEqual([]);
    expect(made.filter(({ relevant }) => !relevant).length).toBeGreaterThan(300);
  });
});

describe('the file of weights', () => {
  const bytes = config.opinion.bytes();
  const problemOf = (given: Uint8Array) => {
    const found = readOpinion(given, 'config/opinion.bin');
    return 'problems' in found ? found.problems.join('\n') : '';
  };

  test('is small', () => {
    expect(statSync(join(root, 'config', 'opinion.bin')).size).toBeLessThan(2_000_000);
  });

  test('missing, cut off, damaged or strange it is refused by its name, with what to do', () => {
    const damaged = Uint8Array.from(bytes);
    damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 1;
    const advice = /^config\/opinion\.bin: found .*; run `npm run train -- --data DIR`, or put back the file that came with this version$/;
    for (const given of [new Uint8Array(), bytes.subarray(0, 10), bytes.subarray(0, bytes.length - 9), damaged, new Uint8Array(500)])
      expect(problemOf(given)).toMatch(advice);
    expect(problemOf(bytes)).toBe('');
    const other = writeOpinion({ ...shipped, heads: ['relevant', 'moon-landing'] });
    expect(problemOf(other)).toContain('moon-landing');
  });

  test('without it there is no detector, whatever was kept', () => {
    const folder = mkdtempSync(join(tmpdir(), 'attache-opinion-'));
    expect('detector' in detectorOf(english, [folder])).toBe(true);
    const without = { ...english, opinion: { file: 'config/opinion.bin', bytes: () => new Uint8Array() } };
    expect(detectorOf(without, [folder])).toEqual({ problems: [expect.stringContaining('config/opinion.bin: found nothing; run')] });
  });
});

describe('training', () => {
  let examples: readonly SeenExample[];
  let trained: Trained;
  const background = ['Queues at embassy open day', 'Evacuation drill at school', 'Border collie closes in on title'];
  const see = () => observer(compiled, parts);
  const { gate } = shipped;
  beforeAll(() => {
    const written = readExamples([join(root, 'train', 'written')]).filter(({ set }) => set === 'written-en-mixed-1');
    examples = seeExamples(written.slice(0, 120), see(), []);
    trained = train(examples, seeBackground(background, [], see(), []), gate);
  });
  const bytesOf = ({ weights }: Trained) => Buffer.from(writeOpinion(weights));

  test('on the same items gives the same bytes', () => {
    expect(bytesOf(train(examples, seeBackground(background, [], see(), []), gate)).equals(bytesOf(trained))).toBe(true);
  });

  test('gives a file that says what the trained weights say', () => {
    const { opinion } = whole(readOpinion(bytesOf(trained), 'w.bin'));
    expect(createModel(opinion).rules).toEqual(trained.weights.rules);
    const seen = examples.map((one) => one.seen);
    expect(seen.length).toBeGreaterThan(50);
    const model = createModel(opinion);
    const { slope, offset } = opinion.rules;
    const both = seen.map(({ features }) => {
      const exact = scoresOf(features, trained.exact, fitOptions.strengths)[0] ?? 0;
      return [1 / (1 + Math.exp(-(slope * exact + offset))), model.likelihood(features, 'en')] as const;
    });
    const apart = both.map(([exact, rounded]) => Math.abs(exact - rounded)).sort((one, other) => one - other);
    expect(apart[apart.length >> 1]).toBeLessThan(0.01);
    expect(apart.at(-1)).toBeLessThan(0.15);
    const turned = both.filter(([exact, rounded]) => exact >= 0.8 !== rounded >= 0.8);
    expect(turned.length / both.length).toBeLessThan(0.03);
  });

  test('names no country: one name for another changes no feature', () => {
    const seenAs = (title: string) => {
      const fused = see()({ title, feedKind: 'news' }).fused();
      return featuresOf({ ...fused, title: fused.title.text, summary: undefined, official: false }).hashes;
    };
    expect(seenAs('Norway closes its embassy in Mali')).toEqual(seenAs('Japan closes its embassy in Chile'));
  });

  test('a line that is no labelled item is named', () => {
    const folder = mkdtempSync(join(tmpdir(), 'attache-train-'));
    writeFileSync(join(folder, 'real.jsonl'), '\n{"title":"Norway closes its embassy"}\n');
    expect(() => readExamples([folder])).toThrow(`${join(folder, 'real.jsonl')}:2: no labelled item; a line is {"id"`);
    expect(readFileSync(join(folder, 'real.jsonl'), 'utf8')).toContain('Norway');
  });
});
