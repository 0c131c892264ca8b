import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFetcher, type Fetcher, type FetchLimits, type FetchRequest } from '../../src/collect/fetch.ts';
import { document, raw, redirect, rss, startWeb, status, validated, type Web } from '../support/web.ts';

const userAgent = 'Attache/1 (+https://attache.test/)';
const feed = rss('Embassy moves', 'Advice raised');
const open: Fetcher[] = [];
let web: Web;
let elsewhere: Web;

beforeAll(async () => {
  web = await startWeb();
  elsewhere = await startWeb();
});

afterAll(async () => {
  await Promise.all(open.map((fetcher) => fetcher.close()));
  await Promise.all([web.close(), elsewhere.close()]);
});

function fetcher(limits: Partial<FetchLimits> = {}): Fetcher {
  const one = createFetcher({ userAgent, allowHosts: [web.host, elsewhere.host], ...limits });
  open.push(one);
  return one;
}

function get(path: string, wanted: Omit<FetchRequest, 'url'> = {}, limits: Partial<FetchLimits> = {}) {
  return fetcher(limits).fetch({ url: path.startsWith('/') ? `${web.origin}${path}` : path, ...wanted });
}

const text = (outcome: Awaited<ReturnType<typeof get>>) => (outcome.kind === 'document' ? Buffer.from(outcome.bytes).toString() : outcome);
const lastAsked = (one: Web) => one.asked.at(-1)?.headers ?? {};

describe('a document', () => {
  test('comes with its address, type and hints, and the publisher learns who asks', async () => {
    web.serve({
      '/feed': document(feed, { etag: '"a"', 'last-modified': 'Mon, 23 Nov 2026 10:00:00 GMT', 'cache-control': 'public, max-age=600' }),
    });
    const outcome = await get('/feed');
    expect(outcome).toMatchObject({
      kind: 'document',
      status: 200,
      url: `${web.origin}/feed`,
      contentType: 'application/rss+xml',
      etag: '"a"',
      lastModified: 'Mon, 23 Nov 2026 10:00:00 GMT',
      maxAgeSeconds: 600,
    });
    expect(text(outcome)).toBe(feed);
    const headers = lastAsked(web);
    expect(headers['user-agent']).toBe(userAgent);
    expect(headers).not.toHaveProperty('if-none-match');
    expect(headers).not.toHaveProperty('if-modified-since');
  });

  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['UTF-8', Buffer.from],
  ])('encoded as %s is decoded', async (encoding, encode: (body: Buffer) => Buffer) => {
    web.serve({ '/encoded': document(encode(Buffer.from(feed)), { 'content-encoding': encoding }) });
    expect(text(await get('/encoded'))).toBe(feed);
  });

  test('that is older in a cache is fresh for as much less', async () => {
    web.serve({ '/aged': document(feed, { 'cache-control': 'max-age=600', age: '550' }) });
    expect(await get('/aged')).toMatchObject({ maxAgeSeconds: 50 });
  });

  test('without max-age is fresh until it expires by the server’s own clock', async () => {
    web.serve({ '/expires': document(feed, { date: 'Mon, 23 Nov 2026 10:00:00 GMT', expires: 'Mon, 23 Nov 2026 10:05:00 GMT' }) });
    expect(await get('/expires')).toMatchObject({ maxAgeSeconds: 300 });
  });
});

