/** A reading in words of data: what fitted, what stopped it, how sure it is. Plain and JSON-able. */
import type { DropReason, Finding, Kind, Status } from '../model.ts';
import type { Found } from './confidence.ts';
import type { Candidate, Fused } from './fuse.ts';

export interface Explanation {
  /** Whether any word of ours stands in it. */
  readonly gate: boolean;
  readonly candidates: readonly ExplainedCandidate[];
  readonly findings: readonly Finding[];
  readonly dropped?: DropReason;
}

export interface ExplainedCandidate {
  readonly field: 'title' | 'summary' | 'body';
  /** The frame as it stands in the table. */
  readonly frame: string;
  readonly kind: Kind;
  readonly status: Status;
  /** The words that it took, by the step they took. */
  readonly words: readonly { readonly step: string; readonly text: string }[];
  /** The word that stopped or turned it. */
  readonly guard?: string;
  readonly dropped?: DropReason;
  readonly confidence: number;
  /** What raised or lowered the confidence, and how strongly; the weights stand in config/confidence.yaml. */
  readonly features: Found;
}

export function explanationOf({ findings, dropped, candidates }: Fused): Explanation {
  return { gate: true, candidates: candidates.map(explained), findings, ...(findings.length === 0 && { dropped: dropped ?? 'no-frame' }) };
}

function explained({ field, text, matched, finding, features, dropped, guard }: Candidate): ExplainedCandidate {
  const words = (from: number, to: number) => text.given.slice(text.units[from]?.start ?? 0, text.units[to - 1]?.end ?? 0);
  return {
    field,
    frame: matched.frame.rule,
    kind: finding.kind,
    status: finding.status,
    words: [
      { step: matched.frame.act.name, text: words(matched.act, matched.act + 1) },
      ...matched.taken.map((one) => ({ step: one.step.name, text: words(one.from, one.to) })),
    ],
    ...(guard !== undefined && { guard: words(guard, guard + 1) }),
    ...(dropped && { dropped }),
    confidence: finding.confidence,
    features,
  };
}
