/** An alert's life at a webhook, through the real outbox and over HTTP: what the platform contract asks, as far as nobody talks there. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWebhooks, webhookLane } from '../../../adapters/webhook/platform.ts';
import { subscribeWebhooks } from '../../../src/cli/webhooks.ts';
import { withMessages } from '../../../src/ingest/decide.ts';
import { createPlan } from '../../../src/match/fan-out.ts';
import type { Alert } from '../../../src/model/alert.ts';
import type { AlertKind, NewsEvent, Reason } from '../../../src/model/event.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { createSender } from '../../../src/send/sender.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { aStory } from '../../support/stored.ts';
import { event, feeds, finding, hour, places } from '../../support/talk.ts';

interface Got {
  readonly delivery: string;
  readonly act: string;
  readonly about: string;
  readonly message: { readonly headline: string; readonly lines: readonly string[]; readonly footer: readonly string[] };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const lane = webhookLane('desk');
const taken: Answer = (_, response) => void response.writeHead(204).end();
const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_, response) =>
    void response.writeHead(code, headers).end();
/** It has the alert, and the sender never hears of it. */
const lost: Answer = (request) => void request.socket.destroy();

let server: Server;
let url: string;
let got: Got[] = [];
let answers: Answer[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (bytes: Buffer) => chunks.push(bytes));
    request.on('end', () => {
      got.push(JSON.parse(Buffer.concat(chunks).toString()) as Got);
      (answers.shift() ?? taken)(request, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
beforeEach(() => {
  got = [];
  answers = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A bot with a webhook that asks for Ukraine, on a clock of its own. */
async function bot({ timeoutMs = 5_000 }: { readonly timeoutMs?: number } = {}) {
  const store = memoryStore();
  let now = Date.UTC(2026, 2, 3, 12);
  const clock: Clock = { now: () => now, sleep: async () => {} };
  await subscribeWebhooks([{ name: 'desk', url, min: 'info', places: ['UA'] }], store, now);
  const platform = createWebhooks({ targets: [{ name: 'desk', url }], secret: 'a secret', clock, timeoutMs });
  const sender = createSender(
    { store, platforms: new Map([['webhook', platform]]), clock, random: () => 0.5, observe: { log: () => {} } },
    { owner: 'me', plan: createPlan((code) => places.name(code)), leaseMs: 60_000, parallel: 4, attempts: 3, giveUpAfterMs: 24 * hour },
  );
  const wait = async (ms: number) => {
    now += ms;
    await sender.drain();
  };
  let count = 0;
  const tell = async (told: NewsEvent, kind: AlertKind, because: readonly Reason[], more: Partial<Alert> = {}) => {
    count += 1;
    const alerted = { ...told, alertedRevision: told.revision };
    const base = { kind, event: alerted, because, escalates: false, severity: told.finding.severity, at: now };
    const raised = withMessages({ id: `${told.id}@${told.revision}`, ...base, ...more }, { places, feeds });
    const change = { event: alerted, previous: finding(), because };
    await store.decide(aStory(`story-${count}`, now), told.finding.hosts, () => ({
      changes: [kind === 'update' ? { kind, ...change } : { kind, ...change }],
      ledger: [],
      alerts: [raised],
    }));
    await wait(0);
  };
  return { store, tell, wait, clock };
}

const planned = event('life', { finding: finding({ status: 'planned', severity: 3 }) });
const happening = { ...planned, revision: 2, finding: finding() };
const over = { ...planned, revision: 3, state: 'lifted' as const, finding: finding({ kind: 'embassy-reopening', severity: 1 }) };
const acts = () => got.map(({ act }) => act);
const ids = () => got.map(({ delivery }) => delivery);

describe('an alert at a webhook', () => {
  test('lives the same life: posted, changed with a note, ended by a new message, each with its own id and the alert’s', async () => {
    const { tell, store } = await bot();
    await tell(planned, 'new', ['first-report']);
    await tell(happening, 'update', ['status-rose'], { previous: planned.finding, escalates: true });
    await tell(over, 'lifted', ['reopened'], { previous: finding() });
    expect(acts()).toEqual(['alert', 'update', 'note', 'update', 'end']);
    const [alert, update, note, closed, end] = got.map(({ message }) => message);
    expect(alert?.headline).toMatch(/WARNING.*Ukraine.*US embassy is to move from Kyiv to Lviv.*reported by 1 outlet/);
    expect(update?.headline).toMatch(/CRITICAL.*US embassy moves from Kyiv to Lviv/);
    expect(note?.headline).toMatch(/Update 1.*no longer only planned/);
    for (const told of [closed, end]) expect(told?.headline).toMatch(/LIFTED.*reopens/);
    expect(alert?.footer.join()).toContain('Subscription 1');
    expect(new Set(ids()).size).toBe(5);
    expect(new Set(got.map(({ about }) => about))).toEqual(new Set([ids()[0]]));
    expect(await store.deliveries({ lane })).toMatchObject({ sent: 5, ready: 0, unknown: 0, dead: 0 });
  });

  test('waits as the receiver asks, in seconds or by a date, and what follows does not overtake it', async () => {
    const { tell, wait, clock } = await bot();
    answers = [status(503, { 'retry-after': '90' }), status(429, { 'retry-after': new Date(clock.now() + 1_000_000).toUTCString() })];
    await tell(planned, 'new', ['first-report']);
    await tell(event('other', { finding: finding({ sender: 'FR', severity: 2 }) }), 'new', ['first-report']);
    await wait(80_000);
    expect(got).toHaveLength(1);
    await wait(20_000);
    expect(got).toHaveLength(2);
    await wait(800_000);
    expect(got).toHaveLength(2);
    await wait(200_000);
    expect(acts()).toEqual(['alert', 'alert', 'alert', 'alert']);
    expect(new Set(ids().slice(0, 3)).size).toBe(1);
    expect(ids()[3]).not.toBe(ids()[0]);
  });

  test.each([
    ['whose answer is lost', lost, undefined],
    ['that answers too late', () => {}, 200],
    ['that fails', status(500), undefined],
  ] as const)('comes again from a receiver %s, under the same id, until it is taken', async (_, answer, timeoutMs) => {
    const { tell, wait, store } = await bot(timeoutMs ? { timeoutMs } : {});
    answers = [answer, answer];
    await tell(planned, 'new', ['first-report']);
    for (let turn = 0; turn < 5; turn += 1) await wait(10 * 60_000);
    expect(got).toHaveLength(3);
    expect(new Set(ids()).size).toBe(1);
    expect(new Set(got.map(({ message }) => message.headline)).size).toBe(1);
    expect(await store.deliveries({ lane })).toMatchObject({ sent: 1, ready: 0, unknown: 0, dead: 0 });
    // What changes it says which alert it belongs to, by the id that the receiver knows.
    await tell(happening, 'update', ['status-rose'], { previous: planned.finding, escalates: true });
    expect(got.slice(3).map(({ act, about }) => [act, about])).toEqual([
      ['update', ids()[0]],
      ['note', ids()[0]],
    ]);
  });

  test('comes again under the same id after a kill between the request and what came of it', async () => {
    const { store, tell, wait, clock } = await bot();
    answers = [status(503)];
    await tell(planned, 'new', ['first-report']);
    // Another worker took it up, sent it, and was killed.
    const later = clock.now() + hour;
    const claim = { owner: 'killed', now: later, leaseMs: 60_000, limit: 1, platforms: ['webhook' as const] };
    const [claimed] = await store.claim(claim);
    expect(claimed?.delivery.key).toBe(ids()[0]);
    await wait(2 * hour);
    expect(got).toHaveLength(2);
    expect(new Set(ids()).size).toBe(1);
    expect(await store.deliveries({ lane })).toMatchObject({ sent: 1, sending: 0, unknown: 0 });
  });

  test.each([400, 410, 413, 415, 422])('that a receiver refuses with %i is given up at once, and the next one comes', async (code) => {
    const { tell, store, wait } = await bot();
    answers = [status(code)];
    await tell(planned, 'new', ['first-report']);
    await wait(hour);
    expect(got).toHaveLength(1);
    expect(await store.undelivered()).toMatchObject([{ lane, reason: `the receiver answered ${code}` }]);
    await tell(event('other', { finding: finding({ sender: 'FR' }) }), 'new', ['first-report']);
    expect(acts()).toEqual(['alert', 'alert']);
    // What it never took is an alert to it when it changes.
    await tell(happening, 'update', ['status-rose'], { previous: planned.finding, escalates: true });
    expect(acts()).toEqual(['alert', 'alert', 'alert']);
  });

  test('whose update is refused stays the alert that the next one is about', async () => {
    const { tell, store } = await bot();
    await tell(planned, 'new', ['first-report']);
    answers = [status(410)];
    await tell(happening, 'update', ['status-rose'], { previous: planned.finding });
    await tell(over, 'lifted', ['reopened'], { previous: finding() });
    expect(acts()).toEqual(['alert', 'update', 'note', 'update', 'end']);
    expect(new Set(got.map(({ about }) => about)).size).toBe(1);
    expect(await store.deliveries({ lane })).toMatchObject({ sent: 4, dead: 1 });
  });

  test('that a receiver never takes is given up after a day', async () => {
    const { tell, store, wait } = await bot();
    answers = Array.from({ length: 500 }, () => status(401));
    await tell(planned, 'new', ['first-report']);
    for (let turn = 0; turn < 30; turn += 1) await wait(hour);
    expect(await store.undelivered()).toMatchObject([
      { lane, reason: expect.stringMatching(/given up after .* in 2\d h: the receiver answered 401/) },
    ]);
    expect(new Set(ids()).size).toBe(1);
  });
});
