import { expect, test } from 'vitest';
import { createDiscord } from '../../../adapters/discord/platform.ts';
import { alone } from '../../support/discord/alone.ts';
import { startDiscord } from '../../support/discord/harness.ts';
import { anAlert, hooksThat } from '../../support/messages.ts';

/** How the bot connects to Discord, and stays connected. */

test('what was said while the gateway was away is answered after it resumed', async () => {
  const { server, end } = await alone(hooksThat({}));
  server.dropGateway();
  expect(await server.command('status')).toMatchObject({ type: 4 });
  expect(server.resumed()).toBe(1);
  expect(server.identified()).toBe(1);
  expect(server.violations).toEqual([]);
  await end();
});

test('a session that was forgotten is begun anew', async () => {
  const { server, end } = await alone(hooksThat({}));
  server.dropGateway({ forget: true });
  await expect.poll(() => server.identified(), { timeout: 15_000 }).toBe(2);
  expect(await server.command('status')).toMatchObject({ type: 4 });
  expect(server.violations).toEqual([]);
  await end();
}, 20_000);

test('ready, it names itself and the link that invites it with what it needs and no more', async () => {
  const { server, outcome, end } = await alone(hooksThat({}));
  const link = new URL(/https:\S+/.exec(outcome.kind === 'ready' ? outcome.as : '')?.[0] ?? '');
  expect(Object.fromEntries(link.searchParams)).toEqual({
    client_id: '123456789012345678',
    // View Channel, Send Messages, Embed Links, Read Message History, Create Public Threads, Send Messages in Threads.
    permissions: String((1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 16n) | (1n << 35n) | (1n << 38n)),
    scope: 'bot applications.commands',
  });
  expect(server.violations).toEqual([]);
  await end();
});

test('a token that is wrong, at the start or later, is one line with the mend', async () => {
  const { server, bot, end } = await alone(hooksThat({}));
  const wrong = createDiscord({ token: 'MTIz.wrong.token', apiUrl: server.apiUrl });
  expect(await wrong.start(hooksThat({}))).toEqual({
    kind: 'refused',
    forGood: true,
    reason: 'the token is wrong; copy it again from discord.com/developers/applications → Bot → Reset Token',
  });
  server.revokeToken();
  const out = { key: 'k', lane: `discord:${server.guild}:${server.channel}`, message: anAlert('too late') };
  for (let attempt = 0; attempt < 2; attempt += 1)
    expect(await bot.send(out)).toMatchObject({ kind: 'retry', reason: expect.stringContaining('Reset Token') });
  await end();
});

test('a machine without a network is told so', async () => {
  const bot = createDiscord({ token: 'MTIz.some.token', apiUrl: 'http://127.0.0.1:9/api' });
  expect(await bot.start(hooksThat({}))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('check this machine’s network'),
  });
});

test('a gateway that never answers does not keep the bot waiting for ever', async () => {
  const server = await startDiscord();
  server.fail('gateway', { delayMs: 400 });
  const bot = createDiscord({ token: server.token, apiUrl: server.apiUrl, readyMs: 100 });
  expect(await bot.start(hooksThat({}))).toEqual({ kind: 'refused', reason: 'cannot connect (no connection within 0.1 s)' });
  await server.close();
});
