/**
 * `npm run bench:poll [-- --feeds N] [--rounds N]`: feeds of 30 KB at fifty publishers on loopback, read for the first time and then asked again while
 * nothing has changed, by Attaché with everything kept in SQLite and by its peers. Each poller runs in a process of its own, in turns; the median round counts.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { table } from './parse/report.ts';
import { measureNewsboat } from './poll/newsboat.ts';
import type { Measured } from './poll/one.ts';
import { pollers } from './poll/pollers.ts';

const { values } = parseArgs({ options: { feeds: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '3' } } });
const feeds = Number(values.feeds);
const rounds = Number(values.rounds);
/** As `bin/attache` starts the bot. */
const ourFlags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=1', '--optimize-for-size'];
/** By threads. It takes tens of seconds, so once is enough to see by how much. */
const newsboats: ReadonlyMap<string, number> = new Map([
  ['newsboat', 1],
  ['newsboat, 8 threads', 8],
]);

const publishers = spawn(process.execPath, [join(import.meta.dirname, 'poll', 'publishers.ts'), String(feeds)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = await once(createInterface(publishers.stdout), 'line');
const urls: readonly string[] = JSON.parse(line);
const runs = new Map<string, Measured[]>(pollers.map(({ name }) => [name, []]));
try {
  for (let round = 0; round < rounds; round += 1) for (const [name, measured] of runs) measured.push(await measure(name));
  for (const [name, threads] of newsboats) {
    const newsboat = await measureNewsboat(urls, threads);
    if (newsboat) runs.set(name, [newsboat]);
  }
  if (!runs.has('newsboat')) console.log('newsboat is not installed here, so it is not measured (Debian: apt-get install newsboat)\n');
} finally {
  publishers.kill();
}
report(new Map([...runs].map(([name, measured]) => [name, medianOf(measured)])));

async function measure(name: string): Promise<Measured> {
  const flags = name === 'Attaché' ? ourFlags : [];
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, 'poll', 'one.ts'), name], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(urls));
  return JSON.parse(await text(child.stdout));
}

/** Each number is the median of its own: a round may be slow in one half only. */
function medianOf(measured: readonly Measured[]): Measured {
  const median = (of: (one: Measured) => number | undefined) => {
    const sorted = measured.flatMap((one) => of(one) ?? []).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  };
  const againMs = median((one) => one.again?.ms);
  const peak = median((one) => one.peakMegabytes);
  return {
    items: median((one) => one.items) ?? 0,
    cold: { ms: median((one) => one.cold.ms) ?? 0, cpuMs: median((one) => one.cold.cpuMs) ?? 0 },
    ...(againMs !== undefined && { again: { ms: againMs, cpuMs: median((one) => one.again?.cpuMs) ?? 0 } }),
    ...(peak !== undefined && { peakMegabytes: peak }),
  };
}

function report(medians: ReadonlyMap<string, Measured>): void {
  const perSecond = (ms: number | undefined) => (ms === undefined ? '–' : Math.round(feeds / (ms / 1000)).toLocaleString('en'));
  console.log(
    `${feeds} feeds, ${rounds} rounds, Node ${process.version}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB:\n`,
  );
  console.log(
    table(
      ['', 'cold feeds/s', 'CPU s', 'unchanged feeds/s', 'peak MB', 'items', 'kept after the process ends'],
      [...medians].map(([name, { items, cold, again, peakMegabytes }]) => [
        name,
        perSecond(cold.ms),
        (cold.cpuMs / 1000).toFixed(2),
        perSecond(again?.ms),
        peakMegabytes?.toFixed(0) ?? '–',
        String(items),
        pollers.find((one) => one.name === name)?.keeps ?? 'items in SQLite',
      ]),
    ),
  );
  const promises = promisesOf(medians);
  console.log(
    `\n${table(
      ['promise', 'measured', ''],
      promises.map(({ promise, measured, kept }) => [promise, measured, kept ? 'kept' : 'MISSED']),
    )}`,
  );
  process.exitCode = promises.every(({ kept }) => kept) ? 0 : 1;
}

interface Promised {
  readonly promise: string;
  readonly measured: string;
  readonly kept: boolean;
}

function promisesOf(medians: ReadonlyMap<string, Measured>): readonly Promised[] {
  const ours = medians.get('Attaché');
  if (!ours) return [];
  const faster = (name: string, least: number): readonly Promised[] => {
    const peer = medians.get(name);
    if (!peer) return [];
    const ratio = peer.cold.ms / ours.cold.ms;
    return [{ promise: `cold ≥ ${least} × ${name}`, measured: `${ratio.toFixed(2)} ×`, kept: ratio >= least }];
  };
  const cpu = ours.cold.cpuMs / (medians.get('rss-parser parseURL')?.cold.cpuMs ?? 0);
  const unchanged = feeds / ((ours.again?.ms ?? 0) / 1000);
  const peak = ours.peakMegabytes ?? 0;
  return [
    ...faster('feedsub', 1.5),
    ...faster('rss-feed-emitter', 10),
    ...faster('newsboat', 15),
    { promise: 'CPU, cold ≤ 1.5 × bare parseURL', measured: `${cpu.toFixed(2)} ×`, kept: cpu <= 1.5 },
    { promise: 'unchanged ≥ 5,000 feeds/s', measured: Math.round(unchanged).toLocaleString('en'), kept: unchanged >= 5000 },
    { promise: 'peak ≤ 250 MB', measured: `${peak.toFixed(0)} MB`, kept: peak <= 250 },
  ];
}
