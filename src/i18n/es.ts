/** Español. */
import { answers } from './es/answers.ts';
import { commands } from './es/commands.ts';
import type { Speech } from './words.ts';

export const spanish: Speech = { answers, commands };
