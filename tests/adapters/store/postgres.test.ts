import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgres } from '../../../adapters/store/postgres.ts';
import type { Store } from '../../../src/ports/store.ts';
import { storeContract } from '../../contracts/store.ts';
import { anAlert } from '../../support/messages.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres.ts';
import { aDelivery, ask } from '../../support/stored.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server?.stop());

async function opened(): Promise<Store> {
  const result = await openPostgres(server.url);
  if ('problem' in result) throw new Error(result.problem);
  return result.store;
}

/** Empty again: dropping the tables with their schema is what a new database would be. */
async function emptied(): Promise<Store> {
  await server.run('drop schema public cascade; create schema public');
  return opened();
}

storeContract('PostgreSQL', emptied);

describe('several processes on one database', () => {
  test('no delivery is taken twice, and each lane keeps its order', async () => {
    const first = await emptied();
    const stores = [first, await opened(), await opened()];
    await first.enqueue({ m: anAlert('m') }, []);
    const lanes = Array.from({ length: 8 }, (_, index) => `terminal:w:${index}`);
    const numbers = Array.from({ length: 6 }, (_, index) => index);
    for (const number of numbers)
      await first.enqueue(
        {},
        lanes.map((lane) => aDelivery(lane, `${lane}/${number}`, { subject: `e${number}` })),
      );
    const taken: string[] = [];
    const work = async (store: Store, who: number) => {
      for (let now = 1; now < 200 && taken.length < 48; now += 1) {
        const owner = `${who}/${now}`;
        for (const { delivery } of await store.claim({ ...ask(now, owner, 3), leaseMs: 1_000_000 })) {
          taken.push(delivery.key);
          await store.settle(owner, delivery, { kind: 'sent', ref: { channel: 'c', id: delivery.key } }, now);
        }
      }
    };
    await Promise.all(stores.map(work));
    expect(new Set(taken).size).toBe(48);
    for (const lane of lanes)
      expect(taken.filter((key) => key.startsWith(`${lane}/`))).toEqual(numbers.map((number) => `${lane}/${number}`));
    await Promise.all(stores.map((store) => store.close()));
  });
});

describe('a server that cannot be used', () => {
  test.each([
    ['a wrong password', (url: string) => url.replace('secret', 'wrong-secret'), 'user or password'],
    ['a database that is not there', (url: string) => url.replace('/postgres', '/elsewhere'), 'no such database'],
    ['nothing at the address', () => 'postgres://attache:wrong-secret@127.0.0.1:1/attache', 'cannot be reached'],
  ])('%s: one line, without the password', async (_, change, said) => {
    const result = await openPostgres(change(server.url));
    expect(result).toEqual({ problem: expect.stringContaining(said), away: said === 'cannot be reached' });
    expect(JSON.stringify(result)).not.toMatch(/secret/);
  });

  test('tables of a newer Attaché are left alone', async () => {
    await (await emptied()).close();
    await server.run("insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01')");
    expect(await openPostgres(server.url)).toEqual({ problem: expect.stringContaining('written by a newer Attaché'), away: false });
  });
});
