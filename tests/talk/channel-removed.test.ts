import { expect, test } from 'vitest';
import { channel, lane, textOf } from '../support/talk.ts';

const dm = (user: string) => `slack:T1:${user}`;

async function gone(reach = async (user: string): Promise<string | undefined> => dm(user)) {
  const chat = channel();
  await chat.say('subscribe Ukraine, Mali from US min warning about evacuations with "charter flight"');
  await chat.say('subscribe everywhere');
  await chat.talk.onRemoved({ lane, called: '#alerts', reach });
  const claimed = await chat.store.claim({ owner: 'o', now: chat.clock.now(), leaseMs: 1000, limit: 10, platforms: ['slack'] });
  return { ...chat, told: claimed.map(({ delivery, message }) => ({ to: delivery.lane, text: textOf(message) })) };
}

test('the subscriptions of a channel that is gone wait, and who made them gets each as a line to say elsewhere', async () => {
  const { store, say, told } = await gone();
  expect(told.map(({ to }) => to)).toEqual([dm('U1')]);
  expect(told[0]?.text).toMatch(/removed from #alerts, or it is gone or archived: 2 subscriptions there are paused/);
  expect((await store.channel(lane))?.pausedUntil).toBe(Number.MAX_SAFE_INTEGER);
  const line = /\/attache (subscribe Ukraine.*)/.exec(told[0]?.text ?? '')?.[1] ?? '';
  await say(line, { lane: 'slack:T1:C2' });
  const [first] = await store.subscriptions(lane);
  const [again] = await store.subscriptions('slack:T1:C2');
  expect(again?.filter).toEqual(first?.filter);
});

test('who cannot be reached is not, and the subscriptions still wait', async () => {
  const { store, told } = await gone(async () => undefined);
  expect(told).toEqual([]);
  expect(await store.subscriptions(lane)).toHaveLength(2);
});

test('a channel that watched nothing is forgotten, and a workspace with all that was in it', async () => {
  const { store, talk, say } = await gone();
  await say('settings zone Europe/Kyiv', { lane: 'slack:T1:C3' });
  await talk.onRemoved({ lane: 'slack:T1:C3' });
  expect(await store.channel('slack:T1:C3')).toBeUndefined();
  await talk.onRemoved({ workspace: 'slack:T1' });
  expect(await store.channel(lane)).toBeUndefined();
  expect(await store.subscriptions(lane)).toEqual([]);
});

test('a channel with a new id goes on there with its settings, and is told once', async () => {
  const { say, talk, store } = channel();
  await say('subscribe Ukraine');
  await say('settings zone Europe/Kyiv');
  const to = 'slack:T1:C9NEW';
  await talk.onMoved({ from: lane, to });
  await talk.onMoved({ from: lane, to });
  expect(await store.subscriptions(to)).toMatchObject([{ id: '1', lane: to, filter: { countries: ['UA'] } }]);
  expect(await store.channel(to)).toMatchObject({ lane: to, zone: 'Europe/Kyiv' });
  expect(await store.subscriptions(lane)).toEqual([]);
});

test('whom the bot may not mention is not saved as who is pinged', async () => {
  const { talk, store } = channel();
  const call = { platform: 'discord', lane, user: 'U1', mayChange: true, cannotPing: { role: 'travel' } } as const;
  const answer = await talk.onCommand({ ...call, input: { command: 'settings', options: { ping: '<@&600000000000000002>' } } });
  expect(textOf(answer.message)).toMatch(/may not mention @travel: allow anyone to @mention it/);
  expect((await store.channel(lane))?.mention).toBeUndefined();
});
