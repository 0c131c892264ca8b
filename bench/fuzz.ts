/**
 * `npm run fuzz`: feeds documents, titles and answers that grow to what reads them, and prints the time against the size. Four times the size may cost
 * about four times the time; what grows with the square is told, and the command then fails. It takes about two minutes.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { buildDetector, loadConfig } from '../src/cli/setup.ts';
import { discoverFeeds } from '../src/collect/discover.ts';
import { createFetcher } from '../src/collect/fetch.ts';
import { parseFeed } from '../src/collect/parse.ts';
import { documents } from './fuzz/documents.ts';
import { titles } from './fuzz/titles.ts';

/** A longer run is not grown further (ms). */
const patience = 4_000;
/** Below this a time says little of what it grows with (ms). */
const noise = 150;
/** 1 is linear, 2 grows with the square. */
const steepest = 1.5;

interface Point {
  readonly size: number;
  readonly ms: number;
}

let steep = 0;

async function grow(name: string, sizes: readonly number[], run: (size: number) => Promise<() => unknown>): Promise<void> {
  const points: Point[] = [];
  for (const size of sizes) {
    const work = await run(size);
    const began = performance.now();
    await work();
    points.push({ size, ms: performance.now() - began });
    if ((points.at(-1)?.ms ?? 0) > patience) break;
  }
  const slope = slopeOf(points);
  const isSteep = slope > steepest;
  if (isSteep) steep += 1;
  const cells = points.map(({ size, ms }) => `${size.toLocaleString('en').padStart(9)}: ${ms.toFixed(0).padStart(6)} ms`);
  console.log(
    `${name.padEnd(52)} ${cells.join('  ')}  ${Number.isNaN(slope) ? 'too quick to say' : `^${slope.toFixed(2)}`}${isSteep ? '  STEEP' : ''}`,
  );
}

/** The power of the size that the time grows with, over the last two points. */
function slopeOf(points: readonly Point[]): number {
  const [before, last] = points.slice(-2);
  if (!before || !last || last.ms < noise) return Number.NaN;
  return Math.log(last.ms / Math.max(before.ms, noise / 8)) / Math.log(last.size / before.size);
}

async function fuzzDocuments(): Promise<void> {
  console.log('Documents (characters), read as they come from a publisher:');
  for (const [name, make] of Object.entries(documents)) {
    await grow(name, [125_000, 500_000, 2_000_000], async (size) => {
      const bytes = Buffer.from(make(size));
      return () => parseFeed(bytes, { url: 'https://news.example/feed' });
    });
  }
  const deep = (size: number) => '<div>'.repeat(size / 5);
  const links = (size: number) =>
    `<base href="https://a.example/${'a/'.repeat(size / 4)}">${'<link rel=alternate type=application/rss+xml href=a>'.repeat(size / 104)}`;
  for (const [name, html] of Object.entries({ 'a page’s nested elements': deep, 'a page’s links under a long base': links })) {
    await grow(name, [62_500, 250_000, 1_000_000], async (size) => {
      const page = { url: 'https://news.example/', html: html(size) };
      return () => discoverFeeds(page);
    });
  }
}

async function fuzzTitles(): Promise<void> {
  console.log('\nTitles (characters), by language, read by the detector:');
  const detector = buildDetector(loadConfig({}));
  for (const [language, phrase] of Object.entries(titles)) {
    await grow(language, [250, 1_000, 4_000, 16_000], async (size) => {
      const title = phrase.repeat(Math.ceil(size / phrase.length)).slice(0, size);
      return () => {
        for (let time = 0; time < 5; time += 1) detector.read({ title, feedKind: 'news', source: 'Fuzz', tier: 'media', language });
      };
    });
  }
}

const packers = { plain: (bytes: Buffer) => bytes, gzip: gzipSync, br: brotliCompressSync, zstd: zstdCompressSync } as const;

async function fuzzAnswers(): Promise<void> {
  console.log('\nAnswers (bytes once unpacked), fetched over loopback, at most 10 MB of each:');
  let answer: { readonly body: Buffer; readonly encoding: string } = { body: Buffer.alloc(0), encoding: 'plain' };
  const server = createServer((_, response) => {
    const { body, encoding } = answer;
    response.writeHead(200, encoding === 'plain' ? {} : { 'content-encoding': encoding }).end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const fetcher = createFetcher({ userAgent: 'fuzz', allowHosts: ['127.0.0.1'] });
  for (const [encoding, pack] of Object.entries(packers)) {
    await grow(encoding, [4_000_000, 16_000_000, 64_000_000], async (size) => {
      answer = { body: pack(Buffer.alloc(size, ' ')), encoding };
      return () => fetcher.fetch({ url });
    });
  }
  await fetcher.close();
  server.close();
}

await fuzzDocuments();
await fuzzAnswers();
await fuzzTitles();
console.log(steep === 0 ? '\nNothing grows faster than its size.' : `\n${steep} grow faster than their size.`);
process.exitCode = steep === 0 ? 0 : 1;
