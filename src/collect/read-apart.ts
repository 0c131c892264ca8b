/**
 * Parsing that can be stopped. A short document is parsed at once, since its size bounds the work.
 * A longer one is parsed in a thread, which is ended if it takes too long or too much memory, so
 * that no document blocks other sources, commands or shutdown.
 */
import { Worker } from 'node:worker_threads';
import type { ParseFeed, ParseHow, ParseOutcome } from './feed-types.ts';
import { parseFeed } from './parse.ts';

export interface DocumentReader {
  readonly read: ParseFeed;
  /** Ends the thread, and whatever it is parsing. */
  close(): Promise<void>;
}

export interface ReadLimits {
  /**
   * Documents up to this size are parsed at once (bytes): the slowest known one takes about a tenth
   * of a second.
   */
  readonly inlineBytes?: number;
  /** For one document (ms). */
  readonly deadlineMs?: number;
  /**
   * A thread without work is ended after this long (ms): it holds some 40 MB, of which the process
   * keeps about 20.
   */
  readonly idleMs?: number;
  /** Heap limit of the thread (MB). */
  readonly megabytes?: number;
  /** The thread's module, replaceable in tests. */
  readonly thread?: URL;
}

export function createDocumentReader(limits: ReadLimits = {}): DocumentReader {
  const { inlineBytes = 128_000, deadlineMs = 10_000, idleMs = 30_000, megabytes = 256 } = limits;
  const { thread = new URL('./read-thread.ts', import.meta.url) } = limits;
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const start = (): Worker => {
    const started = new Worker(thread, { resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 4 } });
    // Without a listener an error between two documents would end the process.
    started.on('error', () => undefined);
    started.on('exit', () => {
      if (worker === started) worker = undefined;
    });
    return started;
  };

  const end = async () => {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  };

  const readApart = async (bytes: Uint8Array, how: ParseHow): Promise<ParseOutcome> => {
    if (isClosed) return stopped;
    clearTimeout(idle);
    worker ??= start();
    worker.ref();
    const { url, contentType, clampTo } = how;
    const bare = { url, ...(contentType !== undefined && { contentType }), ...(clampTo !== undefined && { clampTo }) };
    const answer = await answerOf(worker, { bytes, how: bare }, deadlineMs);
    if (answer === undefined) await end();
    worker?.unref();
    idle = setTimeout(end, idleMs).unref();
    return (
      answer ?? (isClosed ? stopped : { kind: 'not-a-feed', reason: `reading it took more than ${deadlineMs / 1000} s or too much memory` })
    );
  };

  return {
    read: (bytes, how) => {
      if (bytes.byteLength <= inlineBytes) return parseFeed(bytes, how);
      const read = turn.then(() => readApart(bytes, how));
      turn = read;
      return read;
    },
    close: async () => {
      isClosed = true;
      clearTimeout(idle);
      await end();
    },
  };
}

const stopped: ParseOutcome = { kind: 'not-a-feed', reason: 'stopped before it was read' };

/** Returns undefined if the thread gave no answer: out of time or memory, or ended. */
function answerOf(
  worker: Worker,
  work: { readonly bytes: Uint8Array; readonly how: ParseHow },
  deadlineMs: number,
): Promise<ParseOutcome | undefined> {
  return new Promise((done) => {
    const settle = (answer: ParseOutcome | undefined) => {
      clearTimeout(timer);
      worker.off('message', settle).off('exit', giveUp);
      done(answer);
    };
    const giveUp = () => settle(undefined);
    const timer = setTimeout(giveUp, deadlineMs);
    worker.on('message', settle).on('exit', giveUp);
    worker.postMessage(work);
  });
}
