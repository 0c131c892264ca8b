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
const rest = 1_002;
/** What answers people does not count, and must not wait. */
const uncounted = /\/(?:interactions|webhooks)\//;

/** Makes a request in its turn. */
export function paced(make: Request = DefaultRestOptions.makeRequest): Request {
  const place = limited(limits.perSecond);
  return (url, init) => {
    if (uncounted.test(url)) return make(url, init);
    const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<Request>>>();
    void place(async () => {
      await make(url, init).then(resolve, reject);
      await wait(rest, undefined, { ref: false });
    });
    return promise;
  };
}
