import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createZstdCompress, constants as zlib, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFetcher, type Fetcher, type FetchLimits } from '../../src/collect/fetch.ts';
import { authority, certificates, type SecureWeb, startPlain, startSecureWeb } from '../support/tls.ts';
import { document, rss, silent, startWeb } from '../support/web.ts';

const open: (Fetcher | SecureWeb)[] = [];
const usual = getCACertificates('default');

beforeAll(() => setDefaultCACertificates([...usual, authority]));

afterAll(async () => {
  setDefaultCACertificates(usual);
  await Promise.all(open.map((one) => one.close()));
});

const lookup: NonNullable<FetchLimits['lookup']> = (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);

async function get(server: Promise<SecureWeb>, limits: Partial<FetchLimits> = {}, scheme = 'https') {
  const web = await server;
  const fetcher = createFetcher({ userAgent: 'Attache/1', allowHosts: ['feeds.test'], lookup, ...limits });
  open.push(fetcher, web);
  return fetcher.fetch({ url: `${scheme}://${web.host}/feed`, expectFeed: true });
}

const feed = document(rss('Embassy moves'));

describe('TLS', () => {
  test('a valid certificate is taken', async () => {
    expect(await get(startSecureWeb({ cert: certificates.good }, feed))).toMatchObject({ kind: 'document' });
  });

  test.each([
    ['expired', startSecureWeb({ cert: certificates.expired }, feed), 'its certificate has expired'],
    ['for another name', startSecureWeb({ cert: certificates.other }, feed), /ALTNAME/],
    [
      'of an older TLS than any that is safe',
      startSecureWeb({ cert: certificates.good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }, feed),
      /TLS/,
    ],
    ['no TLS at all', startPlain((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')), /no secure connection/],
    ['cut off within the handshake', startPlain((socket) => socket.once('data', () => socket.destroy())), /broke off/],
  ])('%s: a failure in words, and nothing is read', async (_what, server, reason) => {
    const outcome = await get(server);
    expect(outcome).toMatchObject({ kind: 'failed', code: 'unreachable', reason: expect.stringMatching(reason) });
    expect(outcome.kind === 'failed' && outcome.reason).not.toContain('\n');
  });

  test('an authority that nobody knows', async () => {
    setDefaultCACertificates(usual);
    try {
      expect(await get(startSecureWeb({ cert: certificates.good }, feed))).toMatchObject({
        code: 'unreachable',
        reason: expect.stringMatching(/certificate or TLS is not valid \(UNABLE_TO_VERIFY/),
      });
    } finally {
      setDefaultCACertificates([...usual, authority]);
    }
  });

  test('a handshake that never ends is left at the time for connecting', async () => {
    const began = Date.now();
    expect(
      await get(
        startPlain(() => undefined),
        { connectMs: 600 },
      ),
    ).toMatchObject({ code: 'timeout', reason: 'no connection in time' });
    expect(Date.now() - began).toBeLessThan(5000);
  });

  test('plain HTTP where TLS is spoken, and an answer that never comes', async () => {
    expect(await get(startSecureWeb({ cert: certificates.good }, feed), {}, 'http')).toMatchObject({ kind: 'failed' });
    expect(await get(startSecureWeb({ cert: certificates.good }, silent), { headersMs: 500 })).toMatchObject({ code: 'timeout' });
  });
});

describe('zstd', () => {
  async function unpack(packed: Uint8Array) {
    const web = await startWeb({ '/bomb': document(packed, { 'content-encoding': 'zstd' }) });
    const fetcher = createFetcher({ userAgent: 'Attache/1', allowHosts: [web.host], maxBytes: 1_000_000 });
    open.push(fetcher, { host: web.host, close: web.close });
    return fetcher.fetch({ url: `${web.origin}/bomb` });
  }

  test('a gigabyte in some thousand bytes is cut off at the cap, in memory too', async () => {
    const packed = await billionZeros();
    expect(packed.byteLength).toBeLessThan(200_000);
    const before = process.memoryUsage().rss;
    expect(await unpack(packed)).toMatchObject({ code: 'too-large', reason: 'larger than 1 MB' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  test('a frame that claims a window of gigabytes is refused before it gets one', async () => {
    const frame = zstdCompressSync(Buffer.from(rss('Embassy moves')));
    // Frame header: no single segment, no checksum, no content size; window of 2 GB.
    const block = Buffer.from('01000061', 'hex');
    const claimed = Buffer.concat([frame.subarray(0, 4), Buffer.of(0x00, 21 << 3), block]);
    expect(await unpack(claimed)).toMatchObject({ code: 'broken', reason: 'its zstd encoding is broken or cut off' });
  });

  test.each([
    ['cut off', (whole: Buffer) => whole.subarray(0, whole.length - 3)],
    ['with a byte changed', (whole: Buffer) => whole.with(whole.length >> 1, 0xff) as Buffer],
    ['empty frames by the thousand', (whole: Buffer) => Buffer.concat(Array<Buffer>(20_000).fill(zstdCompressSync(whole.subarray(0, 0))))],
  ])('%s: an outcome, and no exception', async (_what, bend) => {
    const whole = zstdCompressSync(Buffer.from(rss('Embassy moves')), { params: { [zlib.ZSTD_c_checksumFlag]: 1 } });
    expect((await unpack(bend(whole))).kind).toBe('failed');
  });
});

async function billionZeros(): Promise<Buffer> {
  const pack = createZstdCompress();
  const chunks: Buffer[] = [];
  pack.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise((resolve) => pack.on('end', resolve));
  const zeros = Buffer.alloc(16_000_000);
  for (let written = 0; written < 64; written += 1) await new Promise((resolve) => pack.write(zeros, resolve));
  pack.end();
  await done;
  return Buffer.concat(chunks);
}
