/** `npm run bench:detect -- [--data DIR]`: what reading a headline costs, beside the nearest public tools, in one run. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { detectorParts } from '../src/cli/detector.ts';
import { readConfig } from '../src/config.ts';
import { createDetector } from '../src/detect/detector.ts';
import { readGate } from '../src/detect/gate.ts';
import { compileGate } from '../src/detect/gate-compile.ts';
import { peoplesOf } from '../src/detect/trie.ts';
import { bestPerOne, percentile99 } from './detect/clock.ts';
import { plainAutomaton } from './detect/floor.ts';
import { headlines } from './detect/headlines.ts';
import { grown, repeated, sizes } from './detect/long.ts';
import { peers } from './detect/peers.ts';

const { values } = parseArgs({ options: { data: { type: 'string' } } });
const root = join(import.meta.dirname, '..');
const titles = headlines(values.data === undefined ? undefined : resolve(values.data));

const rows: { readonly promise: string; readonly measured: string; readonly kept: boolean }[] = [];
const atMost = (promise: string, value: number, unit: string, most: number, digits = 2) =>
  rows.push({ promise: `${promise} ≤ ${most} ${unit}`, measured: `${value.toFixed(digits)} ${unit}`, kept: value <= most });
const atLeast = (promise: string, value: number, unit: string, least: number) =>
  rows.push({
    promise: `${promise} ≥ ${least.toLocaleString('en')} ${unit}`,
    measured: `${Math.round(value).toLocaleString('en')} ${unit}`,
    kept: value >= least,
  });

const read = readConfig({ folders: [join(root, 'config')], envFile: '' });
const made = 'problems' in read ? read : detectorParts(read.config);
if ('problems' in made) throw new Error(made.problems.join('\n'));
const detector = createDetector(made.parts);
const gate = readGate(compileGate(made.parts.lexicons, peoplesOf(made.parts.places)));

const misses = titles.filter((title) => !gate(title));
const passed = titles.filter((title) => gate(title));
const item = (title: string) => void detector.read({ title, feedKind: 'news' });

const miss = bestPerOne(misses, item);
const floor = bestPerOne(misses, plainAutomaton());
atMost('a headline that is none of ours', miss, 'µs', 1);
atMost(`… beside a plain automaton (${floor.toFixed(2)} µs)`, miss / floor, 'times', 6);
atMost('a headline that passes the gate, slowest but 1 in 100', percentile99(passed, item), 'µs', 50, 0);
atMost('the gate over a body of 5,000 letters', bestPerOne(bodiesOf(misses, 100), gate), 'µs', 40, 1);

const each = bestPerOne(titles, item);
const sample = titles.filter((_, index) => index % Math.max(1, Math.floor(titles.length / 2000)) === 0);
for (const { name, read: ask } of peers()) {
  const cost = bestPerOne(sample, ask, 5);
  const onMisses = `${(cost / miss).toFixed(0)} times on those that are none of ours`;
  const least = name.startsWith('wink') ? 100 : name.startsWith('compromise') ? 500 : 1;
  atLeast(`faster than ${name} (${cost.toFixed(0)} µs, we ${each.toFixed(2)}; ${onMisses})`, cost / each, 'times', least);
}

const folder = mkdtempSync(join(tmpdir(), 'attache-bench-'));
const load = () => {
  const run = spawnSync(process.execPath, ['--expose-gc', join(import.meta.dirname, 'detect', 'load.ts'), folder], { encoding: 'utf8' });
  return JSON.parse(run.stdout) as { readonly ms: number; readonly megabytes: number };
};
const rebuilt = load();
const warm = Array.from({ length: 5 }, load);
atMost('the detector from its lexicons', rebuilt.ms, 'ms', 1500, 0);
atMost('the detector from what was kept', Math.min(...warm.map(({ ms }) => ms)), 'ms', 60, 0);
atMost('what it holds', Math.min(...warm.map(({ megabytes }) => megabytes)), 'MB', 15, 1);

atLeast('attache classify, start included', await classified(), 'headlines a second', 100_000);

console.table(rows);
console.log('A report written again and again, by the length of the title: milliseconds to read it');
console.table(
  Object.fromEntries(
    Object.entries(repeated).map(([language, seed]) => [
      language,
      Object.fromEntries(sizes.map((size) => [size, (bestPerOne([grown(seed, size)], item) / 1000).toFixed(2)])),
    ]),
  ),
);
console.log(`${titles.length} headlines, ${passed.length} pass the gate; ${made.parts.lexicons.length} languages; Node ${process.version}`);
process.exitCode = rows.every(({ kept }) => kept) ? 0 : 1;

/** Bodies that the gate must read to their end. */
function bodiesOf(sentences: readonly string[], most: number): readonly string[] {
  const bodies: string[] = [];
  let body = '';
  for (const sentence of sentences) {
    if (bodies.length === most) break;
    const longer = `${body}${sentence}. `;
    if (!gate(longer)) body = longer;
    if (body.length >= 5000) body = bodies.push(body.slice(0, 5000)) > 0 ? '' : body;
  }
  return bodies;
}

async function classified(): Promise<number> {
  const lines = Array.from({ length: 400_000 }, (_, id) => `${JSON.stringify({ id, title: titles[id % titles.length] })}\n`);
  const chunks = Array.from({ length: lines.length / 1000 }, (_, index) => lines.slice(index * 1000, index * 1000 + 1000).join(''));
  const began = performance.now();
  const command = spawn(join(root, 'bin', 'attache'), ['classify'], { stdio: ['pipe', 'pipe', 'inherit'] });
  Readable.from(chunks).pipe(command.stdin);
  command.stdout.resume();
  await new Promise((ended) => command.once('exit', ended));
  return (lines.length / (performance.now() - began)) * 1000;
}
