/** All that training can be told, chosen by cross-validation; the figures move little around these. */
import type { OpinionRules } from '../src/detect/opinion/weights.ts';
import type { FitOptions } from './fit.ts';

/** `kindEpochs`: in how many of the epochs the heads of the kinds learn. */
export const fitOptions: FitOptions = { epochs: 12, kindEpochs: 5, rate: 0.3, decay: 0.3, least: 4, strengths: [3, 3, 2, 3] };

/** Sets that frames and words were tuned on: what the frames made of them is shown less, or it would be trusted blindly. */
export const tuned: ReadonlySet<string> = new Set([
  ...['dev-tune', 'dev-test', 'train-background', 'written-first', 'written-contrast'],
  ...['en-mixed', 'en-idiom', 'en-summary', 'ar', 'de', 'es', 'fr', 'it', 'ja', 'pl', 'pt', 'ru', 'uk', 'zh'].map(
    (set) => `written-${set}-1`,
  ),
]);

/** How much of an item's weight goes to its copy that shows what the frames made of it; the rest goes to one that hides it. */
export const shown = { tuned: 0.35, fresh: 0.7 };

export const weightOf = { ambiguous: 0.3, written: 0.5, phrases: 0.4, writtenInCalibration: 0.2, background: 0.3 };

/** Rows that the file keeps: those that weigh most. */
export const mostRows = 32_000;

/** Likelihoods from which it acts. */
export const thresholds: Pick<OpinionRules, 'veto' | 'lift' | 'propose' | 'agreed' | 'complete'> = {
  veto: 0.03,
  lift: 0.5,
  propose: 0.5,
  agreed: 0.77,
  complete: 0.8,
};

/** Parts of cross-validation. */
export const folds = 4;

/**
 * The learned gate. `passing`: the share of ordinary headlines that it lets through beside the words; `stop`: a score below it stops what has words;
 * `report` and `near`: weights of what reports and of labelled items that do not.
 */
export const gateOptions = { slots: 1 << 17, epochs: 5, rate: 0.5, report: 6, near: 0.3, passing: 0.01, stop: -9 };

/** Headlines made of phrases: how often each choice of a line's longest list comes up, and at most how many a line makes. */
export const phraseOptions = { times: 2.5, most: 90, summaries: 0.15 };
