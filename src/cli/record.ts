/** `attache run --record DIR`: every fetched document is kept, so that `attache replay DIR` tells the same story again. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fetcher } from '../collect/fetch.ts';
import type { Feed } from '../model/feed.ts';
import type { Clock } from '../ports/clock.ts';

/** A fetcher that also writes what it got: the document once, by its content, and one line of the recording for each time. */
export function recording(fetcher: Fetcher, folder: string, feeds: readonly Feed[], clock: Clock): Fetcher {
  mkdirSync(join(folder, 'documents'), { recursive: true });
  const feedOf = new Map(feeds.map((feed) => [feed.url, feed.id]));
  return {
    fetch: async (request) => {
      const outcome = await fetcher.fetch(request);
      const feed = request.feedId ?? feedOf.get(request.url);
      if (outcome.kind === 'document' && feed) {
        const document = join('documents', `${createHash('sha256').update(outcome.bytes).digest('hex').slice(0, 24)}.bin`);
        if (!existsSync(join(folder, document))) writeFileSync(join(folder, document), outcome.bytes);
        const headers = outcome.contentType ? { headers: { 'content-type': outcome.contentType } } : {};
        appendFileSync(
          join(folder, 'recording.jsonl'),
          `${JSON.stringify({ at: new Date(clock.now()).toISOString(), feed, url: outcome.url, document, status: 200, ...(request.feedId && { further: true }), ...headers })}\n`,
        );
      }
      return outcome;
    },
    close: () => fetcher.close(),
  };
}
