/** Messages and lanes: what is still to be sent, and to whom. */

import type { ChatMessage } from '../message.ts';
import type { Alert } from '../model/alert.ts';
import type { Instant } from '../model/basics.ts';
import type { Channel, CoverageGap, LaneId, PlatformName, Subscription } from '../model/channel.ts';
import type { Delivery, MessageRef, Posting } from '../model/delivery.ts';

/** One channel as the fan-out sees it. */
export interface ChannelView {
  readonly channel: Channel;
  readonly subscriptions: readonly Subscription[];
  /** The living message of the alert's event here, or that one is on its way. */
  readonly posting?: Posting;
  readonly pending: boolean;
  /** What brought the alert about (`Alert.under`) stands here. */
  readonly covered?: boolean;
}

/** A delivery that this owner may send now; it is already marked `sending`. */
export interface ClaimedDelivery {
  readonly delivery: Delivery;
  readonly message: ChatMessage;
  /** Where the living message of its subject stands, if it was posted. */
  readonly posting?: Posting;
  /** An earlier attempt may have reached the platform: look before sending. */
  readonly unknownSince?: Instant;
  readonly attempts: number;
  readonly leaseUntil: Instant;
}

/** Posts of one channel that are told in one message. */
export interface Bundle {
  readonly deliveries: readonly Delivery[];
  readonly message: ChatMessage;
  readonly delivery: Delivery;
}

export type Settlement =
  | { readonly kind: 'sent'; readonly ref: MessageRef }
  /** Back to `ready`; the lane waits until then. Where the platform asked for the wait, no attempt is spent. */
  | { readonly kind: 'retry'; readonly at: Instant; readonly reason: string; readonly asked?: boolean }
  | { readonly kind: 'unknown'; readonly at: Instant; readonly reason: string }
  /** `gone`: the living message is not there any more, and its posting is marked so. */
  | { readonly kind: 'dead'; readonly reason: string; readonly gone?: true }
  /** There is nothing left to tell with it. */
  | { readonly kind: 'superseded'; readonly reason: string };

export interface Undelivered {
  readonly lane: LaneId;
  readonly reason: string;
  readonly at: Instant;
}

/** Deliveries: planned, claimed under a lease, settled. */
export interface Outbox {
  /**
   * One step of the fan-out in one transaction: the oldest alert with channels left, its next channels (at most `limit`) that have
   * a subscription, a posting of the event or one on its way. `plan` is pure. Gives how many channels were looked at, at least 1 while
   * an alert is left; 0 when nothing is. A new edit supersedes older edits and notes of its subject in that lane that are still `ready`, and an edit of its own revision.
   */
  expand(limit: number, plan: (alert: Alert, lanes: readonly ChannelView[]) => readonly Delivery[]): Promise<number>;
  /** Puts a message that is no alert (a digest, a notice) into the outbox. Known keys are left alone. */
  enqueue(messages: Readonly<Record<string, ChatMessage>>, deliveries: readonly Delivery[]): Promise<void>;
  /**
   * The digest's message and the channel's next run, in one transaction. Of the channel only the digest's plan is taken, and that
   * only where people did not change it meanwhile; nothing happens where the channel is gone.
   */
  enqueueDigest(channel: Channel, message: ChatMessage | undefined, delivery: Delivery | undefined): Promise<void>;
  /** A notice of what can and cannot be seen, and what the channel knows from it, in one transaction; nothing where the channel is gone. */
  enqueueNotice(unseen: CoverageGap | undefined, message: ChatMessage, delivery: Delivery): Promise<void>;
  /**
   * Puts one message in the place of many, in one transaction: those that `gather` names end as superseded, their events are marked as listed
   * in the channel. `gather` is pure and sees the posts of living messages that are due there and that nobody has begun to send; it may name
   * the one that its caller has claimed as well.
   */
  bundlePosts(
    lane: LaneId,
    now: Instant,
    gather: (waiting: readonly { readonly delivery: Delivery; readonly message: ChatMessage }[]) => Bundle | undefined,
  ): Promise<boolean>;
  /** Leases up to `limit` lanes that have something to send, fairest first, and marks the first delivery of each `sending`. */
  claim(ask: {
    /** A new name for every claim, so that a send that outlived its lease is not taken for the one that followed it. */
    readonly owner: string;
    readonly now: Instant;
    readonly leaseMs: number;
    readonly limit: number;
    readonly platforms: readonly PlatformName[];
  }): Promise<readonly ClaimedDelivery[]>;
  /** True while this owner still holds the lane: asked right before the call to the platform. */
  holdsLease(owner: string, lane: LaneId, now: Instant): Promise<boolean>;
  /**
   * Stores the outcome, the posting and the lane's next time, and releases the lane. A living message that was sent supersedes what is
   * older, of the same subject and still waiting. Who lost the lane can still say `sent`, and nothing else.
   */
  settle(owner: string, delivery: Delivery, settlement: Settlement, now: Instant): Promise<void>;
  /** When the next delivery becomes due, for the sender's sleep. */
  nextDue(platforms: readonly PlatformName[]): Promise<Instant | undefined>;
  posting(lane: LaneId, subject: string): Promise<Posting | undefined>;
  savePosting(posting: Posting): Promise<void>;
}
