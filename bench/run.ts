/** `npm run bench [-- CHANNELS | idle]`: the promises about speed and memory, each with what was measured in this run; `idle` only starts the bot. */
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

// What was compiled at the first start is kept; a bot that was started before is measured.
if (process.argv[2] === 'idle') await measureStart();
const start = await measureStart();
row('start to ready in the terminal', start.readyMs, 'ms', 1000);
row('idle with the default sources, resident', start.idleMegabytes, 'MB', 150);
if (process.argv[2] !== 'idle') await measureWork();

console.table(rows);
console.log(`Node ${process.version}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB`);
process.exitCode = rows.every(({ kept }) => kept) ? 0 : 1;

async function measureWork(): Promise<void> {
  row('1,000 items through the pipeline into SQLite', await measureItems(), 'ms', 1500);
  const channels = Number(process.argv[2] ?? 100_000);
  const fanOut = await measureFanOut(channels);
  row(
    `slowest of ${fanOut.answers} answers while an alert spreads to ${channels.toLocaleString('en')} channels`,
    fanOut.slowestAnswerMs,
    'ms',
    1000,
  );
  row(`one alert to ${channels.toLocaleString('en')} channels`, fanOut.spreadMs, 'ms', 5000);
}
