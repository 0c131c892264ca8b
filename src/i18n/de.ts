/** Deutsch. */
import { answers } from './de/answers.ts';
import { commands } from './de/commands.ts';
import type { Speech } from './words.ts';

export const german: Speech = { answers, commands };
