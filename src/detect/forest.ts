/**
 * Many tries in a few tables of numbers, read as they lie: nodes of maps would take ten times the memory, and building them at each start
 * ten times as long. What grows (trie.ts) is planted here once; a cache may keep the tables.
 */
import { isTag, type Tag } from './tags.ts';
import type { Name } from './trie.ts';

/** A trie while it is built. */
export interface Growing {
  readonly next: Map<string, Growing>;
  /** Beginnings of words, and where they lead. */
  readonly stems: Map<string, Growing>;
  readonly tags: Set<Tag>;
  readonly names: Name[];
}

/** Plain enough to be kept in a file. */
export interface ForestTables {
  /** Every word and beginning of a word that leads anywhere, with its number. */
  readonly words: ReadonlyMap<string, number>;
  /** By node: where its ways begin in `keys` and `ends`. */
  readonly ways: Uint32Array;
  /** Ascending for each node: twice the number of a word, one more where it is a beginning. */
  readonly keys: Uint32Array;
  readonly ends: Uint32Array;
  readonly longestStem: Uint8Array;
  /** By node: the lengths of its beginnings, a bit each; lengths that are 32 apart share one. */
  readonly stemLengths: Uint32Array;
  /** By node: which of the sets below. */
  readonly tagged: Uint16Array;
  readonly tagSets: readonly (readonly Tag[])[];
  /** By node: where its names begin in `names`, which holds offsets into `said`, one name a line. */
  readonly named: Uint32Array;
  readonly names: Uint32Array;
  readonly said: string;
}

export interface Node {
  readonly tags: ReadonlySet<Tag>;
  readonly names: readonly Name[];
  /** Whether a longer phrase begins with it. */
  readonly goesOn: boolean;
  readonly longestStem: number;
  readonly stemLengths: number;
  /** Where a whole word leads. */
  word(word: string): Node | undefined;
  /** Where the beginning of a word leads. */
  stem(beginning: string): Node | undefined;
}

export interface Forest {
  node(index: number): Node;
}

export const grow = (): Growing => ({ next: new Map(), stems: new Map(), tags: new Set(), names: [] });

/**
 * The tables in which the roots have the first numbers, in their order.
 * @param more words that get a number although they lead nowhere
 */
export function plant(roots: readonly Growing[], more: Iterable<string> = []): ForestTables {
  const nodes = numbering<Growing>(roots);
  const words = numbering<string>();
  const sets = numbering<string>();
  const said = lines();
  const columns: Record<'ways' | 'keys' | 'ends' | 'longestStem' | 'stemLengths' | 'tagged' | 'named' | 'names', number[]> = {
    ways: [],
    keys: [],
    ends: [],
    longestStem: [],
    stemLengths: [],
    tagged: [],
    named: [],
    names: [],
  };
  // Nodes are numbered as they are met: the map grows while it is walked.
  for (const node of nodes.known.keys()) {
    columns.ways.push(columns.keys.length);
    columns.named.push(columns.names.length);
    const whole = [...node.next].map(([word, to]) => [2 * words.numberOf(word), nodes.numberOf(to)] as const);
    const begun = [...node.stems].map(([word, to]) => [2 * words.numberOf(word) + 1, nodes.numberOf(to)] as const);
    for (const [key, end] of [...whole, ...begun].sort(([a], [b]) => a - b)) {
      columns.keys.push(key);
      columns.ends.push(end);
    }
    columns.longestStem.push([...node.stems.keys()].reduce((most, stem) => Math.max(most, stem.length), 0));
    columns.stemLengths.push([...node.stems.keys()].reduce((lengths, stem) => lengths | (1 << stem.length), 0) >>> 0);
    columns.tagged.push(sets.numberOf([...node.tags].join(' ')));
    for (const name of node.names) columns.names.push(said.offsetOf(name));
  }
  for (const word of more) words.numberOf(word);
  return {
    words: words.known,
    ways: Uint32Array.from([...columns.ways, columns.keys.length]),
    keys: Uint32Array.from(columns.keys),
    ends: Uint32Array.from(columns.ends),
    longestStem: Uint8Array.from(columns.longestStem),
    stemLengths: Uint32Array.from(columns.stemLengths),
    tagged: Uint16Array.from(columns.tagged),
    tagSets: [...sets.known.keys()].map((tags) => tags.split(' ').filter((tag) => isTag(tag))),
    named: Uint32Array.from([...columns.named, columns.names.length]),
    names: Uint32Array.from(columns.names),
    said: said.text(),
  };
}

