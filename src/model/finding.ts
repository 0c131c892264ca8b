/** What the detector finds in one item, and why an item ends without an alert. */

import type { Kind } from '../kinds.ts';
import type { CountryCode } from './basics.ts';

/** CAP 1.2 certainty: happening Observed, planned Likely, considered Possible, denied Unlikely. */
export type Status = 'happening' | 'planned' | 'considered' | 'denied' | 'historic' | 'followup';

/** 0 never alerts; 1 Info, 2 Notice, 3 Warning, 4 Critical. A word in chat, never a number. */
export type Severity = 0 | 1 | 2 | 3 | 4;

/** The common scale of advice; the issuer's own words always stand beside it. */
export type Level = 1 | 2 | 3 | 4;

export const directions = ['issued', 'raised', 'lowered', 'reissued', 'text-changed'] as const;

export type Direction = (typeof directions)[number];

export type Post = 'embassy' | 'consulate' | 'mission';

/** A city, by its English name, and the country that it lies in. */
export interface Place {
  readonly name: string;
  readonly country: CountryCode;
}

/** The words a finding rests on. Offsets are UTF-16 in the field as given, the end exclusive. */
export interface Evidence {
  readonly field: 'title' | 'summary' | 'body';
  readonly start: number;
  readonly end: number;
  /** What the words stand for: actor, act, object, sender, host, from, to, level, people, guard. */
  readonly role: string;
  /** The frame or guard that read them. */
  readonly rule: string;
}

/** What an act is beyond its kind. */
export interface ActDetails {
  /** What is closed to travellers, or reopens. */
  readonly crossing?: 'airport' | 'airspace' | 'border';
  readonly reopens?: true;
  /** Relations are severed. */
  readonly severed?: true;
  /** The text says that it happened again. */
  readonly again?: true;
}

export interface Finding {
  readonly kind: Kind;
  readonly status: Status;
  /** The sending State: whose mission, diplomats or advice it is. */
  readonly sender?: CountryCode;
  /** Further States that do the same thing together with the sender: "UK and US close embassies". */
  readonly jointly?: readonly CountryCode[];
  /** The receiving States: where the post is, what the advice is about, whose border closes. */
  readonly hosts: readonly CountryCode[];
  /** A named region that is no country: "Gulf", "Crimea". */
  readonly area?: string;
  readonly post?: Post;
  readonly from?: Place;
  readonly to?: Place;
  readonly people?: number;
  /** Who leaves are the mission's own people, not citizens. */
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

/** Findings stored before there were details say them in the rules of their evidence. */
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

/** Every State that acts in a finding, the sender first. */
export function sendersOf({ sender, jointly = [] }: Finding): readonly CountryCode[] {
  return sender === undefined ? jointly : [sender, ...jointly];
}

/** A finding below this confidence never alerts by itself. */
export const alertFrom = 0.8;

/** From here up to `alertFrom` what would be Critical is told as unconfirmed, to those who named the country. */
const unconfirmedFrom = 0.6;

export function isUnconfirmed({ status, severity, confidence }: Finding): boolean {
  const present = status === 'happening' || status === 'planned';
  return present && severity === 4 && confidence >= unconfirmedFrom && confidence < alertFrom;
}

export function isAlertable(finding: Finding): boolean {
  const present = finding.status === 'happening' || finding.status === 'planned';
  return present && finding.severity >= 1 && finding.confidence >= alertFrom;
}

/** Why an item ended without an alert. A closed list: `why` and `replay` show it. */
export const dropReasons = [
  'nothing-relevant', // no word of ours in it
  'no-frame', // words of ours, but no act of a State
  'not-a-state', // a company, an aid agency, an army or a club acts
  'local', // an evacuation or closure within a country
  'considered',
  'denied',
  'historic',
  'followup',
  'routine', // holidays, office hours
  'low-confidence',
  'unchanged-advice', // reissued or re-worded at the same level
  'old', // published too long ago to alert
  'held', // a lowered level that must stand before it is believed
  'placeholder', // a register's row without its text
  'stale-row', // older than what was already accepted
  'redated', // a register re-dated most of its rows at once
  'set-aside', // an error of ours: it is recorded so that it cannot hold up the rest of its feed
] as const;

export type DropReason = (typeof dropReasons)[number];
