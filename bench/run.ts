/** `npm run bench`: the promises about speed and memory, each with what was measured in this run. */
import { availableParallelism, totalmem } from 'node:os';
import { measureFanOut, measureItems } from './flow.ts';
import { measureStart } from './start.ts';

interface Row {
  readonly promise: string;
  readonly measured: string;
  readonly kept: boolean;
}

const rows: Row[] = [];
const row = (promise: string, value: number, unit: string, most: number) =>
  rows.push({ promise: `${promise} ≤ ${most} ${unit}`, measured: `${Math.round(value)} ${unit}`, kept: value <= most });

const start = await measureStart();
row('start to ready in the terminal', start.readyMs, 'ms', 1000);
row('idle with the default sources, resident', start.idleMegabytes, 'MB', 150);
row('1,000 items through the pipeline into SQLite', await measureItems(), 'ms', 1500);
const channels = Number(process.argv[2] ?? 100_000);
const fanOut = await measureFanOut(channels);
row(
  `slowest of ${fanOut.answers} answers while an alert spreads to ${channels.toLocaleString('en')} channels`,
  fanOut.slowestAnswerMs,
  'ms',
  1000,
);

console.table(rows);
console.log(`the spreading took ${Math.round(fanOut.spreadMs)} ms`);
console.log(`Node ${process.version}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB`);
process.exitCode = rows.every(({ kept }) => kept) ? 0 : 1;
