/** A copy of the embedded database, taken while it is in use. */
import { closeSync, existsSync, linkSync, openSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import type { Problem } from '../../src/model/basics.ts';
import { markRunning } from './lost-log.ts';

/**
 * Writes one whole file that only its user can read, or none. The bot goes on meanwhile.
 * @returns how many bytes it has, or one line that says why there is none
 */
export async function copyDatabase(from: DatabaseSync, to: string): Promise<{ readonly bytes: number } | Problem> {
  if (existsSync(to)) return { problem: `${to}: there is a file already; name another one` };
  const partial = `${to}.partial`;
  try {
    rmSync(partial, { force: true });
    closeSync(openSync(partial, 'wx', 0o600));
    await backup(from, partial);
    const bytes = checked(partial);
    // Unlike a rename, this never takes the place of a file that came meanwhile.
    linkSync(partial, to);
    return { bytes };
  } catch (error) {
    return { problem: `${to}: cannot be written (${error instanceof Error ? error.message : String(error)})` };
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(`${partial}${end}`, { force: true });
  }
}

/** Whoever starts on the copy later finds it marked as behind, and looks for what it would send before it sends it. */
function checked(path: string): number {
  const copy = new DatabaseSync(path);
  try {
    const said = String(Object.values(copy.prepare('pragma quick_check(1)').get() ?? {})[0]);
    if (said !== 'ok') throw new Error(`the copy is damaged: ${said}`);
    copy.exec('pragma journal_mode = delete');
    markRunning(copy);
    const { bytes } = copy.prepare('select page_count * page_size as bytes from pragma_page_count, pragma_page_size').get() ?? {};
    return Number(bytes);
  } finally {
    copy.close();
  }
}
