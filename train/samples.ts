/** Items as the model sees them, and the samples that it is trained on. */
import type { Fused } from '../src/detect/fuse.ts';
import { type Features, featuresOf } from '../src/detect/opinion/features.ts';
import type { LearnedGate } from '../src/detect/opinion/learned-gate.ts';
import { kinds } from '../src/kinds.ts';
import type { Example } from './data.ts';
import type { Sample } from './fit.ts';
import { folds, shown, tuned, weightOf } from './settings.ts';

/** What the frames alone make of an item, and whether it holds words of the gate. */
export type See = (input: { readonly title: string; readonly summary?: string; readonly feedKind: 'news' }) => {
  readonly hasWords: boolean;
  fused(): Fused;
};

export interface Seen {
  readonly fused: Fused;
  readonly features: Features;
  /** Without what the frames made of it. */
  readonly bare: Features;
}

export interface SeenExample {
  readonly example: Example;
  readonly seen: Seen;
  /** Passes the gate, the learned one being of those that did not learn from it. */
  readonly passes: boolean;
  /** The part of cross-validation that it is in. */
  readonly fold: number;
}

export interface SeenHeadline {
  readonly title: string;
  readonly seen: Seen;
  readonly fold: number;
}

export const heads: readonly string[] = ['relevant', ...kinds];

export function seeExamples(examples: readonly Example[], see: See, gates: readonly LearnedGate[]): readonly SeenExample[] {
  return examples.map((example) => {
    const { title, summary } = example;
    const fold = foldOf(example.group);
    const { hasWords, fused } = see({ title, ...(summary && { summary }), feedKind: 'news' });
    return { example, seen: seenOf(fused()), passes: gates[fold]?.(hasWords, title, summary) ?? hasWords, fold };
  });
}

/** Headlines that pass the gate and are labelled nowhere. */
export function seeBackground(
  titles: readonly string[],
  labelled: readonly Example[],
  see: See,
  gates: readonly LearnedGate[],
): readonly SeenHeadline[] {
  const known = new Set(labelled.map(({ title }) => title));
  return titles.flatMap((title) => {
    if (known.has(title)) return [];
    const fold = foldOf(title);
    const { hasWords, fused } = see({ title, feedKind: 'news' });
    return (gates[fold]?.(hasWords, title) ?? hasWords) ? [{ title, seen: seenOf(fused()), fold }] : [];
  });
}

function seenOf(fused: Fused): Seen {
  const { title, summary, candidates, findings, dropped } = fused;
  const seen = { title: title.text, summary: summary?.text, candidates, findings, dropped, official: false };
  return { fused, features: featuresOf(seen), bare: featuresOf(seen, false) };
}

/** What the project makes of phrases is in no part: every model learns from it, none is measured on it. */
export function foldOf(group: string): number {
  if (group === 'phrases') return -1;
  let hash = 7;
  for (let at = 0; at < group.length; at += 1) hash = Math.imul(hash ^ group.charCodeAt(at), 16_777_619);
  return ((hash ^ (hash >>> 13)) >>> 0) % folds;
}

/** @param without the part that is left out, to be measured on */
export function samplesOf(examples: readonly SeenExample[], background: readonly SeenHeadline[], without?: number): readonly Sample[] {
  const labelled = examples.flatMap(({ example, seen, fold }) => (!example.heldOut && fold !== without ? copiesOf(example, seen) : []));
  // What the frames find in it may be true.
  const quiet = background.filter(({ seen, fold }) => fold !== without && seen.fused.findings.length === 0);
  return [...labelled, ...quiet.map(({ seen }) => ({ features: seen.features, targets: [0], weight: weightOf.background }))];
}

/** Each item twice: once as it is, once without what the frames made of it. */
function copiesOf(example: Example, { features, bare }: Seen): readonly Sample[] {
  const { relevant, kinds: labels, ambiguous, written, set } = example;
  const targets = relevant ? heads.map((head, at) => (at === 0 || labels.includes(head) ? 1 : 0)) : [0];
  const weight = (ambiguous ? weightOf.ambiguous : 1) * (set === 'phrases' ? weightOf.phrases : written ? weightOf.written : 1);
  const share = tuned.has(set) ? shown.tuned : shown.fresh;
  return [
    { features, targets, weight: weight * share },
    { features: bare, targets, weight: weight * (1 - share) },
  ];
}
