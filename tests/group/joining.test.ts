/** Which reports come together, and which never may. */
import { describe, expect, test } from 'vitest';
import { isCopy } from '../../src/group/copies.ts';
import type { Finding } from '../../src/model/finding.ts';
import { finding, world } from '../support/world.ts';

const hour = 3_600_000;
const closed = (crossing: 'airport' | 'airspace' | 'border', hosts: readonly string[], slots: Partial<Finding> = {}): Finding => {
  const { sender: _, ...rest } = finding('border-airspace', { hosts, severity: 3, details: { crossing }, ...slots });
  return rest;
};

describe('never together', () => {
  test('an airspace that is closed to aircraft of another State, and an airport in that State', () => {
    const { tell } = world();
    const spain = tell([closed('airspace', ['ES', 'US'])], { title: 'Spain closes airspace to US planes in the war' });
    const airport = tell([closed('airport', ['US'])], { title: 'New York airport closed after planes collide' });
    expect(airport.change.event.id).not.toBe(spain.change.event.id);
    expect(airport.alert?.kind).toBe('new');
  });

  test('two governments that close their embassies in one capital', () => {
    const { tell } = world();
    const tripoli = { name: 'Tripoli', country: 'LY' };
    const one = tell([finding('embassy-closure', { sender: 'IT', hosts: ['LY'], from: tripoli })], {
      title: 'Italy closes embassy in Tripoli',
    });
    const other = tell([finding('embassy-closure', { sender: 'GB', hosts: ['LY'], from: tripoli })], {
      title: 'UK closes embassy in Tripoli',
    });
    expect(other.change.event.id).not.toBe(one.change.event.id);
    expect(other.alert?.kind).toBe('new');
  });

  test('what is told of a mission in a capital without saying whose, and another mission there', () => {
    const { tell } = world();
    const tehran = { name: 'Tehran', country: 'IR' };
    const one = tell([finding('staff-drawdown', { sender: 'PL', hosts: ['IR'], from: tehran })], { title: 'Poland thins out its embassy' });
    const { sender: _, ...unsent } = finding('embassy-closure', { hosts: ['IR'], from: tehran });
    expect(tell([unsent], { title: 'Doors bolted in Tehran, mission shut' }).change.event.id).not.toBe(one.change.event.id);
  });

  test('an embassy’s closing and its reopening: the one ends the other', () => {
    const { tell, wait } = world();
    const { change } = tell([finding('embassy-closure', { hosts: ['IR'] })]);
    wait(20 * 24 * hour);
    const again = tell([finding('embassy-reopening', { hosts: ['IR'], severity: 1 })]);
    expect(again.alert).toMatchObject({ kind: 'lifted', event: { id: change.event.id, state: 'lifted' } });
    wait(hour);
    expect(tell([finding('embassy-closure', { hosts: ['IR'] })]).alert?.kind).toBe('new');
  });

  test('airspaces far apart that close within a day, in other words', () => {
    const { tell } = world();
    const one = tell([closed('airspace', ['PL'])], { title: 'Poland shuts airspace after drones cross from Belarus' });
    const other = tell([closed('airspace', ['NE'])], { title: 'Niger junta closes airspace citing threat of intervention' });
    expect(other.change.event.id).not.toBe(one.change.event.id);
  });

  test('people taken out of two countries, in other words', () => {
    const { tell } = world();
    const one = tell([finding('evacuation', { hosts: ['IL'] })], { title: 'US begins charter flights for Americans stuck in Israel' });
    const other = tell([finding('evacuation', { hosts: ['LB'] })], { title: 'US sends navy ships to fetch Americans from Beirut' });
    expect(other.change.event.id).not.toBe(one.change.event.id);
    expect(other.alert?.kind).toBe('new');
  });
});

