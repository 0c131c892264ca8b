/** One act in the world, as all reports of it say, and what a report does to it. */

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
  /** Which acts it reports: it counts for these claims and no others. None where it denies them; absent of reports kept before this was. */
  readonly acts?: readonly Kind[];
  /** The words in its own title and summary that its findings rest on. */
  readonly evidence?: readonly Evidence[];
}

/** What many outlets say of one act: it stays open while reports may still join it. */
export interface NewsEvent {
  /** A hash of the first item and the finding's place in it. */
  readonly id: string;
  /** From 1; rises with every change that readers must be told. */
  readonly revision: number;
  /** Absent until an alert was raised: a baseline or a mere rumour never swallows the alert that follows. */
  readonly alertedRevision?: number;
  /** The revision that was told as unconfirmed, before anything sure was known. */
  readonly unconfirmedRevision?: number;
  /** What is known now: the slots of all reports joined. */
  readonly finding: Finding;
  readonly sources: readonly SourceRef[];
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  readonly state: 'open' | 'lifted' | 'corrected' | 'closed';
  /** When it was lifted or corrected. */
  readonly endedAt?: Instant;
  /** The event this one follows: the next phase of a crisis, the next level of advice, tit for tat. */
  readonly follows?: string;
  /** Every act that was told of it, in order; absent where `finding` is the only one. */
  readonly acts?: readonly ReportedAct[];
  /** What readers were last notified of: later reports that only count more outlets leave it as it is. */
  readonly lastTold?: LastTold;
}

export interface ReportedAct {
  readonly kind: Kind;
  readonly status: Status;
  /** What is known of this act; absent of acts kept before this was. */
  readonly finding?: Finding;
}

export interface LastTold {
  readonly kind: AlertKind;
  readonly because: readonly Reason[];
  readonly previous?: Finding;
  readonly at: Instant;
}

/** Why a change is told. A closed list: `replay` and the alert's own text show it. */
export const changeReasons = [
  'first-report',
  'became-alertable', // known before, alertable only now
  'severity-rose',
  'status-rose', // planned, now happening
  'level-known',
  'level-raised',
  'level-lowered',
  'posture-changed',
  'another-act', // of the same crisis, no less grave than what was told and no step further
  'corroborated', // unsure before; a second independent outlet says the same
  'known-before', // sure before, but from a first read or an old story that told nobody
  'city-known',
  'number-known',
  'host-added',
  'officially-confirmed',
  'reopened',
  'denied-by-official',
  'new-phase',
  'raised-together', // more levels raised in one poll than is usual
] as const;

export type Reason = (typeof changeReasons)[number];

export type Change =
  | {
      readonly kind: 'new' | 'lifted' | 'correction';
      readonly event: NewsEvent;
      /** What was known before: of a lifted or corrected event. */
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
      /** Another independent outlet reports what was told: the living message counts it. */
      readonly counted?: true;
    };

export type AlertKind = 'new' | 'update' | 'correction' | 'lifted';

/** The independent outlets among these sources: one for each publisher, and one for all who carry the same title (an agency's copy). */
export function outletsOf(sources: readonly SourceRef[]): readonly SourceRef[] {
  const seen = new Set<string>();
  return sources.filter(({ source, title }) => {
    const marks = [`by ${source.toLowerCase()}`, `as ${foldedTitle(title)}`];
    const known = marks.some((mark) => seen.has(mark));
    for (const mark of marks) seen.add(mark);
    return !known;
  });
}

/** The sources that tell an event as it stands now: of one that was lifted those since, since they tell the reopening. */
export function presentSources({ sources, endedAt = 0 }: NewsEvent): readonly SourceRef[] {
  return sources.filter(({ seenAt }) => seenAt >= endedAt);
}

/** Those of the present sources that report this act: what one outlet says of another act confirms nothing of it. */
export function claimSources(event: NewsEvent, kind: Kind = event.finding.kind): readonly SourceRef[] {
  return presentSources(event).filter(({ acts }) => acts === undefined || acts.includes(kind));
}

/** A title without case, punctuation and the outlet's name that some feeds add at its end. */
export function foldedTitle(title: string): string {
  return title
    .replace(/ [-–—|] [^-–—|:\d]{2,40}$/u, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
