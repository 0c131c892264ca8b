/** Converts structures to rows and back. */
import { createHash } from 'node:crypto';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Channel, CoverageGap, DigestPlan, LaneId } from '../../src/model/channel.ts';
import type { Ack, Delivery, MessageRef, Posting } from '../../src/model/delivery.ts';
import type { NewsEvent } from '../../src/model/event.ts';
import type { Tables } from './schema.ts';

/**
 * Matches deliveries that are not finished. Identical to the partial indexes, or they are not used.
 */
export function isOpen(): RawBuilder<boolean> {
  return sql<boolean>`state in ('ready', 'sending', 'unknown')`;
}

/**
 * Matches deliveries without an attempt that may have arrived. A plain equation would make SQLite
 * use the index of all that are ready.
 */
export function isReady(): RawBuilder<boolean> {
  return sql<boolean>`state in ('ready', 'sending', 'unknown') and state not in ('sending', 'unknown')`;
}

/** A literal, because a partial index is used only if its condition is recognised. */
export function isUrgent(): RawBuilder<boolean> {
  return sql<boolean>`urgent = 1`;
}

export function read<T>(text: string): T {
  return JSON.parse(text) as T;
}

/**
 * Returns text that both engines store unchanged: published text may contain NUL and lone
 * surrogates.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

/** PostgreSQL refuses an index row of more than 2,704 bytes; a publisher's id may be longer. */
const longestId = 1000;

/** Returns an item's id as stored: over 1,000 bytes its hash, by the same rule as in collecting. */
export function itemKey(id: string): string {
  const text = storable(id);
  return Buffer.byteLength(text) > longestId ? createHash('sha256').update(text).digest('base64url').slice(0, 22) : text;
}

/** Returns the text that a search for words covers. */
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
    words: storable(wordsOf(event)),
    json: JSON.stringify(event),
  };
}

export function hostsOf(event: NewsEvent): readonly string[] {
  return event.finding.hosts.length > 0 ? event.finding.hosts : [''];
}

type DeliveryRow = Omit<Selectable<Tables['delivery']>, 'seq'>;

export function deliveryRow(delivery: Delivery): DeliveryRow {
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
    changed_at: delivery.notBefore,
    urgent: delivery.urgent ? 1 : 0,
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
    ...(row.urgent === 1 && { urgent: true as const }),
  };
}

export function postingRow({ lane, subject, revision, ref, acks }: Posting): Tables['posting'] {
  return { lane, subject, revision, ref: JSON.stringify(ref), acks: JSON.stringify(acks) };
}

export function postingOf(row: Tables['posting']): Posting {
  return { lane: row.lane, subject: row.subject, revision: row.revision, ref: read<MessageRef>(row.ref), acks: read<Ack[]>(row.acks) };
}

export function platformOf(lane: LaneId): string {
  return lane.split(':')[0] ?? '';
}

/**
 * Returns the channel with its digest's next run. Changes that people made while the digest was
 * written are kept.
 */
export function withNextDigest(channel: Channel, digest: DigestPlan | undefined): Channel {
  const { digest: known, ...rest } = channel;
  if (!known || !digest) return rest;
  return { ...rest, digest: known.cron === digest.cron ? digest : known };
}

/** Returns the channel with the coverage gap it was notified of. */
export function withReportedGap({ unseen: _, ...channel }: Channel, unseen: CoverageGap | undefined): Channel {
  return unseen ? { ...channel, unseen } : channel;
}

/** Splits a list into the sizes that a statement accepts. */
/** The delivery carries a message of its own (`makeDelivery`), which goes with it. */
export function isOwn(): RawBuilder<boolean> {
  return sql<boolean>`message_id like '%/' || key`;
}

export function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}
