/** Weights as the file holds them: the rows that weigh most, each weight one of 255 steps of its head. */

import type { GateWeights } from '../src/detect/opinion/learned-gate.ts';
import type { OpinionRules, OpinionWeights } from '../src/detect/opinion/weights.ts';
import type { Kind } from '../src/kinds.ts';
import type { Fit } from './fit.ts';

export function quantised(
  fit: Fit,
  heads: readonly string[],
  strengths: readonly number[],
  rules: OpinionRules,
  gate: GateWeights,
  most: number,
): OpinionWeights {
  const kept = heaviest(fit, most);
  const scales = heads.map((_, head) => round(scaleOf(fit, kept, head)));
  const values = new Int8Array(kept.length * heads.length);
  const hashes = new Uint32Array(kept.length);
  for (const [row, [hash, from]] of kept.entries()) {
    hashes[row] = hash;
    for (let head = 0; head < heads.length; head += 1) {
      const steps = Math.round((fit.weights[from * heads.length + head] as number) / (scales[head] as number));
      values[row * heads.length + head] = Math.max(-127, Math.min(127, steps));
    }
  }
  const bias = [...fit.bias].map(round);
  return { heads, rows: kept.length, scales, bias, strengths, rules, gate, kinds: heads.slice(1) as Kind[], hashes, values };
}

const round = (value: number) => Number(value.toPrecision(6));

/** In the order of their hashes. */
function heaviest({ rows, weights, heads }: Fit, most: number): readonly (readonly [hash: number, row: number])[] {
  const weighed = [...rows].map(([hash, row]) => {
    // The first head decides; a kind's head only says which kind.
    let weight = 2 * Math.abs(weights[row * heads] as number);
    for (let head = 1; head < heads; head += 1) weight = Math.max(weight, Math.abs(weights[row * heads + head] as number));
    return { hash, row, weight };
  });
  weighed.sort((one, other) => other.weight - one.weight || one.hash - other.hash);
  return weighed
    .slice(0, most)
    .sort((one, other) => one.hash - other.hash)
    .map(({ hash, row }) => [hash, row] as const);
}

/** The heaviest weight is the last step. */
function scaleOf({ weights, heads }: Fit, kept: readonly (readonly [number, number])[], head: number): number {
  const most = kept.reduce((sum, [, row]) => Math.max(sum, Math.abs(weights[row * heads + head] as number)), 0);
  return Math.max(1e-6, most / 127);
}
