/** What every store promises of items, events, the ledger and what people ask. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { group } from '../../src/group/group.ts';
import { raise } from '../../src/group/raise.ts';
import type { Feedback } from '../../src/model/alert.ts';
import type { Channel } from '../../src/model/channel.ts';
import type { NewsEvent } from '../../src/model/event.ts';
import type { Story } from '../../src/model/feed.ts';
import type { LedgerEntry } from '../../src/model/ledger.ts';
import type { FeedCursor } from '../../src/ports/feed-store.ts';
import type { Store } from '../../src/ports/store.ts';
import { anAlert } from '../support/messages.ts';
import { aChannel, aDelivery, anEvent, aStory, aSubscription, ask, decisionFor, lane } from '../support/stored.ts';
import { finding } from '../support/world.ts';

const day = 86_400_000;

export function newsContract(name: string, open: () => Promise<Store>): void {
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
      expect(await store.unrecorded('f', ['i1', 'i2'])).toEqual(['i2']);
      expect(await store.event('e1')).toEqual(anEvent('e1'));
      expect(await store.postures('UA')).toEqual([entry]);
      expect((await store.alert('e1@1'))?.headline).toBe('h');
      expect(await store.itemOutcome('i1')).toMatchObject({ title: 'Title i1', events: ['e1'] });
    });

    test('a decision that throws leaves nothing behind', async () => {
      const broken = store.decide(aStory('i1'), [], () => {
        throw new Error('bug');
      });
      await expect(broken).rejects.toThrow('bug');
      expect(await store.unrecorded('f', ['i1'])).toEqual(['i1']);
    });

    test('open and denied events come by host, with those whose host is not known, oldest first', async () => {
      const denied = { ...anEvent('d', ['UA'], 4), state: 'corrected' as const };
      const over = { ...anEvent('e', ['UA'], 5), state: 'closed' as const };
      for (const event of [anEvent('b', ['UA'], 2), anEvent('a', [], 1), anEvent('c', ['ML'], 3), denied, over])
        await store.decide(aStory(event.id), [], () => decisionFor(event));
      let seen: readonly string[] = [];
      await store.decide(aStory('x', 10), ['UA'], (now) => {
        seen = now.events.map((event) => event.id);
        return { changes: [], ledger: [], alerts: [] };
      });
      expect(seen).toEqual(['a', 'b', 'd']);
    });

    test.each([
      ['a second outlet', 'media', 'second.example', ['corroborated']],
      ['an official source', 'official', 'gov.example', ['officially-confirmed']],
    ] as const)(
      'a doubtful report waits silently until %s says the same; after its window it waits no more',
      async (_who, tier, site, because) => {
        const doubtful = finding('staff-drawdown', { severity: 3, confidence: 0.7 });
        const say = async (id: string, source: string, url: string, at: number, of: 'media' | 'official' = 'media') => {
          const { item } = aStory(id, at);
          const told: Story = { item: { ...item, title: `As ${source} has it`, url }, source, tier: of, feedKind: 'news', baseline: false };
          const decided = await store.decide(told, ['UA'], (open) => {
            const changes = group([doubtful], told, open, { now: at });
            const alerts = changes.flatMap((change) => raise(change, told, { now: at }) ?? []).filter(({ silent }) => !silent);
            return { changes, ledger: [], alerts: alerts.map((alert) => ({ alert: { ...alert, headline: '' }, messages: {} })) };
          });
          return decided?.alerts.map(({ alert }) => alert.because);
        };
        expect(await say('1', 'First', 'https://first.example/a', day)).toEqual([]);
        expect(await say('2', 'First on air', 'https://www.first.example/b', day + 1)).toEqual([]);
        expect(await say('3', 'Other', `https://${site}/c`, 9 * day, tier)).toEqual([]);
        expect(await say('4', 'One more', 'https://more.example/d', 9 * day + 1, tier)).toEqual([because]);
      },
    );

    test('a host that becomes known replaces "not known"', async () => {
      await store.decide(aStory('i1'), [], () => decisionFor(anEvent('e1', [])));
      const known = { ...anEvent('e1', ['UA']), revision: 2 };
      await store.decide(aStory('i2'), ['UA'], () => decisionFor(known, { alerts: [] }));
      let near: readonly NewsEvent[] = [];
      await store.decide(aStory('i3'), ['ML'], (open) => {
        near = open.events;
        return { changes: [], ledger: [], alerts: [] };
      });
      expect(near).toEqual([]);
      expect(await store.events({ countries: ['UA'], limit: 9 })).toEqual([known]);
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

    test('an item is known again whatever its publisher wrote into its id', async () => {
      const ids = ['nul \0', 'half \ud800', 'quote \' " \\ %_', 'emoji 🇺🇦', ' ', 'İ'];
      await store.recordSeen(ids.slice(0, 3).map((id) => ({ story: aStory(id), dropped: 'nothing-relevant' })));
      for (const id of ids.slice(3)) await store.decide(aStory(id), [], () => decisionFor(anEvent(id)));
      expect(await store.unrecorded('f', [...ids, 'new'])).toEqual(['new']);
      for (const id of ids) expect(await store.itemOutcome(id)).toBeDefined();
      expect(await store.decide(aStory('half \ud800'), [], () => decisionFor(anEvent('never')))).toBeUndefined();
    });

    test('items without findings are marked, cursors are kept', async () => {
      await store.recordSeen([{ story: aStory('n'), dropped: 'nothing-relevant' }]);
      await store.recordSeen([{ story: aStory('n'), dropped: 'nothing-relevant' }]);
      expect(await store.itemOutcome('n')).toMatchObject({ dropped: 'nothing-relevant', events: [] });
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
      await store.erase({ lane });
      expect(await store.channel(lane)).toBeUndefined();
      await store.erase({ workspace: 'terminal:w' });
      expect(await store.subscriptions('terminal:w:b')).toEqual([]);
      expect(await store.subscriptions('terminal:w2:a')).toHaveLength(2);
    });

    test('what was written for a channel alone is erased with it, and what others wait for is not', async () => {
      const own = (one: string) => ({ ...aDelivery(one, `k-${one}`), messageId: `digest/k-${one}` });
      const messages = { [`digest/k-${lane}`]: anAlert('mine'), 'digest/k-terminal:w2:a': anAlert('theirs'), 'e1@1/en': anAlert('shared') };
      await store.enqueue(messages, [own(lane), own('terminal:w2:a'), { ...aDelivery('terminal:w2:b', 'k2'), messageId: 'e1@1/en' }]);
      await store.erase({ lane });
      // The same delivery again carries a new message, as the old one is gone.
      await store.enqueue({ [`digest/k-${lane}`]: anAlert('anew') }, [own(lane)]);
      const claimed = await store.claim(ask(1_000_000));
      expect(claimed.map(({ message }) => message.headline).sort()).toEqual(['anew', 'shared', 'theirs']);
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
      expect(await ids({ limit: 9, idPrefix: 't' })).toEqual(['three', 'two']);
      expect(await ids({ limit: 9, idPrefix: 'tw_' })).toEqual([]);
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

  describe(`${name}: a digest beside what people change`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());
    const plan = (cron: string, nextRunAt: number) => ({ cron, nextRunAt, coveredUntil: 0 });
    const write = (channel: Channel) =>
      store.enqueueDigest(channel, anAlert('digest'), aDelivery(lane, 'd1', { subject: 'digest', messageId: 'dm', living: false }));

    test('settings that were changed while it was written stand', async () => {
      const stale = aChannel(lane, { digest: plan('0 8 * * *', 99) });
      await store.saveChannel(aChannel(lane, { zone: 'Europe/Kyiv', digest: plan('0 9 * * *', 50) }));
      await write(stale);
      expect(await store.channel(lane)).toEqual(aChannel(lane, { zone: 'Europe/Kyiv', digest: plan('0 9 * * *', 50) }));
      await store.saveChannel(aChannel(lane));
      await write(stale);
      expect(await store.channel(lane)).toEqual(aChannel(lane));
    });

    test('what cannot be seen is told and remembered in one step, beside whatever was set meanwhile', async () => {
      const notice = (key: string) => [anAlert(key), aDelivery(lane, key, { subject: key, messageId: key, living: false })] as const;
      await store.enqueueNotice({ half: true, advice: false, countries: ['UA'] }, ...notice('n0'));
      expect(await store.channel(lane)).toBeUndefined();
      await store.saveChannel(aChannel(lane, { zone: 'Europe/Kyiv' }));
      await store.enqueueNotice({ half: true, advice: false, countries: ['UA'] }, ...notice('n1'));
      expect((await store.channel(lane))?.unseen).toEqual({ half: true, advice: false, countries: ['UA'] });
      await store.enqueueNotice(undefined, ...notice('n2'));
      expect(await store.channel(lane)).toEqual(aChannel(lane, { zone: 'Europe/Kyiv' }));
      expect(await store.deliveries({ lane })).toMatchObject({ ready: 2 });
    });

    test('what was called wrong is kept once for each alert, channel and person, and goes with the channel', async () => {
      const { alert } = decisionFor(anEvent('e')).alerts[0] ?? {};
      const said = (by: string, at: number, more: Partial<Feedback> = {}): Feedback => {
        const { finding, sources } = anEvent('e');
        return { alertId: alert?.id ?? '', lane, by, at, finding, sources, ...more };
      };
      await store.saveFeedback(said('u1', 5));
      await store.saveFeedback(said('u2', 4));
      await store.saveFeedback(said('u1', 6, { reason: 'old' }));
      await store.saveFeedback(said('u1', 7, { lane: 'slack:w:x' }));
      expect((await store.feedback()).map(({ by, at, reason }) => [by, at, reason])).toEqual([
        ['u2', 4, undefined],
        ['u1', 6, 'old'],
        ['u1', 7, undefined],
      ]);
      await store.erase({ lane });
      expect((await store.feedback()).map((one) => one.lane)).toEqual(['slack:w:x']);
    });

    test('where the bot was installed is kept, replaced, and erased with the workspace', async () => {
      expect(await store.installation('slack:w')).toBeUndefined();
      for (const workspace of ['slack:w2', 'slack:w']) await store.saveInstallation({ workspace, sealed: `first of ${workspace}` });
      await store.saveInstallation({ workspace: 'slack:w', sealed: 'second' });
      expect(await store.installation('slack:w')).toEqual({ workspace: 'slack:w', sealed: 'second' });
      await store.erase({ lane: 'slack:w:c' });
      expect((await store.installations()).map(({ workspace }) => workspace)).toEqual(['slack:w', 'slack:w2']);
      await store.erase({ workspace: 'slack:w' });
      expect(await store.installations()).toEqual([{ workspace: 'slack:w2', sealed: 'first of slack:w2' }]);
    });

    test('channels are walked in the order of their lanes', async () => {
      for (const name of ['terminal:w:c', 'terminal:w:a', 'slack:w:b']) await store.saveChannel(aChannel(name));
      const page = async (after: string | undefined) => (await store.channels(after, 2)).map((channel) => channel.lane);
      expect(await page(undefined)).toEqual(['slack:w:b', 'terminal:w:a']);
      expect(await page('terminal:w:a')).toEqual(['terminal:w:c']);
    });

    test('a channel that is gone stays gone', async () => {
      await write(aChannel(lane, { digest: plan('0 8 * * *', 99) }));
      expect(await store.channel(lane)).toBeUndefined();
      expect(await store.deliveries({})).toMatchObject({ ready: 0 });
    });
  });
}
