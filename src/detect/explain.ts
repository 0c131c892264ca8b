import type { Kind } from '../kinds.ts';
import type { DropReason, Finding, Status } from '../model/finding.ts';
import type { Feature, Found, Weights } from './confidence.ts';
import type { Candidate, Fused } from './fuse.ts';
import type { Opinion } from './opinion/decide.ts';

export interface Explanation {
  /** Whether any word of ours stands in it. */
  readonly gate: boolean;
  readonly candidates: readonly ExplainedCandidate[];
  readonly findings: readonly Finding[];
  /** What the confidence of each finding comes from, in their order. */
  readonly grounds: readonly (readonly Ground[])[];
  readonly dropped?: DropReason;
  /** What the learned second opinion holds of it. */
  readonly opinion?: Opinion;
}

/** What raised or lowered a confidence: strength times weight, all summed; the weights stand in config/confidence.yaml. */
export interface Ground {
  readonly feature: Feature;
  readonly strength: number;
  readonly weight: number;
}

/** Words of the text, with their UTF-16 offsets in it, the end exclusive. */
export interface ExplainedWords {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface ExplainedCandidate {
  readonly field: 'title' | 'summary' | 'body';
  /** The frame as it stands in the table. */
  readonly frame: string;
  readonly kind: Kind;
  readonly status: Status;
  /** The words that it took, by the step they took. */
  readonly words: readonly (ExplainedWords & { readonly step: string })[];
  /** The word that stopped or turned it. */
  readonly guard?: ExplainedWords;
  /** What the guard is called. */
  readonly row?: string;
  readonly dropped?: DropReason;
  readonly confidence: number;
  readonly grounds: readonly Ground[];
}

export function explanationOf({ findings, grounds, dropped, candidates }: Fused, weights: Weights): Explanation {
  return {
    gate: true,
    candidates: candidates.map((one) => explained(one, weights)),
    findings,
    grounds: grounds.map((found) => groundsOf(found, weights)),
    ...(findings.length === 0 && { dropped: dropped ?? 'no-frame' }),
  };
}

function explained({ field, text, matched, finding, features, dropped, guard, row }: Candidate, weights: Weights): ExplainedCandidate {
  const words = (from: number, to: number): ExplainedWords => {
    const start = text.units[from]?.start ?? 0;
    const end = text.units[to - 1]?.end ?? start;
    return { text: text.given.slice(start, end), start, end };
  };
  return {
    field,
    frame: matched.frame.rule,
    kind: finding.kind,
    status: finding.status,
    words: [
      { step: matched.frame.act.name, ...words(matched.act, matched.act + 1) },
      ...matched.taken.map((one) => ({ step: one.step.name, ...words(one.from, one.to) })),
    ],
    ...(guard !== undefined && { guard: words(guard, guard + 1) }),
    ...(row !== undefined && { row }),
    ...(dropped && { dropped }),
    confidence: finding.confidence,
    grounds: groundsOf(features, weights),
  };
}

function groundsOf(found: Found, weights: Weights): readonly Ground[] {
  const strengths = Object.entries({ base: 1, ...found }) as [Feature, number][];
  return strengths.map(([feature, strength]) => ({ feature, strength, weight: weights[feature] })).filter(({ strength }) => strength !== 0);
}
