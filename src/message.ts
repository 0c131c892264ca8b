import type { Instant } from './model/basics.ts';
import type { LaneId, PlatformName } from './model/channel.ts';
import type { MessageRef } from './model/delivery.ts';
import type { AlertKind } from './model/event.ts';
import type { Severity } from './model/finding.ts';

/**
 * A run of a line: plain words, strong words, a link that was checked to be http(s), a time each reader sees in their own zone, or a person by
 * the id that their platform gave us, shown by name and not pinged.
 */
export type Part =
  | string
  | { readonly strong: string }
  | { readonly link: string; readonly text: string }
  | { readonly at: Instant }
  | { readonly person: string };

export type Line = readonly Part[];

export interface MessageSection {
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface MessageField {
  readonly name: string;
  readonly value: Line;
}

export type ButtonAct = 'acknowledge' | 'mute' | 'why' | 'wrong' | 'command';

export type Button =
  | {
      readonly act: ButtonAct;
      readonly label: string;
      /** For `command` the line that pressing it says; else the alert's id. At most 100 characters. */
      readonly value: string;
      readonly overflow?: boolean;
    }
  | { readonly act: 'open'; readonly label: string; readonly link: string; readonly overflow?: boolean };

export interface ChatMessage {
  readonly kind: AlertKind | 'digest' | 'answer' | 'notice';
  /** Absent for what is no alert. */
  readonly severity?: Severity;
  /** Plain words that stand alone: also the notification text. */
  readonly headline: string;
  /** The flag of the one country that it is about, for platforms that show flags. */
  readonly flag?: string;
  /** The first source's own title and checked address: what the title of the card leads to. */
  readonly title?: { readonly text: string; readonly link?: string };
  /** Of a note: what its thread is called, the headline of the message that it belongs to. */
  readonly thread?: string;
  readonly lines: readonly Line[];
  readonly fields: readonly MessageField[];
  readonly sections: readonly MessageSection[];
  readonly footer: readonly Line[];
  readonly buttons: readonly Button[];
  /** A recording or a sample, not the present: adapters must say so above everything else. */
  readonly marked?: string;
  /** Where the place it is about can be seen, for channels that want it. */
  readonly map?: Extract<Button, { readonly act: 'open' }>;
  /** IANA zone of the channel that it answers, for platforms that do not know each reader's. */
  readonly zone?: string;
  /** BCP 47 language of our own words. */
  readonly language: string;
}

/** A message of its headline alone, and of whatever more is given. */
export function newMessage(kind: ChatMessage['kind'], headline: string, more: Partial<ChatMessage> = {}): ChatMessage {
  return { kind, headline, lines: [], fields: [], sections: [], footer: [], buttons: [], language: 'en', ...more };
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Text that runs from right to left stands between marks, so that it cannot move what stands beside it. */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

/** The same message with one more line at its foot: which subscription it answers. */
export function withFooter(message: ChatMessage, line: Line): ChatMessage {
  return { ...message, footer: [...message.footer, line] };
}

/** What a link says: words that name another address than the one they lead to give way to that one's host. */
export function linkWords({ link, text }: { readonly link: string; readonly text: string }): string {
  const bare = (host: string) => host.toLowerCase().replace(/^www\./, '');
  const host = bare(URL.parse(link)?.hostname ?? '');
  const [named] = /(?:https?:\/\/|www\.)[^\s/?#]+/i.exec(text) ?? [];
  return host === '' || named === undefined || bare(named.replace(/^https?:\/\//i, '')) === host ? text : host;
}

/** The words of a line alone, times as ISO in UTC: for logs, tests and notification texts. */
export function plainText(line: Line): string {
  return line
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('strong' in part) return part.strong;
      if ('link' in part) return part.text;
      if ('person' in part) return part.person;
      return new Date(part.at).toISOString().slice(0, 16).replace('T', ' ').concat(' UTC');
    })
    .join('');
}

// ---------------------------------------------------------------- commands

export type OptionKind = 'text' | 'places' | 'place' | 'topics' | 'subscription' | 'zone' | 'word';

/** How a platform's list shows a command or an option to people of another language. */
export interface LocalName {
  readonly name: string;
  readonly description: string;
}

export interface OptionSpec {
  /** Lower case, as in Discord's options and before the value in a typed line: `from US, UK`. */
  readonly name: string;
  readonly description: string;
  readonly kind: OptionKind;
  readonly required: boolean;
  /** False for a first option that is said by its name like the others: `settings zone UTC`. */
  readonly positional?: boolean;
  /** A short closed list, where there is one. */
  readonly choices?: readonly string[];
  /** By language. */
  readonly local?: Readonly<Record<string, LocalName>>;
}

export interface CommandSpec {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionSpec[];
  /** It changes what a channel gets: asks for the right to. */
  readonly changes: boolean;
  /** By language. */
  readonly local?: Readonly<Record<string, LocalName>>;
}

/** What the bot lacks: permissions, by the names that the platform shows, or an invitation into the channel. */
export type CannotPost = { readonly missing: readonly string[] } | 'not invited';

/** One use of a command, as a platform hands it over. */
export interface CommandCall {
  readonly platform: PlatformName;
  readonly lane: LaneId;
  /** The platform's id of the person. */
  readonly user: string;
  /** What the platform says of the person's right to change this channel. */
  readonly mayChange: boolean;
  /** From the person's profile, where the platform tells. */
  readonly zone?: string;
  readonly locale?: string;
  /** Why the bot cannot post where this was said. Absent where it can, or nobody knows. */
  readonly cannotPost?: CannotPost;
  /** The role that the command names and that the bot may not mention. */
  readonly cannotPing?: { readonly role: string };
  /** A typed line (`subscribe Ukraine from US`) or options that the platform already took apart. */
  readonly input: { readonly line: string } | { readonly command: string; readonly options: Readonly<Record<string, string>> };
}

export interface ButtonPress {
  readonly platform: PlatformName;
  readonly lane: LaneId;
  readonly user: string;
  readonly mayChange: boolean;
  readonly cannotPost?: CannotPost;
  readonly act: ButtonAct;
  readonly value: string;
  /** The message that the button stands in; absent where the platform does not say, or the message cannot be edited later. */
  readonly pressed?: MessageRef;
}

export interface Answer {
  readonly message: ChatMessage;
  /** Only the person who asked sees it. */
  readonly private: boolean;
  /** What would mend the command: platforms that have forms ask for it there. */
  readonly asks?: MissingOption;
}

export interface MissingOption {
  readonly command: string;
  /** As they were said. */
  readonly options: Readonly<Record<string, string>>;
  /** The option that is missing or wrong. */
  readonly option: string;
}

/** What an option can complete to. At most 25 are shown. */
export interface Choice {
  readonly label: string;
  readonly value: string;
}
