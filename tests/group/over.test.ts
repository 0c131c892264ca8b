import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import { group, mostSources } from '../../src/group/group.ts';
import { overIn } from '../../src/group/over.ts';
import type { NewsEvent } from '../../src/model/event.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Store } from '../../src/ports/store.ts';
import { anEvent, aStory, decisionFor } from '../support/stored.ts';

const day = 24 * 3_600_000;
const start = 1_000 * day;
const with_ = (event: NewsEvent, finding: Partial<Finding>): NewsEvent => ({ ...event, finding: { ...event.finding, ...finding } });

describe('an event that nobody reported for longer than any window', () => {
  test('is over, unless a reopening could still lift it', () => {
    const advice = with_(anEvent('advice', ['UA'], start), { kind: 'travel-advisory', sender: 'US' });
    const older = with_(anEvent('older', ['UA'], start + 1), { kind: 'embassy-relocation' });
    const latest = with_(anEvent('latest', ['UA'], start + 2), { kind: 'embassy-closure' });
    const others = with_(anEvent('others', ['UA'], start + 3), { sender: 'FR' });
    const fresh = anEvent('fresh', ['ML'], start + 30 * day);
    expect(overIn([advice, older, latest, others, fresh], start + 34 * day)).toEqual([]);
    expect(overIn([advice, older, latest, others, fresh], start + 36 * day)).toEqual(['advice', 'older']);
  });
});

const file = join(mkdtempSync(join(tmpdir(), 'attache-over-')), 'a.db');
const engines: readonly (readonly [string, () => Promise<Store>])[] = [
  [
    'SQLite',
    async () => {
      const opened = await openSqlite(file);
      if ('problem' in opened) throw new Error(opened.problem);
      return opened.store;
    },
  ],
];

describe.each(engines)('%s: years of one country', (_, open) => {
  test('a decision looks at the last weeks, however much has happened', async () => {
    const store = await open();
    const looked: number[] = [];
    for (let at = 0; at < 600; at += 1) {
      const now = start + at * day;
      const event = with_(anEvent(`e${at}`, ['UA'], now), { kind: 'security-alert' });
      await store.decide(aStory(`i${at}`, now), ['UA'], ({ events }) => {
        looked.push(events.length);
        return { ...decisionFor(event, { alerts: [] }), over: overIn(events, now) };
      });
    }
    expect(looked[599]).toBe(looked[100]);
    expect(Math.max(...looked)).toBeLessThan(40);
    expect((await store.event('e0'))?.state).toBe('closed');
    // What is over is still told to those who ask.
    expect(await store.events({ countries: ['UA'], limit: 1000 })).toHaveLength(600);
    await store.close();
  });
});

test('SQLite finds what is not over by an index of its own', () => {
  const raw = new DatabaseSync(file, { readOnly: true });
  const plan = raw
    .prepare(
      "explain query plan select json from event where state in ('open', 'lifted', 'corrected') and id in (select event_id from event_host where host in ('UA', '') and over = 0)",
    )
    .all();
  expect(JSON.stringify(plan)).toContain('event_host_open');
  raw.close();
});

test('an event keeps a bounded number of its reports: the first, officials, and the latest', () => {
  const at = (n: number) => start + n * 1000;
  let event: NewsEvent = { ...anEvent('e', ['UA'], start), alertedRevision: 1 };
  const told = { ...event.finding };
  for (let n = 1; n <= 1000; n += 1) {
    const story = { ...aStory(`i${n}`, at(n)), source: `Outlet ${n % 300}`, tier: n === 5 ? ('official' as const) : ('media' as const) };
    const item = { ...story.item, title: 'x'.repeat(5000), summary: 'y'.repeat(50_000), publishedAt: at(n) };
    const [change] = group([told], { ...story, item }, { events: [event], postures: [] }, { now: at(n) });
    if (!change) throw new Error(`${n}`);
    event = change.event;
  }
  expect(event.sources).toHaveLength(mostSources);
  expect(event.sources[0]?.itemId).toBe('e');
  expect(event.sources.at(-1)?.itemId).toBe('i1000');
  expect(event.sources.some(({ tier }) => tier === 'official')).toBe(true);
  expect(JSON.stringify(event).length).toBeLessThan(mostSources * 1500);
});
