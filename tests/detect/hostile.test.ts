/** Whatever a feed sends: no throw, and every offset lies inside the text as it was given. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';

const detector = shippedDetector();

function spansLieWithin(findings: readonly Finding[], texts: Readonly<Record<string, string>>): void {
  for (const { evidence } of findings) {
    for (const { field, start, end } of evidence) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(texts[field]?.length ?? 0);
    }
  }
}

/** Words of ours, broken by whatever breaks parsers. */
const pieces = fc.constantFrom(
  'US',
  'embassy',
  'Kyiv',
  'closes',
  'evacuates',
  'citizens',
  'to leave',
  'travel advisory',
  'Level 4',
  'in',
  ',',
  ': ',
  ' - ',
  '…',
  "'s",
  '"',
  '(',
  '\ud800',
  '\udc00',
  '\u202e',
  '\u200d',
  '\u0000',
  '🇺🇦',
  '<b>',
  '&#039;',
  '&nbsp;',
  'é',
  'e\u0301',
  '大使館',
  'سفارة',
  'ПОСОЛЬСТВО',
  '5,000',
  '1.5',
  'U.S.',
  '\n',
);
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(pieces, { maxLength: 40 }).map((words) => words.join(' ')),
  fc.array(pieces, { maxLength: 40 }).map((words) => words.join('')),
);

describe('hostile text', () => {
  test('any title, summary and body', () => {
    fc.assert(
      fc.property(
        hostile,
        hostile,
        hostile,
        fc.constantFrom('news' as const, 'mission' as const, 'register' as const),
        (title, summary, body, feedKind) => {
          const { findings } = detector.read({ title, summary, body, feedKind, source: title });
          spansLieWithin(findings, { title, summary, body });
          JSON.stringify(detector.explain({ title, summary, body, feedKind }));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a megabyte is read without a word lost at its beginning', () => {
    const long = `US closes its embassy in Kabul${' and so on'.repeat(100_000)}`;
    expect(alertsOf(detector, long).map(brief)).toEqual(['embassy-closure US>AF']);
    expect(detector.read({ title: 'embassy '.repeat(130_000), feedKind: 'news' }).findings).toEqual([]);
    expect(detector.read({ title: '(((('.repeat(250_000), feedKind: 'news' }).dropped).toBe('nothing-relevant');
    expect(detector.read({ title: `السفارة ${'و'.repeat(100_000)}`, feedKind: 'news' }).findings).toEqual([]);
  });

  test.each([
    ['capitals', 'US CLOSES ITS EMBASSY IN KABUL'],
    ['entities', 'US closes its embassy in Kabul &#8211; minister&#039;s office'],
    ['markup', '<b>US</b> closes <a href="http://x.example/?a=1&b=2">its embassy</a> in Kabul'],
    ['broken apostrophes', 'US closes its embassy in Kabul, minister’s office says'],
    ['cut off', 'US closes its embassy in Kabul after night of heavy fig…'],
    ['joiners', 'US cl\u200dos\u200des its emb\u200dassy in Kabul'],
    ['outlet', 'US closes its embassy in Kabul - The Harbour Courier'],
    ['bidi', '\u202aUS closes its embassy in Kabul\u202c'],
    ['decomposed', 'US closes its embassy in Kabul, ministère de la De\u0301fense'],
  ])('a report survives: %s', (_, title) => {
    expect(alertsOf(detector, title).map(brief)).toEqual(['embassy-closure US>AF']);
  });
});
