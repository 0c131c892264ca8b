/** `attache feedback export`: what people called wrong, one report a line, as `classify` takes them. */
import type { Writable } from 'node:stream';
import type { Config } from '../config.ts';
import { slotsOf } from './finding-json.ts';
import { lineWriter } from './json-lines.ts';
import { openToRead, type StoreChoice } from './open-store.ts';

/** Without the names of those who said so: a file for evaluation goes further than a channel. */
export async function exportFeedback(config: Config, choice: StoreChoice, out: Writable): Promise<void> {
  const { store } = await openToRead(config, choice);
  try {
    const lines = lineWriter(out);
    for (const { alertId, at, reason, note, finding, sources } of await store.feedback()) {
      for (const { itemId, feedId, title, summary = '', url, language } of sources) {
        const said = {
          verdict: 'wrong',
          reason: reason ?? null,
          ...(note && { note }),
          alert: alertId,
          at: new Date(at).toISOString(),
          found: slotsOf(finding),
        };
        await lines.write({ id: itemId, feed: feedId, title, summary, url, language: language ?? null, ...said });
      }
    }
    await lines.end();
  } finally {
    await store.close();
  }
}
