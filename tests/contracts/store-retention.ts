/** What every store promises of what it keeps, and for how long. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alertMessageId } from '../../src/match/message-ids.ts';
import type { Store } from '../../src/ports/store.ts';
import { anAlert } from '../support/messages.ts';
import { aChannel, aDelivery, anEvent, aStory, aSubscription, ask, decisionFor, lane } from '../support/stored.ts';

const day = 86_400_000;
const never = { items: 0, messages: 0, events: 0 };

export function retentionContract(name: string, open: () => Promise<Store>): void {
  describe(`${name}: what is kept`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const pruned = async (older: Partial<typeof never>): Promise<number> => {
      let all = 0;
      for (let some = -1; some !== 0; all += some) some = await store.prune({ ...never, ...older });
      return all;
    };

    test('items that no document lists any more are forgotten, however many; what is listed stays', async () => {
      const stories = Array.from({ length: 1_201 }, (_, index) => aStory(`i${index}`, day));
      await store.recordSeen(stories.map((story) => ({ story, dropped: 'nothing-relevant' as const })));
      await store.decide(aStory('told', day), ['UA'], () => decisionFor(anEvent('e1')));
      await store.markListed('f', ['i7', 'told', 'i9'], 2 * day);
      await store.markListed('f', ['i7', 'told'], 60 * day);
      expect(await pruned({ items: 30 * day })).toBe(1_200);
      expect(await store.unrecorded('f', ['i7', 'told', 'i9', 'i0'])).toEqual(['i9', 'i0']);
      expect(await store.itemOutcome('told')).toMatchObject({ events: ['e1'] });
      expect(await pruned({ items: 30 * day })).toBe(0);
    });

    test('messages that were sent go after their time; what waits, and the living message, stay', async () => {
      const own = (id: string) => ({ ...aDelivery(lane, id), messageId: `notice/${id}` });
      await store.enqueue({ 'notice/old': anAlert('old'), 'notice/waits': anAlert('waits') }, [own('old')]);
      const [claimed] = await store.claim(ask(10 * day));
      await store.settle(ask(0).owner, claimed?.delivery ?? own('old'), { kind: 'sent', ref: { channel: 'c', id: 'm' } }, 10 * day);
      await store.enqueue({}, [own('waits')]);
      await store.savePosting({ lane, subject: 'e1', ref: { channel: 'c', id: 'm' }, revision: 1, acks: [] });
      expect(await pruned({ messages: 10 * day })).toBe(0);
      expect(await pruned({ messages: 11 * day })).toBe(1);
      expect(await store.deliveries({})).toMatchObject({ sent: 0, ready: 1 });
      expect(await store.posting(lane, 'e1')).toBeDefined();
      const [left] = await store.claim(ask(40 * day, 'second'));
      expect(left?.message.headline).toBe('waits');
    });

    test('events that ended go with their alerts, messages and postings; what is open stays, however old', async () => {
      await store.saveChannel(aChannel(lane));
      await store.saveSubscription(aSubscription(lane));
      const ended = { ...anEvent('ended', ['UA'], day), state: 'closed' as const };
      await store.decide(aStory('a', day), ['UA'], () => decisionFor(ended));
      await store.decide(aStory('b', day), ['UA'], () => decisionFor(anEvent('endless', ['UA'], day)));
      await store.savePosting({ lane, subject: 'ended', ref: { channel: 'c', id: 'm' }, revision: 1, acks: [] });
      await store.saveFeedback({ alertId: 'ended@1', lane, by: 'u', at: day, finding: ended.finding, sources: [] });
      expect(await pruned({ events: day })).toBe(0);
      expect(await pruned({ events: 2 * day })).toBe(2);
      expect(await store.event('ended')).toBeUndefined();
      expect(await store.alert('ended@1')).toBeUndefined();
      expect(await store.posting(lane, 'ended')).toBeUndefined();
      expect(await store.feedback()).toEqual([]);
      expect(await store.event('endless')).toBeDefined();
      expect((await store.events({ countries: ['UA'], limit: 9 })).map(({ id }) => id)).toEqual(['endless']);
      // The other one's messages are still there to be sent.
      expect(await store.expand(10, () => [{ ...aDelivery(lane, 'k'), messageId: alertMessageId('endless@1', 'en') }])).toBeGreaterThan(0);
      expect((await store.claim(ask(40 * day))).map(({ message }) => message.headline)).toEqual(['h']);
    });
  });
}
