/**
 * Whether a text holds any word of ours at all: an Aho–Corasick automaton over UTF-16 units, case and common diacritics folded in its table, so that
 * the miss that almost every item is costs one array look-up a character and allocates nothing.
 */
import type { Lexicon } from './lexicon.ts';

export type Gate = (text: string) => boolean;

const folds = new Uint16Array(0x10000);
for (let unit = 0; unit < 0x10000; unit += 1) {
  const plain = String.fromCharCode(unit).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  folds[unit] = plain.length === 1 ? plain.charCodeAt(0) : unit;
}

export function createGate(lexicons: readonly Lexicon[]): Gate {
  const words = lexicons.flatMap(({ triggers, tags }) => triggers.flatMap((tag) => tags[tag] ?? []));
  const patterns = [...new Set(words.map((word) => foldText(word.replace(/\*$/, ''))))];
  return automaton(patterns);
}

function foldText(text: string): string {
  return Array.from({ length: text.length }, (_, index) => String.fromCharCode(folds[text.charCodeAt(index)] ?? 0)).join('');
}

function automaton(patterns: readonly string[]): Gate {
  const alphabet = new Map<number, number>();
  for (const unit of patterns.join('')) alphabet.set(unit.charCodeAt(0), alphabet.get(unit.charCodeAt(0)) ?? alphabet.size + 1);
  const width = alphabet.size + 1;
  const classOf = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) classOf[unit] = alphabet.get(folds[unit] ?? 0) ?? 0;
  const { next, final } = trie(patterns, alphabet, width);
  linkFailures(next, final, width);
  return (text) => {
    let state = 0;
    for (let index = 0; index < text.length; index += 1) {
      state = next[state * width + (classOf[text.charCodeAt(index)] ?? 0)] ?? 0;
      if (final[state] === 1) return true;
    }
    return false;
  };
}

function trie(patterns: readonly string[], alphabet: ReadonlyMap<number, number>, width: number) {
  const size = patterns.reduce((total, pattern) => total + pattern.length, 1);
  const next = new Int32Array(size * width);
  const final = new Uint8Array(size);
  let states = 1;
  for (const pattern of patterns) {
    let state = 0;
    for (let index = 0; index < pattern.length; index += 1) {
      const slot = state * width + (alphabet.get(pattern.charCodeAt(index)) ?? 0);
      if (next[slot] === 0) {
        next[slot] = states;
        states += 1;
      }
      state = next[slot] ?? 0;
    }
    final[state] = 1;
  }
  return { next, final };
}

function linkFailures(next: Int32Array, final: Uint8Array, width: number): void {
  const failure = new Int32Array(final.length);
  const queue: number[] = [];
  for (let unit = 0; unit < width; unit += 1) if (next[unit]) queue.push(next[unit] ?? 0);
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0;
    const back = failure[state] ?? 0;
    if (final[back] === 1) final[state] = 1;
    for (let unit = 0; unit < width; unit += 1) {
      const slot = state * width + unit;
      const child = next[slot] ?? 0;
      const other = next[back * width + unit] ?? 0;
      if (child === 0) next[slot] = other;
      else {
        failure[child] = other;
        queue.push(child);
      }
    }
  }
}
