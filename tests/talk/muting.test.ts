import { describe, expect, test } from 'vitest';
import { createPlan } from '../../src/match/fan-out.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { Mute } from '../../src/model/channel.ts';
import type { AlertKind, NewsEvent } from '../../src/model/event.ts';
import { aChannel, aSubscription, lane as lane0 } from '../support/stored.ts';
import { channel, day, event, finding, hour, keep, lane, start, textOf } from '../support/talk.ts';

const open = (id: string, more: Partial<NewsEvent> = {}) => event(id, { alertedRevision: 1, ...more });

describe('mute', () => {
  test('a place for a time, shown, and ended', async () => {
    const { say, store, wait } = channel();
    const { message } = await say('mute Ukraine 3d');
    expect(textOf(message)).toMatch(
      /Ukraine is muted.*Until 2026-03-06 12:00 UTC.*A new Critical event there still comes, and a Correction.*\[Undo\]/s,
    );
    expect((await store.channel(lane))?.mutes).toEqual([{ about: { country: 'UA' }, since: start, until: start + 3 * day, severity: 3 }]);
    expect(textOf((await say('mute')).message)).toMatch(/1 mute\nUkraine until 2026-03-06 12:00 UTC\n\[Unmute Ukraine\]/);
    await say('mute Ukraine off');
    expect((await store.channel(lane))?.mutes).toBeUndefined();
    await say('mute Ukraine for 1h');
    wait(hour);
    expect(textOf((await say('mute')).message)).toContain('Nothing is muted');
  });

  test('what is known to be critical already is muted too; an event by the alert’s id', async () => {
    const { say, store } = channel();
    await keep(store, [open('e1'), open('e2', { finding: finding({ hosts: ['ML'], severity: 2 }) })]);
    await say('mute Ukraine');
    await say('mute e2@1 90 min');
    expect((await store.channel(lane))?.mutes).toEqual([
      { about: { country: 'UA' }, since: start, until: start + day, severity: 4 },
      { about: { event: 'e2' }, since: start, until: start + 1.5 * hour, severity: 2 },
    ]);
    // Said again it takes the place of the first.
    await say('mute Ukraine 2w');
    expect((await store.channel(lane))?.mutes?.map(({ until }) => until)).toEqual([start + 1.5 * hour, start + 14 * day]);
  });

  test.each([
    ['mute Nigr 24h', /No place “Nigr”.*\[Niger\]/s],
    ['mute Ukraine and Mali 24h', /One place at a time/],
    ['mute Ukraine 400d', /No time “400d”/],
    ['mute Ukraine for ever', /No time “ever”/],
  ])('%s is answered with what to say', async (line, answer) => {
    const { say, store } = channel();
    expect(textOf((await say(line)).message)).toMatch(answer);
    expect((await store.channel(lane))?.mutes).toBeUndefined();
  });

  test('who may not change the channel may not mute it, and may look', async () => {
    const { say, talk } = channel();
    expect((await say('mute Ukraine', { mayChange: false })).message.headline).toMatch(/may not change/);
    expect((await say('mute', { mayChange: false })).message.headline).toMatch(/Nothing is muted/);
    const press = { platform: 'slack', lane, user: 'U2', mayChange: false, act: 'mute', value: 'e1@1' } as const;
    expect((await talk.onButton(press)).message.headline).toMatch(/may not mute/);
  });

  test('the button of an alert offers its event and its places', async () => {
    const { store, talk } = channel();
    await keep(store, [open('e1')]);
    const press = { platform: 'slack', lane, user: 'U2', mayChange: true, value: 'e1@1' } as const;
    const { message } = await talk.onButton({ ...press, act: 'mute' });
    const values = message.buttons.flatMap((button) => ('value' in button ? [button.value] : []));
    expect(values).toEqual(['mute e1 24h', 'mute e1 7d', 'mute Ukraine 24h']);
    await talk.onButton({ ...press, act: 'command', value: values[2] ?? '' });
    expect((await store.channel(lane))?.mutes).toMatchObject([{ about: { country: 'UA' } }]);
  });
});

