/** A Critical that nobody acknowledges in time calls whom the channel names. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createPlan } from '../../src/match/fan-out.ts';
import { createSender } from '../../src/send/sender.ts';
import { createEscalations } from '../../src/talk/escalations.ts';
import { fakePlatform } from '../support/fake-platform.ts';
import { anEvent, aStory, decisionFor } from '../support/stored.ts';
import { channel, lane, places, textOf } from '../support/talk.ts';

const minute = 60_000;
type Chat = ReturnType<typeof channel>;
let chat: Chat;
let sent: ReturnType<typeof fakePlatform>;
let send: () => Promise<void>;

beforeEach(async () => {
  chat = channel();
  sent = fakePlatform((out) => ({ kind: 'sent', ref: { channel: 'c', id: out.key } }));
  const { store, clock } = chat;
  const platforms = new Map([['slack' as const, { ...sent.platform, name: 'slack' as const }]]);
  const sender = createSender(
    { store, platforms, clock, random: () => 1, observe: { log: () => {} } },
    { owner: 'me', plan: createPlan((code) => code), leaseMs: 60_000, parallel: 1, attempts: 3 },
  );
  send = () => sender.drain();
  await chat.say('subscribe Ukraine');
  await chat.say('settings escalate 15m <!subteam^S12345>');
});

const newEscalations = ({ store, clock, schedule }: Chat = chat) => createEscalations({ store, clock, schedule, places });

async function alerted(id = 'e1') {
  const now = chat.clock.now();
  const event = { ...anEvent(id, ['UA'], now), alertedRevision: 1 };
  await chat.store.decide(aStory(`${id}-1`, now), ['UA'], () => decisionFor(event));
  await send();
  return event;
}

const calls = () => sent.called.filter(({ mention }) => mention === 'S12345');

describe('a Critical that nobody acknowledged', () => {
  test('calls the group that the channel set, after the time that it set, once, over a restart too', async () => {
    await alerted();
    const escalations = newEscalations();
    chat.wait(14 * minute);
    expect(await escalations.runDue()).toBe(0);
    chat.wait(2 * minute);
    expect(await escalations.runDue()).toBe(1);
    await send();
    expect(calls()).toMatchObject([{ headline: expect.stringContaining('Nobody acknowledged this within 15 minutes') }]);
    chat.wait(30 * minute);
    await escalations.runDue();
    await newEscalations().runDue();
    await send();
    expect(calls()).toHaveLength(1);
  });

  test('calls nobody once it is acknowledged', async () => {
    await alerted();
    await chat.talk.onButton({ platform: 'slack', lane, user: 'U1', mayChange: true, act: 'acknowledge', value: 'e1@1' });
    chat.wait(16 * minute);
    expect(await newEscalations().runDue()).toBe(0);
  });

  test('calls nobody once it is lifted', async () => {
    const event = await alerted();
    const lifted = { ...event, revision: 2, alertedRevision: 2, state: 'lifted' as const };
    await chat.store.decide(aStory('e1-2', chat.clock.now()), ['UA'], () => decisionFor(lifted));
    chat.wait(16 * minute);
    expect(await newEscalations().runDue()).toBe(0);
  });

  test('calls nobody for what came before it was set, nor where it is off or paused', async () => {
    await chat.say('settings escalate off');
    await alerted();
    chat.wait(16 * minute);
    await chat.say('settings escalate 15m <!subteam^S12345>');
    expect(await newEscalations().runDue()).toBe(0);
    await alerted('e2');
    await chat.say('pause');
    chat.wait(16 * minute);
    expect(await newEscalations().runDue()).toBe(0);
  });
});

test.each([
  ['settings escalate 15m <@U12345>', /escalate U12345, where nobody acknowledges a Critical within 15 min/],
  ['settings escalate 2h <@U12345>', /within 120 min/],
  ['settings escalate off', /escalate off/],
  ['settings escalate 15m somebody', /No one to ping/],
  ['settings escalate soon', /No escalation .soon.*15m/],
])('%s', async (line, answer) => {
  expect(textOf((await chat.say(line)).message)).toMatch(answer);
});
