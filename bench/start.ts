/** From the command to ready in the terminal, and what the idle bot holds, with the default sources. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const attache = join(import.meta.dirname, '..', 'bin', 'attache');

export interface Started {
  readonly readyMs: number;
  readonly idleMegabytes: number;
}

/** Ready is the first word on the terminal after all sources were tried; idle is measured a while later. */
export async function measureStart(): Promise<Started> {
  const database = join(mkdtempSync(join(tmpdir(), 'attache-bench-')), 'a.db');
  const began = performance.now();
  const bot = spawn(attache, ['run', '--database', database], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((ready) => bot.stdout.once('data', ready));
  const readyMs = performance.now() - began;
  await wait(10_000);
  const status = readFileSync(`/proc/${bot.pid}/status`, 'utf8');
  const idleMegabytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  bot.kill('SIGTERM');
  await new Promise((ended) => bot.once('exit', ended));
  return { readyMs, idleMegabytes };
}
