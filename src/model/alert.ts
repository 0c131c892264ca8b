/** A change worth an alert, stored once, and what people report about it. */

import type { Instant } from './basics.ts';
import type { LaneId } from './channel.ts';
import type { AlertKind, NewsEvent, Reason, SourceRef } from './event.ts';
import type { Finding, Severity } from './finding.ts';

/** One alert, stored once however many channels it goes to. */
export interface Alert {
  /** `event@revision`; a silent alert appends `+` and a hash of the report that was counted. */
  readonly id: string;
  readonly kind: AlertKind;
  readonly event: NewsEvent;
  readonly previous?: Finding;
  readonly because: readonly Reason[];
  /** Notifies the channel again: severity rose or the posture worsened. */
  readonly escalates: boolean;
  readonly severity: Severity;
  /** Plain text, also used as the notification text. */
  readonly headline: string;
  readonly at: Instant;
  /**
   * Id of the already alerted event that caused this advice. Channels that show it do not get the
   * advice as a separate alert.
   */
  readonly under?: string;
  /** Critical but below `alertFrom`: goes without a ping to channels that named the country. */
  readonly unconfirmed?: true;
  /** How many level changes of one poll this alert combines. */
  readonly together?: number;
  /** Only the count of outlets grew: the living message is edited without a notification. */
  readonly silent?: true;
}

/**
 * Returns the id that an alert's messages are stored under and that people see: `event@revision`.
 */
export function shownId({ event }: { readonly event: Pick<NewsEvent, 'id' | 'revision'> }): string {
  return `${event.id}@${event.revision}`;
}

export const wrongReasons = ['no-news', 'wrong-place', 'wrong-kind', 'not-happening', 'old', 'repeated'] as const;

export type WrongReason = (typeof wrongReasons)[number];

/**
 * A person's report that an alert was wrong, with the finding behind it, for the next evaluation.
 */
export interface Feedback {
  /** `event@revision` */
  readonly alertId: string;
  readonly lane: LaneId;
  readonly by: string;
  readonly at: Instant;
  readonly reason?: WrongReason;
  /** In the person's own words. */
  readonly note?: string;
  readonly finding: Finding;
  readonly sources: readonly SourceRef[];
}
