/** Where misses are lost, and what each guard gains and costs: from what the detector says of itself. */
import type { Explanation } from '../../src/detect/explain.ts';
import { isAlertable } from '../../src/model/finding.ts';
import type { Read } from './labelled.ts';
import { verdictOf } from './score.ts';

/** The steps of reading at which a report can be lost, first to last. */
export const causes = ['gate', 'no frame', 'guard', 'summary alone', 'low', 'known as another'] as const;
export type Cause = (typeof causes)[number];

export function causeOf({ gate, candidates, findings }: Explanation): Cause {
  if (!gate) return 'gate';
  if (candidates.length === 0 && findings.length === 0) return 'no frame';
  if (findings.some(isAlertable)) return 'known as another';
  if (findings.length > 0) return 'low';
  return candidates.every(({ dropped }) => dropped !== undefined) ? 'guard' : 'summary alone';
}

export function lost(reads: readonly Read[], explain: (read: Read) => Explanation): ReadonlyMap<Cause, number> {
  const found = new Map<Cause, number>(causes.map((cause) => [cause, 0]));
  for (const read of reads.filter((one) => verdictOf(one) === 'fn')) {
    const cause = causeOf(explain(read));
    found.set(cause, (found.get(cause) ?? 0) + 1);
  }
  return found;
}

export interface Stops {
  readonly row: string;
  /** Items that nothing else alerts: rightly held back, wrongly held back. */
  readonly gained: number;
  readonly cost: number;
}

export function stopsOf(reads: readonly Read[], explain: (read: Read) => Explanation): readonly Stops[] {
  const found = new Map<string, { gained: number; cost: number }>();
  for (const read of reads) {
    if (read.alerts.length > 0 || read.item.labels.ambiguous) continue;
    const rows = new Set(explain(read).candidates.flatMap(({ dropped, row }) => (dropped && row !== undefined ? [row] : [])));
    for (const row of rows) {
      const count = found.get(row) ?? { gained: 0, cost: 0 };
      if (read.item.labels.relevant) count.cost += 1;
      else count.gained += 1;
      found.set(row, count);
    }
  }
  return [...found].map(([row, count]) => ({ row, ...count })).sort((a, b) => b.gained + b.cost - a.gained - a.cost);
}
