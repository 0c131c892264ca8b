/** Builds the gate's tables from the lexicons' words; `gate.ts` reads texts with them. */
import type { GatePart, GateTables } from './gate.ts';
import { foldText, foldUnit } from './letters.ts';
import { type Lexicon, phrasesOf } from './lexicon.ts';
import type { Tag } from './tags.ts';

/** Words so short stand inside others: "bus" in business. In English they stand between two more. */
const shortWord = 4;

/** One bit for "suffices", then two for each pair: its one half, its other half. */
type Masks = ReadonlyMap<string, bigint>;
const suffices = 1n;

/** @param peoples names of nations' people that no lexicon lists; they count as its citizens */
export function compileGate(lexicons: readonly Lexicon[], peoples: readonly string[] = []): GateTables {
  const masks = new Map<string, bigint>();
  const add = ({ language, prefixes, tags, names: { citizens } }: Lexicon, names: readonly Tag[], mask: bigint) => {
    const patterns = names.flatMap((name) => [
      ...(tags[name] ?? []),
      ...(name === 'citizens' ? [...Object.values(citizens).flat(), ...(language === 'en' ? peoples : [])] : []),
    ]);
    for (const pattern of patterns) {
      for (const phrase of phrasesOf(pattern)) {
        // How a stem goes on cannot be foreseen: the longest piece without one stands for the phrase.
        const pieces = foldText(written(phrase, prefixes)).split(phrase.some(isStem) && prefixes.length > 0 ? /[* ]/ : '*');
        const longest = pieces.reduce((most, piece) => (piece.length > most.length ? piece : most), '').replaceAll('-', ' ');
        const word = language === 'en' && longest.length <= shortWord ? ` ${longest} ` : longest;
        masks.set(word, (masks.get(word) ?? 0n) | mask);
      }
    }
  };
  let bit = 1n;
  for (const lexicon of lexicons) {
    add(lexicon, lexicon.gate.alone, suffices);
    for (const [one = [], other = []] of lexicon.gate.together) {
      add(lexicon, one, 1n << bit);
      add(lexicon, other, 2n << bit);
      bit += 2n;
    }
  }
  const kept = withoutLonger(masks);
  const meanings = new Map<bigint, number>([
    [0n, 0],
    [suffices, 1],
  ]);
  const parts = scripts.map((script) => automaton(new Map([...kept].filter(([word]) => script(word))), meanings));
  return { parts, meanings: [...meanings.keys()].map((mask) => bitsOf(mask >> 1n, Number(bit) >> 5)) };
}

const isStem = (word: string) => word.endsWith('*');

/** "ل إجلاء" is written "لإجلاء". What else is written together with the words of a stem's phrase is unknown: each stands for itself. */
const written = (phrase: readonly string[], prefixes: readonly string[]) =>
  phrase.map((word, index) => (prefixes.includes(word) || index === phrase.length - 1 ? word : `${word} `)).join('');

const unitsOf = (word: string) => Array.from({ length: word.length }, (_, index) => word.charCodeAt(index));
const isNear = (word: string) => unitsOf(word).every((unit) => unit < 0x370 || (unit >= 0x2000 && unit < 0x2070));
const isFar = (word: string) => unitsOf(word).some((unit) => unit >= 0x3000);
/** Latin; Greek, Cyrillic and Arabic; Chinese and Japanese. */
const scripts: readonly ((word: string) => boolean)[] = [isNear, (word) => !isNear(word) && !isFar(word), isFar];
function bitsOf(mask: bigint, last: number): Uint32Array {
  return Uint32Array.from({ length: last + 1 }, (_, index) => Number((mask >> BigInt(32 * index)) & 0xffffffffn));
}

/** A word that holds a shorter one with the same meaning adds nothing. */
function withoutLonger(masks: Masks): Masks {
  const kept = new Map<string, bigint>();
  const known: Branch = { next: new Map(), mask: 0n };
  const byLength = [...masks].sort(([a], [b]) => a.length - b.length);
  for (const [word, mask] of byLength) {
    const units = unitsOf(word);
    let held = 0n;
    for (let from = 0; from < units.length; from += 1) {
      let at: Branch | undefined = known;
      for (let to = from; at !== undefined && to < units.length; to += 1) {
        at = at.next.get(units[to] ?? 0);
        held |= at?.mask ?? 0n;
      }
    }
    if ((held & suffices) !== 0n || (held & mask) === mask) continue;
    kept.set(word, mask);
    units.reduce(branchOf, known).mask = mask;
  }
  return kept;
}

interface Branch {
  readonly next: Map<number, Branch>;
  mask: bigint;
}

function branchOf(at: Branch, unit: number): Branch {
  const known = at.next.get(unit) ?? { next: new Map(), mask: 0n };
  at.next.set(unit, known);
  return known;
}

function automaton(patterns: Masks, meanings: Map<bigint, number>): GatePart {
  const alphabet = alphabetOf([...new Set([...patterns.keys()].flatMap(unitsOf))]);
  const { width } = alphabet;
  const { next, found } = trie(patterns, alphabet);
  const links = linkFailures(next, found, width);
  for (let state = 0; state < found.length; state += 1) next[state * width + width - 1] = state;
  const hits = found.map((mask) => {
    // What suffices needs no other meaning.
    const key = (mask & suffices) !== 0n ? suffices : mask;
    const known = meanings.get(key) ?? meanings.size;
    meanings.set(key, known);
    return known;
  });
  const columns = Array.from({ length: alphabet.steps }, (_, step) => columnsOf(alphabet, step));
  return { columns, width, ...inOrder({ next, hits, width, ...links }) };
}

