/** A change worth telling, stored once, and what people say of it. */

import type { Instant } from './basics.ts';
import type { LaneId } from './channel.ts';
import type { AlertKind, NewsEvent, Reason, SourceRef } from './event.ts';
import type { Finding, Severity } from './finding.ts';

/** One thing to tell, stored once, whoever it goes to. */
export interface Alert {
  /** `event@revision`; of a silent one with `+` and a mark of the report that was counted. */
  readonly id: string;
  readonly kind: AlertKind;
  readonly event: NewsEvent;
  readonly previous?: Finding;
  readonly because: readonly Reason[];
  /** The channel is notified again: severity rose or the posture worsened. */
  readonly escalates: boolean;
  readonly severity: Severity;
  /** Plain words, also the notification text. */
  readonly headline: string;
  readonly at: Instant;
  /** The event, told already, that brought this advice about: where it stands, the advice is not told apart. */
  readonly under?: string;
  /** Grave and not sure: for channels that named the country, without a ping. */
  readonly unconfirmed?: true;
  /** How many level changes of one poll this alert tells at once. */
  readonly together?: number;
  /** Only the count of outlets grew: the living message is edited, and nobody is notified. */
  readonly silent?: true;
}

/** The id that an alert's messages are stored under and that people see: `event@revision`. */
export function shownId({ event }: { readonly event: Pick<NewsEvent, 'id' | 'revision'> }): string {
  return `${event.id}@${event.revision}`;
}

export const wrongReasons = ['no-news', 'wrong-place', 'wrong-kind', 'not-happening', 'old', 'repeated'] as const;

export type WrongReason = (typeof wrongReasons)[number];

/** A person's word that an alert was wrong, with what it rested on: the next evaluation's material. */
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
