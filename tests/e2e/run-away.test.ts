/** The whole program while its platforms are away: it says so, waits for them, and ends at the first SIGTERM. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type DiscordHarness, startDiscord } from '../support/discord/harness.ts';
import { attache } from '../support/project.ts';
import { type SlackHarness, startSlack } from '../support/slack/harness.ts';

let slack: SlackHarness | undefined;
let discord: DiscordHarness | undefined;
let bot: ChildProcess | undefined;
afterEach(async () => {
  bot?.kill('SIGKILL');
  await Promise.all([slack?.close(), discord?.close()]);
});

function started(own: string, env: Readonly<Record<string, string>>) {
  const args = ['--config', own, 'run', '--database', join(own, 'a.db')];
  const child = spawn(attache, args, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  bot = child;
  return { child, said: () => said };
}

/** How it ended, and after how long (ms). */
async function ended(child: ChildProcess): Promise<{ readonly code: number | null; readonly ms: number }> {
  const began = performance.now();
  const closed = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  child.kill('SIGTERM');
  return { code: await closed, ms: performance.now() - began };
}

test('Slack refuses connections and Discord’s gateway answers 502: it waits, ends at the first SIGTERM, and next time comes in once they are back', async () => {
  [slack, discord] = await Promise.all([startSlack(), startDiscord()]);
  const own = mkdtempSync(join(tmpdir(), 'attache-away-'));
  writeFileSync(join(own, 'feeds.yaml'), 'feeds: []\n');
  writeFileSync(join(own, 'attache.yaml'), `slack: { apiUrl: "${slack.access.apiUrl}" }\ndiscord: { apiUrl: "${discord.apiUrl}" }\n`);
  const env = { SLACK_BOT_TOKEN: slack.access.botToken, SLACK_APP_TOKEN: 'xapp-harness', DISCORD_TOKEN: discord.token };
  slack.outage(true);
  discord.gatewayDown(true);

  const first = started(own, env);
  await expect.poll(first.said, { timeout: 40_000 }).toMatch(/slack: Slack cannot be reached|slack: cannot connect to Slack/);
  expect(first.said()).toMatch(/discord: Discord’s gateway answers 502;.*tried again for as long as Attaché runs/);
  // Without a pause there would be two a second.
  const asked = discord.upgrades();
  await new Promise((later) => setTimeout(later, 3_000));
  expect(discord.upgrades() - asked).toBeLessThanOrEqual(2);
  const end = await ended(first.child);
  expect(end.code).toBe(0);
  expect(end.ms).toBeLessThan(10_000);

  const second = started(own, env);
  await expect.poll(second.said, { timeout: 40_000 }).toMatch(/gateway answers 502/);
  slack.outage(false);
  discord.gatewayDown(false);
  await expect.poll(discord.identified, { timeout: 40_000 }).toBe(1);
  await expect.poll(slack.opened, { timeout: 40_000 }).toBe(1);
  expect((await slack.command('status')).text).toMatch(/sources/);
  expect((await discord.command('status')).content).toMatch(/sources/);
  const again = await ended(second.child);
  expect(again.code).toBe(0);
  expect(again.ms).toBeLessThan(10_000);
}, 120_000);
