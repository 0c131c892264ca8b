/**
 * The outbox: deliveries that are planned, claimed under a lease and settled. It knows messages and
 * lanes, never news.
 */

import type { ChatMessage } from '../message.ts';
import type { Alert } from '../model/alert.ts';
import type { Instant } from '../model/basics.ts';
import type { Channel, CoverageGap, LaneId, PlatformName, Subscription } from '../model/channel.ts';
import type { Delivery, MessageRef, Posting } from '../model/delivery.ts';

/** One channel as the fan-out sees it. */
export interface ChannelView {
  readonly channel: Channel;
  readonly subscriptions: readonly Subscription[];
  /**
   * The living message of the alert's event in this channel; `pending` while it is still queued.
   */
  readonly posting?: Posting;
  readonly pending: boolean;
  /** The event that caused the alert (`Alert.under`) is posted in this channel. */
  readonly causeIsPosted?: boolean;
}

/** A delivery that this owner may send now; it is already marked `sending`. */
export interface ClaimedDelivery {
  readonly delivery: Delivery;
  readonly message: ChatMessage;
  /** The living message of its subject, if it was posted. */
  readonly posting?: Posting;
  /** An earlier attempt may have reached the platform: look it up before sending. */
  readonly unknownSince?: Instant;
  readonly attempts: number;
  readonly leaseUntil: Instant;
}

/** Posts of one channel that are combined into one message. */
export interface Bundle {
  readonly deliveries: readonly Delivery[];
  readonly message: ChatMessage;
  readonly delivery: Delivery;
}

export type Settlement =
  | { readonly kind: 'sent'; readonly ref: MessageRef }
  /**
   * Back to `ready`; the lane waits until `at`. A wait that the platform asked for costs no
   * attempt.
   */
  | { readonly kind: 'retry'; readonly at: Instant; readonly reason: string; readonly asked?: boolean }
  | { readonly kind: 'unknown'; readonly at: Instant; readonly reason: string }
  /** `gone`: the living message no longer exists, and its posting is marked so. */
  | { readonly kind: 'dead'; readonly reason: string; readonly gone?: true }
  /** It has become obsolete. */
  | { readonly kind: 'superseded'; readonly reason: string };

export interface Undelivered {
  readonly lane: LaneId;
  readonly reason: string;
  readonly at: Instant;
}

export interface Outbox {
  /**
   * Runs one step of the fan-out in one transaction: takes the oldest unfinished alert and its next
   * channels (at most `limit`) that have a subscription, a posting of the event, or one queued.
   * `plan` is pure. A new edit supersedes older edits and notes of its subject in that lane that
   * are still `ready`, and an edit of its own revision.
   * @returns how many channels were visited: at least 1 while an alert is unfinished, else 0
   */
  expand(limit: number, plan: (alert: Alert, lanes: readonly ChannelView[]) => readonly Delivery[]): Promise<number>;
  /** Queues messages that are not alerts (a digest, a notice). Known keys are left alone. */
  enqueue(messages: Readonly<Record<string, ChatMessage>>, deliveries: readonly Delivery[]): Promise<void>;
  /**
   * Stores the digest's message and the channel's next run in one transaction. Only the digest plan
   * of `channel` is saved, and only if people did not change it meanwhile; does nothing if the
   * channel is gone.
   */
  enqueueDigest(channel: Channel, message: ChatMessage | undefined, delivery: Delivery | undefined): Promise<void>;
  /**
   * Stores a coverage notice and the gap it announces in one transaction; does nothing if the
   * channel is gone.
   */
  enqueueNotice(unseen: CoverageGap | undefined, message: ChatMessage, delivery: Delivery): Promise<void>;
  /**
   * Replaces many posts by one, in one transaction: those that `gather` names end as superseded,
   * and their events are marked as listed in the channel. `gather` is pure. It sees the due posts
   * of living messages that no attempt has begun for, and may also name the one that its caller has
   * claimed.
   */
  bundlePosts(
    lane: LaneId,
    now: Instant,
    gather: (waiting: readonly { readonly delivery: Delivery; readonly message: ChatMessage }[]) => Bundle | undefined,
  ): Promise<boolean>;
  /**
   * Leases up to `limit` lanes with a due delivery, fairest first, and marks the first delivery of
   * each `sending`.
   */
  claim(ask: {
    /**
     * Unique per claim, so that a send that outlived its lease is not mistaken for the next one.
     */
    readonly owner: string;
    readonly now: Instant;
    readonly leaseMs: number;
    readonly limit: number;
    readonly platforms: readonly PlatformName[];
  }): Promise<readonly ClaimedDelivery[]>;
  /**
   * Returns whether this owner still holds the lane; asked right before the call to the platform.
   */
  holdsLease(owner: string, lane: LaneId, now: Instant): Promise<boolean>;
  /**
   * Stores the outcome, the posting and the lane's next time, and releases the lane. Sending a
   * living message supersedes older queued deliveries of its subject. An owner that lost the lane
   * can still report `sent`, and nothing else.
   */
  settle(owner: string, delivery: Delivery, settlement: Settlement, now: Instant): Promise<void>;
  /** Returns when the next delivery is due, for the sender's sleep. */
  nextDue(platforms: readonly PlatformName[]): Promise<Instant | undefined>;
  /**
   * Makes what is held for longer due at `until`, after the channel's quiet hours changed. What is
   * due within a minute of it is left: outlets counted within a minute share one edit.
   */
  releaseHeld(lane: LaneId, until: Instant): Promise<void>;
  posting(lane: LaneId, subject: string): Promise<Posting | undefined>;
  savePosting(posting: Posting): Promise<void>;
}
