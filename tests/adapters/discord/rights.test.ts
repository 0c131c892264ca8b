/** Who may change what a channel gets, from the gateway to the store: Manage Channels, asked for each command and each button. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../../src/talk/commands.ts';
import { alone } from '../../support/discord/alone.ts';
import type { DiscordHarness } from '../../support/discord/harness.ts';
import { channel as talkChannel } from '../../support/talk.ts';

const { talk, store } = talkChannel();
let server: DiscordHarness;
let end: () => Promise<unknown>;
let lane: string;
beforeAll(async () => {
  ({ server, end } = await alone(talk));
  lane = `discord:${server.guild}:${server.channel}`;
});
afterAll(async () => {
  expect(server.violations).toEqual([]);
  await end();
});

const options: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  subscribe: { places: 'Mali' },
  unsubscribe: { id: 'all' },
  mute: { what: 'Mali', for: '1h' },
  settings: { zone: 'Europe/Kyiv' },
};
const kept = async () => JSON.stringify([await store.channel(lane), await store.subscriptions(lane)]);

test('who has Manage Channels changes it', async () => {
  expect((await server.command('subscribe', { places: 'Ukraine' }, true)).content).toMatch(/Watching Ukraine/);
  expect(await store.subscriptions(lane)).toHaveLength(1);
});

test.each(commands.filter(({ changes }) => changes).map(({ name }) => name))('who has not may not: %s', async (name) => {
  const before = await kept();
  const spec = commands.find((one) => one.name === name);
  const known = new Set(spec?.options.map((one) => one.name));
  const said = Object.entries(options[name] ?? {}).filter(([option]) => known.has(option));
  const given =
    said.length > 0 ? Object.fromEntries(said) : Object.fromEntries((spec?.options ?? []).slice(0, 1).map((one) => [one.name, 'Mali']));
  expect((await server.command(name, given, false)).content).toMatch(/may not change/);
  expect(await kept()).toBe(before);
});

test('nor by a button that says a command, nor by Acknowledge', async () => {
  const before = await kept();
  const visitor = server.person({ mayChange: false });
  expect((await visitor.press('command:unsubscribe all')).content).toMatch(/may not change/);
  expect((await visitor.press('acknowledge:e1@1')).content).toMatch(/may not acknowledge/);
  expect(await kept()).toBe(before);
});

test('everyone may ask', async () => {
  const visitor = server.person({ mayChange: false });
  for (const [name, given] of [
    ['list', {}],
    ['status', {}],
    ['country', { place: 'Ukraine' }],
    ['help', {}],
  ] as const)
    expect((await visitor.command(name, given)).content).not.toMatch(/may not/);
});
