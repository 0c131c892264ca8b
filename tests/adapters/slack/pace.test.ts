import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPace, type Turn } from '../../../adapters/slack/pace.ts';

/** Time that passes only while all who wait do. */
function virtualTime() {
  let now = 0;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms: number) => new Promise<void>((wake) => void sleepers.push({ at: now + ms, wake })),
    run: async (done: () => boolean) => {
      while (!done()) {
        await new Promise((next) => setImmediate(next));
        sleepers.sort((a, b) => a.at - b.at);
        const next = sleepers.shift();
        if (!next) continue;
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
}

/** Sends one message after the other, coming again when told to; gives when each left. */
async function sending(turns: readonly Turn[], workers: number) {
  const time = virtualTime();
  const pace = createPace(time);
  const left: (Turn & { readonly at: number })[] = [];
  const waiting = [...turns];
  const away = { count: 0 };
  let working = workers;
  const work = async () => {
    for (let turn = waiting.shift(); turn; turn = waiting.shift()) {
      const stay = await pace.turn(turn);
      if (stay === undefined) left.push({ ...turn, at: time.now() });
      else {
        away.count += 1;
        await time.sleep(stay);
        waiting.unshift(turn);
      }
    }
    working -= 1;
  };
  for (let worker = 0; worker < workers; worker += 1) void work();
  await time.run(() => working === 0);
  return { left, away: away.count };
}

const post = (channel: string, team = 'T1'): Turn => ({ team, channel, method: 'chat.postMessage' });

test('a workspace gets what it takes and no more, and waits for no other', async () => {
  const { left } = await sending(
    Array.from({ length: 400 }, (_, index) => post(`C${index}`, index % 2 === 0 ? 'T1' : 'T2')),
    16,
  );
  const first = left.filter(({ team }) => team === 'T1');
  expect(first).toHaveLength(200);
  expect(first.at(-1)?.at).toBeLessThan(42_000);
  expect(first.filter(({ at }) => at < 10_000).length).toBeLessThanOrEqual(51);
});

test('edits that would wait long leave the worker to others, and each comes back in its turn', async () => {
  const edits = Array.from({ length: 60 }, (_, index): Turn => ({ team: 'T1', channel: `C${index}`, method: 'chat.update' }));
  const { left, away } = await sending(edits, 60);
  expect(left).toHaveLength(60);
  expect(left.at(-1)?.at).toBeLessThan(62 * 1_224 + 5_000);
  // Most are sent away once.
  expect(away).toBeLessThan(120);
});

test('whatever comes in whatever order, no channel gets two messages in a second and no workspace more than it takes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 20 }), async (channels, workers) => {
      const { left } = await sending(
        channels.map((channel) => post(`C${channel}`)),
        workers,
      );
      expect(left).toHaveLength(channels.length);
      const byTime = [...left].sort((a, b) => a.at - b.at);
      for (const [index, { at, channel }] of byTime.entries()) {
        const before = byTime.slice(0, index);
        expect(at - (before.at(-1)?.at ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(200);
        expect(at - (before.findLast((one) => one.channel === channel)?.at ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(1_000);
      }
    }),
    { numRuns: 40 },
  );
});

test('where Slack asks for a wait all calls of that kind keep it', async () => {
  const time = virtualTime();
  const pace = createPace(time);
  pace.hold(post('C1'), 30_000);
  expect(await pace.turn(post('C2'))).toBeGreaterThanOrEqual(30_000);
  expect(await pace.turn({ ...post('C2'), method: 'chat.update' })).toBeUndefined();
  expect(await pace.turn(post('C2', 'T2'))).toBeUndefined();
});
