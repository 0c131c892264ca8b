/** What goes to a platform, and what came of it. */
import type { Instant } from './basics.ts';
import type { LaneId } from './channel.ts';

/** Where a message stands on its platform. */
export interface MessageRef {
  readonly channel: string;
  readonly id: string;
  /** A permanent link, where the platform gives one. */
  readonly url?: string;
  /** People took the message away: it comes back only with worse news. */
  readonly removed?: true;
  /** There is no message of its own: it was told in a list with others, and its next change is told whole. */
  readonly listed?: true;
}

export interface Ack {
  readonly by: string;
  readonly at: Instant;
}

/** The living message of an event in a channel, as it stands there now. */
export interface Posting {
  readonly lane: LaneId;
  /** The event's id, or another subject that a message can be about. */
  readonly subject: string;
  readonly ref: MessageRef;
  readonly revision: number;
  readonly acks: readonly Ack[];
}

export type DeliveryState = 'ready' | 'sending' | 'unknown' | 'sent' | 'dead' | 'superseded';

/** post: a new message. edit: the living message takes its new form. reply: a note in its thread. */
export type Act = 'post' | 'edit' | 'reply';

export interface Delivery {
  /** hash(lane, subject, revision, act): sending it twice is the same delivery. */
  readonly key: string;
  readonly lane: LaneId;
  readonly subject: string;
  readonly revision: number;
  readonly act: Act;
  /** Which stored message it carries. */
  readonly messageId: string;
  readonly notBefore: Instant;
  readonly because: readonly string[];
  /** A post that becomes the living message of its subject; false for Correction and Lifted, digests and notices. */
  readonly living: boolean;
  readonly mention?: string;
  /** A Critical that is new, rose or is taken back: it overtakes what else waits, in its channel and on its platform. */
  readonly urgent?: true;
}

export type SendOutcome =
  | { readonly kind: 'sent'; readonly ref: MessageRef }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** `gone`: the message that it was about is not there any more. */
  | { readonly kind: 'rejected'; readonly reason: string; readonly mend?: string; readonly gone?: true };
