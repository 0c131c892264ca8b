/** Deutsch. */
import { alerts } from './de/alerts.ts';
import { answers } from './de/answers.ts';
import { commands } from './de/commands.ts';
import type { Speech } from './words.ts';

export const german: Speech = { locales: ['de'], alerts, answers, commands };
