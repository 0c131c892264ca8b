/** What a language has to say. English is the original: a text that another language lacks is an error of the compiler. */
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
  readonly answers: AnswerWords;
  /** English names and descriptions are in the table of commands itself. */
  readonly commands: CommandNames | 'original';
}
