/** A response's body, decoded, and never more of it than allowed: the cap counts decoded bytes, so that a bomb is cut off. */
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/** @throws RangeError above `maxBytes`; what the stream or the decoder throws; when the signal aborts */
export async function readBody(body: Readable, encoding: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const name = encoding.trim().toLowerCase();
  const decoder = decoders[name]?.();
  if (!decoder && name !== '' && name !== 'identity') throw new Error(`an encoding that nobody asked for (${name.slice(0, 40)})`);
  const stream = decoder ? body.pipe(decoder) : body;
  const stop = () => stream.destroy(new Error('aborted'));
  signal.addEventListener('abort', stop, { once: true });
  body.once('error', (error) => stream.destroy(error));
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new RangeError('too large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    signal.removeEventListener('abort', stop);
    body.destroy();
    stream.destroy();
  }
}
