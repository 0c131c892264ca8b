/** Further outlets: the message that a channel holds counts them, and nobody is disturbed. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import { createTerminal } from '../../adapters/terminal/platform.ts';
import { render } from '../../src/cli/render.ts';
import { pipelineSettings } from '../../src/cli/setup.ts';
import { createPipeline } from '../../src/ingest/pipeline.ts';
import { topics } from '../../src/kinds.ts';
import { createPlan } from '../../src/match/fan-out.ts';
import { alertMessageId } from '../../src/match/message-ids.ts';
import { plainText } from '../../src/message.ts';
import type { Feed } from '../../src/model/feed.ts';
import { whyLines } from '../../src/phrase/answers-why.ts';
import type { ChatPlatform } from '../../src/ports/platform.ts';
import type { Store } from '../../src/ports/store.ts';
import { createSender } from '../../src/send/sender.ts';
import { shippedDetector } from '../support/detector.ts';
import { fakePlatform } from '../support/fake-platform.ts';
import { aFeed, shippedConfig } from '../support/project.ts';
import { aChannel } from '../support/stored.ts';

const config = shippedConfig();
const detector = shippedDetector();
const minute = 60_000;
const lane = 'terminal:w:a';
const titles = {
  courier: 'US temporarily relocates embassy in Ukraine from Kyiv to Lviv',
  wire: 'US moving Ukraine embassy operations from Kyiv to Lviv',
  herald: 'United States moves its embassy in Ukraine to Lviv from Kyiv',
};

const feed = (id: string, tier: Feed['tier'] = 'media'): Feed =>
  aFeed({ id, url: `https://${id}.example/feed`, tier, source: `The ${id}` });
const feeds = [feed('courier'), feed('wire'), feed('herald'), feed('copy'), feed('state', 'official')];

let path: string;
let store: Store;
let now: number;

async function opened(): Promise<Store> {
  const open = await openSqlite(path);
  if ('problem' in open) throw new Error(open.problem);
  return open.store;
}
beforeEach(async () => {
  path = join(mkdtempSync(join(tmpdir(), 'counted-')), 'a.sqlite');
  store = await opened();
  now = Date.parse('2026-03-03T12:00:05Z');
  await store.saveChannel(aChannel(lane, { mention: '12345' }));
  await store.saveSubscription({ id: '1', lane, filter: { topics, min: 1 }, createdBy: 'u', createdAt: 0 });
});
afterEach(() => store.close());

async function report(feedId: string, title: string) {
  const clock = { now: () => now, sleep: async () => {} };
  const fetcher = { fetch: async () => ({ kind: 'unchanged' as const }), close: async () => {} };
  const pipeline = createPipeline(
    { detector, places: config.places, feeds, settings: pipelineSettings(config) },
    { store, clock, random: () => 0.5, fetcher },
  );
  const from = feeds.find(({ id }) => id === feedId) ?? feed(feedId);
  const item = { id: title, feedId, url: `https://${feedId}.example/1`, title, summary: '', publishedAt: now, fetchedAt: now };
  const taken = await pipeline.ingest(from, [item], { baseline: false });
  return taken.flatMap(({ decision }) => decision?.alerts ?? []);
}

/** A sender as after a start: nothing of an earlier one is left but the store. */
const send = (platform: ChatPlatform) =>
  createSender(
    {
      store,
      platforms: new Map([['terminal', platform]]),
      clock: { now: () => now, sleep: async () => {} },
      random: () => 0.5,
      observe: { log: () => {} },
    },
    { owner: 'me', plan: createPlan((code) => code), leaseMs: minute, parallel: 1, attempts: 3 },
  ).drain();

test('outlets that follow within a minute are one silent edit, also over a restart; a copy of a text counts nothing', async () => {
  const { platform, called } = fakePlatform(() => ({ kind: 'sent', ref: { channel: 'c', id: 'm' } }));
  await report('courier', titles.courier);
  await send(platform);
  await report('wire', titles.wire);
  await send(platform);
  await report('copy', titles.courier);
  await store.close();
  store = await opened();
  await report('herald', titles.herald);
  await send(platform);
  expect(called.map(({ call, headline }) => [call, headline])).toEqual([['send', expect.stringMatching(/reported by 1 outlet$/)]]);
  now += minute;
  await send(platform);
  await send(platform);
  expect(called.slice(1).map(({ call, headline, mention }) => [call, headline, mention])).toEqual([
    ['edit', expect.stringMatching(/reported by 3 outlets$/), undefined],
  ]);
});

test('a note that quiet hours hold is not lost to an outlet that is only counted', async () => {
  const { platform, called } = fakePlatform(() => ({ kind: 'sent', ref: { channel: 'c', id: 'm' } }));
  await report('courier', titles.courier);
  await send(platform);
  await store.saveChannel(aChannel(lane, { mention: '12345', quiet: { from: 12, to: 18 } }));
  await report('state', 'Temporary relocation of US Embassy operations in Ukraine from Kyiv to Lviv');
  now += minute;
  await report('wire', titles.wire);
  now += minute;
  await send(platform);
  now += 7 * 60 * minute;
  await send(platform);
  const notes = called.filter(({ call, headline }) => call === 'send' && headline?.startsWith('Update 1'));
  expect(notes).toHaveLength(1);
});

