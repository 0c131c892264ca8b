/** Grouping by itself: findings told one after the other by outlets, and what of it becomes an alert. */
import { group } from '../../src/group/group.ts';
import { ledgerEntries } from '../../src/group/ledger.ts';
import { raise } from '../../src/group/raise.ts';
import type { Change, NewsEvent } from '../../src/model/event.ts';
import type { FeedItem, Story } from '../../src/model/feed.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { PostureEntry } from '../../src/model/ledger.ts';

export const start = Date.UTC(2022, 1, 14, 16);

export interface Telling extends Partial<Omit<Story, 'item'>> {
  readonly title?: string;
  readonly summary?: string;
  readonly publishedAt?: number;
  readonly id?: string;
  readonly feedId?: string;
  readonly url?: string;
}

/** A world that remembers, as a store does: events, postures and what was told. */
export function world() {
  let count = 0;
  let events: readonly NewsEvent[] = [];
  const held = new Map<string, PostureEntry>();
  let now = start;
  const tell = (findings: readonly Finding[], by: Telling = {}) => {
    count += 1;
    const {
      title = `Report ${count}`,
      summary = '',
      publishedAt = now,
      id = `item-${count}`,
      feedId = 'paper',
      source = `Outlet ${count}`,
      tier = 'media',
    } = by;
    const item: FeedItem = {
      id,
      feedId,
      url: by.url ?? `https://${source.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.example/${id}`,
      title,
      summary,
      publishedAt,
      fetchedAt: now,
    };
    const story: Story = { item, source, tier, feedKind: by.feedKind ?? 'news', baseline: by.baseline ?? false };
    const changes = group(findings, story, { events, postures: [...held.values()] }, { now });
    for (const { event } of changes) {
      events = events.some(({ id: known }) => known === event.id)
        ? events.map((one) => (one.id === event.id ? event : one))
        : [...events, event];
    }
    for (const entry of changes.flatMap((change) => ledgerEntries(change, story, now, [...held.values()]))) {
      if (entry.kind === 'posture') held.set(`${entry.sender} ${entry.host}`, entry);
    }
    const raised = changes.flatMap((change) => raise(change, story, { now }) ?? []);
    const alerts = raised.filter(({ silent }) => !silent);
    return { changes, alerts, counted: raised.filter(({ silent }) => silent), change: changes[0] as Change, alert: alerts[0] };
  };
  return {
    tell,
    wait: (ms: number) => {
      now += ms;
    },
    posture: (sender: string, host: string) => held.get(`${sender} ${host}`),
    events: () => events,
    forgetEvents: () => {
      events = [];
    },
  };
}

export function finding(kind: Finding['kind'], slots: Partial<Finding> = {}): Finding {
  return {
    kind,
    status: 'happening',
    sender: 'US',
    hosts: ['UA'],
    scope: 'country',
    severity: 4,
    confidence: 0.95,
    evidence: [],
    ...slots,
  };
}
