import { expect, test } from 'vitest';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import { buildApp } from '../../src/cli/run.ts';
import type { Store } from '../../src/ports/store.ts';
import { shippedDetector } from '../support/detector.ts';
import { fakePlatform } from '../support/fake-platform.ts';
import { shippedConfig } from '../support/project.ts';

const config = shippedConfig();
const detector = shippedDetector();

/** The names under which one bot claims lanes in a few rounds. */
async function ownersOf(store: Store): Promise<readonly string[]> {
  const owners: string[] = [];
  const claim: Store['claim'] = (ask) => {
    owners.push(ask.owner);
    return store.claim(ask);
  };
  const { platform } = fakePlatform((out) => ({ kind: 'sent', ref: { channel: 'c', id: out.key } }));
  const platforms = [platform];
  const app = buildApp({ ...config, feeds: [] }, { detector, store: { ...store, claim }, platforms, observe: { log: () => {} } });
  await app.connect();
  for (let round = 0; round < 3; round += 1) await app.round();
  return owners;
}

test('no two claims go by one name, whichever bot on the database makes them: a lease is only its owner’s', async () => {
  const store = await openInMemory();
  const [one, other] = [await ownersOf(store), await ownersOf(store)];
  expect(one.length).toBeGreaterThan(1);
  expect(new Set([...one, ...other]).size).toBe(one.length + other.length);
});
