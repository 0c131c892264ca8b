/** One act in the world as all reports describe it, and how a report changes it. */

import type { Kind } from '../kinds.ts';
import type { Instant } from './basics.ts';
import type { Tier } from './feed.ts';
import type { Evidence, Finding, Status } from './finding.ts';

export interface SourceRef {
  readonly itemId: string;
  readonly feedId: string;
  readonly source: string;
  readonly tier: Tier;
  readonly title: string;
  readonly summary?: string;
  readonly url: string;
  readonly language?: string;
  readonly publishedAt?: Instant;
  readonly seenAt: Instant;
  /**
   * The acts that it reports: it counts as a source for these only. Empty if it denies them; absent
   * in records of older versions.
   */
  readonly acts?: readonly Kind[];
  /** The words in its title and summary that its findings rest on. */
  readonly evidence?: readonly Evidence[];
}

/** One act as reported by many outlets. It stays open while reports may still join it. */
export interface NewsEvent {
  /** A hash of the first item and the finding's position in it. */
  readonly id: string;
  /** From 1; rises with every change that readers are notified of. */
  readonly revision: number;
  /**
   * Absent until an alert was raised, so that a baseline or a rumour never swallows the alert that
   * follows.
   */
  readonly alertedRevision?: number;
  /** The revision that was alerted as unconfirmed, before a confident report. */
  readonly unconfirmedRevision?: number;
  /** What is known now, merged from all reports. */
  readonly finding: Finding;
  readonly sources: readonly SourceRef[];
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  readonly state: 'open' | 'lifted' | 'corrected' | 'closed';
  /** When it was lifted or corrected. */
  readonly endedAt?: Instant;
  /**
   * The event that this one follows: the next phase of a crisis, the next level of advice, a
   * retaliation.
   */
  readonly follows?: string;
  /** Every act that was reported, in order; absent if `finding` is the only one. */
  readonly acts?: readonly ReportedAct[];
  /** The last notification. Reports that only raise the count of outlets leave it unchanged. */
  readonly lastTold?: LastTold;
}

export interface ReportedAct {
  readonly kind: Kind;
  readonly status: Status;
  /** What is known of this act; absent in records of older versions. */
  readonly finding?: Finding;
}

export interface LastTold {
  readonly kind: AlertKind;
  readonly because: readonly Reason[];
  readonly previous?: Finding;
  readonly at: Instant;
}

/** Why a change is alerted. A closed list: `replay` and the alert's text show it. */
export const changeReasons = [
  'first-report',
  'became-alertable', // known before, alertable only now
  'severity-rose',
  'status-rose', // planned, now happening
  'level-known',
  'level-raised',
  'level-lowered',
  'posture-changed',
  'another-act', // of the same crisis, as severe as before, but not the next step of it
  'corroborated', // low confidence before; a second independent outlet confirms it
  'known-before', // known from a baseline or an old story that alerted nobody
  'city-known',
  'number-known',
  'host-added',
  'officially-confirmed',
  'reopened',
  'denied-by-official',
  'new-phase',
  'raised-together', // more levels raised in one poll than usual
] as const;

export type Reason = (typeof changeReasons)[number];

export type Change =
  | {
      readonly kind: 'new' | 'lifted' | 'correction';
      readonly event: NewsEvent;
      /** The finding before the change, for a lifted or corrected event. */
      readonly previous?: Finding;
      readonly because: readonly Reason[];
    }
  | {
      readonly kind: 'update';
      readonly event: NewsEvent;
      readonly previous: Finding;
      readonly because: readonly Reason[];
    }
  | {
      readonly kind: 'repeat';
      readonly event: NewsEvent;
      /** Another independent outlet repeats the report: the living message counts it. */
      readonly counted?: true;
    };

export type AlertKind = 'new' | 'update' | 'correction' | 'lifted';

/**
 * Returns the independent outlets among these sources: one per publisher, and one for all that
 * carry the same title (an agency's copy).
 */
export function outletsOf(sources: readonly SourceRef[]): readonly SourceRef[] {
  const seen = new Set<string>();
  return sources.filter(({ source, title }) => {
    const marks = [`by ${source.toLowerCase()}`, `as ${foldedTitle(title)}`];
    const known = marks.some((mark) => seen.has(mark));
    for (const mark of marks) seen.add(mark);
    return !known;
  });
}

/**
 * Returns the sources of the event's current state: after a lift, only those that report the
 * reopening.
 */
export function presentSources({ sources, endedAt = 0 }: NewsEvent): readonly SourceRef[] {
  return sources.filter(({ seenAt }) => seenAt >= endedAt);
}

/**
 * Returns the present sources that report this act. A report of another act does not confirm this
 * one.
 */
export function claimSources(event: NewsEvent, kind: Kind = event.finding.kind): readonly SourceRef[] {
  return presentSources(event).filter(({ acts }) => acts === undefined || acts.includes(kind));
}

/** Returns the title without case, punctuation and the outlet's name that some feeds append. */
export function foldedTitle(title: string): string {
  return title
    .replace(/ [-–—|] [^-–—|:\d]{2,40}$/u, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
