import { describe, expect, test } from 'vitest';
import { withCause } from '../../src/group/cause.ts';
import { ledgerEntries } from '../../src/group/ledger.ts';
import { postures } from '../../src/kinds.ts';
import type { Change, Reason } from '../../src/model/event.ts';
import type { FeedItem, Tier } from '../../src/model/feed.ts';
import type { Finding } from '../../src/model/finding.ts';

const hour = 3_600_000;
const day = 24 * hour;

import { finding, start, type Telling, world } from '../support/world.ts';

const kyiv = { name: 'Kyiv', country: 'UA' };
const lviv = { name: 'Lviv', country: 'UA' };
const relocation = finding('embassy-relocation', { from: kyiv, to: lviv, temporary: true });
const official: Telling = { tier: 'official' as Tier, source: 'US State Department', feedId: 'state' };
const because = (change: Change): readonly Reason[] => (change.kind === 'repeat' ? [] : change.because);

describe('advice that follows', () => {
  const alertOf = (told: Finding, id: string) => {
    const { alert } = world().tell([told], { id });
    if (!alert) throw new Error('no alert');
    return alert;
  };
  const evacuation = { ...alertOf(finding('evacuation'), 'cause').event };
  const advice = alertOf(finding('travel-advisory', { level: 4 }), 'advice');

  test('names what brought it about: the same State, the same country, told within a day', () => {
    expect(withCause(advice, [evacuation], start).under).toBe(evacuation.id);
    expect(withCause(advice, [evacuation], start + 2 * day).under).toBeUndefined();
    for (const other of [{ sender: 'GB' }, { hosts: ['ML'] }, { severity: 3 as const }, { kind: 'security-alert' as const }])
      expect(withCause(advice, [{ ...evacuation, finding: { ...evacuation.finding, ...other } }], start).under).toBeUndefined();
    const { alertedRevision: _, ...untold } = evacuation;
    expect(withCause(advice, [untold], start).under).toBeUndefined();
  });

  test('and nothing but advice follows', () => {
    const closure = alertOf(finding('embassy-closure'), 'closure');
    expect(withCause(closure, [evacuation], start)).toBe(closure);
  });
});

describe('what is grave and not sure', () => {
  const doubtful = { ...relocation, confidence: 0.65 };

  test('is told as unconfirmed, and again as soon as it is sure', () => {
    const { tell, wait } = world();
    const first = tell([doubtful]);
    expect(first.alert).toMatchObject({ kind: 'new', unconfirmed: true, escalates: false, id: `${first.change.event.id}@1` });
    wait(hour);
    const sure = tell([relocation]);
    expect(sure.alert).toMatchObject({ kind: 'new', because: ['became-alertable'], escalates: true, id: `${first.change.event.id}@2` });
    expect(sure.alert?.unconfirmed).toBeUndefined();
    wait(hour);
    expect(tell([relocation]).alerts).toEqual([]);
  });

  test('is told once, however often it is repeated in doubt', () => {
    const { tell } = world();
    expect(tell([{ ...doubtful, confidence: 0.6 }], { source: 'Courier' }).alerts).toHaveLength(1);
    expect(tell([{ ...doubtful, confidence: 0.6 }], { source: 'Courier' }).alerts).toEqual([]);
  });

  test('is taken back where an official says that it is not so', () => {
    const { tell } = world();
    tell([doubtful]);
    const denied = tell([finding('embassy-relocation', { from: kyiv, status: 'denied', to: lviv })], official);
    expect(denied.alert).toMatchObject({ kind: 'correction' });
  });

  test.each([
    ['less grave', { severity: 3 as const }],
    ['less sure', { confidence: 0.59 }],
    ['only considered', { status: 'considered' as const }],
  ])('%s it waits for the digest', (_why, slots) => {
    const { tell } = world();
    expect(tell([{ ...doubtful, ...slots }]).alerts).toEqual([]);
  });

  test('a first read and an old story tell nobody', () => {
    const { tell } = world();
    expect(tell([doubtful], { baseline: true }).alerts).toEqual([]);
    expect(tell([{ ...doubtful, hosts: ['ML'] }], { publishedAt: start - 2 * day }).alerts).toEqual([]);
  });
});

