import { expect, test } from 'vitest';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import { withMessages } from '../../src/ingest/decide.ts';
import { createPlan } from '../../src/match/fan-out.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { Finding } from '../../src/model/finding.ts';
import { createSender } from '../../src/send/sender.ts';
import { aChannel, anEvent, aStory, aSubscription, decisionFor, lane } from '../support/stored.ts';
import { channel, feeds, places, lane as talkLane } from '../support/talk.ts';

/** The links under an alert, in a channel that wants maps or does not. */
async function linksOf(slots: Partial<Finding>, map: boolean) {
  const store = await openInMemory();
  await store.saveChannel(aChannel(lane, map ? { map: true } : {}));
  await store.saveSubscription(aSubscription(lane));
  const event = { ...anEvent('e1'), alertedRevision: 1 };
  const told = { ...event, finding: { ...event.finding, ...slots } };
  const alert: Omit<Alert, 'headline'> = {
    id: 'e1@1',
    kind: 'new',
    event: told,
    because: ['first-report'],
    escalates: false,
    severity: 4,
    at: 1000,
  };
  await store.decide(aStory('a'), ['UA'], () => ({ ...decisionFor(told), alerts: [withMessages(alert, { places, feeds })] }));
  const links: string[] = [];
  const platform = {
    name: 'terminal' as const,
    start: async () => ({ kind: 'ready' as const, as: 'x' }),
    send: async ({ message }: { message: { buttons: readonly { readonly act: string; readonly link?: string }[] } }) => {
      links.push(...message.buttons.flatMap((button) => (button.act === 'open' ? [button.link ?? ''] : [])));
      return { kind: 'sent' as const, ref: { channel: 'c', id: '1' } };
    },
    edit: async () => ({ kind: 'unknown' as const, reason: '' }),
    find: async () => ({ kind: 'absent' as const }),
    render: () => undefined,
    stop: async () => {},
  };
  const clock = { now: () => 2000, sleep: async () => {} };
  await createSender(
    { store, platforms: new Map([['terminal', platform]]), clock, random: () => 1, observe: { log: () => {} } },
    { owner: 'me', plan: createPlan((code) => code), leaseMs: 60_000, parallel: 1, attempts: 3 },
  ).drain();
  return links.filter((link) => link.includes('openstreetmap'));
}

const relocation: Partial<Finding> = {
  kind: 'embassy-relocation',
  from: { name: 'Kyiv', country: 'UA' },
  to: { name: 'Lviv', country: 'UA' },
};

test('a channel that wants it gets a link to where the alert is about', async () => {
  expect(await linksOf(relocation, true)).toEqual(['https://www.openstreetmap.org/search?query=Lviv%2C+Ukraine']);
  expect(await linksOf({}, true)).toEqual(['https://www.openstreetmap.org/search?query=Ukraine']);
  expect(await linksOf({ hosts: ['UA', 'PL'] }, true)).toEqual([]);
  expect(await linksOf(relocation, false)).toEqual([]);
});

test('it is a setting, off unless asked for', async () => {
  const { say, store } = channel();
  await say('settings map on zone Europe/Kyiv');
  expect(await store.channel(talkLane)).toMatchObject({ map: true, zone: 'Europe/Kyiv' });
  await say('settings quiet 23-07');
  expect((await store.channel(talkLane))?.map).toBe(true);
  expect((await say('settings map maybe')).message.headline).toMatch(/No map “maybe”. Say on or off/);
  await say('settings map off');
  expect((await store.channel(talkLane))?.map).toBeUndefined();
});
