/** What a language has to say. English is the original: a text that another language lacks is an error of the compiler. */
import type { answers } from './en/answers.ts';

/** Answers to commands. */
export type AnswerWords = typeof answers;

export interface Speech {
  readonly answers: AnswerWords;
}
