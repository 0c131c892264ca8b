/**
 * Reading that can be stopped. A short document is read at once: its work is bounded by its size. A longer one is read in a thread of its own, which
 * is ended where a document takes too long or too much memory, so that no document holds up other sources, answers to people, or the end of the process.
 */
import { Worker } from 'node:worker_threads';
import type { ParseFeed, ParseHow, ParseOutcome } from './feed-types.ts';
import { parseFeed } from './parse.ts';

export interface DocumentReader {
  readonly read: ParseFeed;
  /** Ends the thread; what is being read then is not read to its end. */
  close(): Promise<void>;
}

export interface ReadLimits {
  /** Up to this size a document is read at once (bytes): the dearest known one costs about a tenth of a second. */
  readonly inlineBytes?: number;
  /** For one document (ms). */
  readonly deadlineMs?: number;
  /** A thread without work is ended after this long (ms): it holds some forty megabytes, of which the process keeps about twenty. */
  readonly idleMs?: number;
  /** What the thread may hold (megabytes). */
  readonly megabytes?: number;
  /** The thread's code, for tests. */
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

/** Gives undefined where the thread gave no answer: it ran out of time or memory, or was ended. */
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
