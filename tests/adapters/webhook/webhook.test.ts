/** Webhooks out: signed JSON through the same outbox. */

import { createHmac } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openInMemory } from '../../../adapters/store/sqlite.ts';
import { createWebhooks, webhookLane } from '../../../adapters/webhook/platform.ts';
import { subscribeWebhooks } from '../../../src/cli/webhooks.ts';
import { readConfig } from '../../../src/config.ts';
import { createPlan } from '../../../src/match/fan-out.ts';
import { createSender } from '../../../src/send/sender.ts';
import { anAlert } from '../../support/messages.ts';
import { configFolder } from '../../support/project.ts';
import { anEvent, aStory, decisionFor } from '../../support/stored.ts';

const secret = 'a secret of more than thirty-two characters';
const now = Date.UTC(2026, 2, 3, 12);
const lane = webhookLane('desk');
interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
let server: Server;
let url: string;
let got: Got[] = [];
let answers: { readonly status: number; readonly headers?: Readonly<Record<string, string>> }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      const { status, headers = {} } = answers.shift() ?? { status: 204 };
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
beforeEach(() => {
  got = [];
  answers = [];
});
afterAll(() => void server.close());

const hooks = (more = {}) => createWebhooks({ targets: [{ name: 'desk', url }], secret, clock: { now: () => now }, ...more });
const out = { key: 'k1', lane, message: anAlert('US embassy moves') };
const payload = (at: number) => JSON.parse(got[at]?.body ?? '{}') as Readonly<Record<string, unknown>>;

describe('a webhook', () => {
  test('gets an alert as plain JSON that it can check to be ours and fresh', async () => {
    expect(await hooks().send(out)).toEqual({ kind: 'sent', ref: { channel: 'desk', id: 'k1' } });
    const [{ headers, body } = never()] = got;
    const timestamp = String(headers['attache-timestamp']);
    expect(Number(timestamp) * 1000).toBe(now);
    expect(headers['attache-signature']).toBe(`v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`);
    expect(headers['attache-delivery']).toBe('k1');
    expect(payload(0)).toMatchObject({
      version: 1,
      delivery: 'k1',
      act: 'alert',
      about: 'k1',
      target: 'desk',
      message: {
        kind: 'new',
        severity: 'critical',
        headline: 'US embassy moves',
        lines: ['The Harbour Courier: “US moves its embassy”'],
        fields: [{ name: 'Where', value: 'Ukraine' }, { name: 'First reported' }],
        links: [{ text: 'US moves its embassy', url: 'https://courier.example/lviv' }],
      },
    });
  });

  test('can tell what an update, a note and an end belong to', async () => {
    const bot = hooks();
    const ref = { channel: 'desk', id: 'k1' };
    await bot.edit(ref, { ...out, key: 'k2' });
    await bot.send({ ...out, key: 'k3', replyTo: ref });
    await bot.send({ ...out, key: 'k4', relatesTo: ref });
    expect([0, 1, 2].map(payload)).toMatchObject([
      { act: 'update', delivery: 'k2', about: 'k1' },
      { act: 'note', delivery: 'k3', about: 'k1' },
      { act: 'end', delivery: 'k4', about: 'k1' },
    ]);
  });

  test.each([
    [{ status: 500 }, { kind: 'retry', reason: 'the receiver answered 500' }],
    [{ status: 401 }, { kind: 'retry' }],
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { kind: 'retry', afterMs: 7_000 },
    ],
    [{ status: 422 }, { kind: 'rejected' }],
    [
      { status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' } },
      { kind: 'retry', reason: 'the receiver answered 302' },
    ],
  ])('that answers %j', async (answer, outcome) => {
    answers.push(answer);
    expect(await hooks().send(out)).toMatchObject(outcome);
    expect(got).toHaveLength(1);
  });

  test('that cannot be reached is tried again', async () => {
    const closed = createServer();
    await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    const away = hooks({ targets: [{ name: 'desk', url: `http://127.0.0.1:${port}/` }] });
    expect(await away.send(out)).toMatchObject({ kind: 'retry', reason: expect.stringContaining('cannot be reached') });
  });
});

test('what the configuration names gets its alerts through the outbox, and what it names no more is forgotten', async () => {
  const store = await openInMemory();
  await subscribeWebhooks(
    [
      { name: 'desk', url, min: 'warning', places: ['UA'] },
      { name: 'old', url, min: 'info', places: [] },
    ],
    store,
    now,
  );
  await subscribeWebhooks([{ name: 'desk', url, min: 'warning', places: ['UA'] }], store, now);
  expect(await store.channel(webhookLane('old'))).toBeUndefined();
  for (const [id, hosts] of [
    ['e1', ['UA']],
    ['e2', ['ML']],
  ] as const)
    await store.decide(aStory(id, now), hosts, () => decisionFor({ ...anEvent(id, hosts, now), alertedRevision: 1 }));
  const sender = createSender(
    {
      store,
      platforms: new Map([['webhook', hooks()]]),
      clock: { now: () => now, sleep: async () => {} },
      random: () => 1,
      observe: { log: () => {} },
    },
    { owner: 'me', plan: createPlan((code) => code), leaseMs: 60_000, parallel: 1, attempts: 3 },
  );
  await sender.drain();
  expect(got).toHaveLength(1);
  expect(payload(0)).toMatchObject({ act: 'alert', target: 'desk' });
});

test('a webhook without its secret is one line that says what to do', () => {
  const own = mkdtempSync(join(tmpdir(), 'attache-webhook-'));
  writeFileSync(join(own, 'attache.yaml'), 'webhooks:\n  - { name: desk, url: "https://desk.example/hook" }\n');
  const folders = [own, configFolder];
  const read = (env: Readonly<Record<string, string>>) => readConfig({ folders, env });
  expect(read({})).toEqual({ problems: [expect.stringMatching(/ATTACHE_WEBHOOK_SECRET: found nothing; allowed: 32 characters/)] });
  expect(read({ ATTACHE_WEBHOOK_SECRET: secret.replaceAll(' ', '-') })).toMatchObject({
    config: { settings: { webhooks: [{ name: 'desk', min: 'notice' }] } },
  });
});

function never(): never {
  throw new Error('nothing came');
}
