import type { Kind } from '../../kinds.ts';
import type { Features } from './features.ts';
import type { OpinionRules, OpinionWeights } from './weights.ts';

export interface Model {
  readonly kinds: readonly Kind[];
  readonly rules: OpinionRules;
  /** How likely an item reports something, 0 to 1, as measured on items that were not trained on. */
  likelihood(features: Features, language: string): number;
  /** How much speaks for each kind, in the order of `kinds`. */
  kindScores(features: Features): readonly number[];
  /** What one feature by itself says for a kind. */
  speaksFor(kind: Kind, hash: number): number;
}

/** Each feature counts its block's strength by the root of how many the block has. */
export function strengthOf(strength: number, features: number): number {
  return features === 0 ? 0 : strength / Math.sqrt(features);
}

export function createModel({ hashes, values, heads, scales, bias, strengths, kinds, rules }: OpinionWeights): Model {
  const table = tableOf(hashes);
  const width = heads.length;
  const rowOf = (hash: number) => find(table, hashes, hash);
  const sumOf = ({ hashes: given, ends }: Features, head: number): number => {
    let sum = bias[head] ?? 0;
    let from = 0;
    for (const [block, end] of ends.entries()) {
      let within = 0;
      for (let at = from; at < end; at += 1) {
        const row = rowOf(given[at] as number);
        if (row >= 0) within += values[row * width + head] as number;
      }
      sum += within * strengthOf(strengths[block] as number, end - from) * (scales[head] as number);
      from = end;
    }
    return sum;
  };
  return {
    kinds,
    rules,
    likelihood: (features, language) => {
      const { slope, offset } = language === 'en' ? rules : rules.elsewhere;
      return 1 / (1 + Math.exp(-(slope * sumOf(features, 0) + offset)));
    },
    kindScores: (features) => kinds.map((_, index) => sumOf(features, index + 1)),
    speaksFor: (kind, hash) => {
      const row = rowOf(hash);
      return row < 0 ? 0 : (values[row * width + kinds.indexOf(kind) + 1] as number);
    },
  };
}

/** Rows by the low bits of their hashes, the next free place where one is taken; row + 1, so that 0 is free. */
function tableOf(hashes: Uint32Array): Uint32Array {
  let size = 1024;
  while (size < hashes.length * 2) size *= 2;
  const table = new Uint32Array(size);
  for (const [row, hash] of hashes.entries()) {
    let at = hash & (size - 1);
    while (table[at] !== 0) at = (at + 1) & (size - 1);
    table[at] = row + 1;
  }
  return table;
}

function find(table: Uint32Array, hashes: Uint32Array, hash: number): number {
  const mask = table.length - 1;
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const row = table[at] as number;
    if (row === 0) return -1;
    if (hashes[row - 1] === hash) return row - 1;
  }
}
