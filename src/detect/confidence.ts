/** How sure a finding is: a small logistic model, its weights a data file. */
import { isRecord, shown } from './lexicon.ts';

/** What a weight stands for is said beside it in config/confidence.yaml. */
export const features = [
  'base',
  'gap',
  'no-sender',
  'no-host',
  'aside',
  'noun',
  'no-actor',
  'question',
  'followup-near',
  'reacts-near',
  'local-near',
  'domestic',
  'weak-people',
  'live',
  'summary',
  'body',
  'agreed',
  'official',
  'people',
] as const;
export type Feature = (typeof features)[number];
export type Weights = Readonly<Record<Feature, number>>;

/** How strongly each feature is there: 1, or for `gap` the number of words. */
export type Found = Readonly<Partial<Record<Feature, number>>>;

/** @param file named in the problem, which is one line: key, what was found, what is allowed */
export function readWeights(value: unknown, file: string): { readonly weights: Weights } | { readonly problem: string } {
  const given = isRecord(value) && isRecord(value.weights) ? value.weights : {};
  const stranger = Object.keys(given).find((key) => !features.some((one) => one === key));
  if (stranger) return { problem: `${file}: weights.${stranger}: found a weight of that name; allowed: ${features.join(', ')}` };
  const wrong = features.find((feature) => typeof given[feature] !== 'number');
  if (wrong) return { problem: `${file}: weights.${wrong}: found ${shown(given[wrong])}; allowed: a number` };
  return { weights: given as Weights };
}

/** 0 to 1, two decimals: more would claim a precision that there is none of. */
export function confidenceOf(found: Found, weights: Weights): number {
  let sum = weights.base;
  for (const [feature, strength] of Object.entries(found)) sum += weights[feature as Feature] * strength;
  return Math.round(100 / (1 + Math.exp(-sum))) / 100;
}
