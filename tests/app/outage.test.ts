import { expect, test } from 'vitest';
import type { HealthState } from '../../src/collect/health.ts';
import { coverageGapOf } from '../../src/collect/outage.ts';
import type { Feed } from '../../src/model/feed.ts';
import { aFeed } from '../support/project.ts';

const base = aFeed({ url: 'https://feeds.test/' });
const feeds = {
  news: base,
  wire: { ...base, id: 'wire' },
  paper: { ...base, id: 'paper' },
  us: { ...base, id: 'us-state', kind: 'register', sender: 'US' },
  uk: { ...base, id: 'uk-fcdo', kind: 'register', sender: 'GB' },
  kyiv: { ...base, id: 'us-ua', kind: 'mission', sender: 'US', host: 'UA' },
} as const satisfies Record<string, Feed>;

/** All sources, those named here in a state other than ok. */
const sources = (states: Partial<Record<keyof typeof feeds, HealthState>>) =>
  Object.entries(feeds).map(([name, feed]) => ({ feed, health: { state: states[name as keyof typeof feeds] ?? ('ok' as const) } }));

const asked = ['UA', 'ML', 'US'];

test('a country is dark once its last official source is', () => {
  expect(coverageGapOf(sources({ us: 'blind', news: 'blind' }), asked).countries).toEqual([]);
  expect(coverageGapOf(sources({ us: 'blind', uk: 'blind' }), asked).countries).toEqual(['ML', 'US']);
  expect(coverageGapOf(sources({ us: 'blind', uk: 'gone', kyiv: 'blind' }), asked).countries).toEqual(['UA', 'ML', 'US']);
});

test('no register speaks of its own country', () => {
  expect(coverageGapOf(sources({ uk: 'blind' }), asked).countries).toEqual(['US']);
});

test('frozen, slowed and waiting sources are no outage', () => {
  expect(coverageGapOf(sources({ us: 'frozen', uk: 'slowed', kyiv: 'waiting', news: 'frozen' }), asked)).toEqual({
    half: false,
    advice: false,
    countries: [],
  });
});

test('half of all sources is an outage of its own', () => {
  expect(coverageGapOf(sources({ news: 'blind', wire: 'blind' }), []).half).toBe(false);
  expect(coverageGapOf(sources({ news: 'blind', wire: 'blind', paper: 'gone' }), []).half).toBe(true);
  expect(coverageGapOf([], asked)).toEqual({ half: false, advice: false, countries: [] });
});

test('no government’s advice can be read once every register is lost, whatever missions still say', () => {
  expect(coverageGapOf(sources({ us: 'blind' }), []).advice).toBe(false);
  expect(coverageGapOf(sources({ us: 'blind', uk: 'gone' }), []).advice).toBe(true);
  expect(coverageGapOf([{ feed: feeds.kyiv, health: { state: 'blind' } }], []).advice).toBe(false);
});

test('a country without any official source cannot lose one', () => {
  expect(coverageGapOf([{ feed: feeds.news, health: { state: 'blind' } }], asked).countries).toEqual([]);
});
