/** English. */
import { answers } from './en/answers.ts';
import type { Speech } from './words.ts';

export const english: Speech = { answers, commands: 'original' };
