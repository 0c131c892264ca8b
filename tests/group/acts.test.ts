/** Several acts of one crisis: each that is no less grave than what was told is told once, in whatever order the reports come. */
import { describe, expect, test } from 'vitest';
import type { Kind } from '../../src/kinds.ts';
import type { NewsEvent } from '../../src/model/event.ts';
import type { Finding } from '../../src/model/finding.ts';
import { headlineOf } from '../../src/phrase/headline.ts';
import { noteMessage } from '../../src/phrase/update-note.ts';
import { finding, world } from '../support/world.ts';

const minute = 60_000;
const acts: Readonly<Record<string, Finding>> = {
  authorized: finding('staff-departure-authorized', { severity: 3 }),
  drawdown: finding('staff-drawdown', { severity: 3 }),
  ordered: finding('staff-departure-ordered'),
  evacuation: finding('evacuation'),
  suspension: finding('embassy-suspension', { severity: 3 }),
  'suspension in danger': finding('embassy-suspension'),
  relocation: finding('embassy-relocation', { severity: 3, to: { name: 'Lviv', country: 'UA' } }),
  'relocation in danger': finding('embassy-relocation', { to: { name: 'Lviv', country: 'UA' } }),
  closure: finding('embassy-closure', { severity: 3 }),
  'closure in danger': finding('embassy-closure'),
};
const ranks: readonly Kind[] = [
  'staff-departure-authorized',
  'staff-drawdown',
  'staff-departure-ordered',
  'evacuation',
  'embassy-suspension',
  'embassy-relocation',
  'embassy-closure',
];
/** Said after the first, these are only another word for it. */
const sameAct: readonly string[] = [
  'embassy-closure embassy-suspension',
  'embassy-relocation embassy-suspension',
  'staff-departure-ordered staff-drawdown',
  'staff-departure-ordered staff-departure-authorized',
];
const pairs = Object.keys(acts).flatMap((first) => Object.keys(acts).map((second) => [first, second] as const));
const act = (name: string): Finding => acts[name] ?? finding('evacuation');

describe.each(pairs)('after %s: %s', (first, second) => {
  const [one, other] = [act(first), act(second)];

  test('is told where it is graver, as grave or a step further, and nothing is told twice', () => {
    const { tell, wait } = world();
    const { change } = tell([one]);
    wait(minute);
    const { alerts } = tell([other]);
    const further = ranks.indexOf(other.kind) > ranks.indexOf(one.kind);
    const isWord = sameAct.includes(`${one.kind} ${other.kind}`);
    const names = other.to !== undefined && other.kind !== one.kind;
    const expected =
      other.severity > one.severity || names || (other.kind !== one.kind && (further || (!isWord && other.severity === one.severity)));
    expect(alerts.map(({ kind, event }) => [kind, event.id])).toEqual(expected ? [['update', change.event.id]] : []);
    wait(minute);
    expect(tell([other]).alerts).toEqual([]);
    expect(tell([one]).alerts).toEqual([]);
  });

  test('both are known of it, and it is as grave as the graver', () => {
    const { tell, wait, events } = world();
    tell([one]);
    wait(minute);
    tell([other]);
    expect(new Set(actKinds(events()[0]))).toEqual(new Set([one.kind, other.kind]));
    expect(events()[0]?.finding.severity).toBe(Math.max(one.severity, other.severity));
  });
});

function actKinds(event: NewsEvent | undefined): readonly Kind[] {
  return event ? [event.finding.kind, ...(event.acts ?? []).map(({ kind }) => kind)] : [];
}

const niamey = { name: 'Niamey', country: 'NE' };
const crisis: readonly (readonly [string, Finding])[] = [
  [
    'moves',
    finding('embassy-relocation', { hosts: ['NE'], from: niamey, to: { name: 'Agadez', country: 'NE' }, status: 'planned', severity: 2 }),
  ],
  ['evacuates', finding('evacuation', { hosts: ['NE'], from: niamey, whom: 'staff' })],
  ['advises', finding('staff-departure-authorized', { hosts: ['NE'], severity: 3 })],
];
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;
const words = { language: 'en', name: (code: string) => ({ NE: 'Niger', US: 'United States' })[code] ?? code };

test.each(orders)(
  'the crisis in Niger, in the order %i %i %i: the same facts are in sight, none goes a step further than a graver one',
  (...order) => {
    const { tell, wait, events } = world();
    const alerts = order.flatMap((at) => {
      wait(minute);
      const [source, said] = crisis[at] ?? [];
      return said ? tell([said], { source: `The one that ${source}` }).alerts : [];
    });
    const [event] = events();
    if (!event) throw new Error('no event');
    expect(new Set(actKinds(event))).toEqual(new Set(crisis.map(([, { kind }]) => kind)));
    const headline = headlineOf(
      { kind: 'new', event, severity: event.finding.severity, because: [], id: '', escalates: false, at: 0 },
      words,
    );
    expect(headline).toMatch(/US evacuates embassy staff from Niamey · reported by 1 outlet/);
    expect(headline).toMatch(/also: .*from Niamey to Agadez/);
    const told = alerts.map((alert) =>
      alert.kind === 'new' ? headlineOf(alert, words) : noteMessage({ ...alert, headline: '' }, words).headline,
    );
    expect(told.filter((line) => /evacuates embassy staff from Niamey · reported/.test(line))).toHaveLength(1);
    expect(told.filter((line) => /from Niamey to Agadez · reported/.test(line))).toHaveLength(1);
    const later = told.slice(told.findIndex((line) => line.includes('evacuates')) + 1);
    expect(later.join('\n')).not.toContain('a step further');
  },
);

test('of the words that tell an act only one act counts: who leaves, not what closes', () => {
  const words = { field: 'title', start: 6, end: 8, role: 'act', rule: 'r' } as const;
  const { tell } = world();
  tell([finding('embassy-closure')], { source: 'Northern Wire' });
  const { change } = tell([
    finding('embassy-closure', { evidence: [words] }),
    finding('staff-drawdown', { severity: 3, evidence: [words] }),
  ]);
  expect(change.event.sources.map((source) => source.acts)).toEqual([['embassy-closure'], ['staff-drawdown']]);
});

test('an older report is another act and no step further', () => {
  const { tell, wait } = world();
  tell([finding('staff-departure-ordered')]);
  wait(minute);
  const { alert } = tell([finding('embassy-closure')], { publishedAt: Date.UTC(2022, 1, 14, 12) });
  expect(alert?.because).toEqual(['another-act']);
});

test('the posture is credited to the outlet that reported it', () => {
  const { tell, wait, posture } = world();
  tell([crisis[1]?.[1] ?? finding('evacuation')], { source: 'The Courier' });
  wait(minute);
  tell([crisis[0]?.[1] ?? finding('evacuation')], { source: 'Northern Wire' });
  expect(posture('US', 'NE')).toMatchObject({ posture: 'drawdown', source: 'The Courier' });
});
