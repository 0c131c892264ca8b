import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openInMemory, openSqlite } from '../../adapters/store/sqlite.ts';
import { forgetIn } from '../../src/cli/forget.ts';
import { ask, kill, startBot } from '../support/bot.ts';
import { aChannel, aSubscription } from '../support/stored.ts';

test('a workspace or a channel is named, shown, and erased once it is confirmed; nothing else is', async () => {
  const store = await openInMemory();
  for (const lane of ['slack:T1:C1', 'slack:T1:C2', 'slack:T12:C1', 'discord:77:88']) {
    await store.saveChannel(aChannel(lane));
    await store.saveSubscription(aSubscription(lane));
  }
  await store.saveInstallation({ workspace: 'slack:T1', sealed: 'sealed' });
  const left = async () => (await store.channels(undefined, 10)).map(({ lane }) => lane);

  expect(await forgetIn(store, 'T1')).toEqual({
    ok: true,
    lines: ['slack:T1: 2 channels, 2 subscriptions. Nothing was erased yet: say it again with --yes.'],
  });
  expect(await left()).toHaveLength(4);
  expect(await forgetIn(store, '--yes C1')).toEqual({
    ok: false,
    lines: ['"C1" means slack:T12:C1 and slack:T1:C1: name one of them whole'],
  });
  expect(await forgetIn(store, '--yes T9')).toMatchObject({ ok: false, lines: [expect.stringContaining('nothing is kept of "T9"')] });
  expect(await forgetIn(store, '--yes 88')).toMatchObject({ ok: true });
  expect(await left()).toEqual(['slack:T12:C1', 'slack:T1:C1', 'slack:T1:C2']);
  expect(await forgetIn(store, '--yes T1')).toMatchObject({ ok: true, lines: [expect.stringContaining('Erased slack:T1: 2 channels')] });
  expect(await left()).toEqual(['slack:T12:C1']);
  expect(await store.installations()).toEqual([]);
  await store.close();
});

test('a running bot erases in its own database', async () => {
  const database = join(mkdtempSync(join(tmpdir(), 'attache-forget-')), 'a.db');
  const opened = await openSqlite(database);
  if ('problem' in opened) throw new Error(opened.problem);
  await opened.store.saveChannel(aChannel('slack:T1:C1'));
  await opened.store.close();
  const own = mkdtempSync(join(tmpdir(), 'attache-forget-'));
  writeFileSync(join(own, 'feeds.yaml'), 'feeds: []\n');
  const bot = startBot(['--config', own, 'run', '--database', database], 'pipe');
  await bot.says('alerts follow');
  const forget = (...more: readonly string[]) => ask('--config', own, 'forget', 'slack:T1:C1', '--database', database, ...more);
  let first = await forget();
  // It listens a moment after it has said so.
  for (let turn = 0; turn < 20 && first.code !== 0; turn += 1) first = await forget();
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was erased yet') });
  expect(await forget('--yes')).toMatchObject({ code: 0, out: expect.stringContaining('Erased slack:T1:C1: 1 channel') });
  expect(await forget('--yes')).toMatchObject({ code: 1, err: expect.stringContaining('nothing is kept of "slack:T1:C1"') });
  await kill(bot);
}, 60_000);