describe('together', () => {
  test('one evacuation whose country an outlet takes for another: the country is told as one more', () => {
    const { tell } = world();
    const about = 'tourists stranded on Socotra island board rescue planes';
    const one = tell([finding('evacuation', { sender: 'PL', hosts: ['YE'] })], { title: `Polish ${about}` });
    const other = tell([finding('evacuation', { sender: 'PL', hosts: ['SA'] })], { title: `More ${about}, embassy in Saudi Arabia says` });
    expect(other.change.event.id).toBe(one.change.event.id);
    expect(other.alert).toMatchObject({ kind: 'update', because: ['host-added'] });
  });

  test('the airspaces of a region that close in one night, whichever States each outlet names', () => {
    const { tell } = world();
    const about = 'after Iran fires missiles toward Al Udeid base';
    const reports = [
      tell([closed('airspace', ['QA'])], { title: `Qatar closes airspace ${about}` }),
      tell([closed('airspace', ['AE'])], { title: `UAE closes airspace ${about}` }),
      tell([closed('airspace', ['KW', 'BH'])], { title: `Kuwait and Bahrain shut airspace ${about}` }),
      tell([closed('airspace', [], { area: 'Gulf' })], { title: `Gulf airspace closed ${about}` }),
      tell([closed('airspace', ['QA', 'AE'])], { title: 'Qatar, UAE skies empty as airspace shut' }),
    ];
    expect(new Set(reports.map(({ change }) => change.event.id)).size).toBe(1);
    // Each further country is told.
    expect(reports.map(({ alert }) => alert?.kind)).toEqual(['new', 'update', 'update', undefined, undefined]);
  });

  test('an article that is brought up to date several times within an hour, although its headlines leave slots open', () => {
    const { tell, wait } = world();
    const live = { feedId: 'live', source: 'The Daily', url: 'https://daily.example/live/crisis' };
    const { sender: _, ...unsent } = finding('evacuation');
    const told = [finding('evacuation'), unsent, { ...unsent, hosts: [] }].map((said, at) => {
      wait(10 * 60_000);
      return tell([said], { ...live, url: `${live.url}?post=${at}#block-${at}`, title: `Block ${at}` });
    });
    expect(new Set(told.map(({ change }) => change.event.id)).size).toBe(1);
    expect(told.flatMap(({ alerts }) => alerts)).toHaveLength(1);
  });

  test('what the State says out of which others fly their people: whose evacuation it is stays open', () => {
    const { tell } = world();
    const one = tell([finding('evacuation', { sender: 'PL', hosts: ['YE'] })], {
      title: 'Polish tourists stuck on Socotra flown out of Yemen',
    });
    const host = finding('evacuation', { sender: 'YE', hosts: ['YE'] });
    expect(tell([host], { title: 'Last tourists stuck on Socotra flown out, ministry says' }).change.event.id).toBe(one.change.event.id);
    expect(tell([host], { title: 'Citizens leave Aden' }).change.event.id).not.toBe(one.change.event.id);
  });
});

describe('a doubtful report', () => {
  const doubtful = finding('staff-drawdown', { severity: 3, confidence: 0.68 });

  test('is told once another outlet says the same, and the alert says so', () => {
    const { tell } = world();
    expect(tell([doubtful]).alerts).toEqual([]);
    expect(tell([doubtful]).alert).toMatchObject({ kind: 'new', because: ['corroborated'] });
    expect(tell([doubtful]).alerts).toEqual([]);
  });

  test.each([
    ['another act', { kind: 'embassy-suspension' as const }],
    ['a rumour', { status: 'considered' as const }],
    ['a look back', { status: 'historic' as const }],
  ])('gets no help from %s', (_what, slots) => {
    const { tell } = world();
    tell([doubtful]);
    expect(tell([{ ...doubtful, ...slots }]).alerts).toEqual([]);
  });

  test('gets no help from a copy, from another feed of the same house, nor from itself', () => {
    const { tell } = world();
    const title = 'Staff of the American mission are said to be on their way out of the capital';
    tell([doubtful], { title, source: 'Northern Wire' });
    expect(tell([doubtful], { title: `${title} tonight` }).alerts).toEqual([]);
    expect(tell([doubtful], { source: 'Northern Wire' }).alerts).toEqual([]);
    expect(tell([doubtful], { source: 'Northern Wire Sports', url: 'https://sports.northern-wire.example/1' }).alerts).toEqual([]);
  });
});

test('a copy of what a first read told is not told again; a report of its own is, as known before', () => {
  const { tell } = world();
  const said = { title: 'US closes its embassy in Kyiv' };
  tell([finding('embassy-closure')], { ...said, baseline: true });
  expect(tell([finding('embassy-closure')], { title: `${said.title} - The Courier` }).alerts).toEqual([]);
  expect(tell([finding('embassy-closure')]).alert?.because).toEqual(['known-before']);
});

test.each([
  ['US closes embassy in Kyiv', 'US closes embassy in Kyiv - BBC News', true],
  ['US closes embassy in Kyiv', 'UK closes embassy in Kyiv', false],
  ['US orders families of embassy staff to leave Ukraine now', 'US orders the families of embassy staff to leave Ukraine now', true],
])('a copy: %s / %s: %s', (one, other, copy) => {
  expect(isCopy({ title: one }, { title: other })).toBe(copy);
});
