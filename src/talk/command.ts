/** What a command is: what platforms show of it, and how it answers. */

import { uiLanguage } from '../i18n/speech.ts';
import type { AnswerWords } from '../i18n/words.ts';
import type { Answer, CannotPost, CommandCall, CommandSpec, OptionSpec } from '../message.ts';
import type { CountryCode } from '../model/basics.ts';
import type { Feed } from '../model/feed.ts';
import { type AnswerParts, answerMessage } from '../phrase/answers.ts';
import type { PhraseContext } from '../phrase/headline.ts';
import type { Places } from '../places.ts';
import type { Clock, Schedule } from '../ports/clock.ts';
import type { Connected } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';
import type { SourceHealth } from './coverage.ts';

export interface TalkPorts {
  readonly store: Store;
  readonly schedule: Schedule;
  readonly places: Places;
  readonly clock: Clock;
}

/** One use of a command, taken apart. */
export interface CommandRequest extends Omit<CommandCall, 'input'> {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  /** Before a line that people type on their platform: `/attache `. */
  readonly prefix: string;
}

/** What answers may know beside the store, in the language of the channel that asks. */
export interface TalkContext {
  readonly words: AnswerWords;
  readonly sight: SourceHealth;
  readonly feeds: readonly Feed[];
  readonly version: string;
  readonly connections: () => readonly Connected[];
  readonly commands: readonly Command[];
  readonly context: PhraseContext;
}

export interface Command extends CommandSpec {
  /** A line that people can type as it is. */
  readonly example: string;
  /** Said without any option it changes nothing, and so needs no right. */
  readonly readsWhenBare?: boolean;
  answer(asked: CommandRequest, ports: TalkPorts, known: TalkContext): Promise<Answer>;
}

/** Only the one who asked sees it: what changes or shows a channel's settings, and what was said wrong. */
export const privateAnswer = (headline: string, parts?: AnswerParts): Answer => ({
  message: answerMessage(headline, parts),
  private: true,
});
export const publicAnswer = (headline: string, parts?: AnswerParts): Answer => ({
  message: answerMessage(headline, parts),
  private: false,
});

/** An answer to an option that is missing or wrong. */
export function askFor(answer: Answer, { command, options }: Pick<CommandRequest, 'command' | 'options'>, option: string): Answer {
  return { ...answer, asks: { command, options, option } };
}

/** An option that may be left out unless `more` says otherwise. */
export function option(name: string, kind: OptionSpec['kind'], description: string, more: Partial<OptionSpec> = {}): OptionSpec {
  return { name, kind, description, required: false, ...more };
}

/** What a command or an option is, in a language; English where it has no words of its own. */
export function describedIn(language: string, { description, local }: Pick<OptionSpec, 'description' | 'local'>): string {
  return local?.[uiLanguage(language)]?.description ?? description;
}

/** Countries by name, in the language of the channel. */
export function namesOf(codes: readonly CountryCode[], { context }: TalkContext): readonly string[] {
  return codes.map((code) => context.name(code, context.language));
}

/** What to do so that the bot can post. */
export function postingNeeds(cannotPost: CannotPost, { wrong }: AnswerWords): string {
  return cannotPost === 'not invited' ? wrong.notInvited : wrong.lacksPermissions(cannotPost.missing);
}
