import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFetcher, type Fetcher, type FetchLimits } from '../../src/collect/fetch.ts';
import { fetchProblems } from '../../src/collect/fetch-errors.ts';
import { isHtmlPage } from '../../src/collect/html-page.ts';
import { document, drip, endless, raw, rss, silent, startWeb, type Web } from '../support/web.ts';

const open: Fetcher[] = [];
let web: Web;

beforeAll(async () => {
  web = await startWeb();
});

afterAll(async () => {
  await Promise.all(open.map((fetcher) => fetcher.close()));
  await web.close();
});

function get(path: string, limits: Partial<FetchLimits> = {}) {
  const fetcher = createFetcher({ userAgent: 'Attache/1', allowHosts: [web.host], ...limits });
  open.push(fetcher);
  return fetcher.fetch({ url: `${web.origin}${path}`, expectFeed: true });
}

describe('size', () => {
  const zeros = Buffer.alloc(5_000_000);
  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ])('a %s bomb is cut off by what it unpacks to', async (encoding, pack: (body: Buffer) => Buffer) => {
    const packed = pack(zeros);
    expect(packed.byteLength).toBeLessThan(100_000);
    web.serve({ '/bomb': document(packed, { 'content-encoding': encoding }) });
    expect(await get('/bomb', { maxBytes: 1_000_000 })).toMatchObject({ code: 'too-large', reason: 'larger than 1 MB' });
  });

  test('a bomb inside a bomb is not unpacked twice', async () => {
    web.serve({ '/nested': document(gzipSync(gzipSync(zeros)), { 'content-encoding': 'gzip, gzip' }) });
    expect(await get('/nested')).toMatchObject({ code: 'broken' });
  });

  test('a body without an end, packed or not, is left at the cap', async () => {
    const emptyMembers = Buffer.concat(Array<Buffer>(1000).fill(gzipSync('')));
    web.serve({ '/endless': endless(Buffer.alloc(65_536, 'x')), '/members': endless(emptyMembers, { 'content-encoding': 'gzip' }) });
    expect(await get('/endless', { maxBytes: 500_000 })).toMatchObject({ code: 'too-large', reason: 'larger than 500 kB' });
    expect(await get('/members', { maxBytes: 500_000 })).toMatchObject({ code: 'too-large' });
  });

  test('100 MB by its own word are not even begun', async () => {
    web.serve({ '/huge': (_, response) => response.writeHead(200, { 'content-length': '100000000' }).write('<rss') });
    expect(await get('/huge')).toMatchObject({ code: 'too-large', reason: 'larger than 10 MB' });
  });

  test('exactly the cap is read', async () => {
    web.serve({ '/full': document(gzipSync(Buffer.alloc(1000, 'x')), { 'content-encoding': 'gzip' }) });
    expect(await get('/full', { maxBytes: 1000 })).toMatchObject({ kind: 'document' });
    expect(await get('/full', { maxBytes: 999 })).toMatchObject({ code: 'too-large' });
  });
});

describe('time', () => {
  test.each([
    ['a byte now and then', drip(20)],
    ['no answer at all', silent],
  ])('%s ends at the deadline', async (_, page) => {
    web.serve({ '/slow': page });
    expect(await get('/slow', { deadlineMs: 120 })).toMatchObject({
      kind: 'failed',
      code: 'timeout',
      reason: 'no whole answer within 0.12 s',
    });
  });

  test('headers that drip end at the deadline', async () => {
    web.serve({
      '/drip': (_, response) => {
        response.socket?.write('HTTP/1.1 200 OK\r\nX-A: ');
        const timer = setInterval(() => response.socket?.write('a'), 20);
        response.on('close', () => clearInterval(timer));
      },
    });
    expect(await get('/drip', { deadlineMs: 120 })).toMatchObject({ code: 'timeout' });
  });

  test('a redirect does not start the clock anew', async () => {
    const later = (to: string) => (_: unknown, response: Parameters<typeof silent>[1]) => {
      setTimeout(() => response.writeHead(302, { location: to }).end(), 60);
    };
    web.serve({ '/1': later('/2'), '/2': later('/3'), '/3': later('/4'), '/4': later('/5'), '/5': document(rss('late')) });
    expect(await get('/1', { deadlineMs: 150 })).toMatchObject({ code: 'timeout' });
  });
});

