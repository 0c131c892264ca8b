/** What whoever runs Attaché wants to know. */

import type { Feedback } from '../model/alert.ts';
import type { Instant } from '../model/basics.ts';
import type { LaneId } from '../model/channel.ts';
import type { DeliveryState } from '../model/delivery.ts';
import type { Undelivered } from './outbox.ts';

/** One thing that was looked at for whoever runs Attaché. `note`: nothing is wrong, and it is worth knowing. */
export interface CheckResult {
  /** What it is about, in one or two words. */
  readonly subject: string;
  readonly state: 'ok' | 'note' | 'wrong';
  readonly message: string;
  readonly fix?: string;
}

/** What came of a message that there was an attempt for. */
export interface LastDelivery {
  /** `ready`: it is tried again. */
  readonly state: Exclude<DeliveryState, 'superseded'>;
  /** Why it did not arrive. */
  readonly reason?: string;
  readonly at: Instant;
}

/** What can be said of the database itself. */
export interface Standing {
  /** Its latest migration. */
  readonly schema: string;
  /** The room that it takes. */
  readonly bytes: number;
  /** What was stored after `since` was gone when the bot started at `until`: a file of the database was deleted. */
  readonly lost?: { readonly since: Instant; readonly until: Instant };
}

/** What is older than this may go. */
export interface Retention {
  /** Items that no document has listed since. */
  readonly items: Instant;
  /** Messages that were sent, given up or overtaken. */
  readonly messages: Instant;
  /** Events that have ended, with their alerts, and what people said of them. */
  readonly events: Instant;
}

/** What whoever runs Attaché asks for. */
export interface OperatorStore {
  /** One for each alert, channel and person: a later one takes the place of the earlier. */
  saveFeedback(feedback: Feedback): Promise<void>;
  /** All that is kept, oldest first. */
  feedback(): Promise<readonly Feedback[]>;
  deliveries(counted: { readonly lane?: LaneId }): Promise<Readonly<Record<DeliveryState, number>>>;
  /** What came last of a message for this channel that there was an attempt for. */
  lastDelivery(lane: LaneId): Promise<LastDelivery | undefined>;
  /** Channels where the last thing that happened is a message that ended dead, in the order of lanes. */
  undelivered(): Promise<readonly Undelivered[]>;
  stats(): Promise<Standing>;
  /**
   * Removes some of what is older, oldest first, in transactions that hold up nobody.
   * @returns how many rows went: 0 once nothing is left to remove
   */
  prune(older: Retention): Promise<number>;
}
