/** All that training can be told, chosen by cross-validation; the figures move little around these. */
import type { OpinionRules } from '../src/detect/opinion/weights.ts';
import type { FitOptions } from './fit.ts';

export const fitOptions: FitOptions = { epochs: 12, rate: 0.3, decay: 0.3, least: 2, strengths: [3, 3, 2, 3] };

/** Sets that frames and words were tuned on: what the frames made of them is shown less, or it would be trusted blindly. */
export const tuned: ReadonlySet<string> = new Set([
  ...['dev-tune', 'dev-test', 'train-background', 'written-first', 'written-contrast'],
  ...['en-mixed', 'en-idiom', 'en-summary', 'ar', 'de', 'es', 'fr', 'it', 'ja', 'pl', 'pt', 'ru', 'uk', 'zh'].map(
    (set) => `written-${set}-1`,
  ),
]);

/** How much of an item's weight goes to its copy that shows what the frames made of it; the rest goes to one that hides it. */
export const shown = { tuned: 0.35, fresh: 0.7 };

export const weightOf = { ambiguous: 0.3, written: 0.5, writtenInCalibration: 0.2, background: 0.3 };

/** Rows that the file keeps: those that weigh most. */
export const mostRows = 32_000;

/** Likelihoods from which it acts. */
export const thresholds: Pick<OpinionRules, 'veto' | 'lift' | 'propose'> = { veto: 0.1, lift: 0.5, propose: 0.5 };

/** Parts of cross-validation. */
export const folds = 5;
