import { describe, expect, test } from 'vitest';
import { createDigests } from '../../src/talk/digests.ts';
import { noteGap } from '../../src/talk/unwatched.ts';
import { channel, day, event, finding, hour, keep, lane, places, start } from '../support/talk.ts';

function withDigests() {
  const chat = channel();
  const { store, schedule, clock } = chat;
  const digests = createDigests({ store, schedule, places, clock }, { counts: async () => ({ ok: 3, all: 4 }) });
  const sent = async () => {
    const claimed = await store.claim({ owner: 'o', now: clock.now(), leaseMs: 1000, limit: 10, platforms: ['slack'] });
    for (const { delivery } of claimed) await store.settle('o', delivery, { kind: 'sent', ref: { channel: 'C1', id: '1' } }, clock.now());
    return claimed.map(({ message }) => message);
  };
  return { ...chat, digests, sent };
}

const seen = (id: string, at: number, more = {}) => event(id, { lastSeenAt: at, firstSeenAt: at, ...more });

describe('a digest', () => {
  test('comes at its hour with what the channel asked for, and not before', async () => {
    const { say, store, digests, sent, wait } = withDigests();
    await say('subscribe Ukraine from US');
    await say('settings zone Europe/Kyiv digest daily 08:00');
    await keep(store, [
      seen('ours', start + hour),
      seen('elsewhere', start + hour, { finding: finding({ hosts: ['ML'], sender: 'FR', kind: 'evacuation' }) }),
      seen('earlier today', start - hour),
      seen('before the span', start - 7 * hour),
    ]);
    expect(await digests.runDue()).toBe(0);
    wait(18 * hour); // 06:00 UTC is 08:00 in Kyiv
    expect(await digests.runDue()).toBe(1);
    const [message, ...more] = await sent();
    expect(more).toEqual([]);
    expect(message?.kind).toBe('digest');
    // As much as the digests after it: from the day before at eight, in Kyiv.
    expect(message?.headline).toMatch(/3 Mar, 08:00 to 4 Mar, 08:00 .*2 events.*1 of 4 sources cannot be read/);
    expect(message?.headline).toContain('Europe/Kyiv');
    // A terminal shows the times of what it lists in the same zone as the span.
    expect(message?.zone).toBe('Europe/Kyiv');
    expect(message?.sections.map(({ title }) => title)).toEqual(['Ukraine']);
    expect(await digests.runDue()).toBe(0);
    expect((await store.channel(lane))?.digest?.nextRunAt).toBe(start + 42 * hour);
  });

  test('after days of standstill one digest covers all of them, and the next begins where it ended', async () => {
    const { say, store, digests, sent, wait } = withDigests();
    await say('subscribe everywhere');
    await say('settings digest daily 08:00');
    await keep(store, [seen('one', start + day), seen('two', start + 3 * day)]);
    wait(4 * day);
    expect(await digests.runDue()).toBe(1);
    expect((await sent()).map(({ headline }) => headline)).toEqual([expect.stringContaining('2 events')]);
    wait(day);
    expect(await digests.runDue()).toBe(1);
    expect((await sent()).map(({ headline }) => headline)).toEqual([expect.stringMatching(/nothing changed/i)]);
  });

  test('names the days in which nothing ran, and what was open before them', async () => {
    const { say, store, digests, sent, wait, clock } = withDigests();
    await say('subscribe everywhere');
    await say('settings digest daily 08:00');
    await store.moveCursor({ feedId: 'courier', failures: 0, nextAt: 0, lastOkAt: start });
    await keep(store, [
      seen('told', start - 5 * hour, { alertedRevision: 1 }),
      seen('lifted', start - 5 * hour, { state: 'lifted', alertedRevision: 1 }),
    ]);
    wait(3 * day);
    await noteGap(store, clock.now());
    await store.moveCursor({ feedId: 'courier', failures: 0, nextAt: 0, lastOkAt: clock.now() });
    await digests.runDue();
    const [message] = await sent();
    expect(message?.headline).toMatch(/nothing seen, 72 h not watched/);
    expect(message?.lines[0]?.[0]).toBe('Not watched: ');
    expect(message?.sections.map(({ title, lines }) => [title, lines.length])).toEqual([['Still open', 1]]);
    // A poll an hour later is no gap, nor is the time before in the next digest.
    wait(day / 48);
    expect(await noteGap(store, clock.now())).toBeUndefined();
    wait(day);
    await digests.runDue();
    expect((await sent())[0]?.headline).toMatch(/nothing changed/);
  });

  test('two processes that find the same digest due send it once', async () => {
    const { say, store, schedule, clock, digests, sent, wait } = withDigests();
    await say('subscribe everywhere');
    await say('settings digest daily 08:00');
    wait(day);
    const before = await store.channel(lane);
    await digests.runDue();
    // As if the other had read the channel before this one wrote it.
    if (before) await store.saveChannel(before);
    await createDigests({ store, schedule, places, clock }, { counts: async () => ({ ok: 4, all: 4 }) }).runDue();
    expect(await sent()).toHaveLength(1);
    expect(await sent()).toHaveLength(0);
  });

  test('a runner that found it due before another sent it leaves the next one alone', async () => {
    const { say, store, schedule, clock, digests, sent, wait } = withDigests();
    await say('subscribe everywhere');
    await say('settings digest daily 08:00');
    wait(day);
    const due = await store.digestsDue(clock.now(), 10);
    await digests.runDue();
    const answers = [due];
    const digestsDue = async () => answers.pop() ?? [];
    const late = new Proxy(store, { get: (whole, name) => (name === 'digestsDue' ? digestsDue : Reflect.get(whole, name)) });
    expect(await createDigests({ store: late, schedule, places, clock }, { counts: async () => ({ ok: 4, all: 4 }) }).runDue()).toBe(0);
    expect(await sent()).toHaveLength(1);
    expect(await sent()).toHaveLength(0);
  });

  test('advice reissued unchanged belongs to it, though it never alerts', async () => {
    const { say, store, digests, sent, wait } = withDigests();
    await say('subscribe Ukraine min critical');
    await say('settings digest daily 08:00');
    const reissued = finding({ kind: 'travel-advisory', severity: 0, level: 4, direction: 'reissued' });
    await keep(store, [
      seen('same', start + hour, { finding: reissued }),
      seen('mild', start + hour, { finding: finding({ severity: 2 }) }),
    ]);
    wait(day);
    await digests.runDue();
    const [message] = await sent();
    expect(message?.sections).toHaveLength(1);
    expect(message?.sections[0]?.title).toMatch(/reissued|unchanged/i);
  });

  test.each([['the bot that wrote it', false] as const, ['one started since', true] as const])(
    'planned by a clock that ran days ahead, it comes at the hour of the right one: %s',
    async (_, isRestarted) => {
      const { say, store, schedule, clock, digests, sent, wait } = withDigests();
      await say('subscribe everywhere');
      await say('settings digest daily 08:00');
      wait(30 * day);
      expect(await digests.runDue()).toBe(1);
      await sent();
      wait(-29 * day);
      const looking = isRestarted
        ? createDigests({ store, schedule, places, clock }, { counts: async () => ({ ok: 4, all: 4 }) })
        : digests;
      expect(await looking.runDue()).toBe(0);
      expect((await store.channel(lane))?.digest).toMatchObject({ nextRunAt: start + 44 * hour, coveredUntil: start + day });
      await keep(store, [seen('between', start + day + hour)]);
      wait(day);
      expect(await looking.runDue()).toBe(1);
      expect((await sent())[0]?.headline).toContain('1 event');
      expect(await looking.runDue()).toBe(0);
    },
  );

  test('a plan of the right clock is left as it is', async () => {
    const { say, store, digests, wait } = withDigests();
    await say('subscribe everywhere');
    await say('settings digest weekly 08:00');
    const before = await store.channel(lane);
    wait(hour);
    await digests.runDue();
    wait(-hour / 2);
    await digests.runDue();
    expect(await store.channel(lane)).toEqual(before);
  });

  test('a paused channel and one that watches nothing get none, and no pile of them afterwards', async () => {
    const { say, store, digests, sent, wait } = withDigests();
    await say('settings digest daily 08:00');
    wait(day);
    expect(await digests.runDue()).toBe(0);
    await say('subscribe everywhere');
    await say('pause');
    await keep(store, [seen('meanwhile', start + day + hour)]);
    wait(day);
    expect(await digests.runDue()).toBe(0);
    await say('resume');
    expect(await digests.runDue()).toBe(0);
    expect(await sent()).toEqual([]);
    expect((await store.channel(lane))?.digest?.nextRunAt).toBeGreaterThan(start + 2 * day);
  });

  test('a thousand channels that are due at once all get theirs', async () => {
    const { say, store, digests, wait } = withDigests();
    await say('settings digest daily 08:00');
    const first = await store.channel(lane);
    for (let n = 0; first && n < 1000; n += 1) {
      const other = `slack:T1:D${n}`;
      await store.saveChannel({ ...first, lane: other });
      await say('subscribe everywhere', { lane: other });
    }
    wait(day);
    expect(await digests.runDue()).toBe(1000);
    expect(await digests.runDue()).toBe(0);
  });
});
