/** What the detector finds in an item, and why an item raises no alert. */

import type { Kind } from '../kinds.ts';
import type { CountryCode } from './basics.ts';

/**
 * In terms of CAP 1.2 certainty: happening is Observed, planned Likely, considered Possible, denied
 * Unlikely.
 */
export type Status = 'happening' | 'planned' | 'considered' | 'denied' | 'historic' | 'followup';

/**
 * 0 never alerts; 1 Info, 2 Notice, 3 Warning, 4 Critical. Chat shows the word, never the number.
 */
export type Severity = 0 | 1 | 2 | 3 | 4;

/** The common scale of advice. It is always shown beside the issuer's own words. */
export type Level = 1 | 2 | 3 | 4;

export const directions = ['issued', 'raised', 'lowered', 'reissued', 'text-changed'] as const;

export type Direction = (typeof directions)[number];

export type Post = 'embassy' | 'consulate' | 'mission';

/** A city by its English name, and its country. */
export interface Place {
  readonly name: string;
  readonly country: CountryCode;
}

/**
 * The words a finding rests on. Offsets are UTF-16 code units in the field as given; `end` is
 * exclusive.
 */
export interface Evidence {
  readonly field: 'title' | 'summary' | 'body';
  readonly start: number;
  readonly end: number;
  /** What the words are: actor, act, object, sender, host, from, to, level, people, guard. */
  readonly role: string;
  /** The frame or guard that matched them. */
  readonly rule: string;
}

/** Details of an act beyond its kind. */
export interface ActDetails {
  /** What is closed to travellers, or reopens. */
  readonly crossing?: 'airport' | 'airspace' | 'border';
  readonly reopens?: true;
  /** Diplomatic relations are severed. */
  readonly severed?: true;
  /** The text says that it happened again. */
  readonly again?: true;
}

export interface Finding {
  readonly kind: Kind;
  readonly status: Status;
  /** The sending State: whose mission, diplomats or advice it is. */
  readonly sender?: CountryCode;
  /** Further States that act jointly with the sender: "UK and US close embassies". */
  readonly jointly?: readonly CountryCode[];
  /** The receiving States: where the post is, what the advice is about, whose border closes. */
  readonly hosts: readonly CountryCode[];
  /** A named region that is not a country: "Gulf", "Crimea". */
  readonly area?: string;
  readonly post?: Post;
  readonly from?: Place;
  readonly to?: Place;
  readonly people?: number;
  /** Those who leave are the mission's own staff, not citizens. */
  readonly whom?: 'staff';
  readonly level?: Level;
  readonly previousLevel?: Level;
  /** The issuer's own words for the level. */
  readonly nativeText?: string;
  readonly direction?: Direction;
  readonly scope: 'country' | 'regional';
  readonly temporary?: boolean;
  readonly details?: ActDetails;
  readonly severity: Severity;
  /** 0 to 1; alerts from `alertFrom` up. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
}

/**
 * Returns the details of an act; findings stored before `details` existed carry them in their
 * evidence's rules.
 */
export function detailsOf({ details, evidence }: Finding): ActDetails {
  if (details) return details;
  const says = (word: string) => evidence.some(({ rule }) => rule.includes(word));
  const crossing = (['airport', 'airspace', 'border'] as const).find(says);
  return {
    ...(crossing && { crossing }),
    ...(says('reopen') && { reopens: true }),
    ...(says('sever') && { severed: true }),
    ...(evidence.some(({ role }) => role === 'again') && { again: true }),
  };
}

/** Returns every State that acts in a finding, the sender first. */
export function sendersOf({ sender, jointly = [] }: Finding): readonly CountryCode[] {
  return sender === undefined ? jointly : [sender, ...jointly];
}

/** Below this confidence a finding never alerts on its own. */
export const alertFrom = 0.8;

/**
 * From here up to `alertFrom`, a Critical is alerted as unconfirmed to channels that named the
 * country.
 */
const unconfirmedFrom = 0.6;

export function isUnconfirmed({ status, severity, confidence }: Finding): boolean {
  const present = status === 'happening' || status === 'planned';
  return present && severity === 4 && confidence >= unconfirmedFrom && confidence < alertFrom;
}

export function isAlertable(finding: Finding): boolean {
  const present = finding.status === 'happening' || finding.status === 'planned';
  return present && finding.severity >= 1 && finding.confidence >= alertFrom;
}

/** Why an item raised no alert. A closed list: `why` and `replay` show it. */
export const dropReasons = [
  'nothing-relevant', // contains no word of the lexicon
  'no-frame', // contains words of the lexicon, but no act of a State
  'not-a-state', // a company, an aid agency, an army or a club acts
  'local', // an evacuation or closure within a country
  'considered',
  'denied',
  'historic',
  'followup',
  'routine', // holidays, office hours
  'low-confidence',
  'unchanged-advice', // reissued or reworded at the same level
  'old', // published too long ago to alert
  'held', // a lowered level, held until it has lasted long enough
  'placeholder', // a register's row without its text
  'stale-row', // older than the row accepted before
  'redated', // the register changed the dates of most rows at once
  'set-aside', // a bug: recorded so that it cannot block the rest of its feed
] as const;

export type DropReason = (typeof dropReasons)[number];
