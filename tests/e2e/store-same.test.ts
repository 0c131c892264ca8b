import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPostgres } from '../../adapters/store/postgres.ts';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import type { Act, Delivery } from '../../src/model/delivery.ts';
import type { ClaimedDelivery, Settlement } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import { anAlert } from '../support/messages.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { aDelivery, ask } from '../support/stored.ts';

type Step =
  | { readonly do: 'enqueue'; readonly lane: number; readonly subject: number; readonly act: Act; readonly wait: number }
  | { readonly do: 'claim'; readonly limit: number }
  | { readonly do: 'settle'; readonly which: number; readonly as: Settlement['kind'] }
  | { readonly do: 'pass'; readonly ms: number };

const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('enqueue' as const),
    lane: fc.nat(2),
    subject: fc.nat(1),
    act: fc.constantFrom<Act>('post', 'edit', 'reply'),
    wait: fc.constantFrom(0, 0, 500),
  }),
  fc.record({
    do: fc.constant('claim' as const),
    limit: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    do: fc.constant('settle' as const),
    which: fc.nat(3),
    as: fc.constantFrom('sent' as const, 'sent' as const, 'retry' as const, 'unknown' as const, 'dead' as const, 'superseded' as const),
  }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 300, 1001) }),
);

interface Held {
  readonly owner: string;
  readonly claimed: ClaimedDelivery;
}

/** Plays the steps and writes down all that can be seen of them; fails where a lane has two holders or turns its order round. */
async function play(store: Store, steps: readonly Step[]): Promise<readonly unknown[]> {
  await store.enqueue({ m: anAlert('m') }, []);
  const seen: unknown[] = [];
  let now = 1000;
  let held: readonly Held[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.do === 'pass') now += step.ms;
    if (step.do === 'enqueue') {
      const more: Partial<Delivery> = { subject: `e${step.subject}`, act: step.act, revision: index, living: step.act !== 'reply' };
      await store.enqueue({}, [aDelivery(`terminal:w:${step.lane}`, `k${index}`, { ...more, notBefore: now + step.wait })]);
    }
    if (step.do === 'claim') {
      const claimed = await store.claim(ask(now, `owner ${index}`, step.limit));
      const alive = held.filter(({ claimed: { leaseUntil } }) => leaseUntil > now).map((one) => one.claimed.delivery.lane);
      for (const { delivery } of claimed) expect(alive).not.toContain(delivery.lane);
      held = [...held, ...claimed.map((one) => ({ owner: `owner ${index}`, claimed: one }))];
      seen.push(claimed);
    }
    if (step.do === 'settle') {
      const one = held[step.which % Math.max(1, held.length)];
      if (!one) continue;
      held = held.filter((other) => other !== one);
      const { delivery } = one.claimed;
      const how = { ref: { channel: 'c', id: `${index}` }, at: now + 100, reason: 'r' };
      seen.push(await store.holdsLease(one.owner, delivery.lane, now));
      await store.settle(one.owner, delivery, { kind: step.as, ...how } as Settlement, now);
      seen.push(await store.posting(delivery.lane, delivery.subject));
    }
    seen.push(await store.deliveries({}), await store.nextDue(['terminal']));
  }
  await store.close();
  return seen;
}

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

async function emptyPostgres(): Promise<Store> {
  await postgres.run('drop schema public cascade; create schema public');
  const opened = await openPostgres(postgres.url);
  if ('problem' in opened) throw new Error(opened.problem);
  return opened.store;
}

test('whatever happens to the outbox, SQLite and PostgreSQL say the same, and no lane has two holders', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 10, maxLength: 40 }), async (steps) => {
      expect(await play(await emptyPostgres(), steps)).toEqual(await play(await openInMemory(), steps));
    }),
    { numRuns: 12 },
  );
});
