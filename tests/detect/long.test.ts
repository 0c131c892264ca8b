/** Long titles cost no more than the part of them that is read, and that part costs in proportion to its length. Work is counted, not timed. */

import { describe, expect, test } from 'vitest';
import { grown, repeated } from '../../bench/detect/long.ts';
import { compile, compiledDetector, type DetectInput } from '../../src/detect/detector.ts';
import { circumstancesOf } from '../../src/detect/finding.ts';
import { candidatesOf } from '../../src/detect/fuse.ts';
import { readLanguages } from '../../src/detect/language.ts';
import { readUnits, type Unit } from '../../src/detect/units.ts';
import { shippedParts } from '../support/detector.ts';
import { shippedConfig } from '../support/project.ts';

const _config = shippedConfig();
const parts = shippedParts();
const compiled = compile(parts);
const languages = readLanguages(compiled.languages);
const detector = compiledDetector(compiled, parts);

/** How often a word of the text was looked at to find what it reports. */
function looks(title: string): number {
  const text = readUnits(title, languages);
  let count = 0;
  const units = new Proxy(text.units, {
    get: (target, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) count += 1;
      return Reflect.get(target, key) as Unit;
    },
  });
  const input: DetectInput = { title, feedKind: 'news' };
  candidatesOf({ text: { ...text, units }, field: 'title', input, around: circumstancesOf([text]) }, parts);
  return count;
}

const piles = {
  ...repeated,
  articles: 'embassy the the the the the the closed ',
  names: 'US UK France Germany embassy closes ',
  commas: 'US, UK, France and embassies, closed, and ',
  quotes: "officials' embassies' closed ",
};

describe('a title grown from one report', () => {
  test.each(Object.entries(piles))('%s: twice as long, no more than about twice the work', (_, seed) => {
    const [quarter = 0, half = 0, all = 0] = [1_000, 2_000, 4_000].map((size) => looks(grown(seed, size)));
    expect(half).toBeLessThan(2.6 * quarter + 2_000);
    expect(all).toBeLessThan(2.6 * half + 2_000);
  });

  test('what stands behind the thousandth letter is not read', () => {
    const late = `${'Mayor opens a bridge. '.repeat(50)}US closes its embassy in Kabul`;
    expect(detector.read({ title: late, feedKind: 'news' }).dropped).toBe('nothing-relevant');
    const early = `US closes its embassy in Kabul. ${'Mayor opens a bridge. '.repeat(50)}`;
    expect(detector.read({ title: early, feedKind: 'news' }).findings).toMatchObject([{ kind: 'embassy-closure', hosts: ['AF'] }]);
  });
});
