/** Structures to rows and back. */
import type { Delivery, NewsEvent } from '../../src/model.ts';
import type { Tables } from './schema.ts';

export function read<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** What a search for words looks at. */
export function wordsOf(event: NewsEvent): string {
  const { finding, sources } = event;
  const places = [finding.from?.name, finding.to?.name, finding.area, finding.kind, ...finding.hosts];
  return [...sources.flatMap((source) => [source.title, source.summary]), ...places]
    .filter((text) => text !== undefined)
    .join('\n')
    .toLowerCase();
}

export function eventRow(event: NewsEvent): Tables['event'] {
  return {
    id: event.id,
    state: event.state,
    severity: event.finding.severity,
    first_seen_at: event.firstSeenAt,
    last_seen_at: event.lastSeenAt,
    words: wordsOf(event),
    json: JSON.stringify(event),
  };
}

export function hostsOf(event: NewsEvent): readonly string[] {
  return event.finding.hosts.length > 0 ? event.finding.hosts : [''];
}

type DeliveryRow = Omit<Tables['delivery'], 'seq'>;

export function deliveryRow(delivery: Delivery, now: number): DeliveryRow {
  return {
    key: delivery.key,
    lane: delivery.lane,
    subject: delivery.subject,
    revision: delivery.revision,
    act: delivery.act,
    message_id: delivery.messageId,
    not_before: delivery.notBefore,
    because: JSON.stringify(delivery.because),
    living: delivery.living ? 1 : 0,
    mention: delivery.mention ?? null,
    state: 'ready',
    attempts: 0,
    unknown_since: null,
    reason: null,
    changed_at: now,
  };
}

export function deliveryOf(row: DeliveryRow): Delivery {
  return {
    key: row.key,
    lane: row.lane,
    subject: row.subject,
    revision: row.revision,
    act: row.act as Delivery['act'],
    messageId: row.message_id,
    notBefore: row.not_before,
    because: read<string[]>(row.because),
    living: row.living === 1,
    ...(row.mention !== null && { mention: row.mention }),
  };
}

/** The bounds of everything that begins with `prefix:`, for an index range. */
export function under(prefix: string): readonly [string, string] {
  return [`${prefix}:`, `${prefix};`];
}

/** Lists as long as a statement takes them. */
export function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}
