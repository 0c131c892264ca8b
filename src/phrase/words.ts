/** Our own words, one table for each language. Another language joins by another table of this shape. */
import { type Language, spokenIn } from '../message.ts';
import type { CountryCode, Finding, Kind, Level, Posture, Reason, Severity, Status, Tier, Topic } from '../model.ts';
import { german } from './words-de.ts';
import { english } from './words-en.ts';
import { spanish } from './words-es.ts';
import { french } from './words-fr.ts';
import { ukrainian } from './words-uk.ts';

export interface Words {
  /** A mark and a word, never a number: it cannot be taken for a government's level. */
  readonly severity: Readonly<Record<Severity, string>>;
  readonly kind: Readonly<Record<Kind, string>>;
  readonly topic: Readonly<Record<Topic, string>>;
  readonly posture: Readonly<Record<Posture, string>>;
  /** The common scale of advice in plain words; the issuer's own stand before it. */
  readonly level: Readonly<Record<Level, string>>;
  readonly status: Readonly<Record<Status, string>>;
  readonly tier: Readonly<Record<Tier, string>>;
  readonly reason: Readonly<Record<Reason, string>>;
  /** What a finding tells, as one clause without a full stop. */
  act(finding: Finding, names: Names): string;
  /** Which mission, and where it stands or goes. */
  post(finding: Finding, names: Names): string;
  /** A country as it stands in a sentence: "US", "Germany". */
  shortName(code: CountryCode, names: Names): string;
  readonly confirmedBy: (source: string) => string;
  readonly announcedBy: (source: string) => string;
  readonly reportedBy: (outlets: number) => string;
  readonly deniedBy: (source: string) => string;
  readonly correction: string;
  /** Grave, and not sure enough to be told as a fact. */
  readonly unconfirmed: string;
  readonly lifted: string;
  readonly new: string;
  readonly update: (count: number) => string;
  readonly countries: (count: number) => string;
  readonly nowhere: string;
  readonly late: (hours: number) => string;
  readonly before: string;
  readonly now: string;
  readonly fields: Readonly<
    Record<'where' | 'advice' | 'post' | 'staff' | 'status' | 'people' | 'reported' | 'published' | 'firstSeen', string>
  >;
  readonly sources: string;
  /** Further acts of one crisis. */
  readonly also: string;
  /** The same before one act, in a headline. */
  readonly andAlso: string;
  /** In the quotation marks of the language. */
  readonly quoted: (text: string) => string;
  readonly more: (count: number) => string;
  readonly levelNotStated: string;
  readonly alertId: (id: string) => string;
  readonly notOfficial: string;
  readonly buttons: Readonly<Record<'acknowledge' | 'mute' | 'why' | 'source' | 'map' | 'wrong', string>>;
  readonly digest: DigestWords;
  readonly sight: SightWords;
}

export interface DigestWords {
  readonly title: string;
  readonly events: (count: number) => string;
  readonly nothing: string;
  readonly sourcesRead: (ok: number, all: number) => string;
  readonly mayMiss: string;
  readonly until: string;
  readonly several: string;
  readonly unchanged: string;
  readonly watch: string;
  /** In the place of `nothing` where a part of the time was not watched. */
  readonly nothingSeen: string;
  readonly unwatched: (hours: number) => string;
  readonly notWatched: string;
  readonly gapMayMiss: string;
  readonly stillOpen: string;
}

/** What is said of what Attaché itself cannot see. */
export interface SightWords {
  readonly lost: (countries: string) => string;
  readonly lostAdvice: string;
  readonly lostHalf: (lost: number, all: number) => string;
  readonly back: (countries: string) => string;
  readonly backAdvice: string;
  readonly backHalf: (lost: number, all: number) => string;
  /** Attaché itself did not look for a while. */
  readonly offline: (hours: number, reach: number, all: number) => string;
  /** Said wherever something is lost. */
  readonly silence: string;
  readonly since: string;
  /** The publisher took the source away for good. */
  readonly gone: string;
}

/** How countries are named. */
export interface Names {
  name(code: CountryCode, language?: string): string;
  /** BCP 47 */
  readonly language: string;
}

const tables: Readonly<Record<Language, Words>> = { en: english, fr: french, es: spanish, de: german, uk: ukrainian };

/** @param language BCP 47; English where there is no table for it */
export function wordsOf(language: string): Words {
  return tables[spokenIn(language)];
}