interface Links {
  readonly failures: Uint32Array;
  /** Steps from the root. */
  readonly depths: Uint32Array;
}

interface Linked extends Links {
  /** A whole row for each state. */
  readonly next: Uint32Array;
  readonly hits: readonly number[];
  readonly width: number;
}

/** So many states have a whole row: what ordinary text reaches, and little enough to stay in a processor's cache. */
const mostDense = 4096;

/** First those near the root, hits last, so that the number of a state tells what it is. */
function inOrder({ next, hits, width, failures, depths }: Linked): Omit<GatePart, 'columns' | 'width'> {
  const rank = (state: number) => (hits[state] === 0 ? 0 : 0x1000000) + (depths[state] ?? 0);
  const order = [...hits.keys()].sort((one, other) => rank(one) - rank(other));
  const places = new Uint32Array(order.length);
  for (const [place, state] of order.entries()) places[state] = place;
  const firstHit = hits.filter((hit) => hit === 0).length;
  const dense = Math.min(mostDense, firstHit);
  const rows = new Uint32Array(dense * width);
  for (const [place, state] of order.slice(0, dense).entries())
    for (let column = 0; column < width; column += 1) rows[place * width + column] = places[next[state * width + column] ?? 0] ?? 0;
  const starts = [0];
  const ways: { readonly column: number; readonly to: number }[] = [];
  for (const state of order.slice(dense)) {
    for (let column = 0; column < width; column += 1) {
      const to = next[state * width + column] ?? 0;
      // Only a way of its own leads deeper.
      if ((depths[to] ?? 0) > (depths[state] ?? 0)) ways.push({ column, to: places[to] ?? 0 });
    }
    starts.push(ways.length);
  }
  return {
    next: rows,
    dense,
    starts: Uint32Array.from(starts),
    columnsOn: Uint8Array.from(ways, ({ column }) => column),
    statesOn: Uint32Array.from(ways, ({ to }) => to),
    failures: Uint32Array.from(order.slice(dense), (state) => places[failures[state] ?? 0] ?? 0),
    firstHit,
    hits: Uint16Array.from(order.slice(firstHit), (state) => hits[state] ?? 0),
  };
}

/** Which columns the units of an automaton read. Column 0 is every other unit; the last is the silent ones, which leave the state as it is. */
interface Alphabet {
  readonly width: number;
  readonly steps: number;
  /** The column of a unit at its first or second step. */
  column(unit: number, step: number): number;
}

const most = 80;

function alphabetOf(units: readonly number[]): Alphabet {
  const order = new Map(units.map((unit, index) => [unit, index]));
  if (units.length <= most) return { width: units.length + 2, steps: 1, column: (unit) => (order.get(unit) ?? -1) + 1 };
  const base = Math.ceil(Math.sqrt(units.length));
  const digit = (index: number, step: number) => (step === 0 ? Math.floor(index / base) : base + (index % base));
  return {
    width: 2 * base + 2,
    steps: 2,
    column: (unit, step) => {
      const index = order.get(unit);
      return index === undefined ? 0 : digit(index, step) + 1;
    },
  };
}

const marks = '\t\n!"#%&()*+,-./:;<=>?[]_|~\u00a0\u00ab\u00bb\u2010\u2011\u2013\u2014\u2018\u2019\u201c\u201d\u2026';

/** Which column each unit reads: those that fold to a letter of the alphabet share its column. */
function columnsOf(alphabet: Alphabet, step: number): Uint8Array {
  const columns = Uint8Array.from({ length: 0x10000 }, (_, unit) => alphabet.column(unit, step));
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
  // Whatever parts words is a space.
  const parting = alphabet.column(0x20, step);
  for (const unit of unitsOf(marks))
    if (alphabet.column(unit, step) === (step === 0 ? 0 : alphabet.column(0, step))) columns[unit] = parting;
  for (const [from, to] of silent) for (let unit = from; unit <= to; unit += 1) columns[unit] = alphabet.width - 1;
  for (const [from, to] of cased) for (let unit = from; unit <= to; unit += 1) columns[unit] = alphabet.column(foldUnit(unit), step);
  return columns;
}

function trie(patterns: Masks, { width, steps, column }: Alphabet) {
  const size = [...patterns.keys()].reduce((total, pattern) => total + pattern.length * steps, 1);
  const next = new Uint32Array(size * width);
  const found: bigint[] = [0n];
  for (const [pattern, mask] of patterns) {
    let state = 0;
    for (const unit of unitsOf(pattern)) {
      for (let step = 0; step < steps; step += 1) {
        const slot = state * width + column(unit, step);
        if (next[slot] === 0) next[slot] = found.push(0n) - 1;
        state = next[slot] ?? 0;
      }
    }
    found[state] = (found[state] ?? 0n) | mask;
  }
  return { next: next.slice(0, found.length * width), found };
}

function linkFailures(next: Uint32Array, found: bigint[], width: number): Links {
  const failures = new Uint32Array(found.length);
  const depths = new Uint32Array(found.length);
  const queue: number[] = [];
  for (let column = 0; column < width; column += 1) if (next[column]) queue.push(next[column] ?? 0);
  for (const state of queue) depths[state] = 1;
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0;
    const back = failures[state] ?? 0;
    found[state] = (found[state] ?? 0n) | (found[back] ?? 0n);
    for (let column = 0; column < width - 1; column += 1) {
      const slot = state * width + column;
      const child = next[slot] ?? 0;
      const other = next[back * width + column] ?? 0;
      if (child === 0) next[slot] = other;
      else {
        failures[child] = other;
        depths[child] = (depths[state] ?? 0) + 1;
        queue.push(child);
      }
    }
  }
  return { failures, depths };
}
