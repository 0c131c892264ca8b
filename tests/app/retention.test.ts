import { expect, test } from 'vitest';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import { createRetention } from '../../src/app-retention.ts';
import { aStory } from '../support/stored.ts';

const day = 24 * 3_600_000;

test('what is too old goes, all of it, once a day, whichever process comes first', async () => {
  const store = await openInMemory();
  let now = 400 * day;
  const logged: unknown[] = [];
  const retention = () =>
    createRetention(
      { items: 180, messages: 90, events: 730 },
      { store, clock: { now: () => now }, observe: { log: (_, event, fields) => logged.push([event, fields]) } },
    );
  const seen = (ids: readonly string[], at: number) =>
    store.recordSeen(ids.map((id) => ({ story: aStory(id, at), dropped: 'nothing-relevant' as const })));
  const many = Array.from({ length: 1_300 }, (_, index) => `old${index}`);
  await seen(many, 219 * day);
  await seen(['young'], 221 * day);
  expect(await retention().runDue()).toBe(1_300);
  expect(logged).toEqual([['retention.removed', { rows: 1_300 }]]);
  expect(await store.unrecorded('f', ['old0', 'young'])).toEqual(['old0']);
  now += 5 * day;
  await seen(['old0'], 200 * day);
  expect(await retention().runDue()).toBe(2);
  // A day has not passed, in this process or in another.
  await seen(['old0'], 200 * day);
  now += day - 1;
  expect(await retention().runDue()).toBe(0);
  now += 1;
  expect(await retention().runDue()).toBe(1);
});
