/** `attache db backup FILE`: by the running bot where one holds the database. */
import { resolve } from 'node:path';
import { askControl, type Replied } from '../../adapters/control/control.ts';
import type { Config } from '../config.ts';
import type { Store } from '../ports/store.ts';
import { controlPath, hasStore, openStore, type StoreChoice } from './open-store.ts';
import { backupWord } from './reload.ts';
import { Failure } from './setup.ts';

/** @throws Failure with one line where there is no copy afterwards */
export async function backup(file: string, choice: StoreChoice, config: Config, say: (line: string) => void): Promise<void> {
  if (!hasStore(config, choice)) throw new Failure('there is no database yet, so there is nothing to keep');
  const to = resolve(file);
  const replied = (await askControl(controlPath(config, choice), `${backupWord}${to}`)) ?? (await withoutBot(to, choice, config));
  if (!replied.ok) throw new Failure(replied.lines.join('\n'));
  for (const line of replied.lines) say(line);
}

async function withoutBot(to: string, choice: StoreChoice, config: Config): Promise<Replied> {
  const store = await openStore(config, choice);
  try {
    return await backupOf(store, to);
  } finally {
    await store.close();
  }
}

export async function backupOf(store: Pick<Store, 'backup'>, to: string): Promise<Replied> {
  const copied = await store.backup(to);
  if ('problem' in copied) return { ok: false, lines: [copied.problem] };
  return { ok: true, lines: [`${to}: the whole database, ${(copied.bytes / 1e6).toFixed(1)} MB`] };
}
