/** Verbs in two halves: "zieht Diplomaten ab". The second stands at the end of its clause, and only both together mean the act. */
import { foldText } from './letters.ts';
import type { Tag } from './tags.ts';
import type { Half } from './trie.ts';
import type { Unit } from './units.ts';

const read: ReadonlySet<Tag> = new Set(['small']);

/** So many words a headline may put between the halves. */
const mostBetween = 24;

/** @param given the text that the units point into */
export function joinHalves(given: string, units: readonly Unit[], halves: ReadonlyMap<string, readonly Half[]>): readonly Unit[] {
  const joined = [...units];
  for (const [index, unit] of units.entries()) {
    for (const { rest, tags } of halves.get(unit.word) ?? []) {
      const second = secondHalf(given, units, index, rest);
      if (second === undefined) continue;
      joined[index] = { ...unit, tags: new Set([...(joined[index]?.tags ?? unit.tags), ...tags]) };
      for (let at = second.from; at < second.to; at += 1) joined[at] = { ...(units[at] ?? unit), tags: read };
    }
  }
  return joined;
}

function secondHalf(
  given: string,
  units: readonly Unit[],
  first: number,
  rest: string,
): { readonly from: number; readonly to: number } | undefined {
  const clause = units[first]?.clause;
  for (let from = first + 1; from <= first + mostBetween && units[from]?.clause === clause; from += 1) {
    let to = from;
    let words = '';
    while (rest.startsWith(words) && words.length < rest.length && units[to]?.clause === clause) {
      words += `${words === '' ? '' : ' '}${foldText(given.slice(units[to]?.start ?? 0, units[to]?.end ?? 0))}`;
      to += 1;
    }
    const next = units[to];
    if (words === rest && (next === undefined || next.clause !== clause || next.comma || next.tags.has('and'))) return { from, to };
  }
  return undefined;
}
