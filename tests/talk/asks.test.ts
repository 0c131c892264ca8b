import { describe, expect, test } from 'vitest';
import type { AdviceEntry, PostureEntry } from '../../src/model/ledger.ts';
import { channel, day, event, finding, keep, lane, start, textOf } from '../support/talk.ts';

const advice: AdviceEntry = {
  kind: 'advice',
  issuer: 'US',
  country: 'UA',
  level: 4,
  nativeText: 'Do Not Travel',
  regional: [],
  since: start - 20 * day,
  readAt: start,
  source: 'US State Department',
  tier: 'official',
  url: 'https://advice.example/ua',
};
const posture: PostureEntry = {
  kind: 'posture',
  sender: 'US',
  host: 'UA',
  posture: 'relocated',
  to: { name: 'Lviv', country: 'UA' },
  since: start - 17 * day,
  readAt: start,
  eventId: 'e1',
  source: 'US State Department',
  tier: 'official',
  url: 'https://state.example/lviv',
};

describe('what is known', () => {
  test('country tells each government’s own words, who was not read, missions and open events', async () => {
    const { say, store } = channel();
    await keep(store, [event('e1'), event('e2', { state: 'lifted', revision: 2 })], [advice, posture]);
    const { message, private: quiet } = await say('country kyiv');
    expect(quiet).toBe(false);
    expect(message.headline).toBe('Ukraine: US: do not travel; 1 mission not working normally; 1 open event');
    const text = textOf(message);
    expect(text).toContain('US: Do Not Travel · since 2026-02-11 12:00 UTC · read 2026-03-03 12:00 UTC');
    expect(text).toContain('No advice read from UK: unknown, not all clear.');
    expect(text).toContain('US embassy: working from Lviv since');
    expect(message.sections.map(({ title }) => title)).toEqual(['Travel advice', 'Missions', 'Open events', 'Changed in 30 days']);
    expect(text).toContain('mission feeds US');
  });

  test('embassy names the city, since when and who says so; nothing known is not all clear', async () => {
    const { say, store } = channel();
    await keep(store, [], [posture]);
    const { message } = await say('embassy US in Ukraine');
    expect(message.headline).toBe('Ukraine · US embassy: working from Lviv');
    expect(textOf(message)).toContain('(confirmed by the US State Department) · read');
    expect((await say('embassy of the UK in Mali')).message.headline).toBe('UK embassy, Mali: no change known; that is not all clear.');
  });

  test('latest takes places and words, search words alone', async () => {
    const { say, store } = channel();
    await keep(store, [event('one'), event('two', { finding: finding({ hosts: ['ML'], kind: 'evacuation' }) })]);
    expect((await say('latest')).message.headline).toBe('2 events');
    expect((await say('latest Mali')).message.headline).toBe('1 event in Mali');
    expect((await say('latest Ukraine one')).message.headline).toContain('1 event in Ukraine with “one”');
    expect((await say('search embassy two')).message.headline).toContain('1 event with');
    expect((await say('latest Chad')).message.headline).toContain('Nothing in Chad');
    expect((await say('latest Nigr')).message.headline).toContain('Niger?');
  });

  test('why names the words, the sources and the subscription; or where a story stopped', async () => {
    const { say, store } = channel();
    await keep(store, [event('e1')]);
    await say('subscribe Ukraine');
    const { message, private: quiet } = await say('why e1@1');
    expect(quiet).toBe(true);
    const text = textOf(message);
    expect(text).toContain('actor “US”');
    expect(text).toContain('The Harbour Courier (media)');
    expect(text).toContain('Matched by subscription 1 of this channel');
    expect(textOf((await say('why e1', { lane: 'slack:T1:C2' })).message)).toContain('No subscription of this channel');
    const item = { id: 'dull', feedId: 'courier', url: '', title: 'Embassy Suites reopens', summary: '', fetchedAt: start };
    const story = { item, source: 'x', tier: 'media', feedKind: 'news', baseline: false } as const;
    await store.recordSeen([{ story, dropped: 'not-a-state' }]);
    expect((await say('why dull')).message.headline).toContain('Not alerted: no State acts in it');
  });

  test('status counts what can be read and says since when and why the rest cannot', async () => {
    const { say, store } = channel();
    const blind = { failures: 5, blindSince: start - day, lastOkAt: start - day, reason: 'answers 503' };
    await store.moveCursor({ feedId: 'courier', nextAt: start, lastOkAt: start, lastNewAt: start, failures: 0 });
    await store.moveCursor({ feedId: 'us-advice', nextAt: start, ...blind });
    const text = textOf((await say('status')).message);
    expect(text).toContain('3 of 4 sources cannot be read');
    expect(text).toContain('us-advice US State Department: blind since 2026-03-02 12:00 UTC · answers 503');
    expect(text).toContain('none dead. Version 9.9.9');
  });

  test('test shows a marked sample to the one who asked; digest now and help stay private as well', async () => {
    const { say } = channel();
    const sample = await say('test');
    expect(sample.message.marked).toMatch(/SAMPLE/);
    expect(sample.message.headline).toContain('US embassy moves from Kyiv to Lviv');
    await say('subscribe Mali');
    const all = [sample, await say('digest now'), await say('help'), await say('help subscribe')];
    expect(all.map((answer) => answer.private)).toEqual([true, true, true, true]);
    expect(textOf(all[3]?.message ?? sample.message)).toContain('min  From this severity up (info, notice, warning, critical)');
  });
});

describe('completion', () => {
  const ask = { locale: 'en', lane } as const;
  const labels = async (command: string, option: string, typed: string, locale = 'en') =>
    (await channel().talk.suggest({ ...ask, command, option, typed, locale })).map(({ value }) => value);

  test('completes the last name of a list, in the asker’s language, and at most 25', async () => {
    expect(await labels('subscribe', 'places', 'Mali, Ukr')).toContain('Mali, Ukraine');
    expect(await labels('subscribe', 'places', 'ev')).toContain('everywhere');
    expect(await labels('country', 'place', 'Allem', 'fr')).toContain('Allemagne');
    expect(await labels('subscribe', 'about', 'borders, eva')).toEqual(['borders, evacuations']);
    expect(await labels('subscribe', 'min', 'w')).toEqual(['warning']);
    expect(await labels('settings', 'zone', 'kyi')).toContain('Europe/Kyiv');
    expect((await labels('settings', 'zone', 'a')).length).toBeLessThanOrEqual(25);
    expect(await labels('unsubscribe', 'id', '')).toEqual(['all']);
    expect(await labels('nosuch', 'nosuch', 'x')).toEqual([]);
  });
});
