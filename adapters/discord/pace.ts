/**
 * Keeps requests below the 50 a second that Discord takes of a bot in all its channels together, so that it has none to refuse. discord.js counts
 * what leaves; what leaves early and arrives late would meet what follows.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import limited from 'p-limit';
import { limits } from './limits.ts';

type Request = RESTOptions['makeRequest'];

/** How long a place stays taken once its request was answered, and so has arrived for certain (ms): a second, and what timers may lack. */
const rest = 1_001;
/** Between two that leave (ms), so that they do not crowd and wait for each other’s answers. */
const apart = 0.5 * (1_000 / limits.perSecond);
/** What answers people does not count, and must not wait. */
const uncounted = /\/(?:interactions|webhooks)\//;

/** Makes a request in its turn. */
export function paced(make: Request = DefaultRestOptions.makeRequest): Request {
  const place = limited(limits.perSecond);
  let free = 0;
  const spaced = async () => {
    const leaves = Math.max(performance.now(), free);
    free = leaves + apart;
    const ms = leaves - performance.now();
    if (ms > 0) await wait(ms);
  };
  return (url, init) => {
    if (uncounted.test(url)) return make(url, init);
    const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<Request>>>();
    void place(async () => {
      await spaced();
      await make(url, init).then(resolve, reject);
      await wait(rest, undefined, { ref: false });
    });
    return promise;
  };
}