describe('the days of February 2022', () => {
  test('a report alerts, a second outlet is silent, the ministry confirms, and the reopening in May lifts it', () => {
    const { tell, wait, posture, events } = world();
    const first = tell([relocation], { source: 'The Harbour Courier' });
    expect(first.alert).toMatchObject({ kind: 'new', severity: 4, because: ['first-report'], escalates: false });
    wait(hour);
    const second = tell([finding('embassy-relocation', { to: lviv, from: kyiv })], { source: 'Northern Wire' });
    expect(second.alerts).toEqual([]);
    expect(second.change.event.sources).toHaveLength(2);
    expect(second.counted).toMatchObject([{ kind: 'new', because: ['first-report'], escalates: false, event: { revision: 1 } }]);
    wait(hour);
    const confirmed = tell([relocation], official);
    expect(confirmed.alert).toMatchObject({
      kind: 'update',
      because: ['officially-confirmed'],
      id: `${first.change.event.id}@2`,
      escalates: false,
    });
    expect(posture('US', 'UA')).toMatchObject({ posture: 'relocated', since: start, to: lviv, tier: 'official' });
    wait(93 * day);
    const reopened = tell([finding('embassy-reopening', { severity: 1, to: kyiv })]);
    expect(reopened.alert).toMatchObject({ kind: 'lifted', because: ['reopened'], previous: { kind: 'embassy-relocation' } });
    expect(reopened.change.event).toMatchObject({ id: first.change.event.id, state: 'lifted' });
    expect(posture('US', 'UA')).toMatchObject({ posture: 'normal' });
    wait(hour);
    expect(tell([finding('embassy-reopening', { severity: 1 })]).change.kind).toBe('repeat');
    expect(tell([finding('embassy-reopening', { severity: 1 })], official).alert).toMatchObject({
      kind: 'update',
      because: ['officially-confirmed'],
      event: { state: 'lifted' },
    });
    expect(events()).toHaveLength(1);
  });

  test('what closes again after a reopening is a new event', () => {
    const { tell, wait } = world();
    const first = tell([relocation]).change.event;
    wait(30 * day);
    tell([finding('embassy-reopening', { severity: 1 })]);
    wait(hour);
    const again = tell([finding('embassy-closure')]);
    expect(again.alert?.kind).toBe('new');
    expect(again.change.event.id).not.toBe(first.id);
  });

  test('another report of the same posture leaves its beginning as it was', () => {
    const { tell, wait, posture } = world();
    tell([relocation]);
    wait(day);
    tell([relocation], official);
    wait(40 * day);
    expect(tell([relocation]).change.kind).toBe('new');
    expect(posture('US', 'UA')).toMatchObject({ posture: 'relocated', since: start });
  });

  test('a reopening lifts what the ledger holds although the event is no longer at hand', () => {
    const { tell, wait, posture, forgetEvents } = world();
    const { event } = tell([relocation]).change;
    forgetEvents();
    wait(400 * day);
    const reopened = tell([finding('embassy-reopening', { severity: 1 })]);
    expect(reopened.alert).toMatchObject({ kind: 'lifted', event: { follows: event.id } });
    expect(posture('US', 'UA')?.posture).toBe('normal');
  });
});

