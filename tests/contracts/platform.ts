/** What every platform must do, in front of the real bot: the same words mean the same, and an alert lives the same life. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSchedule } from '../../adapters/schedule/schedule.ts';
import { healthOf } from '../../src/collect/health.ts';
import { withMessages } from '../../src/ingest/decide.ts';
import { createPlan } from '../../src/match/fan-out.ts';
import type { ButtonAct } from '../../src/message.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { LaneId } from '../../src/model/channel.ts';
import type { AlertKind, NewsEvent, Reason } from '../../src/model/event.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ChatPlatform } from '../../src/ports/platform.ts';
import { createSender } from '../../src/send/sender.ts';
import { createTalk } from '../../src/talk/talk.ts';
import { memoryStore } from '../support/memory-store.ts';
import { aStory } from '../support/stored.ts';
import { day, event, feeds, finding, hour, keep, places } from '../support/talk.ts';

export interface Stage {
  readonly platform: ChatPlatform;
  readonly lane: LaneId;
  /** Says a line of the command table as people do it there, and gives all that the answer shows. */
  say(line: string): Promise<string>;
  /** Presses a button of an alert, or says what stands for it. */
  press(act: ButtonAct, value: string): Promise<string>;
  /** The messages that stand in the channel now, as people read them, oldest first. */
  standing(): Promise<readonly string[]>;
  /** An edit adds no line: a screen has no message that could change. */
  readonly quiet: boolean;
  readonly violations: readonly string[];
  close(): Promise<void>;
}

