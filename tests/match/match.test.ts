import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { topics } from '../../src/kinds.ts';
import { createPlan, type Lane } from '../../src/match/fan-out.ts';
import { matches } from '../../src/match/filter.ts';
import { quietUntil } from '../../src/match/quiet.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { Channel, EventFilter, Subscription } from '../../src/model/channel.ts';
import type { Posting } from '../../src/model/delivery.ts';
import type { NewsEvent } from '../../src/model/event.ts';
import type { Finding } from '../../src/model/finding.ts';
import { finding } from '../support/world.ts';

const hour = 3_600_000;
const now = Date.UTC(2022, 1, 14, 16, 30);
const names = (code: string) => ({ UA: 'Ukraine', SD: 'Sudan', SS: 'South Sudan', RU: 'Russia' })[code] ?? code;

function event(slots: Partial<Finding> = {}, more: Partial<NewsEvent> = {}): NewsEvent {
  const source = {
    itemId: 'a',
    feedId: 'f',
    source: 'The Harbour Courier',
    tier: 'media' as const,
    title: 'Embassy moves to Lviv',
    url: '',
    seenAt: now,
  };
  return {
    id: 'e1',
    revision: 1,
    alertedRevision: 1,
    finding: finding('embassy-relocation', slots),
    sources: [source],
    firstSeenAt: now,
    lastSeenAt: now,
    state: 'open',
    ...more,
  };
}

const everything: EventFilter = { topics, min: 2 };

describe('a filter', () => {
  test.each<readonly [string, Partial<EventFilter>, boolean]>([
    ['everywhere', {}, true],
    ['the host', { countries: ['UA'] }, true],
    ['another country', { countries: ['PL'] }, false],
    ['the government', { from: ['US', 'GB'] }, true],
    ['another government', { from: ['GB'] }, false],
    ['the topic', { topics: ['embassy-moves'] }, true],
    ['another topic', { topics: ['consular'] }, false],
    ['a word of a title', { with: ['lviv'] }, true],
    ['the name of the country', { with: ['UKRAINE'] }, true],
    ['all words', { with: ['lviv', 'airport'] }, false],
    ['a word unwanted', { without: ['Lviv'] }, false],
    ['the middle of a word', { with: ['viv'] }, false],
  ])('%s', (_, narrowed, expected) => {
    expect(matches({ ...everything, ...narrowed }, event(), names)).toBe(expected);
  });

  test('a minimum', () => {
    expect(matches({ ...everything, min: 3 }, event({ severity: 2 }), names)).toBe(false);
  });

  test('the country a mission moves to, and both sides of an expulsion', () => {
    const moved = event({ hosts: ['LY'], to: { name: 'Tunis', country: 'TN' } });
    expect(matches({ ...everything, countries: ['TN'] }, moved, names)).toBe(true);
    const expelled = event({ kind: 'diplomatic-expulsion', sender: 'RU', hosts: ['GB'] });
    expect(matches({ ...everything, countries: ['RU'] }, expelled, names)).toBe(true);
  });

  test('every act that an event tells', () => {
    const both = event(
      {},
      {
        acts: [
          { kind: 'embassy-relocation', status: 'happening' },
          { kind: 'travel-advisory', status: 'happening' },
        ],
      },
    );
    expect(matches({ ...everything, topics: ['travel-advisories'] }, both, names)).toBe(true);
  });
});

const channel: Channel = { lane: 'slack:T1:C1', zone: 'Europe/Kyiv', language: 'en', createdAt: 0, mention: '@duty' };
const subscription = (id: string, filter: Partial<EventFilter> = {}): Subscription => ({
  id,
  lane: channel.lane,
  filter: { ...everything, ...filter },
  createdBy: 'U1',
  createdAt: 0,
});
const posting: Posting = { lane: channel.lane, subject: 'e1', ref: { channel: 'C1', id: '1' }, revision: 1, acks: [] };
const lane = (more: Partial<Lane> = {}): Lane => ({ channel, subscriptions: [subscription('1')], pending: false, ...more });

function alert(more: Partial<Alert> = {}): Alert {
  const about = more.event ?? event();
  return {
    id: `${about.id}@${about.revision}`,
    kind: 'new',
    event: about,
    because: ['first-report'],
    escalates: false,
    severity: about.finding.severity,
    headline: '',
    at: now,
    ...more,
  };
}

const plan = createPlan(names);
const acts = (raised: Alert, ...lanes: readonly Lane[]) => plan(raised, lanes, now).map(({ act }) => act);