describe('counting outlets', () => {
  const third = { source: 'The Third Paper' };
  test('another outlet is counted once; a copy of its text, its own next report and a first read are not', () => {
    const { tell } = world();
    tell([relocation], { source: 'The Harbour Courier', title: 'US moves its embassy' });
    expect(tell([relocation], { source: 'Northern Wire', title: 'US moves its embassy' }).counted).toEqual([]);
    expect(tell([relocation], { source: 'The Harbour Courier', title: 'The embassy has moved' }).counted).toEqual([]);
    expect(tell([relocation], { ...third, baseline: true }).counted).toEqual([]);
    expect(tell([relocation], { source: 'The Fourth Paper' }).counted).toHaveLength(1);
  });

  test('each has an id of its own, however many reports an event has had', () => {
    const { tell } = world();
    tell([relocation], { source: 'The Harbour Courier' });
    const counted = (source: string) => tell([relocation], { source }).counted.map(({ id }) => id);
    const told = Array.from({ length: 110 }, (_, at) => [...counted(`Paper ${at}`), ...counted(`Paper ${at}`)]).flat();
    // For each new outlet a second report of another one goes: the event keeps as many as before, and counts one more.
    const full = Array.from({ length: 60 }, (_, at) => counted(`Late paper ${at}`)).flat();
    const ids = [...told, ...full];
    expect([told.length, full.length]).toEqual([110, 60]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('what was told as unconfirmed counts as well, and stays unconfirmed', () => {
    const { tell } = world();
    const doubted = { ...relocation, confidence: 0.6 };
    tell([doubted], { source: 'The Harbour Courier' });
    expect(tell([doubted], { source: 'Northern Wire' }).counted).toMatchObject([{ unconfirmed: true, silent: true }]);
  });

  test('keeps what was last told of an update', () => {
    const { tell } = world();
    tell([finding('staff-departure-authorized', { severity: 3 })], { source: 'The Harbour Courier' });
    tell([finding('embassy-closure')], { source: 'Northern Wire' });
    const [counted] = tell([finding('embassy-closure')], third).counted;
    expect(counted).toMatchObject({ kind: 'update', previous: { kind: 'staff-departure-authorized' }, event: { revision: 2 } });
    expect(counted?.because).toContain('posture-changed');
  });

  test('a report of another act of the crisis counts for its own act', () => {
    const { tell } = world();
    tell([finding('embassy-relocation', { from: kyiv, to: lviv, status: 'planned', severity: 1 })], { source: 'The Harbour Courier' });
    const words = { field: 'title', start: 3, end: 12, rule: 'r' } as const;
    const staff = finding('staff-drawdown', { severity: 3, evidence: [{ ...words, role: 'act' }] });
    const { change, alert } = tell([staff, finding('evacuation', { evidence: [{ ...words, role: 'act' }] })], third);
    expect(alert).toMatchObject({ kind: 'update', escalates: true, event: { finding: { kind: 'evacuation', whom: 'staff' } } });
    expect(change.event.finding.to).toBeUndefined();
    const { sources, acts } = change.event;
    expect(sources.map((source) => source.acts)).toEqual([['embassy-relocation'], ['evacuation']]);
    expect(acts?.[0]).toMatchObject({ kind: 'embassy-relocation', status: 'planned', finding: { to: lviv } });
  });
});

describe('escalation', () => {
  test('each step further is told and notifies again; each step back only repeats', () => {
    const { tell, wait, posture } = world();
    const steps = [
      finding('staff-departure-authorized', { severity: 3 }),
      finding('staff-departure-ordered'),
      finding('embassy-suspension'),
      finding('embassy-relocation', { to: lviv }),
      finding('embassy-closure'),
    ];
    const told = steps.map((step) => {
      wait(hour);
      return tell([step]).alert;
    });
    expect(told.map((alert) => alert?.kind)).toEqual(['new', 'update', 'update', 'update', 'update']);
    expect(told.slice(1).every((alert) => alert?.escalates)).toBe(true);
    expect(told.slice(1).every((alert) => alert?.because.includes('posture-changed'))).toBe(true);
    expect(new Set(told.map((alert) => alert?.event.id)).size).toBe(1);
    for (const step of steps) expect(tell([step]).alerts).toEqual([]);
    expect(posture('US', 'UA')?.posture).toBe('closed');
  });

  test('an ordered departure after an evacuation is told once, and the evacuation not again', () => {
    const { tell } = world();
    tell([finding('evacuation')]);
    expect(because(tell([finding('staff-departure-ordered')]).change)).toContain('posture-changed');
    expect(tell([finding('evacuation')]).change.kind).toBe('repeat');
    expect(tell([finding('staff-departure-ordered')]).change.kind).toBe('repeat');
  });

  test('planned, then happening', () => {
    const { tell, posture } = world();
    tell([finding('embassy-closure', { status: 'planned', severity: 3 })]);
    expect(posture('US', 'UA')).toBeUndefined();
    expect(because(tell([finding('embassy-closure')]).change)).toEqual(['status-rose', 'severity-rose', 'posture-changed']);
    expect(posture('US', 'UA')?.posture).toBe('closed');
  });

  test('after three quiet days a severer act begins a new phase that follows the first', () => {
    const { tell, wait } = world();
    const { event } = tell([finding('staff-departure-authorized', { severity: 3 })]).change;
    wait(4 * day);
    const next = tell([finding('embassy-suspension')]);
    expect(next.alert).toMatchObject({ kind: 'new', because: ['new-phase'], event: { follows: event.id } });
  });

  test('an event ends after a week of silence, and after three weeks in all', () => {
    const quiet = world();
    quiet.tell([relocation]);
    quiet.wait(8 * day);
    expect(quiet.tell([relocation]).change.kind).toBe('new');
    const busy = world();
    const ids = Array.from({ length: 6 }, () => {
      busy.wait(5 * day);
      return busy.tell([relocation]).change.event.id;
    });
    expect(new Set(ids).size).toBe(2);
  });

  test('a city, a number and a host that become known are told', () => {
    const { tell } = world();
    tell([finding('embassy-relocation', { hosts: ['SD'] })]);
    expect(because(tell([finding('embassy-relocation', { hosts: ['SD'], to: { name: 'Port Sudan', country: 'SD' } })]).change)).toEqual([
      'city-known',
    ]);
    tell([finding('evacuation', { sender: 'FR', hosts: ['NE'] })]);
    expect(because(tell([finding('evacuation', { sender: 'FR', hosts: ['NE'], people: 600 })]).change)).toEqual(['number-known']);
    expect(because(tell([finding('evacuation', { sender: 'FR', hosts: ['NE', 'ML'] })]).change)).toEqual(['host-added']);
  });
});

describe('what never swallows the alert that follows', () => {
  test('a baseline', () => {
    const { tell, posture } = world();
    const before = tell([relocation], { baseline: true });
    expect(before.alerts).toEqual([]);
    expect(posture('US', 'UA')?.posture).toBe('relocated');
    const after = tell([relocation]);
    expect(after.alert).toMatchObject({ kind: 'new', because: ['known-before'], id: `${before.change.event.id}@1` });
  });

  test('a rumour that is only considered', () => {
    const { tell } = world();
    expect(tell([finding('embassy-relocation', { status: 'considered' })]).alerts).toEqual([]);
    expect(tell([relocation]).alert).toMatchObject({ kind: 'new', because: ['became-alertable'] });
  });

  test('a report that is unsure: its act is not told in place of the sure one', () => {
    const { tell } = world();
    tell([finding('embassy-closure', { confidence: 0.5 })]);
    expect(tell([finding('staff-departure-ordered')]).alert?.event.finding).toMatchObject({
      kind: 'staff-departure-ordered',
      confidence: 0.95,
    });
    expect(because(tell([finding('embassy-closure')]).change)).toEqual(['posture-changed']);
  });

  test('an old story: it opens the event, the next fresh one tells it', () => {
    const { tell, wait } = world();
    wait(3 * day);
    expect(tell([relocation], { publishedAt: start }).alerts).toEqual([]);
    expect(tell([relocation]).alert?.kind).toBe('new');
  });

  test('an old story or a baseline that would escalate what was told', () => {
    const { tell } = world();
    tell([finding('staff-departure-ordered')]);
    expect(tell([finding('embassy-closure')], { baseline: true }).change.kind).toBe('repeat');
    expect(because(tell([finding('embassy-closure')]).change)).toEqual(['posture-changed']);
  });
});

describe('independent outlets', () => {
  test('two unsure outlets make an alert, a copy of the same title does not', () => {
    const unsure = finding('embassy-closure', { confidence: 0.7 });
    const copied = world();
    copied.tell([unsure], { title: 'US closes embassy in Kyiv - The Harbour Courier' });
    expect(copied.tell([unsure], { title: 'US closes embassy in Kyiv' }).alerts).toEqual([]);
    const independent = world();
    independent.tell([unsure], { title: 'US closes embassy in Kyiv' });
    expect(independent.tell([unsure], { title: 'Americans shut Kyiv mission' }).alert).toMatchObject({
      kind: 'new',
      because: ['corroborated'],
    });
  });

  test('the same outlet twice adds nothing', () => {
    const { tell } = world();
    const unsure = finding('embassy-closure', { confidence: 0.7 });
    tell([unsure], { source: 'Northern Wire' });
    expect(tell([unsure], { source: 'Northern Wire' }).change.event.finding.confidence).toBe(0.7);
  });
});

describe('denial', () => {
  const denial = finding('embassy-closure', { status: 'denied' });

  test('by an official corrects what was told; by an outlet it only joins', () => {
    const { tell, posture } = world();
    const { event } = tell([finding('embassy-closure')]).change;
    expect(tell([denial]).change.kind).toBe('repeat');
    const corrected = tell([denial], official);
    expect(corrected.alert).toMatchObject({
      kind: 'correction',
      because: ['denied-by-official'],
      severity: 4,
      event: { id: event.id, state: 'corrected' },
    });
    expect(tell([finding('embassy-closure')]).change.kind).toBe('repeat');
    expect(posture('US', 'UA')).toBeDefined();
  });

  test('an outlet that repeats the claim adds to it; a day later, or where it goes further, it is news again', () => {
    const { tell, wait } = world();
    const { event } = tell([finding('staff-drawdown')]).change;
    tell([finding('staff-drawdown', { status: 'denied' })], official);
    wait(2 * hour);
    expect(tell([finding('staff-drawdown')])).toMatchObject({ change: { kind: 'repeat', event: { id: event.id } }, alerts: [] });
    expect(tell([finding('embassy-closure')]).alert).toMatchObject({ kind: 'new', event: { follows: event.id } });

    const other = world();
    const denied = other.tell([finding('staff-drawdown')]).change.event;
    other.tell([finding('staff-drawdown', { status: 'denied' })], official);
    other.wait(30 * hour);
    const later = other.tell([finding('staff-drawdown')]);
    expect(later.alert).toMatchObject({ kind: 'new', because: ['new-phase'], event: { follows: denied.id } });
    expect(other.tell([finding('staff-drawdown')]).change.event.id).toBe(later.change.event.id);
  });

  test('of nothing that is known opens no event', () => {
    expect(world().tell([denial], official).changes).toEqual([]);
  });
});

describe('open slots', () => {
  const nameless = finding('evacuation', { hosts: ['SD'] });

  test('a report without a sender joins the only event that fits where something rare agrees', () => {
    const { tell } = world();
    const { event } = tell([{ ...nameless, people: 70 }], { title: 'US airlifts 70 from Khartoum' }).change;
    const { sender: _, ...unsent } = nameless;
    expect(tell([{ ...unsent, people: 70 }], { title: 'Diplomats airlifted out of Khartoum' }).change.event.id).toBe(event.id);
    expect(tell([unsent], { title: 'Evacuation under way' }).change.event.id).not.toBe(event.id);
  });

  test('two rare words are enough where both leave the same slot open, three where only one does', () => {
    const { sender: _, ...unsent } = nameless;
    const joins = (known: Finding, title: string) => {
      const { tell } = world();
      const { event } = tell([known], { title: 'Chinook helicopters carry diplomats past Wadi Seidna' }).change;
      return tell([unsent], { title }).change.event.id === event.id;
    };
    expect(joins(unsent, 'Chinook helicopters over the capital')).toBe(true);
    expect(joins(nameless, 'Chinook helicopters over the capital')).toBe(false);
    expect(joins(nameless, 'Chinook helicopters seen at Wadi Seidna')).toBe(true);
  });

  test('and stays by itself where two events fit', () => {
    const { tell } = world();
    tell([nameless], { title: 'US airlifts diplomats from Khartoum by Chinook helicopters' });
    tell([{ ...nameless, sender: 'GB' }], { title: 'British diplomats leave Khartoum in Chinook helicopters' });
    const { sender: _, ...unsent } = nameless;
    expect(tell([unsent], { title: 'Diplomats leave Khartoum in Chinook helicopters' }).change.kind).toBe('new');
  });

  test('the sender of a border closure is no open slot; areas meet on closing and reopening', () => {
    const { tell, wait } = world();
    const { sender: _, ...closing } = finding('border-airspace', { hosts: ['QA', 'AE', 'KW', 'BH'], area: 'Gulf', severity: 3 });
    const { event } = tell([closing], { title: 'Gulf States close airspace' }).change;
    expect(tell([{ ...closing, hosts: [] }], { title: 'Skies shut over the Gulf' }).change.event.id).toBe(event.id);
    wait(12 * hour);
    const reopening = { ...closing, hosts: ['QA'], severity: 1 } as const;
    expect(tell([reopening], { title: 'Gulf airspace reopens' }).alert).toMatchObject({ kind: 'lifted', event: { id: event.id } });
    wait(hour);
    expect(tell([closing], { title: 'Gulf airspace closed once more' }).alert?.kind).toBe('new');
  });
});

describe('expulsions', () => {
  const expels = (sender: string, hosts: readonly string[]) => finding('diplomatic-expulsion', { sender, hosts, severity: 3 });

  test('tit for tat is linked and never merged', () => {
    const { tell, wait } = world();
    const { event } = tell([expels('RU', ['GB'])]).change;
    wait(day);
    const answer = tell([expels('GB', ['RU'])]);
    expect(answer.alert).toMatchObject({ kind: 'new', event: { follows: event.id } });
    expect(answer.change.event.id).not.toBe(event.id);
  });

  test('a joint action is one event, and one more State joins it', () => {
    const { tell } = world();
    expect(tell([expels('RU', ['PL']), expels('RU', ['LT'])]).changes).toHaveLength(1);
    expect(because(tell([expels('RU', ['LT', 'LV'])]).change)).toEqual(['host-added']);
  });

  test('three days later it is another expulsion', () => {
    const { tell, wait } = world();
    tell([expels('RU', ['GB'])]);
    wait(4 * day);
    expect(tell([expels('RU', ['GB'])]).change.kind).toBe('new');
  });
});

describe('posts in two cities of one country', () => {
  const kharkiv = { name: 'Kharkiv', country: 'UA' };

  test('are two events, so that the order to leave one is not lost behind the closing of the other', () => {
    const { tell } = world();
    const closed = tell([finding('embassy-closure', { from: kyiv })], { title: 'US closes embassy in Kyiv' });
    const ordered = tell([finding('staff-departure-ordered', { from: kharkiv })], { title: 'US orders departure of staff from Kharkiv' });
    expect(ordered.change.kind).toBe('new');
    expect(ordered.change.event.id).not.toBe(closed.change.event.id);
    expect(ordered.alert).toBeDefined();
  });

  test('are one where the embassy moves from the one to the other, or people are fetched from both', () => {
    const { tell } = world();
    const moved = tell([relocation], { title: 'US moves its embassy in Ukraine' });
    expect(tell([finding('embassy-suspension', { from: lviv })], { title: 'US embassy in Lviv halts work' }).change.event.id).toBe(
      moved.change.event.id,
    );
    const flown = tell([finding('evacuation', { sender: 'FR', from: kyiv })], { title: 'France flies citizens out of Kyiv' });
    expect(
      tell([finding('evacuation', { sender: 'FR', from: kharkiv })], { title: 'France flies citizens out of Kharkiv' }).change.event.id,
    ).toBe(flown.change.event.id);
  });
});

describe('attacks', () => {
  const attack = finding('mission-attack', { hosts: ['IQ'], from: { name: 'Baghdad', country: 'IQ' }, post: 'embassy' });
  const again = { ...attack, evidence: [{ field: 'title', start: 0, end: 1, role: 'again', rule: '' }] } as const;

  test('another city, another post and "again" are other events', () => {
    const { tell } = world();
    const ids = [
      tell([attack], { title: 'Rockets hit US embassy in Baghdad' }),
      tell([{ ...attack, from: { name: 'Erbil', country: 'IQ' }, post: 'consulate' }], { title: 'Drone hits consulate in Erbil' }),
      tell([again], { title: 'US embassy in Baghdad hit again' }),
    ].map(({ change }) => change.event.id);
    expect(new Set(ids).size).toBe(3);
    expect(tell([again], { title: 'Second attack on US embassy in Baghdad' }).change).toMatchObject({
      kind: 'repeat',
      event: { id: ids[2] },
    });
  });

  test('three days later it is another attack', () => {
    const { tell, wait } = world();
    tell([attack]);
    wait(73 * hour);
    expect(tell([attack]).change.kind).toBe('new');
  });
});

describe('advice', () => {
  const advice = (level: 1 | 2 | 3 | 4 | undefined, slots: Partial<Finding> = {}) =>
    finding('travel-advisory', { hosts: ['ML'], severity: level ?? 3, ...(level && { level }), ...slots });
  const register: Telling = { tier: 'official', feedKind: 'register', source: 'US State Department', feedId: 'us-register' };

  test('a level that becomes known updates; a level that changes is the next event', () => {
    const { tell, wait } = world();
    const { event } = tell([advice(undefined)]).change;
    expect(because(tell([advice(3)]).change)).toEqual(['level-known']);
    wait(2 * day);
    const raised = tell([advice(4)]);
    expect(raised.alert).toMatchObject({
      kind: 'new',
      because: ['level-raised'],
      event: { follows: event.id, finding: { previousLevel: 3 } },
    });
    expect(tell([advice(3)]).change).toMatchObject({ kind: 'repeat', event: { id: event.id } });
    wait(4 * day);
    expect(tell([advice(2)], register).alert).toMatchObject({ kind: 'new', because: ['level-lowered'] });
  });

  test('a register overrides what outlets said of it, and outlets do not override a register', () => {
    const { tell } = world();
    const { event } = tell([advice(4)]).change;
    const read = tell([advice(3, { nativeText: 'Reconsider travel' })], register).change;
    expect(read).toMatchObject({
      kind: 'update',
      because: ['level-lowered', 'officially-confirmed'],
      event: { id: event.id, finding: { level: 3, severity: 3 } },
    });
    expect(tell([advice(4)]).change).toMatchObject({ kind: 'repeat', event: { finding: { level: 3 } } });
  });

  test('unchanged advice never alerts and keeps the ledger read', () => {
    const { tell } = world();
    expect(tell([advice(3, { direction: 'reissued', severity: 0 })], register).alerts).toEqual([]);
  });

  test('advice and an alert of one sender meet within two days', () => {
    const { tell, wait } = world();
    const { event } = tell([advice(4)]).change;
    expect(tell([finding('security-alert', { hosts: ['ML'], severity: 3 })]).change.event.id).toBe(event.id);
    wait(3 * day);
    expect(tell([finding('security-alert', { hosts: ['ML'], severity: 3 })]).change.event.id).not.toBe(event.id);
  });

  test('each alert that a mission issues is one of its own', () => {
    const { tell } = world();
    const mission: Telling = { tier: 'official', feedKind: 'mission', feedId: 'bamako' };
    const alert = finding('security-alert', { hosts: ['ML'], severity: 2 });
    tell([alert], { ...mission, title: 'Demonstration Alert: 3 May' });
    expect(tell([alert], { ...mission, title: 'Demonstration Alert: 5 May' }).alert?.kind).toBe('new');
  });

  test('one item that orders a departure and raises the level is one alert, and its advice stands in the ledger', () => {
    const { tell } = world();
    const { alerts, changes } = tell([advice(4), finding('staff-departure-ordered', { hosts: ['ML'] })]);
    expect(alerts).toHaveLength(1);
    expect(changes[0]?.event).toMatchObject({ finding: { kind: 'staff-departure-ordered', level: 4 } });
    const [change] = changes;
    if (!change) throw new Error('a change was expected');
    const item: FeedItem = { id: 'a', feedId: 'f', url: 'https://news.example/a', title: '', summary: '', fetchedAt: start };
    const entries = ledgerEntries(change, { item, source: 'Outlet', tier: 'media', feedKind: 'news', baseline: false }, start);
    expect(entries).toMatchObject([
      { kind: 'posture', posture: 'ordered', host: 'ML' },
      { kind: 'advice', issuer: 'US', country: 'ML', level: 4, tier: 'media' },
    ]);
  });
});

test('a milder act of a later event does not hide a graver posture', () => {
  const { tell, wait, posture } = world();
  tell([relocation]);
  wait(40 * day);
  tell([finding('staff-drawdown', { severity: 3 })]);
  expect(postures).toContain(posture('US', 'UA')?.posture);
  expect(posture('US', 'UA')?.posture).toBe('relocated');
});

test('an act in two countries fans out in the ledger', () => {
  const { tell, posture } = world();
  tell([finding('embassy-closure', { hosts: ['SY'] }), finding('embassy-closure', { hosts: ['LB'] })]);
  expect(posture('US', 'SY')?.posture).toBe('closed');
  expect(posture('US', 'LB')?.posture).toBe('closed');
});

describe('several States that act together', () => {
  const both = finding('embassy-closure', { sender: 'US', jointly: ['GB'] });

  test('are one event, which a report of either joins', () => {
    const { tell } = world();
    const { event } = tell([both]).change;
    expect(tell([finding('embassy-closure', { sender: 'GB' })]).change).toMatchObject({ kind: 'repeat', event: { id: event.id } });
    expect(tell([finding('embassy-closure', { sender: 'FR' })]).change.event.id).not.toBe(event.id);
  });

  test('each stand in the ledger, and one that reopens lifts only its own posture', () => {
    const { tell, posture } = world();
    tell([both]);
    expect([posture('US', 'UA')?.posture, posture('GB', 'UA')?.posture]).toEqual(['closed', 'closed']);
    expect(tell([finding('embassy-reopening', { sender: 'GB', severity: 1 })]).change.kind).toBe('lifted');
    expect([posture('US', 'UA')?.posture, posture('GB', 'UA')?.posture]).toEqual(['closed', 'normal']);
  });
});

test('the same item read again adds no source and tells nothing', () => {
  const { tell } = world();
  tell([relocation], { id: 'same' });
  const again = tell([relocation], { id: 'same' });
  expect(again.change).toMatchObject({ kind: 'repeat' });
  expect(again.change.event.sources).toHaveLength(1);
});

test('a replay gives the same ids and the same bytes', () => {
  const play = () => {
    const { tell, wait, events } = world();
    tell([relocation]);
    wait(hour);
    tell([finding('embassy-closure'), finding('diplomatic-expulsion', { sender: 'RU', hosts: ['US'] })], official);
    wait(90 * day);
    tell([finding('embassy-reopening', { severity: 1 })]);
    return JSON.stringify(events());
  };
  expect(play()).toBe(play());
});
