/** The least that looking for words can cost: an automaton over a few dozen plain words, lower case of ASCII only. */

const words = `embassy consulate diplomat ambassador evacuat repatriat airlift advisory airspace expel envoy visa border high commission
  chargé attaché legation mission chancery nuncio travel warning do not travel leave immediately shelter in place ordered departure
  authorized departure persona non grata sever ties recall summon`
  .split(/\s+/)
  .filter((word) => word.length > 3);

export function plainAutomaton(): (text: string) => boolean {
  const next: number[][] = [[]];
  const ends: boolean[] = [false];
  for (const word of words) {
    let state = 0;
    for (const unit of Buffer.from(word, 'latin1')) {
      const row = next[state] ?? [];
      if (row[unit] === undefined) {
        row[unit] = next.push([]) - 1;
        ends.push(false);
      }
      state = row[unit] ?? 0;
    }
    ends[state] = true;
  }
  const table = dense(next, ends);
  return (text) => {
    let state = 0;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      state = unit < 0x100 ? (table[(state << 8) | (unit >= 0x41 && unit <= 0x5a ? unit | 0x20 : unit)] ?? 0) : 0;
      if (ends[state]) return true;
    }
    return false;
  };
}

/** Failure links, resolved into the table. */
function dense(next: readonly (readonly number[])[], ends: boolean[]): Uint16Array {
  const table = new Uint16Array(next.length << 8);
  const failure = new Uint16Array(next.length);
  const queue = [0];
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0;
    const back = failure[state] ?? 0;
    ends[state] ||= ends[back] ?? false;
    for (let unit = 0; unit < 0x100; unit += 1) {
      const child = next[state]?.[unit];
      const other = state === 0 ? 0 : (table[(back << 8) | unit] ?? 0);
      table[(state << 8) | unit] = child ?? other;
      if (child === undefined) continue;
      failure[child] = other;
      queue.push(child);
    }
  }
  return table;
}
