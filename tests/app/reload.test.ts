import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readAgain } from '../../src/cli/reload.ts';
import { ask, type Bot, kill, startBot } from '../support/bot.ts';
import { shippedConfig } from '../support/project.ts';
import { document, rss, startWeb, type Web } from '../support/web.ts';

let web: Web;
let bot: Bot | undefined;
let own: string;

beforeAll(async () => {
  const page = document(rss('Harbour opens a new pier'));
  web = await startWeb({ '/one.xml': page, '/two.xml': page, '/three.xml': page });
});
afterEach(async () => {
  if (bot) await kill(bot);
});
afterAll(() => web.close());

const write = (...names: readonly string[]) =>
  writeFileSync(
    join(own, 'feeds.yaml'),
    `feeds:\n${names.map((name) => `  - { id: ${name}, url: "${web.origin}/${name}.xml", kind: news, tier: media, source: ${name}, language: en, everyMinutes: 5, licence: l, attribution: a, terms: open, on: true }`).join('\n')}\n`,
  );
const asked = (name: string) => web.asked.filter(({ path }) => path === `/${name}.xml`).length;
async function until(done: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400 && !done(); turn += 1) await new Promise((next) => setTimeout(next, 50));
  expect(done()).toBe(true);
}

describe('a bot that runs', () => {
  test('reads sources and settings again, by a command and by SIGHUP; what is wrong changes nothing', async () => {
    own = mkdtempSync(join(tmpdir(), 'attache-reload-'));
    writeFileSync(join(own, 'attache.yaml'), `collect: { allowHosts: ["${web.host}"] }\n`);
    write('one');
    const on = ['--config', own];
    const database = ['--database', join(own, 'a.db')];
    const reload = () => ask(...on, 'reload', ...database);
    expect(await reload()).toMatchObject({ code: 1, err: expect.stringContaining('no bot is running on this database') });

    bot = startBot([...on, 'run', ...database], 'pipe');
    await bot.says('Read 1 of 1 sources.');
    write('one', 'two');
    expect(await reload()).toMatchObject({ code: 0, err: '', out: 'Read again: 2 sources are on; new: two\n' });
    await until(() => asked('two') === 1);
    expect(asked('one')).toBe(1);

    writeFileSync(join(own, 'feeds.yaml'), 'feeds:\n  - { id: three, url: x }\n');
    const refused = await reload();
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/feeds\.0\.url: found "x"; allowed: an http\(s\) address\n.*Nothing changed: the bot goes on/s);
    bot.process.kill('SIGHUP');
    await bot.says(/feeds\.0\.url: found "x"/);
    await bot.says('Nothing changed: the bot goes on with what it had.');

    write('two', 'three');
    writeFileSync(join(own, 'attache.yaml'), `collect: { allowHosts: ["${web.host}"] }\nslack: { whoMayChange: admins }\n`);
    bot.process.kill('SIGHUP');
    await bot.says('Read again: 2 sources are on; new: three; gone: one; from the next start on: slack');
    await until(() => asked('three') === 1);
    bot.process.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(await reload()).toMatchObject({ code: 1, err: expect.stringContaining('no bot is running') });
  }, 120_000);
});

test('webhooks that changed are named as what the next start takes', () => {
  const before = shippedConfig();
  const webhooks = [{ name: 'desk', url: 'https://desk.example/hook', min: 'notice' as const, places: [] }];
  const after = { ...before, settings: { ...before.settings, webhooks } };
  expect(readAgain(before, () => after)).toMatchObject({ says: expect.stringMatching(/; from the next start on: webhooks$/) });
  expect(readAgain(after, () => after)).toMatchObject({ says: expect.not.stringContaining('webhooks') });
});
