import type { Kind, Posture, Topic } from '../kinds.ts';
import type { CountryCode } from '../model/basics.ts';
import type { Reason } from '../model/event.ts';
import type { Tier } from '../model/feed.ts';
import type { Finding, Level, Severity, Status } from '../model/finding.ts';
import type { answers } from './en/answers.ts';

/** Answers to commands. */
export type AnswerWords = typeof answers;

/** As a platform's list shows it; what is typed keeps its one English form. */
type Named = readonly [name: string, description: string];

type CommandName =
  | ('subscribe' | 'preview' | 'list' | 'unsubscribe' | 'mute' | 'settings' | 'pause' | 'resume' | 'country' | 'embassy')
  | ('latest' | 'search' | 'why' | 'ack' | 'wrong' | 'digest' | 'test' | 'check' | 'status' | 'feeds' | 'help');

type OptionName =
  | ('places' | 'about' | 'from' | 'min' | 'with' | 'without' | 'id' | 'what' | 'for' | 'zone' | 'language' | 'quiet' | 'digest')
  | ('map' | 'ping' | 'escalate' | 'place' | 'government' | 'in' | 'words' | 'alert' | 'reason' | 'when' | 'command');

export interface CommandNames {
  readonly commands: Readonly<Record<CommandName, Named>>;
  /** An option means the same in every command. */
  readonly options: Readonly<Record<OptionName, Named>>;
}

export interface Speech {
  readonly alerts: AlertWords;
  readonly answers: AnswerWords;
  /** The tags by which platforms know it; none for the one that they show without any. */
  readonly locales: readonly string[];
  /** English names and descriptions are in the table of commands itself. */
  readonly commands: CommandNames | 'original';
}

/** What alerts, digests and notices are made of. */
export interface AlertWords {
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
  /** Said in the thread of a Critical. */
  readonly unacknowledged: (minutes: number) => string;
  readonly foot: FootWords;
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

/** What the sender adds: only it knows the channel's side of the story. */
export interface FootWords {
  readonly subscription: (ids: string) => string;
  readonly acknowledgedBy: string;
  readonly repeat: string;
  /** Many alerts in one message. */
  readonly together: (count: number) => string;
  readonly more: (count: number) => string;
  readonly eachLater: string;
  readonly show: string;
  /** The message that a Correction or a Lifted answers. */
  readonly answers: string;
  readonly late: (hours: number) => string;
}
