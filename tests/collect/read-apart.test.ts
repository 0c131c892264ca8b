import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { parseFeed } from '../../src/collect/parse.ts';
import { createDocumentReader, type DocumentReader, type ReadLimits } from '../../src/collect/read-apart.ts';

const url = 'https://news.example/rss.xml';
const rss = (items: string, root = '') => Buffer.from(`<rss version="2.0" ${root}><channel><title>World</title>${items}</channel></rss>`);
const item = (title: string) => `<item><title>${title}</title><guid>${title}</guid></item>`;
const long = rss(Array.from({ length: 4000 }, (_, index) => item(`Title ${index}`)).join(''));

const open: DocumentReader[] = [];
function reader(limits: ReadLimits = {}): DocumentReader {
  const made = createDocumentReader(limits);
  open.push(made);
  return made;
}
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

/** A thread whose code treats each document as its first bytes say. */
async function threadThat(body: string): Promise<URL> {
  const file = join(await mkdtemp(join(tmpdir(), 'attache-thread-')), 'thread.mjs');
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', ({ bytes }) => { const text = Buffer.from(bytes).toString(); ${body} });`,
  );
  return pathToFileURL(file);
}
const answer = `parentPort.postMessage({ kind: 'not-a-feed', reason: 'read: ' + text.slice(0, 5) });`;

describe('a document is read in a thread that can be ended', () => {
  test('long documents come out as they do on this thread, in their order', async () => {
    const { read } = reader();
    const [one, two] = await Promise.all([read(long, { url, clampTo: 0 }), read(rss(item('short')), { url })]);
    expect(one).toEqual(await parseFeed(long, { url, clampTo: 0 }));
    expect(two).toMatchObject({ kind: 'feed', items: [{ title: 'short' }] });
  });

  test('what comes with a document and cannot be passed on is left behind', async () => {
    const how = { url, contentType: 'text/xml', settle: () => undefined };
    expect(await reader().read(long, how)).toMatchObject({ kind: 'feed', truncated: false });
  });

  test('one that is never done is given up, and the next one is read', async () => {
    const thread = await threadThat(`if (text.startsWith('stuck')) for (;;); ${answer}`);
    const { read } = reader({ inlineBytes: 0, deadlineMs: 500, thread });
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
    }, 10);
    const both = await Promise.all([read(Buffer.from('stuck'), { url }), read(Buffer.from('after'), { url })]);
    clearInterval(ticking);
    expect(both).toEqual([
      { kind: 'not-a-feed', reason: 'reading it took more than 0.5 s or too much memory' },
      { kind: 'not-a-feed', reason: 'read: after' },
    ]);
    expect(ticks).toBeGreaterThan(5);
  });

  test('one that takes more memory than the thread may hold costs the thread, not the process', async () => {
    const thread = await threadThat(`if (text.startsWith('large')) for (const kept = []; ; ) kept.push(Array(1e6).fill(text)); ${answer}`);
    const { read } = reader({ inlineBytes: 0, megabytes: 32, thread });
    expect(await read(Buffer.from('large'), { url })).toMatchObject({ reason: expect.stringContaining('too much memory') });
    expect(await read(Buffer.from('after'), { url })).toEqual({ kind: 'not-a-feed', reason: 'read: after' });
  });

  test('closing ends what is being read, and nothing is read afterwards', async () => {
    const made = reader({ inlineBytes: 0, thread: await threadThat('for (;;);') });
    const stuck = made.read(Buffer.from('stuck'), { url });
    await new Promise((done) => setTimeout(done, 200));
    await made.close();
    expect(await stuck).toEqual({ kind: 'not-a-feed', reason: 'stopped before it was read' });
    expect(await made.read(Buffer.from('later'), { url })).toEqual({ kind: 'not-a-feed', reason: 'stopped before it was read' });
  });

  test('a thread without work is ended, and started anew for the next document', async () => {
    const thread = await threadThat(
      `globalThis.count = (globalThis.count ?? 0) + 1; parentPort.postMessage({ kind: 'not-a-feed', reason: String(count) });`,
    );
    const { read } = reader({ inlineBytes: 0, idleMs: 50, thread });
    const reasonOf = async () => ((await read(Buffer.from('x'), { url })) as { reason: string }).reason;
    expect([await reasonOf(), await reasonOf()]).toEqual(['1', '2']);
    await new Promise((done) => setTimeout(done, 400));
    expect(await reasonOf()).toBe('1');
  });
});

describe('what a document costs grows with its size', () => {
  const half = 1_000_000;
  test.each([
    [
      'a base of a megabyte, and elements with a base of their own',
      () => rss('<x xml:base="a"/>'.repeat(half / 17), `xml:base="https://a.example/${'a/'.repeat(half / 2)}"`),
    ],
    [
      'prefixes and names by the thousand',
      () =>
        rss(
          Array.from({ length: half / 10 }, (_, index) => `<a${index % 9999}:b${index}/>`).join(''),
          Array.from({ length: half / 40 }, (_, index) => `xmlns:a${index}="http://purl.org/dc/terms/"`).join(' '),
        ),
    ],
    [
      'relative links under a long base',
      () => rss('<item><title>t</title><link>a</link></item>'.repeat(9999), `xml:base="https://a.example/${'a/'.repeat(half / 2)}"`),
    ],
  ])('%s', async (_what, document) => {
    const began = process.cpuUsage();
    const read = await parseFeed(document(), { url });
    const { user, system } = process.cpuUsage(began);
    expect(read.kind).toBe('feed');
    // Each took 14 to 39 s; now it is below one.
    expect((user + system) / 1e6).toBeLessThan(6);
  });

  test('addresses are resolved against short bases only', async () => {
    const seen: number[] = [];
    const { parse } = URL;
    URL.parse = (address, base) => {
      seen.push(String(address).length + String(base ?? '').length);
      return parse.call(URL, address, base);
    };
    try {
      const links = `<item><title>t</title>${'<link>a:</link>'.repeat(1000)}</item>`.repeat(50);
      await parseFeed(rss(links, `xml:base="https://a.example/${'a/'.repeat(250_000)}"`), {
        url: `https://a.example/${'b'.repeat(30_000)}`,
      });
    } finally {
      URL.parse = parse;
    }
    expect(seen.length).toBeLessThan(50 * 60);
    expect(Math.max(...seen)).toBeLessThan(5000);
  });
});
