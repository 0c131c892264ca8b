/** What the configured webhooks ask for, as a channel and a subscription each: the flow knows no other askers. */
import { webhookLane } from '../../adapters/webhook/platform.ts';
import type { Settings } from '../config.ts';
import { topics, topicsOffByDefault } from '../kinds.ts';
import type { Severity } from '../model/finding.ts';
import type { Store } from '../ports/store.ts';

const severities: Readonly<Record<Settings['webhooks'][number]['min'], Severity>> = { info: 1, notice: 2, warning: 3, critical: 4 };
const all = 1_000_000;

/** The configuration is what holds: a webhook that it names no more is forgotten with all that waits for it. */
export async function subscribeWebhooks(webhooks: Settings['webhooks'], store: Store, now: number): Promise<void> {
  const wanted = new Set(webhooks.map(({ name }) => webhookLane(name)));
  // Lanes are in order, and no platform's name stands between these two.
  for (const { lane } of await store.channels('webhook:', all)) {
    if (!lane.startsWith('webhook:')) break;
    if (!wanted.has(lane)) await store.erase({ lane });
  }
  for (const { name, min, places } of webhooks) {
    const lane = webhookLane(name);
    const known = await store.channel(lane);
    if (!known) await store.saveChannel({ lane, zone: 'UTC', language: 'en', createdAt: now });
    const filter = {
      topics: topics.filter((topic) => !topicsOffByDefault.includes(topic)),
      min: severities[min],
      ...(places.length > 0 && { countries: places }),
    };
    await store.saveSubscription({ id: '1', lane, filter, createdBy: 'config/attache.yaml', createdAt: known?.createdAt ?? now });
  }
}