describe('the fan-out', () => {
  test('two subscriptions of one channel are one message that names both', () => {
    const asked = [subscription('1'), subscription('2', { countries: ['UA'] }), subscription('3', { countries: ['PL'] })];
    const [delivery, ...others] = plan(alert(), [lane({ subscriptions: asked })], now);
    expect(others).toEqual([]);
    expect(delivery).toMatchObject({
      act: 'post',
      living: true,
      because: ['1', '2'],
      messageId: 'e1@1/en',
      mention: '@duty',
      notBefore: now,
    });
    expect(delivery?.key.length).toBeLessThanOrEqual(25);
  });

  test('an update edits the living message and notes it; a channel without one gets the whole alert', () => {
    const update = alert({ kind: 'update', event: event({}, { revision: 2 }), escalates: true });
    const deliveries = plan(update, [lane({ posting }), lane({ pending: true }), lane()], now);
    expect(deliveries.map(({ act, messageId, mention }) => [act, messageId, mention])).toEqual([
      ['edit', 'e1@2/en', undefined],
      ['reply', 'e1@2/en/note', '@duty'],
      ['edit', 'e1@2/en', undefined],
      ['reply', 'e1@2/en/note', '@duty'],
      ['post', 'e1@2/en', '@duty'],
    ]);
  });

  test('a message that people took away is left alone, but for worse news and a Correction', () => {
    const removed = { ...posting, ref: { ...posting.ref, removed: true as const } };
    const acts = (told: Alert) => plan(told, [lane({ posting: removed })], now).map(({ act, living }) => [act, living]);
    expect(acts(alert({ kind: 'update' }))).toEqual([]);
    expect(acts(alert({ kind: 'lifted' }))).toEqual([]);
    expect(acts(alert({ kind: 'update', escalates: true }))).toEqual([['post', true]]);
    expect(acts(alert({ kind: 'correction' }))).toEqual([['post', false]]);
  });

  test('what is not confirmed goes to those who named the country, quietly; once it is sure it pings and goes to all', () => {
    const named = subscription('1', { countries: ['UA'] });
    const quiet = { ...channel, zone: 'UTC', quiet: { from: 16, to: 18 } };
    const doubted = plan(alert({ unconfirmed: true }), [lane(), lane({ subscriptions: [named], channel: quiet })], now);
    expect(doubted.map(({ act, mention, notBefore }) => [act, mention, notBefore])).toEqual([
      ['post', undefined, Date.UTC(2022, 1, 14, 18)],
    ]);
    const sure = alert({ because: ['became-alertable'], escalates: true, event: event({}, { revision: 2 }) });
    expect(plan(sure, [lane(), lane({ posting })], now).map(({ act, mention }) => [act, mention])).toEqual([
      ['post', '@duty'],
      ['edit', undefined],
      ['reply', '@duty'],
    ]);
  });

  test('advice that follows an evacuation is not told apart where that stands, until it gets worse itself', () => {
    const advice = alert({ under: 'evacuation', event: event({ kind: 'travel-advisory', level: 4 }) });
    expect(acts(advice, lane({ causeIsPosted: true }))).toEqual([]);
    expect(acts(advice, lane())).toEqual(['post']);
    expect(acts({ ...advice, kind: 'update', escalates: true }, lane({ causeIsPosted: true }))).toEqual(['post']);
    expect(acts({ ...advice, kind: 'correction' }, lane({ causeIsPosted: true, posting }))).toEqual(['edit', 'post']);
  });

  test('a message that stands is kept right although nobody asks for it any more, without a word', () => {
    expect(acts(alert({ kind: 'update' }), lane({ posting, subscriptions: [subscription('1', { countries: ['PL'] })] }))).toEqual(['edit']);
  });

  test('what is lifted or corrected reaches every channel that was told, whatever its minimum', () => {
    const critical = [subscription('1', { min: 4 })];
    const lifted = alert({
      kind: 'lifted',
      event: event({ kind: 'embassy-reopening', severity: 1 }, { state: 'lifted' }),
      previous: event().finding,
    });
    const told = plan(lifted, [lane({ posting, subscriptions: critical })], now);
    expect(told.map(({ act, living, because }) => [act, living, because])).toEqual([
      ['edit', true, ['1']],
      ['post', false, ['1']],
    ]);
    expect(acts(lifted, lane({ subscriptions: critical }))).toEqual([]);
    expect(acts(lifted, lane({ subscriptions: [subscription('1', { min: 1 })] }))).toEqual(['post']);
    const correction = alert({ kind: 'correction', previous: event().finding });
    expect(acts(correction, lane())).toEqual([]);
    const corrected = plan(correction, [lane({ posting, subscriptions: [] })], now);
    expect(corrected.map(({ act, mention }) => [act, mention])).toEqual([
      ['edit', undefined],
      ['post', '@duty'],
    ]);
  });

  test('what is paused hears nothing', () => {
    const pausedUntil = now + hour;
    const paused = { ...subscription('1'), pausedUntil };
    expect(acts(alert(), lane({ channel: { ...channel, pausedUntil } }), lane({ subscriptions: [paused] }))).toEqual([]);
    expect(acts(alert({ kind: 'correction' }), lane({ posting, subscriptions: [paused] }))).toEqual([]);
    const [delivery] = plan(alert(), [lane({ subscriptions: [paused, subscription('2')] })], now);
    expect(delivery?.because).toEqual(['2']);
  });

  test('quiet hours hold back all but Critical; an edit of what stands disturbs nobody', () => {
    const quiet = lane({ channel: { ...channel, quiet: { from: 18, to: 7 } } });
    const morning = Date.UTC(2022, 1, 15, 5);
    const warning = event({ severity: 3 });
    expect(plan(alert(), [quiet], now)[0]?.notBefore).toBe(now);
    expect(plan(alert({ event: warning }), [quiet], now)[0]).toMatchObject({ notBefore: morning });
    const times = plan(
      alert({ kind: 'update', event: warning }),
      [
        { ...quiet, posting },
        { ...quiet, pending: true },
      ],
      now,
    );
    expect(times.map(({ notBefore }) => notBefore)).toEqual([now, morning, morning, morning]);
  });

  test('only Critical posts and escalations ping', () => {
    expect(plan(alert({ event: event({ severity: 3 }) }), [lane()], now)[0]?.mention).toBeUndefined();
    const confirmed = plan(alert({ kind: 'update', because: ['officially-confirmed'] }), [lane({ posting })], now);
    expect(confirmed.map(({ mention }) => mention)).toEqual([undefined, undefined]);
  });

  test('keys tell lane, event, revision and act apart, and nothing else', () => {
    const update = alert({ kind: 'update', event: event({}, { revision: 2 }) });
    const other = { ...channel, lane: 'slack:T1:C2' };
    const all = [...plan(alert(), [lane(), lane({ channel: other })], now), ...plan(update, [lane({ posting })], now)];
    expect(new Set(all.map(({ key }) => key)).size).toBe(4);
    expect(plan(alert(), [lane()], now + hour)[0]?.key).toBe(all[0]?.key);
  });
});

