/** A wrong entry of a data file is answered with the file, the line, what was found and what is allowed: one line each, all at once. */

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectorParts } from '../../src/cli/detector.ts';
import { readConfig } from '../../src/config.ts';
import { configFolder as defaults } from '../support/project.ts';

/** Every problem of a configuration in which one file is another. */
function problemsWith(name: string, text: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'attache-lexicon-'));
  cpSync(join(defaults, 'lexicon', 'en.yaml'), join(folder, 'lexicon', 'en.yaml'));
  writeFileSync(join(folder, name), text);
  const read = readConfig({ folders: [folder, defaults], env: {} });
  const built = 'problems' in read ? read : detectorParts(read.config);
  return 'problems' in built ? built.problems : [];
}

const lexicon = `language: xx
order: free
gate:
  alone: [embassy]
  together:
    - [[close], [embassy]]
tags:
  embassy: [amba*]
  close:
    - shut
    - closed
demonyms: { UA: [ukr*] }
`;

describe('a lexicon', () => {
  test('that is right is taken', () => expect(problemsWith('lexicon/xx.yaml', lexicon)).toEqual([]));

  test.each([
    ['order: free', 'order: any', 2, 'order: found "any"; allowed: fixed, free, final'],
    ['alone: [embassy]', 'alone: [post]', 4, 'gate.alone.0: found "post"; allowed: tags that this file has words for'],
    ['[[close], [embassy]]', '[[close]]', 6, 'gate.together.0: found [["close"]]; allowed: a pair of lists of tags'],
    ['  close:', '  cloze:', 9, 'tags.cloze: found "cloze"; allowed: close, close-n'],
    ['[amba*]', '[a*mba]', 8, 'tags.embassy.0: found "a*mba"; allowed: words; word* for a stem'],
    ['- closed', '- false', 11, 'tags.close.1: found false; allowed: a list of words, in quotes where YAML reads something else'],
    ['UA: [ukr*]', 'UX: [ukr*]', 12, 'demonyms.UX: found "UX"; allowed: a country code such as UA'],
    ['UA: [ukr*]', 'UA: ukr*', 12, 'demonyms.UA: found "ukr*"; allowed: a list of words'],
    ['demonyms', 'demonym', 12, 'demonym: found "demonym"; allowed: language, order'],
    ['language: xx', 'language: en', undefined, 'config/lexicon/xx.yaml: language: found "en" a second time'],
    ['  embassy: [amba*]', '  embassy: [amba*]]', 8, ''],
  ])('%s written %s is refused by its line', (from, to, line, problem) => {
    const problems = problemsWith('lexicon/xx.yaml', lexicon.replace(from, to));
    const place = line === undefined ? '' : `config/lexicon/xx.yaml:${line}: `;
    expect(problems.filter((one) => one.startsWith(`${place}${problem}`) && !one.includes('\n'))).toHaveLength(1);
  });

  test('names all that is wrong with it, a line each', () => {
    const problems = problemsWith('lexicon/xx.yaml', lexicon.replace('free', 'any').replace('shut', '7').replace('UA', 'Ukraine'));
    expect(problems.map((one) => /^config\/lexicon\/xx\.yaml:(\d+): /.exec(one)?.[1])).toEqual(['2', '10', '12']);
  });
});

describe('levels, weights and places', () => {
  const shipped = (name: string) => readFileSync(join(defaults, name), 'utf8');
  test.each([
    ['levels.yaml', 'GB: { 1:', 'GB: { 9:', /^config\/levels\.yaml:\d+: levels\.GB\.9: found "level 9"; allowed: levels 1 to 4$/],
    ['levels.yaml', '[cdc,', '[12,', /^config\/levels\.yaml:\d+: not-advice\.0: found 12; allowed: a list of words$/],
    ['confidence.yaml', 'gap: -0.35', 'gap: small', /^config\/confidence\.yaml:\d+: weights\.gap: found "small"; allowed: a number$/],
    ['confidence.yaml', 'gap: -0.35', 'gaps: -0.35', /^config\/confidence\.yaml:\d+: weights\.gaps: found "gaps"; allowed: base, gap/],
    ['places.tsv', 'Kabul\tcapital', 'Kabul\ttown', /^config\/places\.tsv:\d+: found "Kabul\\ttown.*allowed: text, role \(country/],
  ])('%s: %s written %s', (name, from, to, expected) => {
    const text = shipped(name);
    expect(text).toContain(from);
    const problems = problemsWith(name, text.replace(from, to));
    expect(problems.some((one) => expected.test(one))).toBe(true);
    const said = problems.map((one) => Number(/:(\d+):/.exec(one)?.[1]));
    expect(said).toContain(text.slice(0, text.indexOf(from)).split('\n').length);
  });
});
