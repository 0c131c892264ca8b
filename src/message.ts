import type { Instant } from './model/basics.ts';
import type { LaneId, PlatformName } from './model/channel.ts';
import type { MessageRef } from './model/delivery.ts';
import type { AlertKind } from './model/event.ts';
import type { Severity } from './model/finding.ts';

/**
 * A piece of a line: plain text, strong text, a link checked to be http(s), a time that each reader
 * sees in their own zone, or a person by the platform's id, shown by name and not pinged.
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
      /**
       * For `command` the line that pressing it sends; else the alert's id. At most 100 characters.
       */
      readonly value: string;
      readonly overflow?: boolean;
    }
  | { readonly act: 'open'; readonly label: string; readonly link: string; readonly overflow?: boolean };

export interface ChatMessage {
  readonly kind: AlertKind | 'digest' | 'answer' | 'notice';
  /** Absent unless it is an alert. */
  readonly severity?: Severity;
  /** Plain text that makes sense alone: also the notification text. */
  readonly headline: string;
  /** The flag of the only country that it is about, for platforms that show flags. */
  readonly flag?: string;
  /** The first source's own title and checked address: what the card's title links to. */
  readonly title?: { readonly text: string; readonly link?: string };
  /** For a note: the name of its thread, which is the headline of the message it belongs to. */
  readonly thread?: string;
  readonly lines: readonly Line[];
  readonly fields: readonly MessageField[];
  readonly sections: readonly MessageSection[];
  readonly footer: readonly Line[];
  readonly buttons: readonly Button[];
  /** A recording or a sample, not the present: adapters must show this above everything else. */
  readonly marked?: string;
  /** A map of the place, for channels that enabled maps. */
  readonly map?: Extract<Button, { readonly act: 'open' }>;
  /** IANA zone of the channel, for platforms that do not know each reader's. */
  readonly zone?: string;
  /** BCP 47 language of Attaché's own words. */
  readonly language: string;
}

/** Returns a message of its headline alone, plus what `more` adds. */
export function newMessage(kind: ChatMessage['kind'], headline: string, more: Partial<ChatMessage> = {}): ChatMessage {
  return { kind, headline, lines: [], fields: [], sections: [], footer: [], buttons: [], language: 'en', ...more };
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Wraps right-to-left text in isolation marks, so that it cannot reorder the text beside it. */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

/** Returns the message with one more footer line. */
export function withFooter(message: ChatMessage, line: Line): ChatMessage {
  return { ...message, footer: [...message.footer, line] };
}

/**
 * Returns a link's text; if the text names another address than the link, the link's host instead.
 */
export function linkWords({ link, text }: { readonly link: string; readonly text: string }): string {
  const bare = (host: string) => host.toLowerCase().replace(/^www\./, '');
  const host = bare(URL.parse(link)?.hostname ?? '');
  const [named] = /(?:https?:\/\/|www\.)[^\s/?#]+/i.exec(text) ?? [];
  return host === '' || named === undefined || bare(named.replace(/^https?:\/\//i, '')) === host ? text : host;
}

/** Returns a line's text alone, times as ISO in UTC: for logs, tests and notification texts. */
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

export type OptionKind = 'text' | 'places' | 'place' | 'topics' | 'subscription' | 'zone' | 'word';

/** A command's or option's name and description in another language. */
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
  /** False for a first option that needs its name like the others: `settings zone UTC`. */
  readonly positional?: boolean;
  /** A short closed list. */
  readonly choices?: readonly string[];
  /** By language. */
  readonly local?: Readonly<Record<string, LocalName>>;
}

export interface CommandSpec {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionSpec[];
  /** It changes what a channel gets, which needs permission. */
  readonly changes: boolean;
  /** By language. */
  readonly local?: Readonly<Record<string, LocalName>>;
}

/**
 * What the bot lacks: permissions, by the names that the platform shows, or an invitation to the
 * channel.
 */
export type CannotPost = { readonly missing: readonly string[] } | 'not invited';

/** One use of a command, as the platform passes it on. */
export interface CommandCall {
  readonly platform: PlatformName;
  readonly lane: LaneId;
  /** The platform's id of the person. */
  readonly user: string;
  /** Whether the platform allows the person to change this channel. */
  readonly mayChange: boolean;
  /** From the person's profile, if the platform tells. */
  readonly zone?: string;
  /**
   * What is read here, as far as the platform tells (BCP 47): the server's language where it has
   * chosen one, else the person's.
   */
  readonly locale?: string;
  /** Why the bot cannot post in this channel. Absent if it can, or if it is unknown. */
  readonly cannotPost?: CannotPost;
  /** The role named in the command that the bot may not mention. */
  readonly cannotPing?: { readonly role: string };
  /** A typed line (`subscribe Ukraine from US`), or options that the platform already parsed. */
  readonly input: { readonly line: string } | { readonly command: string; readonly options: Readonly<Record<string, string>> };
}

export interface ButtonPress {
  readonly platform: PlatformName;
  readonly lane: LaneId;
  readonly user: string;
  readonly mayChange: boolean;
  /** As of a command. */
  readonly locale?: string;
  readonly cannotPost?: CannotPost;
  readonly act: ButtonAct;
  readonly value: string;
  /**
   * The message with the button; absent if the platform does not tell, or if the message cannot be
   * edited later.
   */
  readonly pressed?: MessageRef;
}

export interface Answer {
  readonly message: ChatMessage;
  /** Visible only to the person who asked. */
  readonly private: boolean;
  /** The option that would fix the command: platforms with forms ask for it there. */
  readonly asks?: MissingOption;
}

export interface MissingOption {
  readonly command: string;
  /** The options as given. */
  readonly options: Readonly<Record<string, string>>;
  /** The option that is missing or wrong. */
  readonly option: string;
}

/** A completion of an option. At most 25 are shown. */
export interface Choice {
  readonly label: string;
  readonly value: string;
}
