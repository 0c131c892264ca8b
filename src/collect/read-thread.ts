/** The thread of `read-apart.ts`: parses one document at a time, in order. */
import { parentPort } from 'node:worker_threads';
import type { ParseHow } from './feed-types.ts';
import { parseFeed } from './parse.ts';

parentPort?.on('message', async ({ bytes, how }: { readonly bytes: Uint8Array; readonly how: ParseHow }) => {
  parentPort?.postMessage(await parseFeed(bytes, how));
});
