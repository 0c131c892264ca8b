import type { CountryCode } from '../model/basics.ts';
import type { FeedKind, Tier } from '../model/feed.ts';
import type { DropReason, Finding } from '../model/finding.ts';
import type { Places } from '../places.ts';
import type { Weights } from './confidence.ts';
import { type Explanation, explanationOf } from './explain.ts';
import { type Fused, fuse } from './fuse.ts';
import { type Gate, type GateTables, readGate } from './gate.ts';
import { compileGate } from './gate-compile.ts';
import { compileLanguages, type LanguageTables, readLanguages } from './language.ts';
import type { Levels } from './levels.ts';
import type { Lexicon } from './lexicon.ts';
import { type Opinion, opine } from './opinion/decide.ts';
import { createLearnedGate } from './opinion/learned-gate.ts';
import { createModel } from './opinion/score.ts';
import type { OpinionWeights } from './opinion/weights.ts';
import { readRegisterTitle } from './register-title.ts';
import { peoplesOf } from './trie.ts';

export interface DetectInput {
  readonly title: string;
  readonly summary?: string;
  readonly body?: string;
  readonly feedKind: FeedKind;
  readonly source?: string;
  readonly tier?: Tier;
  readonly language?: string;
  /** The sending State of a mission's feed or a register, and where the mission stands. */
  readonly sender?: CountryCode;
  readonly host?: CountryCode;
}

export interface Detection {
  readonly findings: readonly Finding[];
  /** Why there is no finding. */
  readonly dropped?: DropReason;
  /** What it says is not so: no finding of its own, but it can take back what was told. */
  readonly denial?: Finding;
}

export interface Detector {
  read(input: DetectInput): Detection;
  /** Which frames fitted, on which words, which guard stopped them, and how the confidence came about. */
  explain(input: DetectInput): Explanation;
}

export interface DetectorParts {
  readonly lexicons: readonly Lexicon[];
  readonly places: Places;
  readonly levels: Levels;
  readonly weights: Weights;
  /** The learned second opinion; without it the frames alone decide. */
  readonly opinion?: OpinionWeights;
}

/** What the words and names are turned into, in a form that a file can keep. */
export interface Compiled {
  readonly gate: GateTables;
  readonly languages: LanguageTables;
}

export function compile({ lexicons, places }: Pick<DetectorParts, 'lexicons' | 'places'>): Compiled {
  return { gate: compileGate(lexicons, peoplesOf(places)), languages: compileLanguages(lexicons, places) };
}

export function createDetector({ lexicons, ...parts }: DetectorParts): Detector {
  return compiledDetector(compile({ lexicons, places: parts.places }), parts);
}

/** What is longer is no headline, no summary: the rest is not read, so that a text that was made to be long costs no more than a long one. */
const mostRead = { title: 1_000, summary: 600, body: 5_000, source: 300 } as const;

function bounded(input: DetectInput): DetectInput {
  const { title, summary, body, source } = input;
  return {
    ...input,
    title: title.slice(0, mostRead.title),
    ...(summary !== undefined && { summary: summary.slice(0, mostRead.summary) }),
    ...(body !== undefined && { body: body.slice(0, mostRead.body) }),
    ...(source !== undefined && { source: source.slice(0, mostRead.source) }),
  };
}

export function compiledDetector(compiled: Compiled, parts: Omit<DetectorParts, 'lexicons'>): Detector {
  const gate = readGate(compiled.gate);
  const languages = readLanguages(compiled.languages);
  const model = parts.opinion && createModel(parts.opinion);
  const sounds = parts.opinion && createLearnedGate(parts.opinion.gate);
  const read = (input: DetectInput): { readonly fused: Fused; readonly opinion?: Opinion } | undefined => {
    const hasWords = passes(gate, input.title, input.summary);
    // A government's own feed has nothing but what concerns us.
    const isHeard = sounds && input.feedKind === 'news' ? sounds(hasWords, input.title, input.summary) : hasWords;
    if (!isHeard && !passes(gate, input.body)) return undefined;
    const fused = fuse(input, languages, parts);
    // Where only the body has words of ours, there is nothing to have an opinion of.
    return model && isHeard ? opine(fused, model, parts) : { fused };
  };
  return {
    read: (given) => {
      const input = bounded(given);
      const register = readRegisterTitle(input, parts);
      if (register) return { findings: [register] };
      const seen = read(input);
      if (!seen) return { findings: [], dropped: 'nothing-relevant' };
      const { findings, dropped, denial } = seen.fused;
      return findings.length > 0 ? { findings } : { findings, dropped: dropped ?? 'no-frame', ...(denial && { denial }) };
    },
    explain: (given) => {
      const input = bounded(given);
      const register = readRegisterTitle(input, parts);
      if (register) return { gate: true, candidates: [], findings: [register], grounds: [] };
      const seen = read(input);
      if (!seen) return { gate: false, candidates: [], findings: [], grounds: [], dropped: 'nothing-relevant' };
      return { ...explanationOf(seen.fused, parts.weights), ...(seen.opinion && { opinion: seen.opinion }) };
    },
  };
}

const passes = (gate: Gate, ...texts: readonly (string | undefined)[]) => texts.some((text) => text !== undefined && gate(text));

/** What the frames alone make of a headline, and whether it holds words of the gate. */
export function observer(
  compiled: Compiled,
  parts: Omit<DetectorParts, 'lexicons'>,
): (input: DetectInput) => { readonly hasWords: boolean; fused(): Fused } {
  const gate = readGate(compiled.gate);
  const languages = readLanguages(compiled.languages);
  return (given) => {
    const input = bounded(given);
    return { hasWords: passes(gate, input.title, input.summary), fused: () => fuse(input, languages, parts) };
  };
}