describe('quiet hours', () => {
  const localHour = (zone: string, at: number) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

  test.each([
    ['an ordinary night', 'Europe/Kyiv', { from: 23, to: 7 }, '2022-02-14T22:30Z', '2022-02-15T05:00Z'],
    ['before midnight', 'UTC', { from: 23, to: 7 }, '2022-02-14T23:00Z', '2022-02-15T07:00Z'],
    ['hours of a day', 'UTC', { from: 9, to: 17 }, '2022-02-14T12:00Z', '2022-02-14T17:00Z'],
    ['not quiet', 'UTC', { from: 23, to: 7 }, '2022-02-14T07:00Z', '2022-02-14T07:00Z'],
    ['a night that spring shortens', 'Europe/Berlin', { from: 23, to: 7 }, '2022-03-26T22:30Z', '2022-03-27T05:00Z'],
    ['a night that autumn lengthens', 'Europe/Berlin', { from: 23, to: 7 }, '2022-10-29T21:30Z', '2022-10-30T06:00Z'],
    ['an end that spring removes', 'Europe/Berlin', { from: 23, to: 2 }, '2022-03-26T23:30Z', '2022-03-27T01:00Z'],
    [
      'a day that spring shortens, quiet but for one hour',
      'America/New_York',
      { from: 8, to: 7 },
      '2025-03-08T13:00Z',
      '2025-03-09T11:00Z',
    ],
    ['half an hour off', 'Asia/Kolkata', { from: 22, to: 6 }, '2022-02-14T20:00Z', '2022-02-15T00:30Z'],
  ])('%s', (_, zone, quiet, at, expected) => {
    expect(new Date(quietUntil({ zone, quiet }, Date.parse(at))).toISOString()).toBe(new Date(expected).toISOString());
  });

  test('end at their hour in every zone, within a day and an hour', () => {
    const zones = fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'Australia/Lord_Howe', 'Europe/Kyiv');
    const hours = fc.integer({ min: 0, max: 23 });
    const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) });
    fc.assert(
      fc.property(zones, hours, hours, instants, (zone, from, to, at) => {
        const end = quietUntil({ zone, quiet: { from, to } }, at);
        expect(quietUntil({ zone, quiet: { from, to } }, end)).toBe(end);
        expect(end - at).toBeLessThanOrEqual(25 * hour);
        if (end > at && to !== 2 && to !== 3) expect(localHour(zone, end)).toBe(`${String(to).padStart(2, '0')}:00`);
      }),
      { numRuns: 200 },
    );
  });
});