const crisis = {
  moves: ['wire', 'US to move its embassy in Niger from Niamey to Agadez'],
  leaves: ['courier', 'US evacuates all embassy staff from Niamey'],
} as const;

test.each([
  [crisis.moves, crisis.leaves],
  [crisis.leaves, crisis.moves],
])(
  'two acts of one crisis: the move is in the headline and counted for itself, whichever came first (%s, then %s)',
  async ([one, saysOne], [other, saysOther]) => {
    const { platform, called } = fakePlatform(() => ({ kind: 'sent', ref: { channel: 'c', id: 'm' } }));
    const first = await report(one, saysOne);
    await send(platform);
    now += minute;
    const second = await report(other, saysOther);
    await send(platform);
    expect([first, second].flat().map(({ alert }) => [alert.kind, alert.event.id === first[0]?.alert.event.id])).toEqual([
      ['new', true],
      ['update', true],
    ]);
    const living = called.filter(({ call }) => call === 'edit').at(-1)?.headline;
    expect(living).toMatch(/moves? .*from Niamey to Agadez/);
    expect(living).toContain('reported by 1 outlet');
    // The update in the thread names what is new.
    const said = called.map(({ headline }) => headline).join('\n');
    expect(said).toContain('evacuates embassy staff');
  },
);

test('why quotes each report by its own words, after an update and after a lift', async () => {
  await report('courier', titles.courier);
  now += minute;
  await report('state', 'Temporary relocation of US Embassy operations in Ukraine from Kyiv to Lviv');
  const quoted = async () => {
    const [event] = await store.events({ since: 0, limit: 10 });
    if (!event) throw new Error('no event');
    const text = whyLines(event, undefined, 'en').map(plainText);
    return text.filter((line) => line.startsWith('Rule')).map((line) => [...line.matchAll(/“([^”]+)”/g)].map(([, words]) => words ?? ''));
  };
  const whole = (titlesTold: readonly string[], words: readonly (readonly string[])[]) => {
    expect(words).toHaveLength(titlesTold.length);
    for (const [at, title] of titlesTold.entries()) {
      expect(words[at]?.length).toBeGreaterThan(2);
      // Whole words of its own title, which begin and end where words do.
      for (const word of words[at] ?? []) expect(` ${title} `).toMatch(new RegExp(`[^\\w]${word}[^\\w]`));
    }
  };
  const updated = [titles.courier, 'Temporary relocation of US Embassy operations in Ukraine from Kyiv to Lviv'];
  whole(updated, await quoted());
  now += 24 * 60 * minute;
  const lift = 'US reopens its embassy in Kyiv, Ukraine';
  const [lifted] = await report('herald', lift);
  expect(lifted?.alert.kind).toBe('lifted');
  whole([...updated, lift], await quoted());
});

test('what waits in the outbox carries the newest count, and Acknowledge shows it', async () => {
  const { platform, called } = fakePlatform(() => ({ kind: 'sent', ref: { channel: 'c', id: 'm' } }));
  const [first] = await report('courier', titles.courier);
  await report('wire', titles.wire);
  await send(platform);
  expect(called[0]?.headline).toMatch(/reported by 2 outlets$/);
  expect(alertMessageId(first?.alert.id ?? '', 'en')).toBe(`${first?.alert.event.id}@1/en`);
});

test('the terminal draws the card again with the count', async () => {
  const output = new PassThrough();
  const terminal = createTerminal({ input: new PassThrough(), output, colour: false, interactive: false, zone: 'UTC' });
  await report('courier', titles.courier);
  await send(terminal);
  await report('wire', titles.wire);
  await send(terminal);
  now += minute;
  await send(terminal);
  output.end();
  const said = Buffer.concat(await output.toArray())
    .toString()
    .replace(/\n┃ /g, ' ')
    .replace(/\n┠▸/g, ' ');
  expect(said).toMatch(/reported by 1 outlet/);
  expect(said.slice(said.lastIndexOf('UPDATE of'))).toMatch(/reported by 2 outlets/);
});

test('a replay’s lines of every type can be rendered', async () => {
  const [raised] = await report('courier', titles.courier);
  const message = raised?.messages[alertMessageId(raised.alert.id, 'en')];
  const types = ['new', 'unconfirmed', 'counted', 'update', 'lifted', 'correction'];
  const lines = types.map((type) => `${JSON.stringify({ type, message })}\n`);
  const output = new PassThrough();
  const terminal = createTerminal({ input: new PassThrough(), output: new PassThrough(), colour: false, interactive: false, zone: 'UTC' });
  expect(await render(terminal, Readable.from(lines), output)).toBe(0);
  output.end();
  const calls = Buffer.concat(await output.toArray())
    .toString()
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { call: string }[]).map(({ call }) => call));
  expect(calls).toEqual([['post'], ['post'], ['edit'], ['edit'], ['post', 'edit'], ['post', 'edit']]);
});
