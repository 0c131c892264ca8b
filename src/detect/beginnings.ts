/**
 * Bits by the beginnings of words, found without cutting the words up: every word of every text that is read asks for several of its beginnings.
 * Beginnings are told apart by a hash of 32 bits alone; that one in a million is taken for another is nothing to a vote among many.
 */
export interface Beginnings {
  /** Puts the bits of the word's beginnings, by their length, into `found`; gives the longest length looked at. */
  read(word: string, found: Int32Array): number;
}

export function createBeginnings(bits: ReadonlyMap<string, number>, longest: number): Beginnings {
  const mask = powerAbove(4 * bits.size) - 1;
  const hashes = new Int32Array(mask + 1);
  const kept = new Int32Array(mask + 1);
  for (const [beginning, languages] of bits) {
    const hash = [...unitsOf(beginning)].reduce(mixed, start);
    let slot = slotOf(hash, mask);
    while (kept[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & mask;
    hashes[slot] = hash;
    kept[slot] = (kept[slot] ?? 0) | languages;
  }
  return {
    read: (word, found) => {
      const end = Math.min(word.length, longest);
      let hash = start;
      for (let index = 0; index < end; index += 1) {
        hash = mixed(hash, word.charCodeAt(index));
        let slot = slotOf(hash, mask);
        while (kept[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & mask;
        found[index + 1] = kept[slot] ?? 0;
      }
      return end;
    },
  };
}

/** FNV-1a. */
const start = 0x811c9dc5 | 0;
const mixed = (hash: number, unit: number) => Math.imul(hash ^ unit, 0x01000193);
const slotOf = (hash: number, mask: number) => (hash ^ (hash >>> 15)) & mask;
const unitsOf = (text: string) => Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
const powerAbove = (least: number) => 2 ** Math.ceil(Math.log2(Math.max(2, least)));
