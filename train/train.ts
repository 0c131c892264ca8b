/** From labelled items to the weights of the second opinion, and to models that did not see what they are measured on. */
import { createModel, type Model } from '../src/detect/opinion/score.ts';
import type { OpinionRules, OpinionWeights } from '../src/detect/opinion/weights.ts';
import { calibrated } from './calibrate.ts';
import { type Fit, regression, scoresOf } from './fit.ts';
import { quantised } from './quantise.ts';
import { heads, type SeenExample, type SeenHeadline, samplesOf } from './samples.ts';
import { fitOptions, folds, mostRows, thresholds, weightOf } from './settings.ts';

export interface Trained {
  readonly weights: OpinionWeights;
  /** The same before weights were rounded and rows left out. */
  readonly exact: Fit;
  /** One for each part of cross-validation: trained on all others. */
  readonly models: readonly Model[];
}

/** The same items in the same order give the same weights. */
export function train(examples: readonly SeenExample[], background: readonly SeenHeadline[]): Trained {
  const parts = Array.from({ length: folds }, (_, part) => fitted(examples, background, part));
  const rules: OpinionRules = { ...calibration(examples, parts), ...thresholds };
  const exact = fitted(examples, background);
  const rounded = (one: Fit) => quantised(one, heads, fitOptions.strengths, rules, mostRows);
  return { weights: rounded(exact), exact, models: parts.map((part) => createModel(rounded(part))) };
}

function fitted(examples: readonly SeenExample[], background: readonly SeenHeadline[], without?: number): Fit {
  return regression(samplesOf(examples, background, without), heads.length, fitOptions);
}

/** How often a score is right, on items that the one who scores them was not trained on. */
function calibration(examples: readonly SeenExample[], parts: readonly Fit[]): Pick<OpinionRules, 'slope' | 'offset'> {
  const scored = examples.flatMap(({ example, seen, fold }) => {
    const part = parts[fold];
    if (!seen || !part || example.ambiguous || example.heldOut) return [];
    const [score = 0] = scoresOf(seen.features, part, fitOptions.strengths);
    return [{ score, right: example.relevant, weight: example.written ? weightOf.writtenInCalibration : 1 }];
  });
  return calibrated(scored);
}
