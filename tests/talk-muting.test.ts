import { describe, expect, test } from 'vitest';
import { createPlan } from '../src/match/plan.ts';
import type { Alert, AlertKind, Mute, NewsEvent } from '../src/model.ts';
import { aChannel, aSubscription, lane as lane0 } from './stored.ts';
import { channel, day, event, finding, hour, keep, lane, start, textOf } from './talk-harness.ts';

const open = (id: string, more: Partial<NewsEvent> = {}) => event(id, { alertedRevision: 1, ...more });

describe('mute', () => {
  test('a place for a time, shown, and ended', async () => {
    const { say, store, wait } = channel();
    const { message } = await say('mute Ukraine 3d');
    expect(textOf(message)).toMatch(/Ukraine is held back.*Until 2026-03-06 12:00 UTC.*graver than warning still comes.*\[Undo\]/s);
    expect((await store.channel(lane))?.mutes).toEqual([{ about: { country: 'UA' }, until: start + 3 * day, severity: 3 }]);
    expect(textOf((await say('mute')).message)).toMatch(/1 thing held back\nUkraine until 2026-03-06 12:00 UTC\n\[End Ukraine\]/);
    await say('mute Ukraine off');
    expect((await store.channel(lane))?.mutes).toBeUndefined();
    await say('mute Ukraine for 1h');
    wait(hour);
    expect(textOf((await say('mute')).message)).toContain('Nothing is held back');
  });

  test('what is known to be critical already is held back too; an event by the alert’s id', async () => {
    const { say, store } = channel();
    await keep(store, [open('e1'), open('e2', { finding: finding({ hosts: ['ML'], severity: 2 }) })]);
    await say('mute Ukraine');
    await say('mute e2@1 90 min');
    expect((await store.channel(lane))?.mutes).toEqual([
      { about: { country: 'UA' }, until: start + day, severity: 4 },
      { about: { event: 'e2' }, until: start + 1.5 * hour, severity: 2 },
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
    expect((await say('mute', { mayChange: false })).message.headline).toMatch(/Nothing is held back/);
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
