/**
 * Whether a text holds words of ours at all: an Aho–Corasick automaton over UTF-16 units, case and diacritics folded in its table, so that the
 * miss that almost every item is costs two array look-ups a unit and allocates nothing. Some words suffice alone, others only beside another.
 */
import { foldText, foldUnit } from './letters.ts';
import { type Lexicon, phrasesOf } from './lexicon.ts';
import type { Tag } from './tags.ts';

export type Gate = (text: string) => boolean;

/** One bit for "suffices", then two for each pair: its one half, its other half. */
const suffices = 1;
const mostPairs = 15;

/** @param peoples names of nations' people that no lexicon lists; they count as its citizens */
export function createGate(lexicons: readonly Lexicon[], peoples: readonly string[] = []): Gate {
  const masks = new Map<string, number>();
  const add = ({ language, tags, names: { citizens } }: Lexicon, names: readonly Tag[], mask: number) => {
    const patterns = names.flatMap((name) => [
      ...(tags[name] ?? []),
      ...(name === 'citizens' ? [...Object.values(citizens).flat(), ...(language === 'en' ? peoples : [])] : []),
    ]);
    for (const pattern of patterns) {
      for (const phrase of phrasesOf(pattern)) {
        // How a stem goes on cannot be foreseen: the longest piece without one stands for the phrase.
        const pieces = foldText(phrase.join(' ')).split('*');
        const word = pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
        masks.set(word, (masks.get(word) ?? 0) | mask);
      }
    }
  };
  let pair = 0;
  for (const lexicon of lexicons) {
    add(lexicon, lexicon.gate.alone, suffices);
    for (const [one = [], other = []] of lexicon.gate.together) {
      add(lexicon, one, 2 << (2 * (pair % mostPairs)));
      add(lexicon, other, 4 << (2 * (pair % mostPairs)));
      pair += 1;
    }
  }
  return automaton(withoutLonger(masks));
}

/** A word that holds a shorter one with the same meaning adds nothing. */
function withoutLonger(masks: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const kept = new Map<string, number>();
  const byLength = [...masks].sort(([a], [b]) => a.length - b.length);
  for (const [word, mask] of byLength) {
    let held = 0;
    for (let from = 0; from < word.length; from += 1) {
      for (let to = from + 1; to <= word.length; to += 1) held |= kept.get(word.slice(from, to)) ?? 0;
    }
    if ((held & suffices) === 0 && (held & mask) !== mask) kept.set(word, mask);
  }
  return kept;
}

function automaton(patterns: ReadonlyMap<string, number>): Gate {
  const alphabet = new Map<number, number>();
  for (const pattern of patterns.keys()) {
    for (let index = 0; index < pattern.length; index += 1) {
      const unit = pattern.charCodeAt(index);
      if (!alphabet.has(unit)) alphabet.set(unit, alphabet.size + 1);
    }
  }
  // Column 0 is every other unit; the last is the silent ones, which leave the state as it is.
  const width = alphabet.size + 2;
  const columns = columnsOf(alphabet);
  const { next, found } = trie(patterns, alphabet, width);
  linkFailures(next, found, width);
  for (let state = 0; state < found.length; state += 1) next[state * width + width - 1] = state;
  return (text) => {
    let state = 0;
    let seen = 0;
    for (let index = 0; index < text.length; index += 1) {
      state = next[state * width + (columns[text.charCodeAt(index)] ?? 0)] ?? 0;
      const mask = found[state] ?? 0;
      if (mask !== 0 && (seen & mask) !== mask) {
        seen |= mask;
        // A pair is whole where both its bits stand.
        if ((seen & suffices) !== 0 || ((seen >> 1) & (seen >> 2) & 0x15555555) !== 0) return true;
      }
    }
    return false;
  };
}

/** Which column each unit reads: those that fold to a letter of the alphabet share its column. */
function columnsOf(alphabet: ReadonlyMap<number, number>): Uint16Array {
  const columns = new Uint16Array(0x10000);
  for (const [unit, column] of alphabet) columns[unit] = column;
  const cased = [
    [0x41, 0x5a],
    [0xc0, 0x24f],
    [0x386, 0x3ce],
    [0x400, 0x52f],
    [0x621, 0x6d3],
    [0x1e00, 0x1eff],
    [0x2010, 0x201b],
    [0xff10, 0xff5a],
  ] as const;
  const silent = [
    [0xad, 0xad],
    [0x300, 0x36f],
    [0x640, 0x640],
    [0x64b, 0x65f],
    [0x670, 0x670],
    [0x200b, 0x200f],
    [0x202a, 0x202e],
    [0x2060, 0x206f],
    [0xfeff, 0xfeff],
  ] as const;
  for (const [from, to] of silent) for (let unit = from; unit <= to; unit += 1) columns[unit] = alphabet.size + 1;
  for (const [from, to] of cased) for (let unit = from; unit <= to; unit += 1) columns[unit] = alphabet.get(foldUnit(unit)) ?? 0;
  return columns;
}

function trie(patterns: ReadonlyMap<string, number>, alphabet: ReadonlyMap<number, number>, width: number) {
  const size = [...patterns.keys()].reduce((total, pattern) => total + pattern.length, 1);
  const next = size < 0x10000 ? new Uint16Array(size * width) : new Uint32Array(size * width);
  const found = new Int32Array(size);
  let states = 1;
  for (const [pattern, mask] of patterns) {
    let state = 0;
    for (let index = 0; index < pattern.length; index += 1) {
      const slot = state * width + (alphabet.get(pattern.charCodeAt(index)) ?? 0);
      if (next[slot] === 0) {
        next[slot] = states;
        states += 1;
      }
      state = next[slot] ?? 0;
    }
    found[state] = (found[state] ?? 0) | mask;
  }
  return { next: next.subarray(0, states * width), found: found.subarray(0, states) };
}

function linkFailures(next: Uint16Array | Uint32Array, found: Int32Array, width: number): void {
  const failure = new Int32Array(found.length);
  const queue: number[] = [];
  for (let column = 0; column < width; column += 1) if (next[column]) queue.push(next[column] ?? 0);
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0;
    const back = failure[state] ?? 0;
    found[state] = (found[state] ?? 0) | (found[back] ?? 0);
    for (let column = 0; column < width - 1; column += 1) {
      const slot = state * width + column;
      const child = next[slot] ?? 0;
      const other = next[back * width + column] ?? 0;
      if (child === 0) next[slot] = other;
      else {
        failure[child] = other;
        queue.push(child);
      }
    }
  }
}
