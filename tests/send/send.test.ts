import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../adapters/clock.ts';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import { topics } from '../../src/kinds.ts';
import { createPlan } from '../../src/match/fan-out.ts';
import type { PlatformName } from '../../src/model/channel.ts';
import type { SendOutcome } from '../../src/model/delivery.ts';
import type { NewsEvent } from '../../src/model/event.ts';
import type { ChatPlatform } from '../../src/ports/platform.ts';
import type { Store } from '../../src/ports/store.ts';
import { waitAfter } from '../../src/send/backoff.ts';
import { createSender, type Sender } from '../../src/send/sender.ts';
import { fakePlatform } from '../support/fake-platform.ts';
import { anAlert } from '../support/messages.ts';
import { aChannel, aDelivery, anEvent, aStory, decisionFor } from '../support/stored.ts';

const sent = (id: string): SendOutcome => ({ kind: 'sent', ref: { channel: 'c', id } });
const lane = (name: string) => `terminal:w:${name}`;

describe('the sender', () => {
  let store: Store;
  let now: number;
  beforeEach(async () => {
    store = await openInMemory();
    now = 1_000_000;
  });

  function senderOver(platform: ChatPlatform, attempts = 3): Sender {
    const clock = { now: () => now, sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(Math.min(ms, 20), signal) };
    const plan = createPlan((code) => code);
    return createSender(
      { store, platforms: new Map([['terminal', platform]]), clock, random: () => 1, observe: { log: () => {} } },
      { owner: 'me', plan, leaseMs: 60_000, parallel: 4, attempts },
    );
  }

  async function watching(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await store.saveChannel(aChannel(lane(name)));
      await store.saveSubscription({ id: '1', lane: lane(name), filter: { topics, min: 1 }, createdBy: 'u', createdAt: 0 });
    }
  }

  const alerted = (event: NewsEvent, kind: 'new' | 'update' | 'lifted' = 'new', { escalates = kind === 'update' } = {}) => {
    const decision = decisionFor({ ...event, alertedRevision: event.revision });
    const alerts = decision.alerts.map((raised) => ({
      ...raised,
      alert: { ...raised.alert, kind, escalates, because: ['severity-rose' as const] },
    }));
    return store.decide(aStory(`${event.id}-${event.revision}`, now), event.finding.hosts, () => ({ ...decision, alerts }));
  };

  test('an alert reaches every channel that asked, once, and names the subscription', async () => {
    await watching('a', 'b');
    await store.saveChannel(aChannel(lane('silent')));
    await alerted(anEvent('e1'));
    const { platform, called } = fakePlatform((out) => sent(out.lane));
    await senderOver(platform).drain();
    await senderOver(platform).drain();
    expect(called.map((one) => one.lane).sort()).toEqual([lane('a'), lane('b')]);
    expect(called[0]?.foot).toContain('Subscription 1');
  });

  test('a platform whose turns are long holds up no other', async () => {
    const { promise: turn, resolve: go } = Promise.withResolvers<void>();
    const slow = { ...fakePlatform(() => sent('late')).platform, send: () => turn.then(() => sent('late')) };
    const { platform: quick, called } = fakePlatform((out) => sent(out.key));
    const lanes = ['a', 'b', 'c'];
    await store.enqueue({ m: anAlert('m') }, [
      ...lanes.map((name) => aDelivery(lane(name), `slow ${name}`)),
      ...lanes.map((name) => aDelivery(`slack:w:${name}`, `quick ${name}`)),
    ]);
    const platforms = new Map<PlatformName, ChatPlatform>([
      ['terminal', slow],
      ['slack', { ...quick, name: 'slack' }],
    ]);
    const clock = { now: () => now, sleep: async () => {} };
    const sender = createSender(
      { store, platforms, clock, random: () => 1, observe: { log: () => {} } },
      { owner: 'me', plan: () => [], leaseMs: 60_000, parallel: 2, attempts: 3 },
    );
    const drained = sender.drain();
    await expect.poll(() => called.length).toBe(3);
    expect(await store.deliveries({})).toMatchObject({ sent: 3, sending: 2 });
    go();
    await drained;
    expect(await store.deliveries({})).toMatchObject({ sent: 6 });
  });

  test('an update edits the message that stands, keeps who acknowledged it, and adds a note', async () => {
    await watching('a');
    await alerted(anEvent('e1'));
    const { platform, called } = fakePlatform(() => sent('m1'));
    const sender = senderOver(platform);
    await sender.drain();
    const posting = await store.posting(lane('a'), 'e1');
    if (!posting) throw new Error('no posting');
    await store.savePosting({ ...posting, acks: [{ by: 'ana', at: 1 }] });
    await alerted({ ...anEvent('e1'), revision: 2 }, 'update');
    await sender.drain();
    expect(called.map((one) => one.call)).toEqual(['send', 'edit', 'send']);
    expect(called[1]?.foot).toContain('ana');
    expect((await store.posting(lane('a'), 'e1'))?.revision).toBe(2);
  });

  test('a message that people took away comes back with worse news only, once, and lives on', async () => {
    await watching('a');
    await alerted(anEvent('e1'));
    let gone = false;
    const { platform, called } = fakePlatform((out, call) =>
      gone && call === 'edit' ? { kind: 'rejected', reason: 'message deleted', gone: true } : sent(out.key),
    );
    const sender = senderOver(platform);
    const drained = async () => {
      await sender.drain();
      return called.splice(0).map((one) => one.call);
    };
    expect(await drained()).toEqual(['send']);
    gone = true;
    await alerted({ ...anEvent('e1'), revision: 2 }, 'update', { escalates: false });
    expect(await drained()).toEqual(['edit']);
    expect((await store.posting(lane('a'), 'e1'))?.ref.removed).toBe(true);
    await alerted({ ...anEvent('e1'), revision: 3 }, 'update', { escalates: false });
    expect(await drained()).toEqual([]);
    await alerted({ ...anEvent('e1'), revision: 4 }, 'update', { escalates: true });
    expect(await drained()).toEqual(['send']);
    gone = false;
    await alerted({ ...anEvent('e1'), revision: 5 }, 'update');
    expect(await drained()).toEqual(['edit', 'send']);
  });

  test('worse news that find the message gone are posted anew, with whom they ping', async () => {
    await watching('a');
    await store.saveChannel(aChannel(lane('a'), { mention: 'duty' }));
    await alerted(anEvent('e1'));
    const { platform, called } = fakePlatform((out, call) =>
      call === 'edit' ? { kind: 'rejected', reason: 'message deleted', gone: true } : sent(out.key),
    );
    const sender = senderOver(platform);
    await sender.drain();
    await alerted({ ...anEvent('e1'), revision: 2 }, 'update', { escalates: true });
    await sender.drain();
    expect(called.map((one) => [one.call, one.mention])).toEqual([
      ['send', 'duty'],
      ['edit', undefined],
      ['send', 'duty'],
    ]);
    expect(await store.posting(lane('a'), 'e1')).toMatchObject({ revision: 2, ref: { id: called[2]?.key } });
  });

  test('one channel’s trouble holds up no other, and its own order holds', async () => {
    await watching('bad', 'good');
    await alerted(anEvent('e1'));
    await alerted(anEvent('e2', ['ML']));
    let broken = true;
    const { platform, called } = fakePlatform((out) =>
      broken && out.lane === lane('bad') ? { kind: 'retry', reason: 'slow down', afterMs: 5000 } : sent(out.key),
    );
    const sender = senderOver(platform);
    await sender.drain();
    expect(called.filter((one) => one.lane === lane('good'))).toHaveLength(2);
    expect(called.filter((one) => one.lane === lane('bad'))).toHaveLength(1);
    broken = false;
    now += 4999;
    await sender.drain();
    expect(called.filter((one) => one.lane === lane('bad'))).toHaveLength(1);
    now += 1;
    await sender.drain();
    const keys = called.filter((one) => one.lane === lane('bad')).map((one) => one.key);
    expect(keys[0]).toBe(keys[1]);
    expect(new Set(keys).size).toBe(2);
  });

  test.each([
    ['found', 1, { sent: 1 }],
    ['absent', 2, { sent: 1 }],
  ] as const)('an unknown outcome is looked up: %s', async (found, sends, counts) => {
    await store.enqueue({ m: { ...anAlert('x'), severity: 2 } }, [aDelivery(lane('a'), 'k1')]);
    let first = true;
    const { platform, called } = fakePlatform(() => {
      const outcome: SendOutcome = first ? { kind: 'unknown', reason: 'dropped' } : sent('m');
      first = false;
      return outcome;
    }, found);
    const sender = senderOver(platform);
    await sender.drain();
    now += 3_600_000;
    await sender.drain();
    expect(called.filter((one) => one.call === 'send')).toHaveLength(sends);
    expect(await store.deliveries({})).toMatchObject(counts);
  });

  test('where looking is not possible only a Critical is sent again, marked as a possible repeat', async () => {
    const run = async (severity: 2 | 4) => {
      store = await openInMemory();
      await store.enqueue({ m: { ...anAlert('x'), severity } }, [aDelivery(lane('a'), 'k1')]);
      let first = true;
      const { platform, called } = fakePlatform(() => {
        const outcome: SendOutcome = first ? { kind: 'unknown', reason: 'dropped' } : sent('m');
        first = false;
        return outcome;
      }, 'cannot-tell');
      const sender = senderOver(platform);
      await sender.drain();
      now += 3_600_000;
      await sender.drain();
      return { sends: called.filter((one) => one.call === 'send'), counts: await store.deliveries({}) };
    };
    const notice = await run(2);
    expect(notice.sends).toHaveLength(1);
    expect(notice.counts).toMatchObject({ dead: 1 });
    const critical = await run(4);
    expect(critical.sends).toHaveLength(2);
    expect(critical.sends[1]?.foot).toMatch(/possible repeat/i);
  });

  test('a doubt outlives an attempt that certainly failed: the repeat after it is marked as well', async () => {
    await store.enqueue({ m: { ...anAlert('x'), severity: 4 } }, [aDelivery(lane('a'), 'k1')]);
    const outcomes: SendOutcome[] = [{ kind: 'unknown', reason: 'dropped' }, { kind: 'retry', reason: '503' }, sent('m')];
    const { platform, called } = fakePlatform(() => outcomes.shift() ?? sent('m'), 'cannot-tell');
    const sender = senderOver(platform, 5);
    for (let turn = 0; turn < 4; turn += 1) {
      await sender.drain();
      now += 3_600_000;
    }
    const sends = called.filter((one) => one.call === 'send').map(({ foot }) => /possible repeat/i.test(foot ?? ''));
    expect(sends).toEqual([false, true, true]);
  });

  test('a lookup begins a minute before the attempt: the platform’s clock may be behind ours', async () => {
    await store.enqueue({ m: anAlert('x') }, [aDelivery(lane('a'), 'k1')]);
    const attemptedAt = now;
    const { platform, called } = fakePlatform(() => ({ kind: 'unknown', reason: 'dropped' }), 'found');
    const sender = senderOver(platform);
    await sender.drain();
    now += 3_600_000;
    await sender.drain();
    expect(called.filter((one) => one.call === 'find').map(({ since }) => since)).toEqual([attemptedAt - 60_000]);
  });

  test('a lookup that the platform could not answer is repeated, and decides nothing', async () => {
    await store.enqueue({ m: { ...anAlert('x'), severity: 2 } }, [aDelivery(lane('a'), 'k1')]);
    let sends = 0;
    let lookups = 0;
    const { platform } = fakePlatform(
      () => {
        sends += 1;
        return sends === 1 ? { kind: 'unknown', reason: 'dropped' } : sent('m');
      },
      () => {
        lookups += 1;
        return lookups === 1 ? 'later' : 'absent';
      },
    );
    const sender = senderOver(platform);
    for (let hour = 0; hour < 3; hour += 1) {
      await sender.drain();
      now += 3_600_000;
    }
    expect({ sends, lookups }).toEqual({ sends: 2, lookups: 2 });
    expect(await store.deliveries({})).toMatchObject({ sent: 1 });
  });

  test('an edit whose message was never posted becomes a post, a note without its message is left out', async () => {
    await store.enqueue({ m: anAlert('x') }, [
      aDelivery(lane('a'), 'note', { act: 'reply', living: false }),
      aDelivery(lane('a'), 'edit', { act: 'edit', revision: 2 }),
    ]);
    const { platform, called } = fakePlatform((out) => sent(out.key));
    await senderOver(platform).drain();
    expect(called.map(({ call, key }) => `${call} ${key}`)).toEqual(['send edit']);
    expect(await store.posting(lane('a'), 'e1')).toMatchObject({ ref: { id: 'edit' }, revision: 2 });
    expect(await store.deliveries({})).toMatchObject({ sent: 1, superseded: 1 });
  });

  test('a wait that the platform asks for, however often, is no reason to give up', async () => {
    await store.enqueue({ m: anAlert('x') }, [aDelivery(lane('a'), 'k1')]);
    let calls = 0;
    const { platform } = fakePlatform(() => {
      calls += 1;
      return calls <= 10 ? { kind: 'retry', reason: 'slow down', afterMs: 1000 } : sent('m');
    });
    const sender = senderOver(platform, 2);
    for (let round = 0; round < 11; round += 1) {
      await sender.drain();
      now += 3_600_000;
    }
    expect(await store.deliveries({})).toMatchObject({ sent: 1, dead: 0 });
  });

  test('a lane that was lost while the platform was asked is not sent to', async () => {
    await store.enqueue({ m: anAlert('x') }, [aDelivery(lane('a'), 'k1')]);
    await store.claim({ owner: 'crashed', now, leaseMs: 60_000, limit: 1, platforms: ['terminal'] });
    now += 60_000;
    const { platform, called } = fakePlatform(() => sent('m'));
    const slow: ChatPlatform = {
      ...platform,
      find: async (wanted) => {
        now += 60_001;
        return platform.find(wanted);
      },
    };
    await senderOver(slow).step();
    await senderOver(platform).drain();
    expect(called.map(({ call }) => call)).toEqual(['find', 'find', 'send']);
    expect(await store.deliveries({})).toMatchObject({ sent: 1 });
  });

  test('a store that fails after the send loses nothing: the message is looked up, not repeated', async () => {
    await store.enqueue({ m: anAlert('x') }, [aDelivery(lane('a'), 'k1')]);
    const { settle } = store;
    let failing = true;
    store = { ...store, settle: (...told) => (failing ? Promise.reject(new Error('disk full')) : settle(...told)) };
    const { platform, called } = fakePlatform(() => sent('m'), 'found');
    const sender = senderOver(platform);
    await sender.drain();
    failing = false;
    now += 60_000;
    await sender.drain();
    expect(called.map(({ call }) => call)).toEqual(['send', 'find']);
    expect(await store.posting(lane('a'), 'e1')).toMatchObject({ ref: { id: 'looked-up' } });
  });

  test('it goes on working: through a send that hangs, a store that is away, and news that come while it sleeps', async () => {
    await watching('hangs', 'well');
    await alerted(anEvent('e1'));
    const { expand } = store;
    let away = true;
    store = {
      ...store,
      expand: (...asked) => {
        if (!away) return expand(...asked);
        away = false;
        return Promise.reject(new Error('away'));
      },
    };
    const stop = new AbortController();
    let release = () => {};
    const { platform, called } = fakePlatform((out) => sent(out.key));
    const hanging: ChatPlatform = {
      ...platform,
      send: async (out) => {
        if (out.lane === lane('hangs')) await new Promise<void>((done) => (release = done));
        return platform.send(out);
      },
    };
    const sender = senderOver(hanging);
    const running = sender.run(stop.signal);
    await vi.waitUntil(() => called.some((one) => one.lane === lane('well')));
    await alerted(anEvent('e2', ['ML']));
    sender.wake();
    await vi.waitUntil(() => called.filter((one) => one.lane === lane('well')).length === 2);
    expect(called.some((one) => one.lane === lane('hangs'))).toBe(false);
    stop.abort();
    release();
    await running;
    expect(called.filter((one) => one.lane === lane('hangs'))).toHaveLength(1);
    expect(await store.deliveries({})).toMatchObject({ sent: 3, ready: 1, sending: 0 });
  });

  test('what is refused is dead at once, what never works is dead after its attempts', async () => {
    await store.enqueue({ m: anAlert('x') }, [aDelivery(lane('a'), 'k1'), aDelivery(lane('b'), 'k2')]);
    const { platform, called } = fakePlatform((out) =>
      out.lane === lane('a') ? { kind: 'rejected', reason: 'no permission' } : { kind: 'retry', reason: 'cannot be reached' },
    );
    const sender = senderOver(platform, 3);
    for (let round = 0; round < 6; round += 1) {
      await sender.drain();
      now += 3_600_000;
    }
    expect(called.filter((one) => one.lane === lane('a'))).toHaveLength(1);
    expect(called.filter((one) => one.lane === lane('b'))).toHaveLength(3);
    expect(await store.deliveries({})).toMatchObject({ dead: 2 });
  });

  test('a reopening is a new message and a mark on the old one, wherever the alarm stands', async () => {
    await watching('a');
    await alerted(anEvent('e1'));
    const { platform, called } = fakePlatform(() => sent('m1'));
    const sender = senderOver(platform);
    await sender.drain();
    await store.removeSubscriptions(lane('a'));
    await alerted({ ...anEvent('e1'), revision: 2, state: 'lifted' }, 'lifted');
    await sender.drain();
    expect(
      called
        .slice(1)
        .map((one) => one.call)
        .sort(),
    ).toEqual(['edit', 'send']);
  });
});

describe('waiting after a failure', () => {
  test('it grows, has an end, and is never shorter than what the platform asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: undefined }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, asked, random) => {
          const wait = waitAfter(attempts, asked, () => random);
          expect(wait).toBeGreaterThanOrEqual(Math.max(asked ?? 0, 500));
          expect(wait).toBeLessThanOrEqual(Math.max(asked ?? 0, 15 * 60_000));
          expect(waitAfter(attempts + 1, asked, () => random)).toBeGreaterThanOrEqual(wait);
        },
      ),
    );
  });
});