/** What is met for the first time gets the next number. */
function numbering<T>(first: readonly T[] = []) {
  const known = new Map(first.map((one, index) => [one, index]));
  const numberOf = (one: T): number => {
    const number = known.get(one) ?? known.size;
    known.set(one, number);
    return number;
  };
  return { known, numberOf };
}

/** Letters beyond ASCII would double the memory of all the others. */
const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Equal names share a line. */
function lines() {
  const offsets = new Map<string, number>();
  let length = 0;
  return {
    offsetOf(name: Name): number {
      const line = JSON.stringify(name).replace(/[^\x20-\x7e]/g, escaped);
      const known = offsets.get(line);
      if (known !== undefined) return known;
      const offset = length;
      offsets.set(line, offset);
      length += line.length + 1;
      return offset;
    },
    text: () => [...offsets.keys(), ''].join('\n'),
  };
}

/** Nodes are made on the first visit, and kept: texts of one subject visit the same ones again and again. */
export function readForest(tables: ForestTables): Forest {
  const { words, ways, keys, ends, longestStem, stemLengths, tagged, named, names, said } = tables;
  const sets = tables.tagSets.map((tags) => new Set(tags));
  const nodes = new Map<number, Node>();

  // One word is asked for at several nodes in a row.
  let last = '';
  let lastNumber: number | undefined;
  const numberOf = (word: string): number | undefined => {
    if (word !== last) {
      last = word;
      lastNumber = words.get(word);
    }
    return lastNumber;
  };
  const step = (from: number, key: number): Node | undefined => {
    let low = ways[from] ?? 0;
    let high = (ways[from + 1] ?? 0) - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = keys[middle] ?? 0;
      if (found === key) return node(ends[middle] ?? 0);
      if (found < key) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  };
  const nameAt = (offset: number) => JSON.parse(said.slice(offset, said.indexOf('\n', offset))) as Name;
  const node = (index: number): Node => {
    const known = nodes.get(index);
    if (known) return known;
    const made: Node = {
      tags: sets[tagged[index] ?? 0] ?? new Set(),
      names: Array.from(names.subarray(named[index], named[index + 1]), nameAt),
      goesOn: (ways[index + 1] ?? 0) > (ways[index] ?? 0),
      longestStem: longestStem[index] ?? 0,
      stemLengths: stemLengths[index] ?? 0,
      word: (word) => {
        const number = numberOf(word);
        return number === undefined ? undefined : step(index, 2 * number);
      },
      stem: (beginning) => {
        const number = words.get(beginning);
        return number === undefined ? undefined : step(index, 2 * number + 1);
      },
    };
    nodes.set(index, made);
    return made;
  };
  return { node };
}

/** Where a word leads: the word itself, its longest known beginning, and else without letters written together with it. */
export function ways(from: Node, word: string, prefixes: readonly string[]): readonly Node[] {
  const known = asWritten(from, word);
  if (prefixes.length === 0 || word.charCodeAt(0) < 0x590) return known;
  for (const prefix of prefixes) {
    if (word.length < prefix.length + 2 || !word.startsWith(prefix)) continue;
    const found = asWritten(from, word.slice(prefix.length));
    if (found.length > 0) return [...known, ...found];
  }
  return known;
}

function asWritten(from: Node, word: string): readonly Node[] {
  const direct = from.word(word);
  const stems = from.longestStem > 0 ? byStem(from, word) : nowhere;
  return direct ? [direct, ...stems] : stems;
}

const nowhere: readonly Node[] = [];

/** The longest beginning that means something, and longer ones with which only a phrase begins: those hide nothing. */
function byStem(from: Node, word: string): readonly Node[] {
  const found: Node[] = [];
  for (let length = Math.min(from.longestStem, word.length); length >= 2; length -= 1) {
    const node = (from.stemLengths >>> length) & 1 ? from.stem(word.slice(0, length)) : undefined;
    if (node) found.push(node);
    if (node && (node.tags.size > 0 || node.names.length > 0)) break;
  }
  return found;
}
