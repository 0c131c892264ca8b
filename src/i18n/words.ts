import type { Kind, Posture, Topic } from '../kinds.ts';
import type { CountryCode } from '../model/basics.ts';
import type { Reason } from '../model/event.ts';
import type { Tier } from '../model/feed.ts';
import type { Finding, Level, Severity, Status } from '../model/finding.ts';
import type { answers } from './en/answers.ts';

/** Texts of answers to commands. */
export type AnswerWords = typeof answers;

/** Shown in a platform's command list; what people type stays English. */
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
  /** The locale tags of platforms; empty for English, their default. */
  readonly locales: readonly string[];
  /** `original`: English names and descriptions are in the command table itself. */
  readonly commands: CommandNames | 'original';
}

/** Texts of alerts, digests and notices. */
export interface AlertWords {
  /** A symbol and a word, never a number, which could be mistaken for a government's level. */
  readonly severity: Readonly<Record<Severity, string>>;
  readonly kind: Readonly<Record<Kind, string>>;
  readonly topic: Readonly<Record<Topic, string>>;
  readonly posture: Readonly<Record<Posture, string>>;
  /** The common four-level scale; the issuer's own words come first. */
  readonly level: Readonly<Record<Level, string>>;
  readonly status: Readonly<Record<Status, string>>;
  readonly tier: Readonly<Record<Tier, string>>;
  readonly reason: Readonly<Record<Reason, string>>;
  /** The finding as one clause without a full stop. */
  act(finding: Finding, names: Names): string;
  /** The mission, and where it is or moves to. */
  post(finding: Finding, names: Names): string;
  /** A country's name within a sentence: "US", "Germany". */
  shortName(code: CountryCode, names: Names): string;
  readonly confirmedBy: (source: string) => string;
  readonly announcedBy: (source: string) => string;
  readonly reportedBy: (outlets: number) => string;
  readonly deniedBy: (source: string) => string;
  readonly correction: string;
  /** Marks a grave report that is not certain enough to state as a fact. */
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
  /** Title of the section with further acts of a crisis. */
  readonly also: string;
  /** Introduces a further act in a headline. */
  readonly andAlso: string;
  /** Adds the language's quotation marks. */
  readonly quoted: (text: string) => string;
  readonly more: (count: number) => string;
  readonly levelNotStated: string;
  readonly alertId: (id: string) => string;
  readonly notOfficial: string;
  readonly buttons: Readonly<Record<'acknowledge' | 'mute' | 'why' | 'source' | 'map' | 'wrong', string>>;
  readonly digest: DigestWords;
  readonly sight: SightWords;
  /** Posted in the thread of a Critical alert. */
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
  /** Replaces `nothing` if part of the period was not covered. */
  readonly nothingSeen: string;
  readonly unwatched: (hours: number) => string;
  readonly notWatched: string;
  readonly gapMayMiss: string;
  readonly stillOpen: string;
}

/** Texts about lost and restored coverage. */
export interface SightWords {
  readonly lost: (countries: string) => string;
  readonly lostAdvice: string;
  readonly lostHalf: (lost: number, all: number) => string;
  readonly back: (countries: string) => string;
  readonly backAdvice: string;
  readonly backHalf: (lost: number, all: number) => string;
  /** Attaché was not polling for a while. */
  readonly offline: (hours: number, reach: number, all: number) => string;
  /** Added whenever coverage is lost. */
  readonly silence: string;
  readonly since: string;
  /** The publisher removed the source for good. */
  readonly gone: string;
}

/** Names countries. */
export interface Names {
  name(code: CountryCode, language?: string): string;
  /** BCP 47 */
  readonly language: string;
}

/** Texts that are added on sending, when the channel's state is known. */
export interface FootWords {
  readonly subscription: (ids: string) => string;
  readonly acknowledgedBy: string;
  readonly repeat: string;
  /** Headline of a message that bundles many alerts. */
  readonly together: (count: number) => string;
  readonly more: (count: number) => string;
  readonly eachLater: string;
  readonly show: string;
  /** Link text to the message that a Correction or Lifted refers to. */
  readonly answers: string;
  readonly late: (hours: number) => string;
}
