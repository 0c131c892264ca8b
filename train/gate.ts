/** The learned gate: which headlines sound like a report, from labelled items against all others. */
import { type GateWeights, gateSlots, slotOfWord } from '../src/detect/opinion/learned-gate.ts';
import type { Places } from '../src/places.ts';
import type { Example } from './data.ts';
import { seeded, shuffle } from './fit.ts';
import { gateOptions } from './settings.ts';

interface Item {
  readonly slots: Int32Array;
  readonly right: 0 | 1;
  readonly weight: number;
  readonly fold: number;
}

export interface GateTraining {
  readonly weights: GateWeights;
  /** For each part of cross-validation, learned of all others. */
  readonly parts: readonly GateWeights[];
}

const mask = gateOptions.slots - 1;

/** @param foldOf the part of cross-validation that a group is in */
export function trainGate(
  examples: readonly Example[],
  titles: readonly string[],
  places: Places,
  foldOf: (group: string) => number,
  folds: number,
): GateTraining {
  const names = namesOf(places);
  const isName = (slot: number) => names.has(slot);
  // Of all names of a role one weight: no country is news by itself.
  const slotsOf = (...texts: string[]) => gateSlots(texts, mask, isName).map((slot) => names.get(slot) ?? slot);
  const known = new Set(examples.map(({ title }) => title));
  const items: Item[] = [
    ...examples
      .filter(({ heldOut }) => !heldOut)
      .map(({ title, summary, relevant, ambiguous, group }) => ({
        slots: slotsOf(title, summary),
        right: relevant ? (1 as const) : (0 as const),
        weight: relevant ? (ambiguous ? 1 : gateOptions.report) : gateOptions.near,
        fold: foldOf(group),
      })),
    ...titles
      .filter((title) => !known.has(title))
      .map((title) => ({ slots: slotsOf(title), right: 0 as const, weight: 1, fold: foldOf(title) })),
  ];
  const made = (of: readonly Item[]) => fitted(of);
  const parts = Array.from({ length: folds }, (_, part) => made(items.filter(({ fold }) => fold !== part)));
  const strange = items.slice(examples.filter(({ heldOut }) => !heldOut).length).map((item) => scoreOf(item, parts[item.fold] as Linear));
  const from = strange.toSorted((one, other) => other - one)[Math.floor(strange.length * gateOptions.passing)] ?? 0;
  return { weights: baked(made(items), names, from), parts: parts.map((part) => baked(part, names, from)) };
}

interface Linear {
  readonly weights: Float32Array;
  readonly bias: number;
}

function scoreOf({ slots }: Pick<Item, 'slots'>, { weights, bias }: Linear): number {
  let sum = 0;
  for (const slot of slots) sum += weights[slot] as number;
  return bias + sum / Math.sqrt(slots.length + 1);
}

/** Logistic regression by AdaGrad, in a fixed order. */
function fitted(items: readonly Item[]): Linear {
  const weights = new Float32Array(gateOptions.slots);
  const squares = new Float32Array(gateOptions.slots).fill(1e-3);
  let bias = -3;
  const order = Uint32Array.from(items.keys());
  const random = seeded(20260101);
  for (let epoch = 0; epoch < gateOptions.epochs; epoch += 1) {
    shuffle(order, random);
    const rate = gateOptions.rate / (1 + epoch * 0.3);
    for (const index of order) {
      const item = items[index] as Item;
      const error = (1 / (1 + Math.exp(-scoreOf(item, { weights, bias }))) - item.right) * item.weight;
      if (Math.abs(error) < 1e-4) continue;
      bias -= 0.01 * error;
      const share = error / Math.sqrt(item.slots.length + 1);
      for (const slot of item.slots) {
        if (slot === 0) continue;
        const step = share + 1e-4 * (weights[slot] as number);
        squares[slot] = (squares[slot] as number) + step * step;
        weights[slot] = (weights[slot] as number) - (rate * step) / Math.sqrt(squares[slot] as number);
      }
    }
  }
  return { weights, bias };
}

/** As the file holds them: names have the weight of their role. */
function baked({ weights, bias }: Linear, names: ReadonlyMap<number, number>, from: number): GateWeights {
  const all = weights.slice();
  for (const [slot, role] of names) all[slot] = weights[role] as number;
  all[0] = 0;
  const scale = Number((all.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-6) / 127).toPrecision(6));
  return {
    bias: Number(bias.toPrecision(6)),
    scale,
    from: Number(from.toPrecision(6)),
    stop: gateOptions.stop,
    values: Int8Array.from(all, (weight) => Math.round(weight / scale)),
  };
}

/** Names that are one word and nothing else, each with the slot of its role. */
function namesOf({ entries }: Places): ReadonlyMap<number, number> {
  const roles = { country: 1, alias: 1, demonym: 2, capital: 3, city: 4 } as const;
  const names = new Map<number, number>();
  for (const { text, role, ambiguous, exact } of entries) {
    if (ambiguous || exact || text.length < 3 || /[^\p{L}\p{M}]/u.test(text) || !(role in roles)) continue;
    const slot = slotOfWord(text, mask);
    if (slot > 4 && !names.has(slot)) names.set(slot, roles[role as keyof typeof roles]);
  }
  return names;
}