export function platformContract(name: string, open: () => Promise<Stage>): void {
  describe(`${name}, as every platform`, () => {
    const store = memoryStore();
    let now = Date.UTC(2026, 2, 3, 12);
    const clock: Clock = { now: () => now, sleep: async () => {} };
    const ports = { store, schedule: createSchedule(), places, clock };
    const talk = createTalk(ports, { feeds, version: '9.9.9', healthOf });
    let stage: Stage;
    let drain: () => Promise<void>;
    let count = 0;
    let edits = 0;

    beforeAll(async () => {
      stage = await open();
      expect(await stage.platform.start(talk)).toMatchObject({ kind: 'ready' });
      const counting = new Proxy(stage.platform, {
        get: (platform, method) => {
          if (method === 'edit') edits += 1;
          return Reflect.get(platform, method);
        },
      });
      const platforms = new Map([[stage.platform.name, counting]]);
      const sender = createSender(
        { store, platforms, clock, random: () => 0.5, observe: { log: () => {} } },
        { owner: 'contract', plan: createPlan((code) => places.name(code)), leaseMs: 60_000, parallel: 4, attempts: 3 },
      );
      drain = async () => {
        await sender.drain();
        now += 2_000;
      };
    });
    afterEach(() => expect(stage.violations).toEqual([]));
    afterAll(() => stage.close());

    /** As the flow would tell it. */
    const tell = async (told: NewsEvent, kind: AlertKind, because: readonly Reason[], more: Partial<Alert> = {}) => {
      count += 1;
      const alerted = { ...told, alertedRevision: told.revision };
      const alert = {
        id: `${told.id}@${told.revision}`,
        kind,
        event: alerted,
        because,
        escalates: false,
        severity: told.finding.severity,
        at: now,
        ...more,
      };
      const raised = withMessages(alert, { places, feeds });
      await store.decide(aStory(`${name}-${count}`, now), told.finding.hosts, () => ({
        changes: kind === 'update' ? [{ kind, event: alerted, previous: told.finding, because }] : [{ kind, event: alerted, because }],
        ledger: [],
        alerts: [raised],
      }));
      await drain();
    };

    describe('the same words mean the same', () => {
      test.each<readonly [string, RegExp]>([
        ['list', /watches nothing yet.*subscribe Ukraine/s],
        ['subscribe Nigr', /No place “Nigr”.*Niger/s],
        ['subscribe Ukraine, "South Sudan" from US, UK min notice', /Watching Ukraine and South Sudan; from US and UK.*Coverage/s],
        ['subscribe Ukraine, South Sudan from US, UK', /watches that already: subscription 1/],
        ['preview Sahel about evacuations', /about evacuations.*0 alerts in the last 30 days/s],
        ['settings zone Europe/Kyiv digest daily 08:00', /Europe\/Kyiv.*daily 08:00/s],
        ['settings quiet 99', /No quiet hours “99”/],
        ['mute Mali 3d', /Mali is muted/],
        ['mute', /1 mute/],
        ['mute Mali off', /Mali is unmuted/],
        ['country Ukraine', /Ukraine/],
        ['embassy US in Ukraine', /Ukraine/],
        ['latest', /Nothing/],
        ['search airspace', /airspace/],
        ['why nothing@1', /No alert “nothing@1”/],
        ['test', /SAMPLE, nothing happened/],
        ['check', /I can post here/],
        ['status', /4 of 4 sources cannot be read/],
        ['feeds', /us-advice/],
        ['digest now', /Digest/],
        ['help subscribe', /places.*Countries or regions/s],
        ['pause', /Paused/],
        ['resume', /Alerts again/],
        ['unsubscribe 7', /No subscription “7”/],
        ['unsubscribe 1', /Subscription 1 ended/],
      ])('%s', async (line, answer) => {
        expect(await stage.say(line)).toMatch(answer);
      });
    });

    describe('an alert lives the same life', () => {
      const first = event('life', { finding: finding({ status: 'planned', severity: 3 }) });

      test('it is posted once, whole, with its reasons', async () => {
        await stage.say('subscribe Ukraine');
        await tell(first, 'new', ['first-report']);
        const [posted, ...more] = await stage.standing();
        expect(more).toEqual([]);
        expect(posted).toMatch(/WARNING.*Ukraine.*US embassy is to move from Kyiv to Lviv.*reported by 1 outlet.*Subscription 1/s);
      });

      test('who acknowledges it is shown in it, and stays through an update that also says what changed', async () => {
        expect(await stage.press('acknowledge', 'life@1')).toMatch(/Acknowledged/);
        await drain();
        const happening = { ...first, revision: 2, finding: finding() };
        await tell(happening, 'update', ['status-rose'], { previous: first.finding, escalates: true });
        const standing = await stage.standing();
        expect(standing.some((text) => /CRITICAL.*US embassy moves from Kyiv to Lviv.*Acknowledged by/s.test(text))).toBe(true);
        expect(standing.some((text) => /Update 1.*no longer only planned/s.test(text))).toBe(true);
      });

      test('its buttons answer', async () => {
        expect(await stage.press('why', 'life@2')).toMatch(/Why life.*Read as: embassy moves/s);
        expect(await stage.press('wrong', 'life@2')).toMatch(/What was wrong/);
        expect((await store.feedback()).map(({ alertId }) => alertId)).toContain('life@2');
      });

      test('a muted update changes it without a word', async () => {
        await stage.say('mute Ukraine 1h');
        const before = (await stage.standing()).length;
        await tell({ ...first, revision: 3, finding: finding({ people: 30 }) }, 'update', ['number-known'], { previous: finding() });
        const standing = await stage.standing();
        expect(standing.length).toBe(stage.quiet ? before : before + 1);
        expect(standing.some((text) => /the number is known/.test(text))).toBe(true);
        await stage.say('mute Ukraine off');
      });

      test('further outlets are counted in it: within a minute by one edit, and nobody is notified', async () => {
        const before = { count: (await stage.standing()).length, edits };
        const [source = never()] = first.sources;
        const known = { ...first, revision: 3, finding: finding({ people: 30 }) };
        const others = ['The Northern Wire', 'The Evening Herald'].map((name) => ({
          ...source,
          itemId: name,
          source: name,
          title: `${name} has it`,
        }));
        for (const [index] of others.entries()) {
          const counted = { ...known, sources: [...known.sources, ...others.slice(0, index + 1)] };
          await tell(counted, 'update', ['number-known'], { id: `life@3+${index}`, silent: true, previous: finding() });
        }
        expect((await stage.standing()).some((text) => /reported by 3 outlets/.test(text))).toBe(false);
        now += 60_000;
        await drain();
        const standing = await stage.standing();
        expect(standing.length).toBe(stage.quiet ? before.count : before.count + 1);
        expect(standing.filter((text) => /US embassy moves from Kyiv to Lviv.*reported by 3 outlets/s.test(text))).toHaveLength(1);
        expect(edits - before.edits).toBe(1);
      });

      test('what ends it is a new message beside it', async () => {
        const reopened = { ...first, revision: 4, state: 'lifted' as const, finding: finding({ kind: 'embassy-reopening', severity: 1 }) };
        await tell(reopened, 'lifted', ['reopened'], { previous: finding() });
        const address = (await store.posting(stage.lane, 'life'))?.ref.url;
        expect(address !== undefined).toBe(name !== 'the terminal');
        expect((await stage.standing()).at(-1)).toMatch(address ? /LIFTED.*reopens.*The alert that this answers/s : /LIFTED.*reopens/s);
      });

      test('a channel that speaks another language gets its words', async () => {
        await stage.say('settings language fr');
        await tell(event('fr', { finding: finding({ hosts: ['UA'], sender: 'PL', severity: 3 }) }), 'new', ['first-report']);
        expect((await stage.standing()).at(-1)).toMatch(/ALERTE.*ambassade déplacée \(Pologne\).*Abonnement 1/s);
        await stage.say('settings language en');
      });

      test('words of a feed stay words', async () => {
        const title = '@everyone <!channel> <@U1> [win](https://evil.example) *now* javascript:alert(1) \u202eevil\u202c';
        const base = event('words');
        const sources = base.sources.map((source) => ({ ...source, title, summary: `${title} summary` }));
        await tell({ ...base, sources, finding: finding({ sender: 'FR' }) }, 'new', ['first-report']);
        const shown = (await stage.standing()).at(-1) ?? '';
        expect(shown).toMatch(/everyone/);
        expect(shown).not.toMatch(/\u202e(?![^\u202c\u2069]*[\u202c\u2069])/);
      });

      test('it is looked for by its key, and what was never sent is not there', async () => {
        const key = 'contract-key-0000000001';
        const outcome = await stage.platform.send({
          key,
          lane: stage.lane,
          message: withMessages(alertOf(first), { places, feeds }).messages[`${first.id}@1/en`] ?? never(),
        });
        expect(outcome.kind).toBe('sent');
        const since = Date.now() - hour;
        expect(await stage.platform.find({ key, lane: stage.lane, since })).toMatchObject({ kind: 'found' });
        expect(await stage.platform.find({ key: 'contract-key-0000000002', lane: stage.lane, since })).toEqual({ kind: 'absent' });
      });
    });

    test('what it remembers is the present: answers after the alerts name them', async () => {
      await keep(store, [event('kept', { lastSeenAt: now - day })]);
      expect(await stage.say('latest Ukraine')).toMatch(/US embassy/);
      expect(await stage.say('unsubscribe all')).toMatch(/watches nothing now/);
    });
  });
}

function alertOf(told: NewsEvent): Omit<Alert, 'headline'> {
  return { id: `${told.id}@1`, kind: 'new', event: told, because: ['first-report'], escalates: false, severity: 3, at: 0 };
}

function never(): never {
  throw new Error('no such message');
}
