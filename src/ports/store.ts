/** The whole database: five parts, one contract suite. */

import type { ChannelStore } from './channel-store.ts';
import type { EventStore } from './event-store.ts';
import type { FeedStore } from './feed-store.ts';
import type { OperatorStore } from './operator.ts';
import type { Outbox } from './outbox.ts';

/**
 * The database cannot be used now: it is unreachable, full or busy. Nothing of the call was stored
 * (or all of it, if only the answer was lost), and the same call may be repeated. Any other error
 * is about the call's own data and would recur.
 */
export class StoreUnavailable extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'StoreUnavailable';
  }
}

/** Every method throws `StoreUnavailable` while the database cannot be used. */
export interface Store extends FeedStore, EventStore, ChannelStore, Outbox, OperatorStore {
  close(): Promise<void>;
}

/** Methods available beside a running bot. None of these changes anything. */
export const storeReadings = [
  'cursors',
  'channels',
  'subscriptions',
  'installations',
  'event',
  'events',
  'alert',
  'itemOutcome',
  'feedback',
  'deliveries',
  'lastDelivery',
  'undelivered',
  'stats',
] as const satisfies readonly (keyof Store)[];

export type StoreReading = Pick<Store, (typeof storeReadings)[number] | 'close'>;
