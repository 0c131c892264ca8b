/** A channel: its settings, its subscriptions, and what it cannot see. */

import type { Topic } from '../kinds.ts';
import type { CountryCode, Instant } from './basics.ts';
import type { Severity } from './finding.ts';

export type PlatformName = 'slack' | 'discord' | 'webhook' | 'terminal';

/** `platform:workspace:channel`: one channel, and so one order of messages. */
export type LaneId = string;

/** Settings belong to the channel. */
export interface Channel {
  readonly lane: LaneId;
  /** IANA zone. */
  readonly zone: string;
  /** BCP 47 language of our own words. */
  readonly language: string;
  /** Hours in the channel's zone in which only Critical passes, with fractions for minutes: 22.5 is half past ten. */
  readonly quiet?: { readonly from: number; readonly to: number };
  readonly digest?: DigestPlan;
  /** Whom a Critical alert pings: a platform's own id. */
  readonly mention?: string;
  /** Whom to call where nobody acknowledged a Critical within so long; of alerts from `since` on. */
  readonly escalate?: { readonly afterMinutes: number; readonly mention: string; readonly since: Instant };
  /** Alerts carry a link to a map. */
  readonly map?: true;
  readonly pausedUntil?: Instant;
  readonly createdAt: Instant;
  /** What holds back for a time without ending a subscription. */
  readonly mutes?: readonly Mute[];
  /** What it was told that Attaché cannot see, and has not heard the end of. */
  readonly unseen?: CoverageGap;
}

/** One country or one event that a channel does not want to hear of for a time. A rise in severity and a Correction pass. */
export interface Mute {
  readonly about: { readonly country: CountryCode } | { readonly event: string };
  /** When it began; absent in what an older version kept. */
  readonly since?: Instant;
  readonly until: Instant;
  /** The gravest that was known when it began: what is graver passes. */
  readonly severity: Severity;
}

/** Whether a source is being read: one with nothing new is, one that does not answer is not. */
export const isSeen = ({ state }: { readonly state: string }): boolean => state === 'ok' || state === 'frozen' || state === 'slowed';

/** How many sources can be read, of how many: the one count that status, digests, notices and doctor give. */
export function countSeen(healths: readonly { readonly state: string }[]): { readonly ok: number; readonly all: number } {
  return { ok: healths.filter(isSeen).length, all: healths.length };
}

/** What cannot be seen: no news from there is no news. */
export interface CoverageGap {
  /** At least half of all sources cannot be read. */
  readonly half: boolean;
  /** No government's advice can be read. */
  readonly advice: boolean;
  /** Of the countries asked for, those whose official sources cannot be read, all of them. */
  readonly countries: readonly CountryCode[];
}

export interface DigestPlan {
  /** Five cron fields in the channel's zone. */
  readonly cron: string;
  readonly nextRunAt: Instant;
  /** The end of the time that the last digest covered. */
  readonly coveredUntil: Instant;
}

/** A subscription only filters. */
export interface Subscription {
  /** Short and unique within its channel: people type it. */
  readonly id: string;
  readonly lane: LaneId;
  readonly filter: EventFilter;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly pausedUntil?: Instant;
}

/** Options narrow and never add. */
export interface EventFilter {
  /** Absent: everywhere. */
  readonly countries?: readonly CountryCode[];
  readonly topics: readonly Topic[];
  /** Absent: every government. */
  readonly from?: readonly CountryCode[];
  readonly min: Severity;
  readonly with?: readonly string[];
  readonly without?: readonly string[];
}
