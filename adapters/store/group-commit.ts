/**
 * Small writes at the same time share a transaction, so that polling a hundred feeds flushes to
 * disk a few times, not a hundred.
 */
import { clearTimeout, setTimeout } from 'node:timers';
import type { Kysely, Transaction } from 'kysely';
import { isUnavailable } from './failures.ts';
import type { Tables } from './schema.ts';

interface Waiting<Job> {
  readonly job: Job;
  done(): void;
  fail(reason: unknown): void;
}

/** How long the first write waits for others (ms), and how many are enough. */
const longestWait = 3;
const enough = 40;

/**
 * @returns a function that resolves once its job is committed. If the jobs cannot be written
 * together, each succeeds or fails alone.
 */
export function groupCommits<Job>(
  db: Kysely<Tables>,
  write: (trx: Transaction<Tables>, jobs: readonly Job[]) => Promise<void>,
): (job: Job) => Promise<void> {
  let waiting: Waiting<Job>[] = [];
  let timer: NodeJS.Timeout | undefined;
  const commit = (jobs: readonly Job[]) => db.transaction().execute((trx) => write(trx, jobs));
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    clearTimeout(timer);
    try {
      await commit(batch.map(({ job }) => job));
      for (const one of batch) one.done();
    } catch (error) {
      // Alone they would fail as well, each after its own wait.
      if (batch.length === 1 || isUnavailable(error)) for (const one of batch) one.fail(error);
      else for (const { job, done, fail } of batch) await commit([job]).then(done, fail);
    }
  };
  return (job) =>
    new Promise((done, fail) => {
      waiting.push({ job, done, fail });
      if (waiting.length === 1) timer = setTimeout(flush, longestWait);
      else if (waiting.length === enough) void flush();
    });
}