describe('nonsense', () => {
  test.each([
    ['a header flood', `HTTP/1.1 200 OK\r\n${'X-Flood: yes\r\n'.repeat(5000)}\r\n<rss/>`],
    ['one endless header', `HTTP/1.1 200 OK\r\nX-Flood: ${'x'.repeat(200_000)}\r\n\r\n<rss/>`],
    ['no HTTP', '220 mail.test ESMTP\r\n'],
    ['a length that lies', 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n<rss'],
    ['nothing', ''],
    ['gzip that is none', 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\n<rss/>'],
    ['an encoding nobody knows', 'HTTP/1.1 200 OK\r\nContent-Encoding: rot13\r\nContent-Length: 6\r\n\r\n<rss/>'],
  ])('%s is one clear failure', async (_, bytes) => {
    web.serve({ '/nonsense': raw(bytes) });
    const outcome = await get('/nonsense', { deadlineMs: 2000 });
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/^[^\n]{5,200}$/) });
    expect(outcome).not.toMatchObject({ code: 'timeout' });
  });

  test('gzip cut off in the middle is a failure', async () => {
    const packed = gzipSync(rss(...Array.from({ length: 500 }, (_, index) => `Title ${index}`)));
    web.serve({ '/cut': document(packed.subarray(0, packed.length / 2), { 'content-encoding': 'gzip' }) });
    expect(await get('/cut')).toMatchObject({ code: 'broken', reason: 'its gzip encoding is broken or cut off' });
  });

  test('an empty body is a failure', async () => {
    web.serve({ '/empty': document(''), '/zipped': document(gzipSync(''), { 'content-encoding': 'gzip' }) });
    expect(await get('/empty')).toMatchObject({ code: 'empty' });
    expect(await get('/zipped')).toMatchObject({ code: 'empty' });
  });

  test('nobody there is a failure in words', async () => {
    const gone = await startWeb();
    await gone.close();
    const fetcher = createFetcher({ userAgent: 'Attache/1', allowHosts: [gone.host] });
    open.push(fetcher);
    expect(await fetcher.fetch({ url: gone.origin })).toMatchObject({ code: 'unreachable', reason: 'connection refused' });
  });

  test('whatever bytes answer, the outcome is a value', async () => {
    const line = fc.stringMatching(/^[ -~]{0,30}$/);
    const answer = fc.tuple(
      fc.integer({ min: 100, max: 599 }),
      fc.array(line, { maxLength: 4 }),
      fc.string({ maxLength: 200, unit: 'binary-ascii' }),
    );
    const fetcher = createFetcher({ userAgent: 'Attache/1', allowHosts: [web.host], deadlineMs: 250 });
    open.push(fetcher);
    await fc.assert(
      fc.asyncProperty(answer, async ([code, lines, body]) => {
        web.serve({ '/any': raw(`HTTP/1.1 ${code} X\r\n${lines.join('\r\n')}\r\n\r\n${body}`) });
        const outcome = await fetcher.fetch({ url: `${web.origin}/any` });
        if (outcome.kind === 'failed') expect(fetchProblems).toContain(outcome.code);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a web page instead of a feed', () => {
  const page = '<!DOCTYPE html>\n<html><head><title>Just a\n moment...</title></head><body>Enable cookies</body></html>';

  test('with status 200 is a failure that says what the page calls itself', async () => {
    web.serve({ '/page': document(page, { 'content-type': 'application/rss+xml' }) });
    expect(await get('/page')).toMatchObject({
      code: 'html',
      reason: 'an HTML page instead of a feed (challenge or moved?): "Just a moment..."',
    });
  });

  test.each([
    ['with a declaration', `<?xml version="1.0"?>\n${page}`],
    ['after a comment', `<!-- cache -->${page}`],
    ['without a doctype', '\n<html lang="en"><body></body></html>'],
    ['in UTF-16', Buffer.from(`\ufeff${page}`, 'utf16le')],
  ])('is told %s', (_, bytes) => expect(isHtmlPage(Buffer.from(bytes))).toBe(true));

  test.each([
    ['RSS that quotes a page', rss('a').replace('<item>', `<description><![CDATA[${page}]]></description><item>`)],
    ['Atom', '<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">&lt;html></title></feed>'],
    ['RDF', '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><description><html ></description></rdf:RDF>'],
    ['JSON that quotes a page', JSON.stringify({ title: page })],
    ['feed after a warning', `<br />\n<b>Warning</b>: something\n${rss('a')}`],
  ])('is not what %s is', (_, bytes) => expect(isHtmlPage(Buffer.from(bytes))).toBe(false));

  test('may be asked for', async () => {
    web.serve({ '/page': document(page, { 'content-type': 'text/html' }) });
    const fetcher = createFetcher({ userAgent: 'Attache/1', allowHosts: [web.host] });
    open.push(fetcher);
    expect(await fetcher.fetch({ url: `${web.origin}/page` })).toMatchObject({ kind: 'document', contentType: 'text/html' });
  });
});
