/** Acknowledge pressed on another message than the living one: on a Lifted, a Correction or an older card, as an earlier version posted them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSchedule } from '../../adapters/schedule/schedule.ts';
import { healthOf } from '../../src/collect/health.ts';
import { withMessages } from '../../src/ingest/decide.ts';
import { createPlan } from '../../src/match/fan-out.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { AlertKind } from '../../src/model/event.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { createSender, type Sender } from '../../src/send/sender.ts';
import { createTalk } from '../../src/talk/talk.ts';
import { memoryStore } from '../support/memory-store.ts';
import { onDiscord, onSlack, type Stage } from '../support/stages.ts';
import { aStory } from '../support/stored.ts';
import { event, feeds, finding, places } from '../support/talk.ts';

describe.each([
  ['Slack', onSlack, '1700000000.000100'],
  ['Discord', onDiscord, '111111111111111111'],
] as const)('on %s', (_, open, missing) => {
  const store = memoryStore();
  let now = Date.UTC(2026, 2, 3, 12);
  const clock: Clock = { now: () => now, sleep: async () => {} };
  const talk = createTalk({ store, schedule: createSchedule(), places, clock }, { feeds, version: '9.9.9', healthOf });
  let stage: Stage;
  let sender: Sender;

  beforeAll(async () => {
    stage = await open();
    expect(await stage.platform.start(talk)).toMatchObject({ kind: 'ready' });
    sender = createSender(
      { store, platforms: new Map([[stage.platform.name, stage.platform]]), clock, random: () => 0.5, observe: { log: () => {} } },
      { owner: 'me', plan: createPlan((code) => places.name(code)), leaseMs: 60_000, parallel: 4, attempts: 3 },
    );
    await stage.say('subscribe Ukraine');
  });
  afterAll(async () => {
    await stage.close();
    expect(stage.violations).toEqual([]);
  });

  const drain = async () => {
    await sender.drain();
    now += 2_000;
  };
  const alertOf = (id: string, kind: AlertKind, revision: number): Omit<Alert, 'headline'> => {
    const state = kind === 'lifted' ? 'lifted' : 'open';
    const told = event(id, { revision, alertedRevision: revision, state });
    const because = kind === 'new' ? (['first-report'] as const) : (['reopened'] as const);
    return { id: `${id}@${revision}`, kind, event: told, previous: finding(), because, escalates: false, severity: 4, at: now };
  };
  const tell = async (id: string, kind: AlertKind, revision: number) => {
    const told = alertOf(id, kind, revision);
    const change = { event: told.event, previous: finding(), because: told.because };
    const changes = [kind === 'update' ? { kind, ...change } : { kind, ...change }];
    await store.decide(aStory(`${id}-${revision}`, now), ['UA'], () => ({
      changes,
      ledger: [],
      alerts: [withMessages(told, { places, feeds })],
    }));
    await drain();
  };
  /** The whole card beside the living one, with its buttons: what earlier versions posted to end an alert. */
  const byEarlierVersion = async (id: string, kind: AlertKind, revision: number) => {
    const message = withMessages(alertOf(id, kind, revision), { places, feeds }).messages[`${id}@${revision}/en`];
    const sent = message && (await stage.platform.send({ key: `earlier-${id}`, lane: stage.lane, message }));
    if (sent?.kind !== 'sent') throw new Error('not sent');
    return sent.ref.id;
  };
  const shown = async (id: string | undefined) =>
    JSON.stringify((await stage.standing()).find((message) => message.id === id)?.payload ?? 'nothing');
  const words = (answer: unknown) => JSON.stringify(answer);

  test.each(['lifted', 'correction'] as const)('pressed on what tells of a %s it is shown there and in the living card', async (kind) => {
    const id = `whole-${kind}`;
    await tell(id, 'new', 1);
    await tell(id, kind, 2);
    const card = await byEarlierVersion(id, kind, 2);
    const living = (await store.posting(stage.lane, id))?.ref.id;
    const before = (await stage.standing()).length;
    expect(words(await stage.press('acknowledge', `${id}@2`, card))).toContain('Acknowledged.');
    await drain();
    for (const message of [living, card]) expect(await shown(message)).toMatch(/Acknowledged by/);
    // It stays what it was, with the way to the alert that it answers; and nobody is notified.
    expect(await shown(card)).toContain(kind === 'lifted' ? 'LIFTED' : 'CORRECTION');
    expect(await shown(card)).toContain('The alert that this answers');
    expect(await stage.standing()).toHaveLength(before);
  });

  test('pressed on a message that is gone it is shown in the living card, and shown where it is pressed again', async () => {
    await tell('gone', 'new', 1);
    await tell('gone', 'lifted', 2);
    const card = await byEarlierVersion('gone', 'lifted', 2);
    expect(words(await stage.press('acknowledge', 'gone@2', missing))).toContain('Acknowledged.');
    await drain();
    const posting = await store.posting(stage.lane, 'gone');
    expect(posting?.ref.removed).toBeUndefined();
    expect(await shown(posting?.ref.id)).toMatch(/Acknowledged by/);
    expect(await shown(card)).not.toMatch(/Acknowledged by/);
    expect(await store.undelivered()).toEqual([]);
    expect(words(await stage.press('acknowledge', 'gone@2', card))).toMatch(/already/i);
    await drain();
    expect(await shown(card)).toMatch(/Acknowledged by/);
  });
});
