import { describe, expect, test } from 'vitest';
import { healthOf } from '../../src/collect/health.ts';
import { coverageGapOf } from '../../src/collect/outage.ts';
import { plainText } from '../../src/message.ts';
import { createSight } from '../../src/talk/coverage.ts';
import { createOutages } from '../../src/talk/outages.ts';
import { channel, feeds, hour, lane, places, start, textOf } from '../support/talk.ts';

function withOutages() {
  const chat = channel();
  const { store, schedule, clock } = chat;
  const ports = { store, schedule, places, clock };
  const fresh = () => createOutages(ports, createSight(ports, feeds, healthOf), coverageGapOf);
  const outages = fresh();
  const told = async () => {
    await outages.runDue();
    const claimed = await store.claim({ owner: 'o', now: clock.now(), leaseMs: 1000, limit: 10, platforms: ['slack'] });
    for (const { delivery } of claimed) await store.settle('o', delivery, { kind: 'sent', ref: { channel: 'C1', id: '1' } }, clock.now());
    return claimed.map(({ message }) => message);
  };
  const lose = async (...ids: readonly string[]) => {
    for (const feedId of ids)
      await store.moveCursor({
        feedId,
        failures: 9,
        blindSince: clock.now() - 6 * hour,
        lastOkAt: clock.now() - 6 * hour,
        nextAt: 0,
        reason: 'answers 503',
      });
  };
  const find = async (...ids: readonly string[]) => {
    for (const feedId of ids) await store.moveCursor({ feedId, failures: 0, lastOkAt: clock.now(), lastNewAt: clock.now(), nextAt: 0 });
  };
  return { ...chat, fresh, told, lose, find };
}
const headlines = (messages: readonly { readonly headline: string }[]) => messages.map(({ headline }) => headline);

describe('a channel hears what cannot be seen', () => {
  test('once when a country that it watches loses its last official source, and once when one is back', async () => {
    const { say, told, lose, find, wait } = withOutages();
    await find('courier', 'us-advice', 'uk-advice', 'us-kyiv');
    await say('subscribe Mali');
    await lose('us-advice');
    expect(await told()).toEqual([]);
    await lose('uk-advice');
    const [message, ...more] = await told();
    expect(more).toEqual([]);
    expect(message).toMatchObject({ kind: 'notice', headline: '📡 No government’s travel advice can be read' });
    const lines = message?.lines.map(plainText);
    expect(lines).toContain('2 of 4 sources cannot be read');
    expect(lines).toContain('FCDO since 2026-03-03 06:00 UTC · answers 503');
    expect(lines?.at(-1)).toMatch(/silence here does not mean/);
    wait(hour);
    expect(await told()).toEqual([]);
    await find('uk-advice');
    expect(headlines(await told())).toEqual(['Governments’ travel advice can be read again']);
    await find('us-advice');
    expect(await told()).toEqual([]);
  });

  test('a mission that still speaks keeps its country in sight', async () => {
    const { say, told, lose, find } = withOutages();
    await find('courier', 'us-kyiv');
    await say('subscribe Ukraine min critical about evacuations');
    await lose('us-advice', 'uk-advice');
    expect(headlines(await told())).toEqual(['📡 No government’s travel advice can be read']);
    await lose('us-kyiv');
    expect(headlines(await told())).toEqual(['📡 No official source on Ukraine can be read']);
  });

  test('half of all sources is every channel’s business; a paused one, and one that watches nothing, hear nothing', async () => {
    const { say, told, lose, find } = withOutages();
    await find('us-advice', 'uk-advice');
    await lose('courier', 'us-kyiv');
    expect(await told()).toEqual([]);
    await say('subscribe everywhere');
    await say('pause');
    await find('courier');
    await lose('courier');
    expect(await told()).toEqual([]);
    await say('resume');
    await lose('uk-advice');
    expect(headlines(await told())).toEqual(['📡 3 of 4 sources cannot be read']);
  });

  test('a notice counts as status and digests do', async () => {
    const { say, told, lose, find } = withOutages();
    await find('courier');
    await say('subscribe everywhere');
    // The fourth was not asked yet: nobody can say that it can be read.
    await lose('us-advice', 'uk-advice');
    const notice = JSON.stringify(await told());
    const says = (await say('status')).message.headline;
    expect(says).toBe('3 of 4 sources cannot be read');
    expect((await say('digest now')).message.headline).toContain(says);
    expect(notice).toContain(says);
  });

  test('a restart in the middle of it repeats nothing, and the recovery is still told', async () => {
    const { say, told, lose, find, fresh, store, clock } = withOutages();
    await find('courier', 'us-kyiv');
    await say('subscribe Mali');
    await lose('us-advice', 'uk-advice');
    expect(await told()).toHaveLength(1);
    expect(await fresh().runDue()).toBe(0);
    await find('us-advice', 'uk-advice');
    expect(await fresh().runDue()).toBe(1);
    expect((await store.channel(lane))?.unseen).toBeUndefined();
    expect(clock.now()).toBe(start);
  });

  test('a country that is watched no more is not told to be readable again', async () => {
    const { say, told, lose, find } = withOutages();
    await find('courier', 'us-kyiv');
    await say('subscribe Mali');
    await say('subscribe Niger');
    await lose('us-advice', 'uk-advice');
    expect(await told()).toHaveLength(1);
    await say('unsubscribe 1');
    await lose('courier');
    expect((await told()).map(textOf).filter((text) => /again/.test(text))).toEqual([]);
    await find('us-advice', 'uk-advice');
    const [back = '', ...more] = (await told()).map(textOf);
    expect(more).toEqual([]);
    expect(back).toMatch(/again/);
    expect(back).not.toMatch(/Mali/);
  });

  test('quiet hours hold it until they end', async () => {
    const { say, lose, find, told, wait } = withOutages();
    await find('courier', 'us-kyiv');
    await say('subscribe Mali');
    await say('settings quiet 10-14');
    await lose('us-advice', 'uk-advice');
    expect(await told()).toEqual([]);
    wait(2 * hour);
    expect(await told()).toHaveLength(1);
  });

  test('a time in which nobody looked is told to every channel that watches something', async () => {
    const { say, fresh, store, clock } = withOutages();
    await say('subscribe Mali');
    await say('settings zone Europe/Kyiv', { lane: 'slack:T1:C2' });
    const gap = { since: start - 14 * hour, until: start, reach: 9, all: 17 };
    expect(await fresh().tellOffline(gap)).toBe(1);
    const [claimed] = await store.claim({ owner: 'o', now: clock.now(), leaseMs: 1000, limit: 10, platforms: ['slack'] });
    expect(claimed?.message.headline).toBe('Offline 14 h; 9 of 17 sources reach back that far. Events may be missing.');
  });
});
