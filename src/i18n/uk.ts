/** Українська. */
import { alerts } from './uk/alerts.ts';
import { answers } from './uk/answers.ts';
import { commands } from './uk/commands.ts';
import type { Speech } from './words.ts';

export const ukrainian: Speech = { locales: ['uk'], alerts, answers, commands };
