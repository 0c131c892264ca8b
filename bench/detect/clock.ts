/**
 * Microseconds on a machine that others use too: work is timed in pieces so short that few of them are interrupted, each piece at its best of
 * several rounds.
 */
const piece = 100;

export function bestPerOne(items: readonly string[], work: (item: string) => void, rounds = 9): number {
  const best = new Float64Array(Math.ceil(items.length / piece)).fill(Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    for (let index = 0; index < best.length; index += 1) {
      const some = items.slice(index * piece, (index + 1) * piece);
      const began = process.hrtime.bigint();
      for (const item of some) work(item);
      best[index] = Math.min(best[index] ?? 0, Number(process.hrtime.bigint() - began) / 1000);
    }
  }
  return best.reduce((sum, one) => sum + one, 0) / items.length;
}

/** The slowest but one in a hundred, each item at its best of several rounds. */
export function percentile99(items: readonly string[], work: (item: string) => void, rounds = 9): number {
  const best = new Float64Array(items.length).fill(Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, item] of items.entries()) {
      const began = process.hrtime.bigint();
      work(item);
      best[index] = Math.min(best[index] ?? 0, Number(process.hrtime.bigint() - began) / 1000);
    }
  }
  return best.sort()[Math.floor(items.length * 0.99)] ?? 0;
}
