/**
 * Decodes a response's body up to a limit, which applies to wire bytes and decoded bytes, so that a
 * decompression bomb is cut off.
 */
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, zstdDecompress } from 'node:zlib';

export type Body =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'broken'; readonly reason: string };

type Decode = (bytes: Uint8Array, limit: { readonly maxOutputLength: number }) => Promise<Uint8Array>;

/** A zstd frame may claim a window of gigabytes; RFC 9659 allows 8 MB on the web. */
const zstdWindow = { [constants.ZSTD_d_windowLogMax]: 23 };

const zstd: Decode = (bytes, limit) => promisify(zstdDecompress)(bytes, { ...limit, params: zstdWindow });

const decoders: Readonly<Record<string, Decode>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd,
};

/** Values that servers put into Content-Encoding although nothing is encoded. */
const plainNames: ReadonlySet<string> = new Set(['', 'identity', 'none', 'binary', 'utf-8', 'utf8']);

/**
 * Reads one layer of encoding and at most `maxBytes`, on the wire and decoded.
 * @throws the stream's error: a broken connection, an abort
 */
export async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<Body> {
  const name = encoding.trim().toLowerCase();
  const decode = decoders[name];
  if (!decode && !plainNames.has(name)) {
    dropBody(body);
    return { kind: 'broken', reason: 'encoded in a way that nobody asked for' };
  }
  const bytes = await collected(body, maxBytes);
  if (!bytes) return { kind: 'too-large' };
  if (!decode) return { kind: 'read', bytes };
  try {
    return { kind: 'read', bytes: await decode(bytes, { maxOutputLength: maxBytes }) };
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return tooLarge ? { kind: 'too-large' } : { kind: 'broken', reason: `its ${name} encoding is broken or cut off` };
  }
}

/** By events: an iterator would add half of the whole exchange's cost. */
function collected(body: Readable, maxBytes: number): Promise<Uint8Array | undefined> {
  return new Promise((done, fail) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    body.on('data', (chunk: Uint8Array) => {
      size += chunk.byteLength;
      if (size <= maxBytes) return void chunks.push(chunk);
      done(undefined);
      dropBody(body);
    });
    body.on('end', () => done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
    body.on('error', fail);
    body.on('close', () => fail(new Error('the connection broke off')));
  });
}

/**
 * Leaves a body unread and closes its connection. Without a listener, undici's error about the
 * incomplete answer would end the process.
 */
export function dropBody(body: Readable): void {
  body.on('error', () => undefined).destroy();
}
