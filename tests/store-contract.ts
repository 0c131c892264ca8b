/** What every store promises, run once per adapter. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Alert, Channel, Delivery, Finding, LedgerEntry, NewsEvent, Story, Subscription } from '../src/model.ts';
import type { Decision, FeedCursor, Store } from '../src/ports.ts';
import { anAlert } from './messages.ts';

const finding = (hosts: readonly string[] = ['UA']): Finding => ({
  kind: 'embassy-closure',
  status: 'happening',
  sender: 'US',
  hosts,
  scope: 'country',
  severity: 4,
  confidence: 0.9,
  evidence: [],
});

export function aStory(id: string, at = 1000): Story {
  return {
    item: { id, feedId: 'f', url: '', title: `Title ${id}`, summary: '', fetchedAt: at },
    source: 'Courier',
    tier: 'media',
    feedKind: 'news',
    baseline: false,
  };
}

export function anEvent(id: string, hosts: readonly string[] = ['UA'], at = 1000): NewsEvent {
  const source = { itemId: id, feedId: 'f', source: 'Courier', tier: 'media', title: `Airspace over ${id}`, url: '', seenAt: at } as const;
  return {
    id,
    revision: 1,
    finding: finding(hosts),
    acts: [{ kind: 'embassy-closure', status: 'happening' }],
    sources: [source],
    firstSeenAt: at,
    lastSeenAt: at,
    state: 'open',
  };
}

export function decisionFor(event: NewsEvent, more: Partial<Decision> = {}): Decision {
  const alert: Alert = {
    id: `${event.id}@${event.revision}`,
    kind: 'new',
    event,
    because: ['first-report'],
    escalates: false,
    severity: 4,
    headline: 'h',
    at: event.lastSeenAt,
  };
  return {
    changes: [{ kind: 'new', event, because: ['first-report'] }],
    ledger: [],
    alerts: [{ alert, message: anAlert('h'), note: anAlert('note') }],
    ...more,
  };
}

export const aChannel = (lane: string, more: Partial<Channel> = {}): Channel => ({
  lane,
  zone: 'UTC',
  language: 'en',
  createdAt: 0,
  ...more,
});
const aSubscription = (lane: string, id = '1'): Subscription => ({
  id,
  lane,
  filter: { topics: ['embassy-moves'], min: 1 },
  createdBy: 'u',
  createdAt: 0,
});

export function aDelivery(lane: string, key: string, more: Partial<Delivery> = {}): Delivery {
  return { key, lane, subject: 'e1', revision: 1, act: 'post', messageId: 'm', notBefore: 0, because: ['1'], living: true, ...more };
}

const lane = 'terminal:w:a';
const ask = (now: number, owner = 'one', limit = 10) => ({ owner, now, leaseMs: 1000, limit, platforms: ['terminal', 'slack'] as const });

export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`${name}: what an item changes`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    test('an item is decided once, and everything it changes is there', async () => {
      const entry: LedgerEntry = {
        kind: 'posture',
        sender: 'US',
        host: 'UA',
        posture: 'closed',
        since: 1,
        readAt: 5,
        eventId: 'e1',
        source: 's',
        tier: 'media',
        url: '',
      };
      const decision = decisionFor(anEvent('e1'), { ledger: [entry] });
      expect(await store.decide(aStory('i1'), ['UA'], () => decision)).toEqual(decision);
      expect(await store.decide(aStory('i1'), ['UA'], () => decision)).toBeUndefined();
      expect(await store.unseen('f', ['i1', 'i2'])).toEqual(['i2']);
      expect(await store.event('e1')).toEqual(anEvent('e1'));
      expect(await store.postures('UA')).toEqual([entry]);
      expect((await store.alert('e1@1'))?.alert.headline).toBe('h');
      expect(await store.story('i1')).toMatchObject({ title: 'Title i1', events: ['e1'] });
    });

    test('a decision that throws leaves nothing behind', async () => {
      const broken = store.decide(aStory('i1'), [], () => {
        throw new Error('bug');
      });
      await expect(broken).rejects.toThrow('bug');
      expect(await store.unseen('f', ['i1'])).toEqual(['i1']);
    });

    test('open events come by host, with those whose host is not known, oldest first', async () => {
      for (const event of [anEvent('b', ['UA'], 2), anEvent('a', [], 1), anEvent('c', ['ML'], 3)])
        await store.decide(aStory(event.id), [], () => decisionFor(event));
      let seen: readonly string[] = [];
      await store.decide(aStory('x', 10), ['UA'], (now) => {
        seen = now.events.map((event) => event.id);
        return { changes: [], ledger: [], alerts: [] };
      });
      expect(seen).toEqual(['a', 'b']);
    });

    test('two decisions at once see each other’s events', async () => {
      const decide = (id: string) =>
        store.decide(aStory(id), ['UA'], (now) => {
          const [known] = now.events;
          return known ? { changes: [{ kind: 'repeat', event: known }], ledger: [], alerts: [] } : decisionFor(anEvent(id));
        });
      await Promise.all(['p', 'q', 'r'].map(decide));
      expect(await store.events({ limit: 10 })).toHaveLength(1);
    });

    test('an older reading never replaces a newer one, nor an outlet the issuer', async () => {
      const advice = (readAt: number, level: 1 | 2 | 3 | 4, tier: 'official' | 'media'): LedgerEntry => ({
        kind: 'advice',
        issuer: 'US',
        country: 'ML',
        level,
        nativeText: `Level ${level}`,
        regional: [],
        readAt,
        source: 's',
        tier,
        url: '',
      });
      const write = (id: string, entry: LedgerEntry) => store.decide(aStory(id), [], () => ({ changes: [], ledger: [entry], alerts: [] }));
      await write('1', advice(10, 4, 'official'));
      await write('2', advice(5, 1, 'official'));
      await write('3', advice(20, 2, 'media'));
      expect(await store.advice('ML')).toMatchObject([{ level: 4 }]);
      await write('4', advice(30, 3, 'official'));
      expect(await store.advice('ML')).toMatchObject([{ level: 3 }]);
    });

    test('items without findings are marked, cursors are kept', async () => {
      await store.record([{ story: aStory('n'), dropped: 'nothing-relevant' }]);
      await store.record([{ story: aStory('n'), dropped: 'nothing-relevant' }]);
      expect(await store.story('n')).toMatchObject({ dropped: 'nothing-relevant', events: [] });
      const cursor: FeedCursor = { feedId: 'f', nextAt: 1, failures: 0, etag: '"x"' };
      await store.moveCursor({ ...cursor, failures: 3 });
      await store.moveCursor(cursor);
      expect(await store.cursor('f')).toEqual(cursor);
      expect(await store.cursors()).toEqual([cursor]);
    });
  });

  describe(`${name}: what people ask and change`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    test('subscriptions come, go, and are erased with their workspace', async () => {
      for (const one of [lane, 'terminal:w:b', 'terminal:w2:a']) {
        await store.saveChannel(aChannel(one));
        await store.saveSubscription(aSubscription(one));
        await store.saveSubscription(aSubscription(one, '2'));
      }
      expect(await store.removeSubscriptions(lane, '9')).toBe(0);
      expect(await store.removeSubscriptions(lane, '1')).toBe(1);
      expect((await store.subscriptions(lane)).map((one) => one.id)).toEqual(['2']);
      await store.forget({ lane });
      expect(await store.channel(lane)).toBeUndefined();
      await store.forget({ workspace: 'terminal:w' });
      expect(await store.subscriptions('terminal:w:b')).toEqual([]);
      expect(await store.subscriptions('terminal:w2:a')).toHaveLength(2);
    });

    test('events are found by country, words, time and severity, newest first', async () => {
      for (const event of [anEvent('one', ['UA'], 1), anEvent('two', ['ML'], 2), anEvent('three', ['UA'], 3)])
        await store.decide(aStory(event.id), [], () => decisionFor(event));
      const ids = async (query: Parameters<Store['events']>[0]) => (await store.events(query)).map((event) => event.id);
      expect(await ids({ limit: 2 })).toEqual(['three', 'two']);
      expect(await ids({ limit: 9, countries: ['UA'] })).toEqual(['three', 'one']);
      expect(await ids({ limit: 9, words: ['AIRSPACE', 'two'] })).toEqual(['two']);
      expect(await ids({ limit: 9, words: ['100%_'] })).toEqual([]);
      expect(await ids({ limit: 9, since: 2, until: 3 })).toEqual(['two']);
      expect(await ids({ limit: 9, minSeverity: 4 })).toHaveLength(3);
    });

    test('digests come due earliest first, and are written with the next run in one step', async () => {
      const digest = (nextRunAt: number) => ({ cron: '0 8 * * *', nextRunAt, coveredUntil: 0 });
      await store.saveChannel(aChannel('terminal:w:late', { digest: digest(20) }));
      await store.saveChannel(aChannel(lane, { digest: digest(10) }));
      await store.saveChannel(aChannel('terminal:w:none'));
      expect((await store.digestsDue(25, 9)).map((channel) => channel.lane)).toEqual([lane, 'terminal:w:late']);
      await store.enqueueDigest(
        aChannel(lane, { digest: digest(99) }),
        anAlert('digest'),
        aDelivery(lane, 'd1', { subject: 'digest', messageId: 'dm', living: false }),
      );
      expect((await store.digestsDue(25, 9)).map((channel) => channel.lane)).toEqual(['terminal:w:late']);
      expect((await store.claim(ask(1))).map(({ message }) => message.headline)).toEqual(['digest']);
    });
  });

  describe(`${name}: the outbox`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
      await store.enqueue({ m: anAlert('m') }, []);
    });
    afterEach(() => store.close());
    const claimKeys = async (now: number, owner = 'one') => (await store.claim(ask(now, owner))).map(({ delivery }) => delivery.key);
    const settleSent = (delivery: Delivery, now: number, owner = 'one') =>
      store.settle(owner, delivery, { kind: 'sent', ref: { channel: 'c', id: delivery.key } }, now);

    test('a lane gives one delivery at a time, in order, and only to the one who holds it', async () => {
      await store.enqueue({}, [aDelivery(lane, 'k1'), aDelivery(lane, 'k2', { act: 'reply' }), aDelivery('slack:w:b', 'k3')]);
      await store.enqueue({}, [aDelivery(lane, 'k1')]);
      expect((await claimKeys(10)).sort()).toEqual(['k1', 'k3']);
      expect(await claimKeys(11, 'two')).toEqual([]);
      expect(await store.holds('one', lane, 11)).toBe(true);
      expect(await store.holds('two', lane, 11)).toBe(false);
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

    test('a newer edit that waits replaces an older one, and what is dead says why it counts', async () => {
      await store.enqueue({}, [aDelivery(lane, 'e2', { act: 'edit', revision: 2 })]);
      await store.enqueue({}, [aDelivery(lane, 'e3', { act: 'edit', revision: 3 })]);
      expect(await claimKeys(1)).toEqual(['e3']);
      await store.settle('one', aDelivery(lane, 'e3', { act: 'edit' }), { kind: 'dead', reason: 'gone' }, 2);
      expect(await store.deliveries({})).toMatchObject({ superseded: 1, dead: 1, ready: 0 });
      expect(await store.nextDue(['terminal', 'slack'])).toBeUndefined();
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

    test('an alert spreads step by step over every channel, each once', async () => {
      const lanes = Array.from({ length: 7 }, (_, index) => `terminal:w:${index}`);
      for (const one of lanes) await store.saveChannel(aChannel(one));
      await store.saveSubscription(aSubscription('terminal:w:3'));
      await store.decide(aStory('i'), [], () => decisionFor(anEvent('e1')));
      const looked: string[] = [];
      for (let steps = 0; steps < 20; steps += 1) {
        const more = await store.expand(3, ({ alert }, views) => {
          expect(alert.id).toBe('e1@1');
          looked.push(...views.map(({ channel, subscriptions }) => `${channel.lane}/${subscriptions.length}`));
          return views
            .filter(({ subscriptions }) => subscriptions.length > 0)
            .map(({ channel }) => aDelivery(channel.lane, `k${channel.lane}`, { messageId: alert.id }));
        });
        if (more === 0) break;
      }
      const withSubscription = looked.filter((one) => one.endsWith('/1'));
      expect(withSubscription).toEqual(['terminal:w:3/1']);
      expect(new Set(looked).size).toBe(looked.length);
      expect(await claimKeys(10_000)).toEqual(['kterminal:w:3']);
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
  });
}
