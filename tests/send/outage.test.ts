/** Outages and errors of our own: nothing is given up for being late, and nothing holds up its channel for ever. */
import { beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../adapters/clock.ts';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import type { SendOutcome } from '../../src/model/delivery.ts';
import type { ChatPlatform } from '../../src/ports/platform.ts';
import { type Store, StoreUnavailable } from '../../src/ports/store.ts';
import { createSender } from '../../src/send/sender.ts';
import { fakePlatform } from '../support/fake-platform.ts';
import { anAlert } from '../support/messages.ts';
import { aDelivery } from '../support/stored.ts';

const lane = 'terminal:w:a';
const hour = 3_600_000;
let store: Store;
let now: number;
let logged: string[];
beforeEach(async () => {
  store = await openInMemory();
  now = Date.UTC(2026, 2, 3, 12);
  logged = [];
});

function senderOver(platform: ChatPlatform, over: Store = store) {
  const clock = { now: () => now, sleep: systemClock.sleep };
  return createSender(
    {
      store: over,
      platforms: new Map([['terminal', platform]]),
      clock,
      random: () => 1,
      observe: { log: (level, event, fields) => void logged.push(`${level} ${event} ${String(fields?.reason ?? fields?.error ?? '')}`) },
    },
    { owner: 'me', plan: () => [], leaseMs: 60_000, parallel: 4, attempts: 3, giveUpAfterMs: 24 * hour },
  );
}

/** Sends until the given time, stepping from one due time to the next; gives how many steps it took. */
async function until(end: number, sender: ReturnType<typeof senderOver>): Promise<number> {
  for (let steps = 1; steps < 500; steps += 1) {
    await sender.drain();
    const due = await store.nextDue(['terminal']);
    if (due === undefined || due > end) {
      now = end;
      return steps;
    }
    now = Math.max(due, now + 1);
  }
  throw new Error('it never comes to rest');
}

test.each([
  ['cannot be reached', { kind: 'retry', reason: 'Slack cannot be reached' }],
  ['answers 500', { kind: 'unknown', reason: 'Slack answered 500' }],
] as const)('a platform that %s for twenty hours gets its alert after it, and the alert says that it is late', async (_how, outage) => {
  const start = now;
  await store.enqueue({ m: anAlert('x') }, [aDelivery(lane, 'k1', { notBefore: now })]);
  const told: string[] = [];
  let away = true;
  const { platform } = fakePlatform((out): SendOutcome => {
    told.push(JSON.stringify(out.message.lines));
    return away ? outage : { kind: 'sent', ref: { channel: 'c', id: 'm' } };
  });
  const sender = senderOver(platform);
  const steps = await until(start + 20 * hour, sender);
  expect(steps).toBeLessThan(120);
  expect(told[0]).not.toContain('LATE');
  away = false;
  await until(start + 21 * hour, sender);
  expect(await store.deliveries({})).toMatchObject({ sent: 1, dead: 0 });
  expect(told.at(-1)).toMatch(/LATE: due 20 h ago/);
});

test('what could not be delivered for a day is given up, and says how long it was tried', async () => {
  await store.enqueue({ m: anAlert('x') }, [aDelivery(lane, 'k1', { notBefore: now })]);
  const { platform } = fakePlatform(() => ({ kind: 'retry', reason: 'Slack cannot be reached' }));
  await until(now + 26 * hour, senderOver(platform));
  expect(await store.deliveries({})).toMatchObject({ dead: 1 });
  expect(await store.undelivered()).toMatchObject([{ reason: expect.stringMatching(/given up after \d+ attempts in 24 h: Slack cannot/) }]);
});

test('what became due while Attaché did not run is tried more than once', async () => {
  await store.enqueue({ m: anAlert('x') }, [aDelivery(lane, 'k1', { notBefore: now - 48 * hour })]);
  let attempts = 0;
  const { platform } = fakePlatform(() => {
    attempts += 1;
    return attempts < 3 ? { kind: 'retry', reason: 'Slack cannot be reached' } : { kind: 'sent', ref: { channel: 'c', id: 'm' } };
  });
  await until(now + hour, senderOver(platform));
  expect(await store.deliveries({})).toMatchObject({ sent: 1 });
});

test('a delivery that throws is set aside after a few attempts, with its reason, and its channel goes on', async () => {
  await store.enqueue({ m: anAlert('poison'), n: anAlert('next') }, [
    aDelivery(lane, 'poison', { notBefore: now }),
    aDelivery(lane, 'next', { notBefore: now, subject: 'e2', messageId: 'n' }),
  ]);
  let thrown = 0;
  const { platform } = fakePlatform((out) => {
    if (out.key !== 'poison') return { kind: 'sent', ref: { channel: 'c', id: out.key } };
    thrown += 1;
    throw new Error('cannot render that');
  });
  await until(now + 72 * hour, senderOver(platform));
  expect(thrown).toBe(3);
  expect(await store.deliveries({})).toMatchObject({ sent: 1, dead: 1 });
  expect(logged.filter((line) => line.startsWith('error delivery set aside'))).toEqual([
    'error delivery set aside set aside after 3 errors of Attaché itself: cannot render that',
  ]);
});

test('an outcome that cannot be stored is such an error too, and a store that is away is none', async () => {
  await store.enqueue({ m: anAlert('x') }, [
    aDelivery(lane, 'k1', { notBefore: now }),
    aDelivery(lane, 'k2', { notBefore: now, subject: 'e2' }),
  ]);
  const { platform, called } = fakePlatform((out) => ({ kind: 'sent', ref: { channel: 'c', id: out.key } }), 'found');
  let away = 5;
  const failing: Store = {
    ...store,
    settle: async (owner, delivery, settlement, at) => {
      if (away > 0) {
        away -= 1;
        throw new StoreUnavailable('away');
      }
      if (delivery.key === 'k1' && settlement.kind === 'sent') throw new Error('no such character');
      return store.settle(owner, delivery, settlement, at);
    },
  };
  await until(now + hour, senderOver(platform, failing));
  expect(await store.deliveries({})).toMatchObject({ dead: 1, sent: 1 });
  expect(called.filter(({ call }) => call === 'send').map(({ key }) => key)).toEqual(['k1', 'k2']);
});
