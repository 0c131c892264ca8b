import { expect, test } from 'vitest';
import { kinds, postures, type Traits, traits } from '../src/kinds.ts';
import { matches } from '../src/match/filter.ts';
import type { NewsEvent } from '../src/model/event.ts';
import { detailsOf, type Finding } from '../src/model/finding.ts';

test('a forgotten trait and a kind that is not there do not compile', () => {
  const { window, ...rest } = traits['ambassador-recall'];
  // @ts-expect-error the window is missing
  const forgotten: Traits = rest;
  // @ts-expect-error no kind has this name
  const unknown: Traits<keyof typeof traits> = { ...rest, window, eclipsedBy: ['ambassador-lost'] };
  expect([forgotten, unknown]).toHaveLength(2);
});

test('how far a step goes and how bad its posture is say the same', () => {
  const steps = kinds.filter((kind) => traits[kind].rank > 0 && traits[kind].posture !== null);
  const byRank = steps.toSorted((a, b) => traits[a].rank - traits[b].rank).map((kind) => traits[kind].posture);
  expect(byRank).toEqual(postures.filter((posture) => posture !== 'normal'));
});

const finding: Omit<Finding, 'kind'> = {
  status: 'happening',
  sender: 'ES',
  hosts: ['VE'],
  scope: 'country',
  severity: 2,
  confidence: 0.9,
  evidence: [],
};

test.each(kinds)('who watches the sender hears of %s where it is between two States', (kind) => {
  const { topic, sender } = traits[kind];
  const event = { finding: { ...finding, kind }, sources: [] } as unknown as NewsEvent;
  const watching = (country: string) => matches({ topics: [topic], min: 1, countries: [country] }, event, (code) => code);
  expect([watching('VE'), watching('ES')]).toEqual([true, sender === 'between']);
});

test('what is closed is read from its slot, and from the rule of findings that were stored without it', () => {
  const evidence = [{ field: 'title', start: 0, end: 6, role: 'act', rule: 'airport reopen .' }] as const;
  const stored: Finding = { ...finding, kind: 'border-airspace', evidence };
  expect(detailsOf(stored)).toEqual({ crossing: 'airport', reopens: true });
  expect(detailsOf({ ...stored, details: { crossing: 'border' } })).toEqual({ crossing: 'border' });
});
