/**
 * Only one bot per PostgreSQL database: two would both answer every command and announce every
 * outage.
 */

import { Client } from 'pg';
import type { Problem } from '../../src/model/basics.ts';

const connectMs = 5_000;
const answerMs = 20_000;
/** Delay before a lock that was lost with its connection is requested again (ms). */
const againMs = 5_000;

/**
 * Holds a session lock of the database until closed. If the connection breaks, it locks again.
 * @returns a one-line problem if another bot holds the lock
 * @throws pg's error if the server cannot be reached
 */
export async function holdInstanceLock(url: string): Promise<{ close(): Promise<void> } | Problem> {
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closing = false;
  const lock = async (): Promise<boolean> => {
    const made = new Client({ connectionString: url, connectionTimeoutMillis: connectMs, query_timeout: answerMs, keepAlive: true });
    made.on('error', () => undefined);
    await made.connect();
    // A server that loses contact with this process releases the lock within a minute.
    await made.query('set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3');
    const { rows } = await made.query<{ locked: boolean }>("select pg_try_advisory_lock(hashtext('attache runs')) as locked");
    if (!rows[0]?.locked || closing) {
      await made.end();
      return false;
    }
    client = made;
    made.once('end', retry);
    return true;
  };
  const retry = () => {
    client = undefined;
    if (closing) return;
    timer = setTimeout(() => void lock().then((locked) => void (locked || retry()), retry), againMs);
    timer.unref();
  };
  if (!(await lock())) return { problem: 'another Attaché runs on this database; stop that one, or name another database' };
  return {
    close: async () => {
      closing = true;
      clearTimeout(timer);
      await Promise.race([client?.end(), new Promise((done) => setTimeout(done, connectMs).unref())]);
    },
  };
}
