/** newsboat, from the system's packages: a C++ reader that keeps its items in SQLite as well. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Effort, Measured } from './one.ts';

/**
 * Undefined where it is not installed (Debian: `apt-get install newsboat`).
 * @param threads 1 is its default
 */
export async function measureNewsboat(urls: readonly string[], threads: number): Promise<Measured | undefined> {
  if (spawnSync('newsboat', ['--version']).error) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'attache-bench-'));
  writeFileSync(join(folder, 'urls'), `${urls.join('\n')}\n`);
  writeFileSync(join(folder, 'config'), `reload-threads ${threads}\n`);
  const reload = () => effortOf('newsboat', ['-u', 'urls', '-c', 'cache.db', '-C', 'config', '-x', 'reload'], folder);
  const cold = await reload();
  const items = await itemsIn(join(folder, 'cache.db'));
  rmSync(folder, { recursive: true });
  return { items, cold };
}

async function itemsIn(path: string): Promise<number> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(path, { readOnly: true });
  const { n } = database.prepare('select count(*) as n from rss_item').get() ?? {};
  database.close();
  return Number(n);
}

/** The shell's own `times` tells what its child cost. */
async function effortOf(command: string, words: readonly string[], folder: string): Promise<Effort> {
  const began = performance.now();
  const shell = spawn('sh', ['-c', '"$@" >/dev/null 2>&1; times', 'sh', command, ...words], {
    cwd: folder,
    env: { ...process.env, HOME: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told = await text(shell.stdout);
  const ms = performance.now() - began;
  const spent = [...(told.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  return { ms, cpuMs: spent.reduce((sum, seconds) => sum + seconds * 1000, 0) };
}
