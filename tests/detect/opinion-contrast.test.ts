import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAlertable } from '../../src/model/finding.ts';
import { shippedDetector } from '../support/detector.ts';
import { shippedConfig } from '../support/project.ts';

const _shipped = shippedConfig();
const detector = shippedDetector();

function verdict(title: string, summary = ''): string {
  const alerts = detector.read({ title, summary, feedKind: 'news' }).findings.filter(isAlertable);
  const [first] = alerts;
  return first ? `${first.kind} ${first.sender ?? '-'} ${first.hosts.join(',')}` : 'no alert';
}

/** Invented headlines: they prove that one word decides, not how often real text is read right. */
describe('one word changed, the verdict flips', () => {
  test.each([
    // negation and modality
    ['Germany closes its embassy in Kabul', 'embassy-closure DE AF', 'Germany denies it closed its embassy in Kabul'],
    ['Germany to close its embassy in Kabul', 'embassy-closure DE AF', 'Germany has no plans to close its embassy in Kabul'],
    ['Canada evacuates diplomats from Haiti', 'staff-drawdown CA HT', 'Canada may evacuate diplomats from Haiti'],
    ['France closes its embassy in Niger', 'embassy-closure FR NE', 'France considers closing its embassy in Niger'],
    ['UK tells citizens to leave Lebanon', 'travel-advisory GB LB', 'UK rules out telling citizens to leave Lebanon'],
    // history and follow-up
    ['Russia expels US diplomats', 'diplomatic-expulsion US RU', 'On this day: Russia expels US diplomats'],
    ['Denmark reopens its embassy in Iraq', 'embassy-reopening DK IQ', 'Why Denmark reopened its embassy in Iraq'],
    // a State, or somebody else
    ['Japan suspends operations at its embassy in Sudan', 'embassy-suspension JP SD', 'Marriott suspends operations at its hotel in Sudan'],
    ['Australia airlifts citizens from New Caledonia', 'evacuation AU NC', 'Firefighters airlift residents from New Caledonia village'],
    ['Sweden cuts diplomatic relations with Burundi', 'diplomatic-expulsion BI SE', 'Singer cuts relations with Burundi label'],
    // the object
    ['Poland closes border with Belarus', 'border-airspace - PL,BY', 'Poland closes factory with Belarus'],
    ['Kenya summons US ambassador', 'ambassador-summoned US KE', 'Kenya summons US senator'],
    // the direction
    ['US orders embassy staff in Chad to leave', 'staff-departure-ordered US TD', 'US asks embassy staff in Chad to dance'],
    [
      'US authorizes departure of embassy staff in Chad',
      'staff-departure-authorized US TD',
      'US authorizes exhibition of embassy staff in Chad',
    ],
    ['Ireland opens embassy in Kyiv', 'embassy-opening IE UA', 'Ireland opens exhibition in Kyiv'],
  ])('%s', (alerting, expected, silent) => {
    expect(verdict(alerting)).toBe(expected);
    expect(verdict(silent)).toBe('no alert');
  });

  test.each([
    ['Embassy Suites reopens its tower'],
    ['Doctors Without Borders suspends operations in Haiti'],
    ['The Embassy Theatre closes after 90 years'],
    ['Georgia beats Alabama in Atlanta'],
    ['Ambassador Bridge reopens after protest'],
    ['Boil-water advisory lifted in Jackson'],
    ['Jordan leads Bulls out of Chicago airport'],
  ])('%s: no alert', (title) => expect(verdict(title)).toBe('no alert'));
});

describe('what nobody writes', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'US ',
      'embassy ',
      'closes ',
      'in Kyiv ',
      'evacuates ',
      '…',
      '\u202e',
      '\ud800',
      '👩‍👩‍👧‍👦',
      '&#039;',
      '<b>',
      'U.S. ',
      '’s ',
      '\u0000',
      'İ',
      'ß',
      'ﬃ',
      '日本大使館',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );

  test('whatever the text, offsets point inside it and nothing throws', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.array(piece, { maxLength: 30 }), (title, summary) => {
        const input = { title: title.join(''), summary: summary.join('') };
        for (const finding of detector.read({ ...input, feedKind: 'news' }).findings) {
          for (const { field, start, end } of finding.evidence) {
            const text = field === 'title' ? input.title : input.summary;
            expect(start >= 0 && start < end && end <= text.length).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a title of a megabyte ends', () => {
    expect(verdict('US closes embassy in Kyiv '.repeat(40_000))).toMatch(/embassy-closure|no alert/);
    expect(verdict('a'.repeat(1_000_000))).toBe('no alert');
    expect(verdict('')).toBe('no alert');
  });
});
