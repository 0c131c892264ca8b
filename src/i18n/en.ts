/** English. */
import { alerts } from './en/alerts.ts';
import { answers } from './en/answers.ts';
import type { Speech } from './words.ts';

export const english: Speech = { locales: [], alerts, answers, commands: 'original' };
