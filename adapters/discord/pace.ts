/**
 * Keeps requests below Discord's limit of 50 a second per bot. discord.js counts requests as they
 * leave; a late one could still arrive together with those of the next second.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import limited from 'p-limit';
import { limits } from './limits.ts';

type Request = RESTOptions['makeRequest'];

/** How long a slot stays occupied after its response (ms): a second, plus timer inaccuracy. */
const cooldownMs = 1_001;
/** Minimum time between two requests (ms), so that they do not bunch up. */
const spacingMs = 0.5 * (1_000 / limits.perSecond);
/** Responses to interactions do not count and must not wait. */
const uncounted = /\/(?:interactions|webhooks)\//;

/** Wraps `make` so that requests keep to the limit. */
export function paced(make: Request = DefaultRestOptions.makeRequest): Request {
  const slot = limited(limits.perSecond);
  let free = 0;
  const spaced = async () => {
    const leaves = Math.max(performance.now(), free);
    free = leaves + spacingMs;
    const ms = leaves - performance.now();
    if (ms > 0) await wait(ms);
  };
  return (url, init) => {
    if (uncounted.test(url)) return make(url, init);
    const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<Request>>>();
    void slot(async () => {
      await spaced();
      await make(url, init).then(resolve, reject);
      await wait(cooldownMs, undefined, { ref: false });
    });
    return promise;
  };
}
