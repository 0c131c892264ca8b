/**
 * `node bench/parse.ts [--feeds N] [--rounds N]`: feeds of 30 KB parsed per second by Attaché and its peers, in turns within one process, so that a
 * slow moment of the machine hits all of them. The median round counts.
 */
import { parseArgs } from 'node:util';
import { generateFeed } from './parse/feeds.ts';
import { type Reader, readers, type Source, sourceOf } from './parse/readers.ts';
import { table } from './parse/report.ts';

const { values } = parseArgs({ options: { feeds: { type: 'string', default: '200' }, rounds: { type: 'string', default: '9' } } });
const sources = Array.from({ length: Number(values.feeds) }, (_, seed) =>
  sourceOf(Buffer.from(generateFeed(seed, 30_000)), `https://news.example/${seed}/rss`, 'application/rss+xml; charset=utf-8'),
);
const rates = new Map<Reader, number[]>(readers.map((reader) => [reader, []]));
for (const reader of readers) await feedsPerSecond(reader, sources);
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const [reader, measured] of rates) measured.push(await feedsPerSecond(reader, sources));
}
const medians = new Map([...rates].map(([reader, measured]) => [reader.name, median(measured)]));
const ours = medians.get('Attaché') ?? 0;
const size = Math.round(sources.reduce((sum, { bytes }) => sum + bytes.length, 0) / sources.length / 1000);
console.log(`${sources.length} feeds of ${size} KB, ${values.rounds} rounds, ${process.version}:\n`);
console.log(
  table(
    ['', 'feeds/s', 'Attaché is faster by'],
    [...medians].map(([name, rate]) => [name, rate.toFixed(0), `${(ours / rate).toFixed(2)} ×`]),
  ),
);

async function feedsPerSecond(reader: Reader, feeds: readonly Source[]): Promise<number> {
  const start = performance.now();
  for (const feed of feeds) {
    const read = await reader.read(feed);
    if (!read || read.items.length === 0) throw new Error(`${reader.name} reads nothing of the generated feeds`);
  }
  return feeds.length / ((performance.now() - start) / 1000);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
