/** Español. */
import { alerts } from './es/alerts.ts';
import { answers } from './es/answers.ts';
import { commands } from './es/commands.ts';
import type { Speech } from './words.ts';

export const spanish: Speech = { locales: ['es-ES', 'es-419'], alerts, answers, commands };
