/**
 * Whether a text holds words of ours at all: Aho–Corasick automata over UTF-16 units, case and diacritics folded in their tables, so that the
 * miss that almost every item is costs two array look-ups a unit and allocates nothing. Some words suffice alone, others only beside another.
 * Texts stay near the root: the states there have whole rows; the many deep ones know only their own ways on and fall back for all others.
 */
export type Gate = (text: string) => boolean;

/** Plain enough to be kept in a file. */
export interface GateTables {
  /** One automaton for each of the scripts below: a row of a table over all letters of all scripts would be ten times as wide. */
  readonly parts: readonly GatePart[];
  /** What a hit stands for: bits of halves of pairs, 32 a number. The first stands for no hit, the second suffices alone. */
  readonly meanings: readonly Uint32Array[];
}

export interface GatePart {
  /** By unit. Where an alphabet is large, a unit takes two steps: two short rows instead of one long one. */
  readonly columns: readonly Uint8Array[];
  readonly width: number;
  /** The whole rows of the first states. */
  readonly next: Uint32Array;
  /** So many states have a row; the others have what follows, from this state on. */
  readonly dense: number;
  /** Where the ways of a state begin in `columnsOn` and `statesOn`; they end where those of the next begin. */
  readonly starts: Uint32Array;
  readonly columnsOn: Uint8Array;
  readonly statesOn: Uint32Array;
  /** Where a state without a way is left to: the longest end of what was read that begins a word too. */
  readonly failures: Uint32Array;
  /** States from here on have a meaning. */
  readonly firstHit: number;
  /** Which of the meanings, from the first such state on. */
  readonly hits: Uint16Array;
}

/** Whether a text can hold letters of the second and third, by the bits that its units have together. */
const isSecond = (bits: number) => (bits & 0x400) !== 0;
const isThird = (bits: number) => bits >= 0x3000;

export function readGate({ parts, meanings }: GateTables): Gate {
  const [near, second, third] = parts;
  const seen = new Uint32Array(meanings[0]?.length ?? 0);
  let clean = true;
  /** Takes a hit in; whether it suffices with what was seen before. */
  const meets = (hit: number): boolean => {
    if (hit === 1) return true;
    const bits = meanings[hit];
    clean = false;
    let whole = 0;
    for (let index = 0; index < seen.length; index += 1) {
      const both = (seen[index] ?? 0) | (bits?.[index] ?? 0);
      seen[index] = both;
      // A pair is whole where both its bits stand.
      whole |= both & (both >>> 1) & 0x55555555;
    }
    return whole !== 0;
  };
  /** The bits that the units of the text last scanned have together. */
  let bits = 0;
  const scan = (part: GatePart, text: string): boolean => {
    const {
      columns: [first = nothing, second],
      width,
      next,
      dense,
      hits,
      firstHit,
    } = part;
    let state = 0;
    let units = 0;
    // A space before the first word and behind the last.
    for (let index = -1; index <= text.length; index += 1) {
      const unit = index >= 0 && index < text.length ? text.charCodeAt(index) : 0x20;
      units |= unit;
      const column = first[unit] ?? 0;
      state = state < dense ? (next[state * width + column] ?? 0) : fromDeep(part, state, column);
      if (second !== undefined) {
        const other = second[unit] ?? 0;
        state = state < dense ? (next[state * width + other] ?? 0) : fromDeep(part, state, other);
      }
      if (state >= firstHit && meets(hits[state - firstHit] ?? 0)) return true;
    }
    bits = units;
    return false;
  };
  return (text) => {
    if (!clean) seen.fill(0);
    clean = true;
    return (
      (near !== undefined && scan(near, text)) ||
      (second !== undefined && isSecond(bits) && scan(second, text)) ||
      (third !== undefined && isThird(bits) && scan(third, text))
    );
  };
}

const nothing = new Uint8Array(0);

/** The next state of one without a row. Each step back was a step on before, so that a text costs no more than its length. */
function fromDeep({ width, next, dense, starts, columnsOn, statesOn, failures }: GatePart, from: number, column: number): number {
  if (column === width - 1) return from;
  let state = from;
  while (state >= dense) {
    const end = starts[state - dense + 1] ?? 0;
    for (let way = starts[state - dense] ?? 0; way < end; way += 1) if (columnsOn[way] === column) return statesOn[way] ?? 0;
    state = failures[state - dense] ?? 0;
  }
  return next[state * width + column] ?? 0;
}
