/**
 * Lets an item pass that holds none of the gate's words, where what it says sounds like a report all the same, and stops one that holds some
 * where all else speaks of another matter. Linear over hashed words, their beginnings and pairs; a table of int8, so that an item costs a look at
 * each of its letters and some words of memory.
 */
import { classOf, digit, foldUnit, ideograph, letter, silent } from '../letters.ts';

export interface GateWeights {
  readonly bias: number;
  /** What one step of int8 is worth. */
  readonly scale: number;
  /** An item passes from here on. */
  readonly from: number;
  /** One with words of the gate is stopped below this. */
  readonly stop: number;
  /** A power of two of them, by slot. */
  readonly values: Int8Array;
}

/** @param hasWords the item holds words of the gate */
export type LearnedGate = (hasWords: boolean, title: string, summary?: string) => boolean;

/** Items are read so far; what a gate cannot tell from this much is no report. */
const mostSlots = 400;
const slots = new Int32Array(mostSlots);

export function createLearnedGate({ bias, scale, from, stop, values }: GateWeights): LearnedGate {
  const mask = values.length - 1;
  return (hasWords, title, summary = '') => {
    let count = slotsOf(title, mask, 0);
    if (summary !== '') count = slotsOf(summary, mask, count);
    if (count === 0) return false;
    // Of a text that is cut off here the rest may be of anything: its words decide.
    if (hasWords && count >= mostSlots - 3) return true;
    let sum = 0;
    for (let at = 0; at < count; at += 1) sum += values[slots[at] as number] as number;
    return bias + (sum * scale) / Math.sqrt(count + 1) >= (hasWords ? stop : from);
  };
}

/** The slots of an item; 0 stands for what is left out and weighs nothing. */
export function gateSlots(texts: readonly string[], mask: number, isName?: (slot: number) => boolean): Int32Array {
  let count = 0;
  for (const text of texts) count = slotsOf(text, mask, count, isName);
  return slots.slice(0, count);
}

/** Where a word of a name that is all of it has its weight. */
export function slotOfWord(word: string, mask: number): number {
  let hash = start;
  for (let at = 0; at < word.length; at += 1) {
    const unit = foldUnit(word.charCodeAt(at));
    if (unit !== 0) hash = Math.imul(hash ^ unit, prime);
  }
  return mixed(hash) & mask;
}

const start = 0x811c9dc5;
const prime = 0x01000193;
const beginning = 5;

/** What a unit is here: its folded letter, or one of these. Filled on first sight, so that a text costs one look a unit. */
const codes = new Int32Array(0x10000);
const [parts, skipped, signs] = [-1, -2, -3];

function codeOf(unit: number): number {
  const kind = classOf(unit);
  const code = kind === letter || kind === digit ? foldUnit(unit) : kind === silent ? skipped : kind === ideograph ? signs : parts;
  codes[unit] = code;
  return code;
}

function mixed(hash: number): number {
  const value = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return value ^ (value >>> 13);
}

/** Writes from `filled` on; returns how many are filled then. Each word gives itself, its beginning where it is longer, and its pair. */
function slotsOf(text: string, mask: number, filled: number, isName?: (slot: number) => boolean): number {
  let count = filled;
  let [hash, length, before, begun, sign] = [start, 0, 0, 0, 0];
  for (let at = 0; at <= text.length && count < mostSlots - 3; at += 1) {
    const unit = at < text.length ? text.charCodeAt(at) : 0x20;
    const code = (codes[unit] as number) || codeOf(unit);
    if (code > 0) {
      hash = Math.imul(hash ^ code, prime);
      length += 1;
      if (length === beginning) begun = hash;
      sign = 0;
      continue;
    }
    if (code === skipped) continue;
    if (length > 0) {
      const word = mixed(hash);
      const hidden = isName?.(word & mask) === true;
      slots[count++] = word & mask;
      if (length > beginning) slots[count++] = hidden ? 0 : mixed(begun ^ 0x3c6ef372) & mask;
      if (before !== 0) slots[count++] = hidden ? 0 : mixed(Math.imul(before, 0x9e3779b1) ^ word) & mask;
      before = hidden ? 0 : word;
      [hash, length, begun] = [start, 0, 0];
    }
    if (code === signs) {
      slots[count++] = mixed(Math.imul(unit, 0x9e3779b1)) & mask;
      if (sign !== 0) slots[count++] = mixed(Math.imul(sign, 0x85ebca77) ^ unit) & mask;
      before = 0;
    }
    sign = code === signs ? unit : 0;
  }
  return count;
}
