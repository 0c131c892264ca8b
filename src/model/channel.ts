/** A channel: its settings, its subscriptions, and its coverage gaps. */

import type { Topic } from '../kinds.ts';
import type { CountryCode, Instant } from './basics.ts';
import type { Severity } from './finding.ts';

export type PlatformName = 'slack' | 'discord' | 'webhook' | 'terminal';

/** `platform:workspace:channel`: one channel, within which messages keep their order. */
export type LaneId = string;

/** Settings belong to the channel, not to a person. */
export interface Channel {
  readonly lane: LaneId;
  /** IANA time zone. */
  readonly zone: string;
  /** BCP 47 language that Attaché writes in. */
  readonly language: string;
  /**
   * Hours in the channel's zone in which only Critical passes. Fractions are minutes: 22.5 is
   * 22:30.
   */
  readonly quiet?: { readonly from: number; readonly to: number };
  readonly digest?: DigestPlan;
  /** Who a Critical alert pings: a platform's own id. */
  readonly mention?: string;
  /** Who to ping when nobody acknowledges a Critical in time; applies to alerts from `since` on. */
  readonly escalate?: { readonly afterMinutes: number; readonly mention: string; readonly since: Instant };
  /** Alerts carry a link to a map. */
  readonly map?: true;
  readonly pausedUntil?: Instant;
  readonly createdAt: Instant;
  /** Countries and events held back for a time, without ending a subscription. */
  readonly mutes?: readonly Mute[];
  /** The coverage gap it was last notified of, until the end of the gap is announced. */
  readonly unseen?: CoverageGap;
}

/**
 * A country or event that a channel silences for a time. A rise in severity and a Correction pass.
 */
export interface Mute {
  readonly about: { readonly country: CountryCode } | { readonly event: string };
  /** When it began; absent in records of older versions. */
  readonly since?: Instant;
  readonly until: Instant;
  /** The highest severity known when it began: anything more severe passes. */
  readonly severity: Severity;
}

/** Returns whether a source can be read. One without news can; one that does not answer cannot. */
export const isSeen = ({ state }: { readonly state: string }): boolean => state === 'ok' || state === 'frozen' || state === 'slowed';

/** Counts the readable sources: the one count that status, digests, notices and doctor give. */
export function countSeen(healths: readonly { readonly state: string }[]): { readonly ok: number; readonly all: number } {
  return { ok: healths.filter(isSeen).length, all: healths.length };
}

/** What cannot be read, so that silence from there is not mistaken for calm. */
export interface CoverageGap {
  /** At least half of all sources cannot be read. */
  readonly half: boolean;
  /** No government's advice can be read. */
  readonly advice: boolean;
  /** Watched countries whose official sources all cannot be read. */
  readonly countries: readonly CountryCode[];
}

export interface DigestPlan {
  /** Five cron fields in the channel's zone. */
  readonly cron: string;
  readonly nextRunAt: Instant;
  /** End of the period that the last digest covered. */
  readonly coveredUntil: Instant;
}

/** A filter over events. Subscribing changes nothing else. */
export interface Subscription {
  /** Short and unique within its channel, because people type it. */
  readonly id: string;
  readonly lane: LaneId;
  readonly filter: EventFilter;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly pausedUntil?: Instant;
}

/** Each option narrows the result; none adds to it. */
export interface EventFilter {
  /** Absent: every country. */
  readonly countries?: readonly CountryCode[];
  readonly topics: readonly Topic[];
  /** Absent: every government. */
  readonly from?: readonly CountryCode[];
  readonly min: Severity;
  readonly with?: readonly string[];
  readonly without?: readonly string[];
}