describe('a mute', () => {
  const told = async (store: ReturnType<typeof channel>['store'], id: string, at: number, more: Partial<Alert> = {}) => {
    const one = open(id, { lastSeenAt: at, finding: finding({ severity: more.severity ?? 3 }) });
    const alert: Alert = {
      id: `${id}@1`,
      kind: 'new',
      event: one,
      because: ['first-report'],
      escalates: true,
      severity: 3,
      headline: id,
      at,
      ...more,
    };
    const item = { id: `item-${id}`, feedId: 'courier', url: '', title: '', summary: '', fetchedAt: at };
    const story = { item, source: 'x', tier: 'media', feedKind: 'news', baseline: false } as const;
    await store.decide(story, ['UA'], () => ({
      changes: [{ kind: 'new', event: one, because: ['first-report'] }],
      ledger: [],
      alerts: [{ alert, messages: {} }],
    }));
  };

  test('stands in list with its end, and offers what it withheld when it is ended', async () => {
    const { say, store, wait } = channel();
    await say('subscribe Ukraine');
    await told(store, 'before000001', start - hour);
    await say('mute Ukraine 3d');
    expect(textOf((await say('list')).message)).toMatch(/Muted\nUkraine until 2026-03-06 12:00 UTC\nSettings/);
    wait(hour);
    await told(store, 'withheld0001', start + hour);
    await told(store, 'critical0001', start + hour, { severity: 4 });
    const text = textOf((await say('unmute Ukraine')).message);
    expect(text).toMatch(/Ukraine is unmuted. Withheld meanwhile: 1 event\n.*· withhe\n\[Show latest\]/);
    expect((await store.channel(lane))?.mutes).toBeUndefined();
    expect((await say('unmute Ukraine')).message.headline).toMatch(/^Ukraine is not muted here/);
    expect(textOf((await say('list')).message)).not.toContain('Muted');
  });

  test('ends by “off” or “unmute”, one or all', async () => {
    const { say, store } = channel();
    for (const place of ['Ukraine', 'Mali', 'Chad']) await say(`mute ${place}`);
    await say('unmute Mali');
    expect((await store.channel(lane))?.mutes).toHaveLength(2);
    expect((await say('unmute')).message.headline).toBe('2 mutes');
    expect((await say('unmute all')).message.headline).toBe('Everything is unmuted. Nothing was withheld.');
    expect((await store.channel(lane))?.mutes).toBeUndefined();
  });
});

describe('what is muted', () => {
  const plan = createPlan((code) => code);
  const alert = (kind: AlertKind, more: Partial<Alert> = {}): Alert => {
    const told = open('e1', { finding: finding({ severity: more.severity ?? 3 }) });
    return { id: 'e1@1', kind, event: told, because: ['first-report'], escalates: false, severity: 3, headline: '', at: 0, ...more };
  };
  const mutes: readonly Mute[] = [{ about: { country: 'UA' }, until: 100, severity: 3 }];
  const posting = { lane: lane0, subject: 'e1', ref: { channel: 'c', id: 'm' }, revision: 1, acks: [] };
  const acts = (told: Alert, { posted = false, now = 0, muted = mutes } = {}) =>
    plan(
      told,
      [{ channel: aChannel(lane0, { mutes: muted }), subscriptions: [aSubscription(lane0)], pending: false, ...(posted && { posting }) }],
      now,
    ).map(({ act, living }) => `${act}${living ? '' : ' beside'}`);

  test('is neither posted nor told of in the thread, while what stands in the channel stays true', () => {
    expect(acts(alert('new'))).toEqual([]);
    expect(acts(alert('update'))).toEqual([]);
    expect(acts(alert('update'), { posted: true })).toEqual(['edit']);
    expect(acts(alert('lifted'), { posted: true })).toEqual(['edit']);
  });

  test('passes where it is graver than was known, and as a Correction', () => {
    expect(acts(alert('new', { severity: 4 }))).toEqual(['post']);
    expect(acts(alert('update', { severity: 4, escalates: true }), { posted: true })).toEqual(['edit', 'reply beside']);
    expect(acts(alert('correction'), { posted: true })).toEqual(['edit', 'post beside']);
  });

  test('of a country whose Critical is known, a new Critical comes, and the known one stays quiet', () => {
    const muted: readonly Mute[] = [{ about: { country: 'UA' }, until: 100, severity: 4 }];
    expect(acts(alert('new', { severity: 4 }), { muted })).toEqual(['post']);
    expect(acts(alert('update', { severity: 4, escalates: true }), { muted, posted: true })).toEqual(['edit', 'reply beside']);
    expect(acts(alert('update', { severity: 4 }), { muted, posted: true })).toEqual(['edit']);
    expect(acts(alert('new'), { muted })).toEqual([]);
    const mine: readonly Mute[] = [{ about: { event: 'e1' }, until: 100, severity: 4 }];
    expect(acts(alert('new', { severity: 4 }), { muted: mine })).toEqual([]);
  });

  test('comes again once the time is over, and other places come all along', () => {
    expect(acts(alert('new'), { now: 100 })).toEqual(['post']);
    expect(acts(alert('new'), { muted: [{ about: { country: 'PL' }, until: 100, severity: 4 }] })).toEqual(['post']);
    expect(acts(alert('new'), { muted: [{ about: { event: 'e1' }, until: 100, severity: 4 }] })).toEqual([]);
  });

  test('an event in two countries comes while one of them is not muted', () => {
    const both = { ...alert('new'), event: open('e1', { finding: finding({ severity: 3, hosts: ['UA', 'PL'] }) }) };
    expect(acts(both)).toEqual(['post']);
    expect(acts(both, { muted: [...mutes, { about: { country: 'PL' }, until: 100, severity: 3 }] })).toEqual([]);
  });
});
