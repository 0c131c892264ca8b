/** What every store promises of its lanes: one holder, one order, nothing lost and nothing repeated unseen. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Store } from '../../src/ports/store.ts';
import { anAlert } from '../support/messages.ts';
import { aChannel, aDelivery, ask, lane } from '../support/stored.ts';

export function lanesContract(name: string, open: () => Promise<Store>): void {
  describe(`${name}: lanes`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
      await store.enqueue({ m: anAlert('m') }, []);
    });
    afterEach(() => store.close());
    const claimKeys = async (now: number, owner = 'one') => (await store.claim(ask(now, owner))).map(({ delivery }) => delivery.key);
    const settleSent = (delivery: Delivery, now: number, owner = 'one') =>
      store.settle(owner, delivery, { kind: 'sent', ref: { channel: 'c', id: delivery.key } }, now);

    const sentInOrder = async (now: number): Promise<readonly string[]> => {
      const keys: string[] = [];
      for (let claimed = await store.claim(ask(now)); claimed.length > 0; claimed = await store.claim(ask(now))) {
        for (const { delivery } of claimed) {
          if (delivery.lane === lane) keys.push(delivery.key);
          await settleSent(delivery, now);
        }
      }
      return keys;
    };

    test('a lane gives one delivery at a time, in order, and only to the one who holds it', async () => {
      await store.enqueue({}, [aDelivery(lane, 'k1'), aDelivery(lane, 'k2', { act: 'reply' }), aDelivery('slack:w:b', 'k3')]);
      await store.enqueue({}, [aDelivery(lane, 'k1')]);
      expect((await claimKeys(10)).sort()).toEqual(['k1', 'k3']);
      expect(await claimKeys(11, 'two')).toEqual([]);
      expect(await store.holdsLease('one', lane, 11)).toBe(true);
      expect(await store.holdsLease('two', lane, 11)).toBe(false);
      await settleSent(aDelivery(lane, 'k1'), 12);
      expect(await claimKeys(12, 'two')).toEqual(['k2']);
      expect(await store.posting(lane, 'e1')).toMatchObject({ ref: { id: 'k1' }, revision: 1, acks: [] });
    });

    test('what was being sent when its lease ran out is unknown, never simply sent again', async () => {
      await store.enqueue({}, [aDelivery(lane, 'k1')]);
      expect(await store.claim(ask(10))).toMatchObject([{ attempts: 1 }]);
      expect(await claimKeys(500, 'two')).toEqual([]);
      const [again] = await store.claim(ask(2000, 'two'));
      expect(again).toMatchObject({ delivery: { key: 'k1' }, attempts: 2, unknownSince: 10 });
      await store.settle('one', aDelivery(lane, 'k1'), { kind: 'dead', reason: 'the old owner' }, 2001);
      expect(await store.deliveries({ lane })).toMatchObject({ dead: 0, sending: 1 });
    });

    test('who lost the lane can still say that it was sent, and nobody takes that back', async () => {
      await store.enqueue({}, [aDelivery(lane, 'k1'), aDelivery(lane, 'k2', { act: 'edit', revision: 2 })]);
      await store.claim(ask(10, 'slow'));
      await store.claim(ask(2000, 'next'));
      await store.settle('slow', aDelivery(lane, 'k1'), { kind: 'sent', ref: { channel: 'c', id: 'first' } }, 2001);
      expect(await store.holdsLease('next', lane, 2001)).toBe(true);
      await store.settle('next', aDelivery(lane, 'k1'), { kind: 'retry', at: 2010, reason: 'away' }, 2002);
      expect(await store.deliveries({})).toMatchObject({ sent: 1, ready: 1 });
      expect(await store.claim(ask(2010))).toMatchObject([{ delivery: { key: 'k2' }, posting: { ref: { id: 'first' } } }]);
    });

    test('the backlog counts what is not sent, and since when the oldest is due, of Criticals and of the rest', async () => {
      expect(await store.backlog(10)).toEqual({ counts: { ready: 0, sending: 0, unknown: 0, dead: 0 }, oldest: {} });
      await store.enqueue({}, [
        aDelivery(lane, 'k1', { notBefore: 5 }),
        aDelivery(lane, 'held', { notBefore: 9_000, subject: 'e2', urgent: true }),
        aDelivery('slack:w:b', 'k2', { notBefore: 7, urgent: true }),
        aDelivery('slack:w:c', 'k3', { notBefore: 8 }),
      ]);
      expect(await store.backlog(10)).toEqual({
        counts: { ready: 4, sending: 0, unknown: 0, dead: 0 },
        oldest: { urgent: 7, other: 5 },
      });
      const claimed = await store.claim(ask(10));
      expect((await store.backlog(10)).counts).toEqual({ ready: 1, sending: 3, unknown: 0, dead: 0 });
      for (const { delivery } of claimed) {
        const end = { k1: { kind: 'sent', ref: { channel: 'c', id: 'm' } }, k2: { kind: 'dead', reason: 'gone' } } as const;
        const settlement = delivery.key === 'k1' || delivery.key === 'k2' ? end[delivery.key] : undefined;
        await store.settle('one', delivery, settlement ?? { kind: 'unknown', at: 99, reason: 'no answer' }, 11);
      }
      expect(await store.backlog(20)).toEqual({ counts: { ready: 1, sending: 0, unknown: 1, dead: 1 }, oldest: { other: 8 } });
    });

    test('a retry makes its lane wait, quiet hours do not', async () => {
      await store.enqueue({}, [
        aDelivery(lane, 'k1'),
        aDelivery(lane, 'quiet', { notBefore: 5000, subject: 'e2' }),
        aDelivery(lane, 'k2', { subject: 'e3' }),
      ]);
      const [first] = await store.claim(ask(10));
      await store.settle('one', first?.delivery ?? aDelivery(lane, ''), { kind: 'retry', at: 100, reason: 'slow down' }, 11);
      expect(await store.nextDue(['terminal'])).toBe(100);
      expect(await claimKeys(50)).toEqual([]);
      expect(await claimKeys(100)).toEqual(['k1']);
      await settleSent(aDelivery(lane, 'k1'), 101);
      expect(await claimKeys(101)).toEqual(['k2']);
      await settleSent(aDelivery(lane, 'k2', { subject: 'e3' }), 102);
      expect(await claimKeys(4999)).toEqual([]);
      expect(await claimKeys(5000)).toEqual(['quiet']);
    });

    describe('a clock that was ahead for a minute', () => {
      const hour = 3_600_000;
      const now = 1_000 * hour;
      const ahead = now + 48 * hour;

      test('holds up no lane once it is right again: rests, leases and messages planned then', async () => {
        const [resting, leased, planned] = ['terminal:w:resting', 'terminal:w:leased', 'terminal:w:planned'];
        await store.enqueue({}, [aDelivery(resting, 'r1'), aDelivery(leased, 'l1'), aDelivery(planned, 'p1', { notBefore: ahead })]);
        const claimed = await store.claim(ask(ahead));
        for (const { delivery } of claimed.filter((one) => one.delivery.lane !== leased))
          await store.settle('one', delivery, { kind: 'retry', at: ahead + 1000, reason: 'away' }, ahead);
        const again = await store.claim(ask(now, 'two'));
        expect(again.map(({ delivery }) => delivery.key).sort()).toEqual(['l1', 'p1', 'r1']);
        // It may have been sent while the clock was ahead.
        expect(again.find(({ delivery }) => delivery.key === 'l1')?.unknownSince).toBeDefined();
      });

      test('and leaves alone what rests or waits for its hour', async () => {
        const quiet = 'terminal:w:quiet';
        await store.saveChannel(aChannel(quiet, { quiet: { from: 22, to: 7 } }));
        await store.enqueue({}, [aDelivery(quiet, 'q1', { notBefore: now + 9 * hour }), aDelivery(lane, 'k1')]);
        const [first] = await store.claim(ask(now));
        await store.settle('one', first?.delivery ?? aDelivery(lane, ''), { kind: 'retry', at: now + 900_000, reason: 'away' }, now);
        expect(await claimKeys(now - 60_000)).toEqual([]);
        expect(await claimKeys(now + 1000)).toEqual([]);
        expect(await claimKeys(now + 900_000)).toEqual(['k1']);
        await settleSent(aDelivery(lane, 'k1'), now + 900_001);
        expect(await claimKeys(now + 9 * hour)).toEqual(['q1']);
      });
    });

    test('what is urgent goes before what waits in its channel and in all others, and before the end of a back-off', async () => {
      const others = Array.from({ length: 12 }, (_, index) => aDelivery(`terminal:w:other-${index}`, `o${index}`));
      await store.enqueue({}, [...others, aDelivery(lane, 'k1'), aDelivery(lane, 'k2', { subject: 'e2' })]);
      const ours = (await store.claim(ask(10, 'one', 20))).map(({ delivery }) => delivery);
      for (const delivery of ours) await store.settle('one', delivery, { kind: 'retry', at: 9_000, reason: 'away' }, 11);
      expect(await store.nextDue(['terminal'])).toBe(9_000);
      await store.enqueue({}, [
        aDelivery(lane, 'edit', { subject: 'e2', act: 'edit', revision: 2, notBefore: 20, urgent: true }),
        aDelivery(lane, 'note', { subject: 'e2', act: 'reply', revision: 2, notBefore: 20, urgent: true, living: false }),
      ]);
      expect(await store.nextDue(['terminal'])).toBe(20);
      expect(await claimKeys(20)).toEqual(['edit']);
      await store.settle(
        'one',
        aDelivery(lane, 'edit', { subject: 'e2', act: 'edit', revision: 2 }),
        { kind: 'retry', at: 9_001, reason: 'x' },
        21,
      );
      // Back from the outage: of thirteen channels that are due, the one with the Critical is first, though it waited least.
      const [first] = await store.claim(ask(9_001, 'two', 1));
      expect(first?.delivery).toMatchObject({ key: 'edit', urgent: true });
      await store.settle('two', first?.delivery ?? aDelivery(lane, ''), { kind: 'sent', ref: { channel: 'c', id: 'edit' } }, 9_002);
      expect((await store.claim(ask(9_002, 'two', 1))).map(({ delivery }) => delivery.key)).toEqual(['note']);
      await store.settle(
        'two',
        aDelivery(lane, 'note', { subject: 'e2', act: 'reply' }),
        { kind: 'sent', ref: { channel: 'c', id: 'n' } },
        9_003,
      );
      expect(await sentInOrder(9_003)).toEqual(['k1']);
      expect(await store.deliveries({ lane })).toMatchObject({ sent: 3, superseded: 1 });
    });

    test('what is urgent waits for the answer about what may have arrived of the same subject, and that one hurries too', async () => {
      await store.enqueue({}, [aDelivery(lane, 'doubt', { subject: 'e2' })]);
      await store.claim(ask(10));
      await store.settle('one', aDelivery(lane, 'doubt', { subject: 'e2' }), { kind: 'unknown', at: 5_000, reason: 'cut off' }, 11);
      await store.enqueue({}, [aDelivery(lane, 'other', { notBefore: 12 })]);
      await store.enqueue({}, [aDelivery(lane, 'edit', { subject: 'e2', act: 'edit', revision: 2, notBefore: 20, urgent: true })]);
      expect(await store.claim(ask(20))).toMatchObject([{ delivery: { key: 'doubt' }, unknownSince: 11 }]);
    });

    test('a newer edit that waits replaces older edits and notes, and nothing else', async () => {
      await store.enqueue({}, [
        aDelivery(lane, 'post'),
        aDelivery(lane, 'e2', { act: 'edit', revision: 2 }),
        aDelivery(lane, 'n2', { act: 'reply', revision: 2, living: false }),
        aDelivery(lane, 'other', { act: 'edit', revision: 2, subject: 'e9' }),
        aDelivery('terminal:w:b', 'elsewhere', { act: 'edit', revision: 2 }),
      ]);
      await store.enqueue({}, [
        aDelivery(lane, 'e3', { act: 'edit', revision: 3 }),
        aDelivery(lane, 'n3', { act: 'reply', revision: 3, living: false }),
      ]);
      expect(await store.deliveries({ lane })).toMatchObject({ superseded: 2, ready: 4 });
      expect(await sentInOrder(1)).toEqual(['post', 'other', 'e3', 'n3']);
    });

    test('two edits of one form do not queue: outlets counted in two minutes are one edit; the same edit again, and an urgent one, stay', async () => {
      const counted = (key: string, notBefore: number) => aDelivery(lane, key, { act: 'edit', revision: 2, notBefore });
      await store.enqueue({}, [counted('first minute', 10), aDelivery(lane, 'n2', { act: 'reply', revision: 2, living: false })]);
      await store.enqueue({}, [counted('second minute', 20)]);
      await store.enqueue({}, [counted('second minute', 20)]);
      expect(await store.deliveries({ lane })).toMatchObject({ superseded: 1, ready: 2 });
      expect(await sentInOrder(30)).toEqual(['n2', 'second minute']);
      await store.enqueue({}, [{ ...counted('urgent', 40), urgent: true }]);
      await store.enqueue({}, [counted('third minute', 50)]);
      expect(await sentInOrder(60)).toEqual(['urgent', 'third minute']);
    });

    test('a message that was sent first takes the place of older ones that wait for their hour', async () => {
      await store.enqueue({}, [
        aDelivery(lane, 'post', { notBefore: 9000 }),
        aDelivery(lane, 'told', { notBefore: 9000, living: false }),
        aDelivery(lane, 'urgent', { act: 'edit', revision: 2 }),
      ]);
      expect(await sentInOrder(1)).toEqual(['urgent']);
      expect(await sentInOrder(9000)).toEqual(['told']);
      expect(await store.posting(lane, 'e1')).toMatchObject({ revision: 2, ref: { id: 'urgent' } });
    });

    test('what is dead or has nothing left to tell ends, and the lane goes on', async () => {
      await store.enqueue({}, [
        aDelivery(lane, 'k1'),
        aDelivery(lane, 'k2', { messageId: 'never stored' }),
        aDelivery(lane, 'k3', { subject: 'e2' }),
        aDelivery(lane, 'k4', { subject: 'e3' }),
      ]);
      expect(await claimKeys(1)).toEqual(['k1']);
      await store.settle('one', aDelivery(lane, 'k1'), { kind: 'dead', reason: 'gone' }, 1);
      expect(await claimKeys(2)).toEqual([]);
      expect(await claimKeys(2)).toEqual(['k3']);
      await store.settle('one', aDelivery(lane, 'k3'), { kind: 'superseded', reason: 'no message' }, 2);
      expect(await claimKeys(3)).toEqual(['k4']);
      await settleSent(aDelivery(lane, 'k4', { subject: 'e3' }), 3);
      expect(await store.deliveries({})).toMatchObject({ dead: 2, superseded: 1, sent: 1, ready: 0 });
      expect(await store.nextDue(['terminal', 'slack'])).toBeUndefined();
    });

    test('a wait that the platform asked for spends no attempt', async () => {
      await store.enqueue({}, [aDelivery(lane, 'k1')]);
      await store.claim(ask(1));
      await store.settle('one', aDelivery(lane, 'k1'), { kind: 'retry', at: 2, reason: 'slow down', asked: true }, 1);
      expect(await store.claim(ask(2))).toMatchObject([{ attempts: 1 }]);
      await store.settle('one', aDelivery(lane, 'k1'), { kind: 'retry', at: 3, reason: 'away' }, 2);
      expect(await store.claim(ask(3))).toMatchObject([{ attempts: 2 }]);
    });

    test('an unknown outcome stays unknown from its first time on', async () => {
      await store.enqueue({}, [aDelivery(lane, 'k1')]);
      await store.claim(ask(1));
      await store.settle('one', aDelivery(lane, 'k1'), { kind: 'unknown', at: 20, reason: 'cut off' }, 5);
      expect(await store.deliveries({})).toMatchObject({ unknown: 1 });
      expect(await store.claim(ask(20))).toMatchObject([{ unknownSince: 5 }]);
      await store.settle('one', aDelivery(lane, 'k1'), { kind: 'unknown', at: 40, reason: 'cut off' }, 25);
      expect(await store.claim(ask(40))).toMatchObject([{ unknownSince: 5 }]);
    });

    test('a lane that was served goes behind those that waited meanwhile', async () => {
      await store.enqueue({}, [
        aDelivery('terminal:w:busy', 'b1'),
        aDelivery('terminal:w:busy', 'b2', { subject: 'e2' }),
        aDelivery('terminal:w:late', 'l1', { notBefore: 5 }),
      ]);
      const first = await store.claim(ask(10, 'one', 1));
      expect(first.map(({ delivery }) => delivery.key)).toEqual(['b1']);
      await settleSent(aDelivery('terminal:w:busy', 'b1'), 10);
      const second = await store.claim(ask(10, 'one', 1));
      expect(second.map(({ delivery }) => delivery.key)).toEqual(['l1']);
    });

    test('a platform that is not connected keeps its deliveries waiting', async () => {
      await store.enqueue({}, [aDelivery('discord:w:a', 'k1')]);
      expect(await claimKeys(10)).toEqual([]);
      expect(await store.nextDue(['terminal', 'slack'])).toBeUndefined();
      expect(await store.nextDue(['discord'])).toBe(0);
    });

    test('the longest waiting lane comes first', async () => {
      await store.enqueue({}, [
        aDelivery('terminal:w:c', 'c', { notBefore: 3 }),
        aDelivery('terminal:w:a', 'a', { notBefore: 2 }),
        aDelivery('terminal:w:b', 'b', { notBefore: 1 }),
      ]);
      const claimed = await store.claim(ask(10, 'one', 2));
      expect(claimed.map(({ delivery }) => delivery.key)).toEqual(['b', 'a']);
    });

    test('acknowledgements survive what the message becomes', async () => {
      await store.enqueue({}, [aDelivery(lane, 'k1')]);
      await store.claim(ask(1));
      await settleSent(aDelivery(lane, 'k1'), 2);
      const posting = await store.posting(lane, 'e1');
      await store.savePosting({
        lane,
        subject: 'e1',
        ref: posting?.ref ?? { channel: '', id: '' },
        revision: 1,
        acks: [{ by: 'ana', at: 7 }],
      });
      await store.enqueue({}, [aDelivery(lane, 'k2', { act: 'edit', revision: 2 })]);
      const [edit] = await store.claim(ask(2));
      expect(edit?.posting?.acks).toEqual([{ by: 'ana', at: 7 }]);
      await settleSent(aDelivery(lane, 'k2', { act: 'edit', revision: 2 }), 3);
      expect(await store.posting(lane, 'e1')).toMatchObject({ revision: 2, acks: [{ by: 'ana' }] });
    });

    test('channels that take nothing any more are told, until something arrives there', async () => {
      const dead = { kind: 'dead', reason: 'is_archived; unarchive it' } as const;
      await store.enqueue(
        {},
        ['slack:w:a', 'slack:w:b', 'slack:w:c'].map((where) => aDelivery(where, `1 ${where}`)),
      );
      for (const { delivery } of await store.claim(ask(10)))
        await store.settle('one', delivery, delivery.lane === 'slack:w:c' ? { kind: 'sent', ref: { channel: 'c', id: 'c' } } : dead, 20);
      expect(await store.undelivered()).toEqual(['slack:w:a', 'slack:w:b'].map((where) => ({ lane: where, reason: dead.reason, at: 20 })));
      await store.enqueue({}, [aDelivery('slack:w:b', '2', { subject: 'e2' })]);
      for (const { delivery } of await store.claim(ask(30))) await settleSent(delivery, 40);
      expect(await store.undelivered()).toMatchObject([{ lane: 'slack:w:a' }]);
      expect(await store.lastDelivery('slack:w:a')).toEqual({ state: 'dead', reason: dead.reason, at: 20 });
      expect(await store.lastDelivery('slack:w:b')).toMatchObject({ state: 'sent' });
      expect(await store.lastDelivery('slack:w:none')).toBeUndefined();
      expect(await store.stats()).toMatchObject({ schema: expect.stringMatching(/./), bytes: expect.any(Number) });
    });
  });
}
