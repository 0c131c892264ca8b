import type { Problems } from '../model/basics.ts';
import { isRecord, type Where, wrong } from './check.ts';

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

/** @param where names the place of an entry in the problems, one line each */
export function readWeights(value: unknown, where: Where): { readonly weights: Weights } | Problems {
  const given = isRecord(value) && isRecord(value.weights) ? value.weights : {};
  const strangers = Object.keys(given).filter((key) => !features.some((one) => one === key));
  const missing = features.filter((feature) => typeof given[feature] !== 'number');
  const problems = [
    ...strangers.map((key) => wrong(where, ['weights', key], key, features.join(', '))),
    ...missing.map((feature) => wrong(where, ['weights', feature], given[feature], 'a number')),
  ];
  return problems.length > 0 ? { problems } : { weights: given as Weights };
}

/** 0 to 1, two decimals: more would claim a precision that there is none of. */
export function confidenceOf(found: Found, weights: Weights): number {
  let sum = weights.base;
  for (const [feature, strength] of Object.entries(found)) sum += weights[feature as Feature] * strength;
  return Math.round(100 / (1 + Math.exp(-sum))) / 100;
}
