import { describe, expect, test } from 'vitest';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import { createPlan } from '../../src/match/fan-out.ts';
import { alertMessageId, updateNoteId } from '../../src/match/message-ids.ts';
import type { SendOutcome } from '../../src/model/delivery.ts';
import type { AlertKind, NewsEvent } from '../../src/model/event.ts';
import type { Severity } from '../../src/model/finding.ts';
import { createSender } from '../../src/send/sender.ts';
import { fakePlatform } from '../support/fake-platform.ts';
import { anAlert } from '../support/messages.ts';
import { aChannel, anEvent, aStory, aSubscription, decisionFor, lane } from '../support/stored.ts';

const sent = (id: string): SendOutcome => ({ kind: 'sent', ref: { channel: 'c', id } });

/** Alerts that come into one channel at once, when its quiet hours end at one o'clock. */
async function told(alerts: readonly Severity[], language = 'en') {
  const store = await openInMemory();
  await store.saveChannel(aChannel(lane, { language, quiet: { from: 23, to: 1 } }));
  await store.saveSubscription(aSubscription(lane));
  let count = 0;
  let now = 2000;
  const tell = async (event: NewsEvent, severity: Severity, kind: AlertKind = 'new') => {
    count += 1;
    const id = `${event.id}@${event.revision}`;
    const named = { ...anAlert(`${kind} ${id}`), severity, language };
    const decision = decisionFor({ ...event, alertedRevision: event.revision });
    const raised = decision.alerts.map(({ alert }) => ({
      alert: { ...alert, kind, severity },
      messages: { [alertMessageId(id, language)]: named, [updateNoteId(id, language)]: anAlert(`note ${id}`) },
    }));
    await store.decide(aStory(`s${count}`, 1000), ['UA'], () => ({ ...decision, alerts: raised }));
  };
  for (const [index, severity] of alerts.entries()) await tell(anEvent(`e${index}`), severity);
  const { platform, called } = fakePlatform((out) => sent(out.key));
  const sender = createSender(
    {
      store,
      platforms: new Map([['terminal', platform]]),
      clock: { now: () => now, sleep: async () => {} },
      random: () => 1,
      observe: { log: () => {} },
    },
    { owner: 'me', plan: createPlan((code) => code), leaseMs: 60_000, parallel: 1, attempts: 3 },
  );
  const drained = async () => {
    await sender.drain();
    return called.splice(0).map(({ call, headline }) => `${call} ${headline}`);
  };
  const inTheNight = await drained();
  now = 3_600_000;
  return { store, tell, drained, first: [...inTheNight, ...(await drained())] };
}

describe('a burst', () => {
  test('of six alerts is one message; five are five', async () => {
    expect((await told([2, 2, 3, 2, 2, 2])).first).toEqual(['send 6 alerts at once']);
    expect((await told([2, 2, 3, 2, 2])).first).toHaveLength(5);
  });

  test('holds no critical alert: each of those is told by itself', async () => {
    const { first } = await told([2, 4, 2, 2, 2, 2, 2, 4]);
    expect(first.toSorted()).toEqual(['send 6 alerts at once', 'send new e1@1', 'send new e7@1']);
    expect((await told([4, 4, 4, 4, 4, 4, 4])).first).toHaveLength(7);
  });

  test('speaks the channel’s language', async () => {
    expect((await told([2, 2, 2, 2, 2, 2], 'de')).first).toEqual(['send 6 Meldungen auf einmal']);
  });

  test('what changes in one of them is told whole, what takes it back is told, and from then on it lives', async () => {
    const { tell, drained, store } = await told([2, 2, 2, 2, 2, 2]);
    await tell({ ...anEvent('e0'), revision: 2 }, 3, 'update');
    expect(await drained()).toEqual(['send update e0@2']);
    await tell({ ...anEvent('e0'), revision: 3 }, 3, 'update');
    expect(await drained()).toEqual(['edit update e0@3', 'send note e0@3']);
    await tell({ ...anEvent('e1'), revision: 2, state: 'corrected' }, 2, 'correction');
    expect(await drained()).toEqual(['send note e1@2']);
    expect(await store.deliveries({ lane })).toMatchObject({ ready: 0, dead: 0 });
  });
});
