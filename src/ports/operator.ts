/** What the operator of an installation can ask. */

import type { Feedback } from '../model/alert.ts';
import type { Instant, Problem } from '../model/basics.ts';
import type { LaneId } from '../model/channel.ts';
import type { DeliveryState } from '../model/delivery.ts';
import type { Undelivered } from './outbox.ts';

/** The result of one check. `note`: not a fault, but worth knowing. */
export interface CheckResult {
  /** What was checked, in one or two words. */
  readonly subject: string;
  readonly state: 'ok' | 'note' | 'wrong';
  readonly message: string;
  readonly fix?: string;
}

/** The outcome of the last message that was attempted. */
export interface LastDelivery {
  /** `ready`: it is tried again. */
  readonly state: Exclude<DeliveryState, 'superseded'>;
  /** Why it did not arrive. */
  readonly reason?: string;
  readonly at: Instant;
}

/** Facts about the database itself. */
export interface StoreStats {
  /** Its latest migration. */
  readonly schema: string;
  /** Its size on disk. */
  readonly bytes: number;
  /**
   * Data stored after `since` was missing when the bot started at `until`: a file of the database
   * was deleted.
   */
  readonly lost?: { readonly since: Instant; readonly until: Instant };
}

/** The deliveries that are not at a good end. */
export interface Backlog {
  readonly counts: Readonly<Record<'ready' | 'sending' | 'unknown' | 'dead', number>>;
  /** Since when the longest waiting delivery has been due, of those with a Critical and of the others; absent where none is due. */
  readonly oldest: { readonly urgent?: Instant; readonly other?: Instant };
}

/** Data older than this may be removed. */
export interface Retention {
  /** Items that no document has listed since. */
  readonly items: Instant;
  /** Messages that were sent, given up or superseded. */
  readonly messages: Instant;
  /** Events that have ended, with their alerts and feedback. */
  readonly events: Instant;
}

export interface OperatorStore {
  /** One per alert, channel and person: a later one replaces the earlier. */
  saveFeedback(feedback: Feedback): Promise<void>;
  /** Returns all feedback, oldest first. */
  feedback(): Promise<readonly Feedback[]>;
  deliveries(counted: { readonly lane?: LaneId }): Promise<Readonly<Record<DeliveryState, number>>>;
  /** Returns the outcome of the channel's last attempted message. */
  lastDelivery(lane: LaneId): Promise<LastDelivery | undefined>;
  /** Returns the channels whose last delivery ended dead, ordered by lane. */
  undelivered(): Promise<readonly Undelivered[]>;
  /** Costs what is open, not what was ever sent. */
  backlog(now: Instant): Promise<Backlog>;
  stats(): Promise<StoreStats>;
  /** Copies the database into a new file, while it is in use. */
  backup(to: string): Promise<{ readonly bytes: number } | Problem>;
  /**
   * Removes some of the older data, oldest first, in short transactions.
   * @returns how many rows were removed: 0 once nothing is left
   */
  prune(older: Retention): Promise<number>;
}
