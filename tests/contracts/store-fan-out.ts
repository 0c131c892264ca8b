/** What every store promises of the fan-out of an alert. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alertMessageId } from '../../src/match/message-ids.ts';
import type { Store } from '../../src/ports/store.ts';
import { anAlert } from '../support/messages.ts';
import { aChannel, aDelivery, anEvent, aStory, aSubscription, ask, decisionFor, lane } from '../support/stored.ts';

export function spreadContract(name: string, open: () => Promise<Store>): void {
  describe(`${name}: the fan-out`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
      await store.enqueue({ m: anAlert('m') }, []);
    });
    afterEach(() => store.close());

    test('an alert spreads step by step over the channels that it concerns, each once', async () => {
      const lanes = Array.from({ length: 9 }, (_, index) => `terminal:w:${index}`);
      for (const one of lanes) await store.saveChannel(aChannel(one));
      for (const one of lanes.slice(0, 5)) await store.saveSubscription(aSubscription(one));
      await store.savePosting({ lane: 'terminal:w:6', subject: 'e1', ref: { channel: 'c', id: '6' }, revision: 1, acks: [] });
      await store.enqueue({}, [aDelivery('terminal:w:7', 'waiting')]);
      await store.decide(aStory('i'), [], () => decisionFor({ ...anEvent('e1'), revision: 2 }));
      const looked: string[] = [];
      let steps = 0;
      const step = () =>
        store.expand(3, (alert, views) => {
          expect(alert.id).toBe('e1@2');
          for (const { channel, posting, pending, subscriptions } of views)
            looked.push(`${channel.lane.at(-1)}${subscriptions.length > 0 ? '' : posting ? ' holds' : pending ? ' waits' : ' silent'}`);
          return views.map(({ channel }) =>
            aDelivery(channel.lane, `k${channel.lane}`, { messageId: alertMessageId(alert.id, 'en'), revision: 2 }),
          );
        });
      while (steps < 20 && (await step()) > 0) steps += 1;
      expect(looked).toEqual(['0', '1', '2', '3', '4', '6 holds', '7 waits']);
      expect(await store.deliveries({})).toMatchObject({ ready: 8 });
      expect(await store.claim(ask(10_000, 'one', 1))).toMatchObject([{ message: { headline: 'h' } }]);
    });

    test('an alert spreads with the knowledge of where its cause stands', async () => {
      for (const one of ['a', 'b']) {
        await store.saveChannel(aChannel(`terminal:w:${one}`));
        await store.saveSubscription(aSubscription(`terminal:w:${one}`));
      }
      await store.savePosting({ lane: 'terminal:w:b', subject: 'cause', ref: { channel: 'c', id: '6' }, revision: 1, acks: [] });
      const decision = decisionFor(anEvent('e1'));
      const alerts = decision.alerts.map(({ alert, ...more }) => ({ ...more, alert: { ...alert, under: 'cause' } }));
      await store.decide(aStory('i'), [], () => ({ ...decision, alerts }));
      const seen: unknown[] = [];
      await store.expand(9, (_, views) => {
        for (const { channel, causeIsPosted } of views) seen.push([channel.lane, causeIsPosted]);
        return [];
      });
      expect(seen).toEqual([
        ['terminal:w:a', undefined],
        ['terminal:w:b', true],
      ]);
    });

    test('posts that wait in one channel, and the one that is held, become one message in one step', async () => {
      const post = (key: string, more = {}) => aDelivery(lane, key, { subject: key, messageId: `m ${key}`, ...more });
      const messages = Object.fromEntries(['a', 'b', 'c', 'later', 'note'].map((name) => [`m ${name}`, anAlert(name)]));
      await store.enqueue(messages, [
        post('a'),
        post('b'),
        post('c'),
        post('later', { notBefore: 9000 }),
        post('note', { act: 'reply', living: false }),
      ]);
      const [first] = await store.claim(ask(1000));
      expect(first?.delivery.key).toBe('a');
      let seen: readonly string[] = [];
      const gather = () =>
        store.bundlePosts(lane, 1000, (waiting) => {
          seen = waiting.map(({ delivery, message }) => `${delivery.key} ${message.headline}`);
          const told = [...(first ? [first.delivery] : []), ...waiting.map(({ delivery }) => delivery)];
          const delivery = aDelivery(lane, 'all', { subject: 'all', messageId: 'm all', living: false });
          return waiting.length > 0 ? { deliveries: told, message: anAlert('all'), delivery } : undefined;
        });
      expect(await gather()).toBe(true);
      expect(seen).toEqual(['b b', 'c c']);
      expect(await gather()).toBe(false);
      expect(await store.deliveries({ lane })).toMatchObject({ sending: 0, superseded: 3, ready: 3 });
      expect(await store.posting(lane, 'b')).toMatchObject({ revision: 1, ref: { listed: true } });
      expect(await store.posting(lane, 'a')).toMatchObject({ ref: { listed: true } });
      // What is released afterwards changes nothing of it.
      if (first) await store.settle('one', first.delivery, { kind: 'superseded', reason: 'told together' }, 1000);
      expect(await store.deliveries({ lane })).toMatchObject({ sending: 0, superseded: 3 });
      expect((await store.claim(ask(1000, 'two'))).map(({ delivery }) => delivery.key)).toEqual(['note']);
    });

    test('an alert that concerns no channel holds up none that follows', async () => {
      await store.decide(aStory('i1'), [], () => decisionFor(anEvent('e1')));
      await store.decide(aStory('i2'), [], () => decisionFor(anEvent('e2')));
      expect(await store.expand(3, () => [])).toBe(1);
      expect(await store.expand(3, () => [])).toBe(1);
      expect(await store.expand(3, () => [])).toBe(0);
    });

    test('a fan-out that breaks off goes on where it stood', async () => {
      for (const one of ['a', 'b', 'c']) {
        await store.saveChannel(aChannel(`terminal:w:${one}`));
        await store.saveSubscription(aSubscription(`terminal:w:${one}`));
      }
      await store.decide(aStory('i'), [], () => decisionFor(anEvent('e1')));
      await store.expand(2, () => []);
      const broken = store.expand(2, () => {
        throw new Error('bug');
      });
      await expect(broken).rejects.toThrow('bug');
      const seen: string[] = [];
      await store.expand(2, (_, views) => {
        seen.push(...views.map(({ channel }) => channel.lane));
        return [];
      });
      expect(seen).toEqual(['terminal:w:c']);
    });
  });
}
