/** What an operator's tools see of the real program: health, metrics by the names that the shipped rules and dashboard use, and the heartbeat. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Bot, kill, startBot } from '../support/bot.ts';
import { root } from '../support/project.ts';
import { document, rss, startWeb, status, type Web } from '../support/web.ts';

const secretPath = '/ping/a-secret-of-the-heartbeat';
let web: Web;
let bot: Bot | undefined;

beforeAll(async () => {
  web = await startWeb({
    '/good.xml': document(rss('Harbour opens a new pier', 'Council meets')),
    '/bad.xml': status(500),
    [secretPath]: status(200),
  });
});
afterEach(async () => {
  if (bot) await kill(bot);
  bot = undefined;
});
afterAll(() => web.close());

/** A bot with a port of the system's choice. */
async function started(names: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const own = mkdtempSync(join(tmpdir(), 'attache-operations-'));
  writeFileSync(join(own, 'attache.yaml'), `collect: { allowHosts: ["${web.host}"] }\noperations: { port: 0 }\n`);
  const feeds = names.map(
    (name) =>
      `  - { id: ${name}, url: "${web.origin}/${name}.xml", kind: news, tier: media, source: ${name}, language: en, everyMinutes: 5, licence: l, attribution: a, terms: open, on: true }`,
  );
  writeFileSync(join(own, 'feeds.yaml'), `feeds:\n${feeds.join('\n')}\n`);
  bot = startBot(['--config', own, 'run', '--database', join(own, 'a.db')], 'pipe', env);
  const [, origin = ''] = await bot.says(/health and metrics at (http:\/\/127\.0\.0\.1:\d+)/);
  return origin;
}

const get = async (url: string, init?: RequestInit) => {
  const response = await fetch(url, init);
  return { status: response.status, text: await response.text() };
};

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function samplesOf(text: string): readonly Sample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (!name) return [];
    return [
      { name, value: Number(value), labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, is]) => [key, is])) },
    ];
  });
}

/** Every metric that an expression asks for, with the labels that it must have. */
function selectorsOf(expression: string): readonly { readonly name: string; readonly labels: readonly (readonly [string, RegExp])[] }[] {
  return [...expression.matchAll(/\b((?:attache|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)].map(([, name = '', inner = '']) => ({
    name,
    labels: [...inner.matchAll(/(\w+)=(~?)"([^"]*)"/g)].map(([, key = '', like, value = '']) => [
      key,
      new RegExp(`^(?:${like ? value : value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})$`),
    ]),
  }));
}

function expressions(): readonly string[] {
  const rules = parse(readFileSync(join(root, 'ops', 'alerts.yml'), 'utf8')) as { groups: { rules: { alert: string; expr: string }[] }[] };
  const board = JSON.parse(readFileSync(join(root, 'ops', 'grafana.json'), 'utf8')) as { panels: { targets: { expr: string }[] }[] };
  return [
    ...rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
    ...board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ];
}

describe('a bot with its port open', () => {
  test('has every metric and label that the shipped rules and dashboard name', async () => {
    const origin = await started(['good', 'bad']);
    await bot?.says('Read 1 of 2 sources.');
    const { text } = await get(`${origin}/metrics`);
    const samples = samplesOf(text);
    const asked = expressions();
    expect(asked.length).toBeGreaterThan(25);
    const missing = asked
      .flatMap(selectorsOf)
      .filter(
        ({ name, labels }) => !samples.some((one) => one.name === name && labels.every(([key, like]) => like.test(one.labels[key] ?? ''))),
      );
    expect(missing).toEqual([]);

    const value = (name: string, labels: Readonly<Record<string, string>> = {}) =>
      samples.find((one) => one.name === name && Object.entries(labels).every(([key, is]) => one.labels[key] === is))?.value;
    expect(value('attache_polls_total', { outcome: 'read' })).toBe(1);
    expect(value('attache_polls_total', { outcome: 'failed' })).toBe(1);
    expect(value('attache_items_total')).toBe(2);
    expect(value('attache_sources', { state: 'ok' })).toBe(1);
    expect(value('attache_sources', { state: 'blind' })).toBe(1);
    expect(value('attache_platform_connected', { platform: 'terminal' })).toBe(1);
    expect(value('attache_database_up')).toBe(1);
    const age = Date.now() / 1000 - (value('attache_last_good_poll_timestamp_seconds') ?? 0);
    expect(age).toBeLessThan(60);
    expect(value('attache_outbox_oldest_seconds', { urgent: 'true' })).toBe(0);
  }, 90_000);

  test('is alive and ready although a source is blind, and gives nothing else', async () => {
    const origin = await started(['bad', 'good']);
    await bot?.says('Read 1 of 2 sources.');
    expect(await get(`${origin}/healthz`)).toEqual({ status: 200, text: 'ok\n' });
    expect(await get(`${origin}/readyz`)).toEqual({ status: 200, text: 'ready\n' });
    expect((await get(`${origin}/constructor`)).status).toBe(404);
    expect((await get(`${origin}/metrics`, { method: 'POST', body: 'x' })).status).toBe(405);
    bot?.process.kill('SIGTERM');
    expect(await bot?.ended).toBe(0);
    await expect(fetch(`${origin}/healthz`)).rejects.toThrow();
  }, 90_000);

  test('is alive and not ready while it waits for its database, and says so', async () => {
    const origin = await started(['good'], { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/none' });
    await bot?.says('Attaché waits until it is there');
    expect((await get(`${origin}/healthz`)).status).toBe(200);
    expect(await get(`${origin}/readyz`)).toEqual({ status: 503, text: 'the bot is starting, or waits for its database\n' });
    expect(samplesOf((await get(`${origin}/metrics`)).text).find(({ name }) => name === 'attache_database_up')?.value).toBe(0);
  }, 60_000);

  test('a port that is taken ends the start in one line', async () => {
    const own = mkdtempSync(join(tmpdir(), 'attache-operations-'));
    writeFileSync(join(own, 'attache.yaml'), `operations: { port: ${web.port} }\n`);
    bot = startBot(['--config', own, 'run', '--database', join(own, 'a.db')], 'pipe');
    await bot.says(
      `operations: cannot listen on 127.0.0.1:${web.port} (another program listens there); change operations in ${join(own, 'attache.yaml')}`,
    );
    expect(await bot.ended).toBe(1);
  }, 60_000);

  test('the heartbeat is asked within its minute while all is well, and its address is nowhere in the output', async () => {
    await started(['good'], { HEARTBEAT_URL: `${web.origin}${secretPath}` });
    await bot?.says('Read 1 of 1 sources.');
    const beats = () => web.asked.filter(({ path }) => path === secretPath).length;
    for (const end = Date.now() + 65_000; beats() === 0 && Date.now() < end; ) await new Promise((next) => setTimeout(next, 200));
    expect(beats()).toBe(1);
    expect(bot?.text()).not.toContain('a-secret-of-the-heartbeat');
  }, 120_000);
});