describe('conditional requests', () => {
  test.each(['"plain"', 'W/"weak"', 'unquoted', '"caf\xe9"', '"a" , "b"'])('the ETag %s goes back byte for byte', async (etag) => {
    web.serve({ '/etag': validated(feed, etag) });
    const first = await get('/etag');
    expect(first).toMatchObject({ kind: 'document', etag });
    expect(await get('/etag', { etag })).toMatchObject({ kind: 'unchanged' });
  });

  test('nonsense is not remembered as an ETag', async () => {
    const answer = (line: string) => raw(`HTTP/1.1 200 OK\r\n${line}\r\nContent-Length: ${feed.length}\r\n\r\n${feed}`);
    web.serve({ '/empty-etag': answer('ETag:   '), '/long-etag': answer(`ETag: "${'x'.repeat(5000)}"`) });
    for (const path of ['/empty-etag', '/long-etag']) {
      const outcome = await get(path);
      expect(outcome.kind).toBe('document');
      expect(outcome).not.toHaveProperty('etag');
    }
  });

  test('"not modified" to somebody who has nothing yet is a failure', async () => {
    web.serve({ '/lies': status(304) });
    expect(await get('/lies')).toMatchObject({ kind: 'failed', code: 'status' });
    expect(await get('/lies', { lastModified: 'Mon, 23 Nov 2026 10:00:00 GMT' })).toMatchObject({ kind: 'unchanged' });
  });
});

describe('redirects', () => {
  test('are followed, and only a chain of permanent ones is told', async () => {
    web.serve({
      '/old': redirect('/new', 301),
      '/older': redirect('/old', 308),
      '/mixed': redirect('/old', 302),
      '/half': redirect('/mixed', 301),
      '/new': document(feed),
    });
    expect(await get('/older')).toMatchObject({ kind: 'document', url: `${web.origin}/new`, movedTo: `${web.origin}/new` });
    expect(await get('/half')).toMatchObject({ kind: 'document', movedTo: `${web.origin}/mixed` });
    expect(await get('/mixed')).not.toHaveProperty('movedTo');
  });

  test('in a circle, without an end or to nowhere end in one clear failure', async () => {
    web.serve({ '/a': redirect('/b'), '/b': redirect('/a'), '/nowhere': status(302), '/bad': redirect('http://[') });
    for (let step = 0; step < 8; step += 1) web.serve({ [`/step${step}`]: redirect(`/step${step + 1}`) });
    web.serve({ '/step8': document(feed) });
    expect(await get('/a')).toMatchObject({ code: 'redirects', reason: 'redirects in a circle' });
    expect(await get('/step0')).toMatchObject({ code: 'redirects', reason: 'more than 5 redirects' });
    expect(await get('/step3')).toMatchObject({ kind: 'document' });
    expect(await get('/nowhere')).toMatchObject({ code: 'status' });
    expect(await get('/bad')).toMatchObject({ code: 'status' });
  });

  test.each([
    'http://127.0.0.1:1/',
    'http://0x7f.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://localhost/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://[fd00:ec2::254]/',
    'file:///etc/passwd',
    '//10.0.0.1/',
  ])('to %s are refused', async (target) => {
    web.serve({ '/away': redirect(target, 301) });
    expect(await get('/away')).toMatchObject({ kind: 'failed', code: 'refused-address' });
  });

  test('lead to a private host only from that host itself, though the operator allowed both', async () => {
    const lookup: FetchLimits['lookup'] = (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);
    const limits = { lookup, allowHosts: ['feeds.test', 'intranet.test'] };
    const secret = `http://intranet.test:${web.port}/secret`;
    web.serve({ '/secret': document(feed), '/lead': redirect(secret), '/home': redirect('/secret') });
    const asked = () => web.asked.filter(({ path }) => path === '/secret').length;
    const before = asked();
    expect(await get(`http://feeds.test:${web.port}/lead`, {}, limits)).toMatchObject({
      code: 'refused-address',
      reason: expect.stringContaining('a private address'),
    });
    expect(asked()).toBe(before);
    expect(await get(secret, {}, limits)).toMatchObject({ kind: 'document' });
    expect(await get(`http://feeds.test:${web.port}/home`, {}, limits)).toMatchObject({ kind: 'document' });
  });

  test('carry user and password within one origin only, and take none from a redirect', async () => {
    elsewhere.serve({ '/feed': document(feed) });
    web.serve({ '/in': redirect('/inside'), '/inside': redirect(`${elsewhere.origin.replace('//', '//evil:evil@')}/feed`) });
    const outcome = await get(`${web.origin.replace('//', '//anna:s%20ecret@')}/in`);
    expect(outcome).toMatchObject({ kind: 'document', url: `${elsewhere.origin}/feed` });
    expect(lastAsked(web).authorization).toBe(`Basic ${Buffer.from('anna:s ecret').toString('base64')}`);
    expect(lastAsked(elsewhere)).not.toHaveProperty('authorization');
  });
});

