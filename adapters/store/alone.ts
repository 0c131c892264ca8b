/** One bot on one PostgreSQL: two would each answer every command and tell every outage. */

import { Client } from 'pg';
import type { Problem } from '../../src/model/basics.ts';

const connectMs = 5_000;
const answerMs = 20_000;
/** How soon a lock that was lost with its connection is asked for again (ms). */
const againMs = 5_000;

/**
 * Holds a lock of the database's session until it is closed. Where the connection breaks it is taken again.
 * @returns one line where another bot holds it
 * @throws what pg throws where the server cannot be reached
 */
export async function holdInstanceLock(url: string): Promise<{ close(): Promise<void> } | Problem> {
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closing = false;
  const lock = async (): Promise<boolean> => {
    const made = new Client({ connectionString: url, connectionTimeoutMillis: connectMs, query_timeout: answerMs, keepAlive: true });
    made.on('error', () => undefined);
    await made.connect();
    // A server that hears no more of this process gives the lock away within a minute.
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
