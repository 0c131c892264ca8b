import { describe, expect, test } from 'vitest';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import { createArrivals, measured, notReady, notWell, snapshotOf } from '../../src/app-metrics.ts';
import { startHeartbeat } from '../../src/cli/heartbeat.ts';
import type { SendOutcome } from '../../src/model/delivery.ts';
import type { Metrics, Snapshot } from '../../src/ports/metrics.ts';
import type { ChatPlatform } from '../../src/ports/platform.ts';
import { StoreUnavailable } from '../../src/ports/store.ts';
import { aFeed } from '../support/project.ts';
import { aDelivery, anEvent, aStory, decisionFor } from '../support/stored.ts';
import { startWeb, status } from '../support/web.ts';

const minute = 60_000;
const clock = { now: () => 100 * minute };

function counting() {
  const seen: unknown[][] = [];
  const note =
    (name: string) =>
    (...said: unknown[]) =>
      void seen.push([name, ...said]);
  const metrics: Metrics = { polled: note('polled'), sent: note('sent'), arrived: note('arrived') };
  return { seen, metrics };
}

describe('what platforms answer', () => {
  test('is counted by its meaning', async () => {
    const answers: SendOutcome[] = [
      { kind: 'sent', ref: { channel: 'c', id: 'm' } },
      { kind: 'retry', reason: 'away' },
      { kind: 'retry', reason: 'slow down', afterMs: 5 },
      { kind: 'retry', reason: 'invalid_auth', unauthorized: true },
      { kind: 'rejected', reason: 'no' },
    ];
    const { seen, metrics } = counting();
    const platform = {
      name: 'slack',
      send: async () => answers[0],
      edit: async () => ({ kind: 'unknown', reason: '' }),
    } as unknown as ChatPlatform;
    const over = measured({ ...platform, send: async () => answers.shift() ?? { kind: 'unknown', reason: '' } }, metrics);
    while (answers.length > 0) await over.send({ key: '', lane: 'slack:w:c', message: {} as never });
    await over.edit({ channel: 'c', id: 'm' }, {} as never);
    expect(seen.map(([, , result]) => result)).toEqual(['sent', 'retry', 'rate-limited', 'unauthorized', 'rejected', 'unknown']);
  });
});

describe('from published to sent', () => {
  test('a new alert counts from the report that raised it; edits, digests and what was held back do not', async () => {
    const store = await openInMemory();
    const event = anEvent('e1', ['UA'], 99 * minute);
    const [source] = event.sources;
    if (!source) throw new Error('no source');
    const sources = [
      { ...source, publishedAt: minute, seenAt: 2 * minute },
      { ...source, publishedAt: 97 * minute },
    ];
    await store.decide(aStory('i1'), ['UA'], () => decisionFor({ ...event, sources }));
    const { seen, metrics } = counting();
    const onSent = createArrivals(store, { metrics, clock });
    onSent(aDelivery('slack:w:c', 'k1'));
    onSent(aDelivery('slack:w:c', 'k2', { act: 'edit' }));
    onSent(aDelivery('slack:w:c', 'k3', { living: false }));
    onSent(aDelivery('slack:w:c', 'k4', { notBefore: 101 * minute }));
    onSent(aDelivery('slack:w:c', 'k5', { subject: 'nothing' }));
    await new Promise((next) => setTimeout(next, 20));
    expect(seen).toEqual([['arrived', 'slack', 3 * minute]]);
    await store.close();
  });
});

describe('how the bot stands', () => {
  const connections = (as?: string) => ({
    states: () => [as ? ({ name: 'slack', since: 0, as } as const) : ({ name: 'slack', since: 0, refused: 'no', forGood: true } as const)],
  });

  test('sources by health, the most overdue, the last good read', async () => {
    const store = await openInMemory();
    const feeds = [aFeed({ id: 'good' }), aFeed({ id: 'late' }), aFeed({ id: 'bad' }), aFeed({ id: 'off', on: false })];
    await store.moveCursor({ feedId: 'good', failures: 0, nextAt: 103 * minute, lastOkAt: 98 * minute, lastNewAt: 98 * minute });
    await store.moveCursor({ feedId: 'late', failures: 0, nextAt: 96 * minute, lastOkAt: 91 * minute, lastNewAt: 91 * minute });
    await store.moveCursor({ feedId: 'bad', failures: 9, nextAt: 104 * minute, blindSince: 1 });
    const now = await snapshotOf({ feeds, store, connections: connections('bot'), clock }, true);
    expect(now.stored).toMatchObject({ pollLagMs: 4 * minute, lastGoodPollAt: 98 * minute, sources: { ok: 2, blind: 1, gone: 0 } });
    expect(now.platforms).toEqual([{ name: 'slack', connected: true, refusedForGood: false }]);
    expect([notReady(now), notWell(now)]).toEqual([[], []]);
    await store.close();
  });

  test('a database that is away, no platform, no round yet: each is named', async () => {
    const away = async () => {
      throw new StoreUnavailable('away');
    };
    const store = { cursors: away, backlog: away, stats: away };
    const now = await snapshotOf({ feeds: [], store, connections: connections(), clock }, false);
    expect(notReady(now)).toEqual([
      'the database cannot be used',
      'the first round of the sources is not done',
      'no platform is connected',
    ]);
    expect(now.platforms).toEqual([{ name: 'slack', connected: false, refusedForGood: true }]);
  });

  test.for<readonly [since: number, criticalDue: number | undefined, says: readonly string[]]>([
    [90, undefined, []],
    [84, undefined, ['no source was read for 15 minutes']],
    [99, 99, []],
    [99, 97, ['a Critical is unsent for more than 2 minutes']],
  ])('read at minute %d, a Critical due at %s: %j', ([read, urgent, says]) => {
    const counts = { ready: 0, sending: 0, unknown: 0, dead: 0 };
    const backlog = { counts, oldest: { ...(urgent !== undefined && { urgent: urgent * minute }) } };
    const stored = { sources: {}, pollLagMs: 0, lastGoodPollAt: read * minute, databaseBytes: 1, backlog };
    const now: Snapshot = { at: 100 * minute, firstRoundDone: true, platforms: [], stored };
    expect(notWell(now)).toEqual(says);
  });
});

describe('the heartbeat', () => {
  test('beats while all is well; what fails or is withheld is logged once, without its address', async () => {
    const web = await startWeb({ '/beat/a-secret': status(200) });
    const logged: string[] = [];
    let wrong: readonly string[] = [];
    let beat = async () => {};
    const schedule = {
      everyMinute: (task: () => Promise<void>) => {
        beat = task;
        return { stop: async () => {} };
      },
    };
    const observe = { log: (...said: unknown[]) => void logged.push(JSON.stringify(said)) };
    const heart = startHeartbeat(`${web.origin}/beat/a-secret`, async () => wrong, { schedule, observe });
    await beat();
    expect([web.asked.length, logged]).toEqual([1, []]);
    wrong = ['no source was read for 15 minutes'];
    await beat();
    await beat();
    expect(web.asked.length).toBe(1);
    wrong = [];
    web.serve({ '/beat/a-secret': status(503) });
    await beat();
    await web.close();
    await beat();
    await heart.stop();
    expect(logged).toHaveLength(4);
    expect(logged.join()).toMatch(/withheld.*15 minutes.*goes on.*answered 503.*(?:ECONNREFUSED|UND_ERR_SOCKET)/s);
    expect(logged.join()).not.toContain('a-secret');
  });
});
