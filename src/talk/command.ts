/** Commands: what platforms show of them, and how they answer. */

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

/** A parsed command with its caller. */
export interface CommandRequest extends Omit<CommandCall, 'input'> {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  /** Typed before a command on the platform: `/attache `. */
  readonly prefix: string;
}

/** What answers need besides the store, in the channel's language. */
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
  /** A complete line that people can type. */
  readonly example: string;
  /** Without options the command only reads, and so needs no permission. */
  readonly readsWhenBare?: boolean;
  answer(asked: CommandRequest, ports: TalkPorts, known: TalkContext): Promise<Answer>;
}

/** An answer only for the caller: changes and settings of a channel, and errors. */
export const privateAnswer = (headline: string, parts?: AnswerParts): Answer => ({
  message: answerMessage(headline, parts),
  private: true,
});
export const publicAnswer = (headline: string, parts?: AnswerParts): Answer => ({
  message: answerMessage(headline, parts),
  private: false,
});

/** Marks the answer as asking for a missing or wrong option. */
export function askFor(answer: Answer, { command, options }: Pick<CommandRequest, 'command' | 'options'>, option: string): Answer {
  return { ...answer, asks: { command, options, option } };
}

/** Builds an option; optional unless `more` says otherwise. */
export function option(name: string, kind: OptionSpec['kind'], description: string, more: Partial<OptionSpec> = {}): OptionSpec {
  return { name, kind, description, required: false, ...more };
}

/** Returns the description in a language; English if there is no translation. */
export function describedIn(language: string, { description, local }: Pick<OptionSpec, 'description' | 'local'>): string {
  return local?.[uiLanguage(language)]?.description ?? description;
}

/** Names of countries in the channel's language. */
export function namesOf(codes: readonly CountryCode[], { context }: TalkContext): readonly string[] {
  return codes.map((code) => context.name(code, context.language));
}

/** Tells what to do so that the bot can post. */
export function postingNeeds(cannotPost: CannotPost, { wrong }: AnswerWords): string {
  return cannotPost === 'not invited' ? wrong.notInvited : wrong.lacksPermissions(cannotPost.missing);
}
