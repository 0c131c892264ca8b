/** Logistic regression, one for each head, over hashed features: AdaGrad in a fixed order, so that the same data gives the same weights. */
import type { Features } from '../src/detect/opinion/features.ts';
import { strengthOf } from '../src/detect/opinion/score.ts';

export interface Sample {
  readonly features: Features;
  /** 1 or 0 for each head. Heads beyond its end are not asked: of what reports nothing there is no kind. */
  readonly targets: readonly number[];
  readonly weight: number;
}

export interface Fit {
  /** Row of a feature. */
  readonly rows: ReadonlyMap<number, number>;
  /** rows × heads. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly heads: number;
}

export interface FitOptions {
  readonly epochs: number;
  /** In how many of the epochs all heads learn; in the others only the first. */
  readonly kindEpochs: number;
  readonly rate: number;
  readonly decay: number;
  /** Features of fewer samples are left out; each item is two. */
  readonly least: number;
  /** Strength of each block of features. */
  readonly strengths: readonly number[];
}

export function regression(samples: readonly Sample[], heads: number, options: FitOptions): Fit {
  const { rows, counts } = rowsOf(samples, options.least);
  const size = rows.size;
  const weights = new Float32Array(size * heads);
  const squares = new Float32Array(size * heads).fill(1e-4);
  const bias = new Float32Array(heads);
  const biasSquares = new Float32Array(heads).fill(1e-4);
  const compact = samples.map(({ features }) => compactOf(features, rows, options.strengths));
  const order = Uint32Array.from(samples.keys());
  const random = seeded(20260101);
  const errors = new Float64Array(heads);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    const rate = options.rate / (1 + epoch * 0.1);
    for (const index of order) {
      const sample = samples[index] as Sample;
      const { ids, values } = compact[index] as Compact;
      const asked = epoch < options.kindEpochs ? sample.targets.length : 1;
      for (let head = 0; head < asked; head += 1) errors[head] = bias[head] as number;
      for (let at = 0; at < ids.length; at += 1) {
        const base = (ids[at] as number) * heads;
        const value = values[at] as number;
        for (let head = 0; head < asked; head += 1) errors[head] = (errors[head] as number) + value * (weights[base + head] as number);
      }
      for (let head = 0; head < asked; head += 1) {
        const error = (1 / (1 + Math.exp(-(errors[head] as number))) - (sample.targets[head] as number)) * sample.weight;
        errors[head] = error;
        biasSquares[head] = (biasSquares[head] as number) + error * error;
        bias[head] = (bias[head] as number) - (rate * error) / Math.sqrt(biasSquares[head] as number);
      }
      for (let at = 0; at < ids.length; at += 1) {
        const row = ids[at] as number;
        const base = row * heads;
        const value = values[at] as number;
        const decay = options.decay / (counts[row] as number);
        for (let head = 0; head < asked; head += 1) {
          const slot = base + head;
          const step = (errors[head] as number) * value + decay * (weights[slot] as number);
          squares[slot] = (squares[slot] as number) + step * step;
          weights[slot] = (weights[slot] as number) - (rate * step) / Math.sqrt(squares[slot] as number);
        }
      }
    }
  }
  return { rows, weights, bias, heads };
}

interface Compact {
  readonly ids: Uint32Array;
  readonly values: Float32Array;
}

/** Features that count, each once with how much it counts. */
export function compactOf({ hashes, ends }: Features, rows: ReadonlyMap<number, number>, strengths: readonly number[]): Compact {
  const sums = new Map<number, number>();
  let from = 0;
  for (const [block, end] of ends.entries()) {
    const value = strengthOf(strengths[block] ?? 1, end - from);
    for (let at = from; at < end; at += 1) {
      const row = rows.get(hashes[at] as number);
      if (row !== undefined) sums.set(row, (sums.get(row) ?? 0) + value);
    }
    from = end;
  }
  return { ids: Uint32Array.from(sums.keys()), values: Float32Array.from(sums.values()) };
}

function rowsOf(samples: readonly Sample[], least: number): { readonly rows: Map<number, number>; readonly counts: readonly number[] } {
  const seen = new Map<number, number>();
  for (const { features } of samples) for (const hash of new Set(features.hashes)) seen.set(hash, (seen.get(hash) ?? 0) + 1);
  const rows = new Map<number, number>();
  const counts: number[] = [];
  for (const [hash, count] of seen) {
    if (count < least) continue;
    rows.set(hash, rows.size);
    counts.push(count);
  }
  return { rows, counts };
}

export function scoresOf(features: Features, { rows, weights, bias, heads }: Fit, strengths: readonly number[]): Float64Array {
  const sums = Float64Array.from(bias);
  const { ids, values } = compactOf(features, rows, strengths);
  for (let at = 0; at < ids.length; at += 1)
    for (let head = 0; head < heads; head += 1)
      sums[head] = (sums[head] as number) + (values[at] as number) * (weights[(ids[at] as number) * heads + head] as number);
  return sums;
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function shuffle(order: Uint32Array, random: () => number): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const kept = order[at] as number;
    order[at] = order[other] as number;
    order[other] = kept;
  }
}
