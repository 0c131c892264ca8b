import { expect, test } from 'vitest';
import { killedDeliveries, whole } from '../support/killed.ts';
import { startPostgres } from '../support/postgres.ts';

/** A few of the hundred that `npm run bench:kill` does. */
const kills = 5;
const channels = 30;

test.each(['slack', 'discord'] as const)(
  '%s: a sender that is killed (kill -9) again and again loses nothing and sends nothing twice',
  async (platform) => {
    const killed = await killedDeliveries(platform, channels, kills);
    expect(killed.violations).toEqual([]);
    expect(killed.kills).toBeGreaterThan(0);
    expect(killed.channels).toHaveLength(channels);
    for (const standing of killed.channels) expect(standing).toEqual(whole);
  },
  120_000,
);

test('the same over PostgreSQL', { timeout: 180_000 }, async () => {
  const server = await startPostgres();
  const killed = await killedDeliveries('discord', channels, kills, 250, server.url);
  expect(killed.kills).toBeGreaterThan(0);
  for (const standing of killed.channels) expect(standing).toEqual(whole);
  await server.stop();
});
