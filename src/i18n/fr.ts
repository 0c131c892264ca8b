/** Français. */
import { alerts } from './fr/alerts.ts';
import { answers } from './fr/answers.ts';
import { commands } from './fr/commands.ts';
import type { Speech } from './words.ts';

export const french: Speech = { locales: ['fr'], alerts, answers, commands };
