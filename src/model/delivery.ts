/** What is sent to a platform, and the outcome. */
import type { Instant } from './basics.ts';
import type { LaneId } from './channel.ts';

/** Where a message is on its platform. */
export interface MessageRef {
  readonly channel: string;
  readonly id: string;
  /** A permanent link, if the platform gives one. */
  readonly url?: string;
  /** Somebody deleted the message: only an escalation posts it again. */
  readonly removed?: true;
  /**
   * Posted inside a bundle, without a message of its own: the next update is posted as a full
   * alert.
   */
  readonly listed?: true;
}

export interface Ack {
  readonly by: string;
  readonly at: Instant;
}

/** The living message of an event in a channel, as it is now. */
export interface Posting {
  readonly lane: LaneId;
  /** The event's id, or another subject that a message can have. */
  readonly subject: string;
  readonly ref: MessageRef;
  readonly revision: number;
  readonly acks: readonly Ack[];
}

export type DeliveryState = 'ready' | 'sending' | 'unknown' | 'sent' | 'dead' | 'superseded';

/** post: a new message. edit: the living message is replaced. reply: a note in its thread. */
export type Act = 'post' | 'edit' | 'reply';

export interface Delivery {
  /** hash(lane, subject, revision, act): equal keys are the same delivery. */
  readonly key: string;
  readonly lane: LaneId;
  readonly subject: string;
  readonly revision: number;
  readonly act: Act;
  /** Id of the stored message that it carries. */
  readonly messageId: string;
  readonly notBefore: Instant;
  readonly because: readonly string[];
  /**
   * A post that becomes the living message of its subject; false for Correction, Lifted, digests
   * and notices.
   */
  readonly living: boolean;
  readonly mention?: string;
  /**
   * A Critical that is new, escalated or corrected: it overtakes other deliveries in its channel
   * and on its platform.
   */
  readonly urgent?: true;
}

export type SendOutcome =
  | { readonly kind: 'sent'; readonly ref: MessageRef }
  /** `unauthorized`: the token or a scope was refused, for whatever is sent. */
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number; readonly unauthorized?: true }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** `gone`: the message that it refers to no longer exists. */
  | { readonly kind: 'rejected'; readonly reason: string; readonly mend?: string; readonly gone?: true };