describe('where a request may go', () => {
  test('a name that resolves into the machine is never asked', async () => {
    const before = web.connections();
    const lookup: FetchLimits['lookup'] = (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);
    const outcome = await get(`http://feeds.test:${web.port}/feed`, {}, { lookup });
    expect(outcome).toMatchObject({ code: 'refused-address' });
    expect(web.connections()).toBe(before);
  });

  test('a name that was let through for one port asks nothing on another', async () => {
    const asked = web.asked.length;
    const lookup: FetchLimits['lookup'] = (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);
    const limits = { lookup, allowHosts: ['feeds.test:1'] };
    expect(await get(`http://feeds.test:${web.port}/feed`, {}, limits)).toMatchObject({ code: 'refused-address' });
    expect(web.asked.length).toBe(asked);
  });

  test('a name that the operator allowed is asked', async () => {
    web.serve({ '/feed': document(feed) });
    const lookup: FetchLimits['lookup'] = (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);
    const outcome = await get(`http://intranet.test:${web.port}/feed`, {}, { lookup, allowHosts: ['intranet.test'] });
    expect(text(outcome)).toBe(feed);
  });

  test.each(['', 'no address', 'http://', 'mailto:a@b.test'])('%o is no web address', async (url) => {
    expect(await fetcher().fetch({ url })).toMatchObject({ kind: 'failed', code: 'refused-address' });
  });
});

describe('statuses', () => {
  test('410 is told as gone', async () => {
    web.serve({ '/gone': status(410) });
    expect(await get('/gone')).toMatchObject({ kind: 'failed', code: 'gone', gone: true });
  });

  test.each([
    [429, { 'retry-after': '120' }, 120_000],
    [503, { 'retry-after': 'Mon, 23 Nov 2026 10:05:00 GMT', date: 'Mon, 23 Nov 2026 10:00:00 GMT' }, 300_000],
    [503, { 'retry-after': '99999999999999999999' }, 86_400_000],
  ])('%i says how long to wait (%o)', async (code, headers, retryAfterMs) => {
    web.serve({ '/busy': status(code, headers) });
    expect(await get('/busy')).toMatchObject({ kind: 'failed', code: 'slow-down', retryAfterMs });
  });

  test.each(['soon', '-5', '0', 'Mon, 23 Nov 1998 10:00:00 GMT'])('a Retry-After of %o says nothing', async (wait) => {
    web.serve({ '/busy': status(429, { 'retry-after': wait }) });
    const outcome = await get('/busy');
    expect(outcome).toMatchObject({ code: 'slow-down' });
    expect(outcome).not.toHaveProperty('retryAfterMs');
  });

  test.each([
    [403, 'refuses'],
    [404, 'no such page'],
    [500, 'server fails'],
    [206, 'answered 206'],
  ])('%i is a failure in words', async (code, words) => {
    web.serve({ '/status': status(code) });
    const outcome = await get('/status');
    expect(outcome).toMatchObject({ kind: 'failed', code: 'status' });
    expect(outcome).toHaveProperty('reason', expect.stringContaining(words));
  });
});

test('two connections per publisher, however many of its feeds are due', async () => {
  const calm = await startWeb({ '*': document(feed) });
  const one = fetcher({ allowHosts: [calm.host] });
  const outcomes = await Promise.all(Array.from({ length: 12 }, (_, index) => one.fetch({ url: `${calm.origin}/${index}` })));
  expect(outcomes.every(({ kind }) => kind === 'document')).toBe(true);
  expect(calm.connections()).toBe(2);
  await calm.close();
});
