/** From labelled items to the weights of the second opinion, and to models that did not see what they are measured on. */
import type { GateWeights } from '../src/detect/opinion/learned-gate.ts';
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
  readonly parts: readonly OpinionWeights[];
}

/**
 * The same items in the same order give the same weights.
 * @param onlyParts to measure: the weights are those of the first part
 */
export function train(
  examples: readonly SeenExample[],
  background: readonly SeenHeadline[],
  gate: GateWeights,
  onlyParts = false,
): Trained {
  const parts = Array.from({ length: folds }, (_, part) => fitted(examples, background, part));
  const rules: OpinionRules = {
    ...calibration(examples, parts, (language) => language === 'en'),
    elsewhere: calibration(examples, parts, (language) => language !== 'en'),
    ...thresholds,
  };
  const exact = onlyParts ? (parts[0] as Fit) : fitted(examples, background);
  const rounded = (one: Fit) => quantised(one, heads, fitOptions.strengths, rules, gate, mostRows);
  const roundedParts = parts.map(rounded);
  return { weights: rounded(exact), exact, models: roundedParts.map(createModel), parts: roundedParts };
}

function fitted(examples: readonly SeenExample[], background: readonly SeenHeadline[], without?: number): Fit {
  return regression(samplesOf(examples, background, without), heads.length, fitOptions);
}

/** How often a score is right, on items that the one who scores them was not trained on. */
function calibration(
  examples: readonly SeenExample[],
  parts: readonly Fit[],
  isOf: (language: string) => boolean,
): OpinionRules['elsewhere'] {
  const scored = examples.flatMap(({ example, seen, fold }) => {
    const part = parts[fold];
    if (!part || !isOf(example.language) || example.ambiguous || example.heldOut) return [];
    const [score = 0] = scoresOf(seen.features, part, fitOptions.strengths);
    return [{ score, right: example.relevant, weight: example.written ? weightOf.writtenInCalibration : 1 }];
  });
  return calibrated(scored);
}
