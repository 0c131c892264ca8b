/** What the second opinion does to what the frames found: holds back, lifts, proposes. */
import { type Kind, traits } from '../../kinds.ts';
import { alertFrom, type DropReason, type Finding } from '../../model/finding.ts';
import { type Found1, findingOf, type Reading, type Rules } from '../finding.ts';
import type { Candidate, Fused } from '../fuse.ts';
import { featuresOf } from './features.ts';
import { proposed } from './propose.ts';
import type { Model } from './score.ts';

export interface Opinion {
  /** How likely the item reports something, 0 to 1. */
  readonly likelihood: number;
  /** What it did: nothing, or which of its three. */
  readonly effect: 'agrees' | 'holds-back' | 'lifts' | 'proposes' | 'none';
}

/** Below this a finding is neither told as unconfirmed nor alerted: it waits for another report. */
const watchOnly = 0.59;

const belowAlert = alertFrom - 0.01;

/** Who acts, whether it is done, when it was: what these say no likelihood outweighs, and the model sees no names to know better. */
const final: ReadonlySet<DropReason> = new Set<DropReason>(['denied', 'historic', 'considered', 'not-a-state']);

/** What is longer is no headline: nothing like it was learned from. */
const longestTitle = 400;

/** The findings with the second opinion heard. Only of news: a government's own feed has words that are trusted. */
export function opine(fused: Fused, model: Model, rules: Rules): { readonly fused: Fused; readonly opinion?: Opinion } {
  const { title, summary } = fused;
  if (title.input.feedKind !== 'news' || title.text.given.length > longestTitle) return { fused };
  const features = featuresOf({ ...fused, title: title.text, summary: summary?.text, official: title.input.tier === 'official' });
  const likelihood = model.likelihood(features);
  const said = (effect: Opinion['effect'], changed: Fused = fused) => ({ fused: changed, opinion: { likelihood, effect } });
  if (fused.findings.length > 0) return judged(fused, model, likelihood, said);
  if (likelihood < Math.min(model.rules.lift, model.rules.propose) || (fused.dropped && final.has(fused.dropped)) || title.text.asks)
    return said('none');
  const scores = model.kindScores(features);
  const held = likelihood >= model.rules.lift ? heldBest(fused, model, scores) : undefined;
  const made = (!held || !isWhole(held.finding)) && likelihood >= model.rules.propose ? proposalOf(fused, model, scores, rules) : undefined;
  const isLifted = held !== undefined && !(made && isWhole(made.finding));
  const best = isLifted ? held : made;
  if (!best) return said('none');
  const { finding, features: grounds } = best;
  // What a guard stopped waits for another report, however likely.
  const most = isLifted && held.dropped ? Math.min(likelihood, belowAlert) : likelihood;
  return said(isLifted ? 'lifts' : 'proposes', only(fused, { finding: sure(finding, most), features: grounds }));
}

type Said = (effect: Opinion['effect'], changed?: Fused) => { readonly fused: Fused; readonly opinion: Opinion };

/** A kind that was never learned is not judged; what only a body says was not seen. */
function judged(fused: Fused, model: Model, likelihood: number, said: Said): ReturnType<Said> {
  const { veto, lift } = model.rules;
  const isJudged = ({ kind, evidence }: Finding) => model.kinds.includes(kind) && !evidence.some(({ field }) => field === 'body');
  const change = (to: (finding: Finding) => number) => ({
    ...fused,
    findings: fused.findings.map((finding) => (isJudged(finding) ? { ...finding, confidence: rounded(to(finding)) } : finding)),
  });
  if (likelihood < veto)
    return said(
      'holds-back',
      change(({ confidence }) => Math.min(confidence, Math.max(likelihood, 0.01))),
    );
  if (likelihood >= lift && !fused.title.text.asks && fused.findings.some(({ confidence }) => confidence < alertFrom))
    return said(
      'lifts',
      change((finding) => Math.max(finding.confidence, sure(finding, meanOf(finding.confidence, likelihood)).confidence)),
    );
  return said('agrees');
}

/** Of two likelihoods, in log-odds: what the frames doubt the model must be surer of. */
function meanOf(one: number, other: number): number {
  const odds = Math.sqrt((one / (1 - Math.min(one, 0.99))) * (other / (1 - Math.min(other, 0.99))));
  return odds / (1 + odds);
}

/** Of what guards stopped, or a summary could not say alone, the one of the likeliest kind. */
function heldBest({ candidates }: Fused, model: Model, scores: readonly number[]) {
  const scoreOf = (kind: Kind) => scores[model.kinds.indexOf(kind)] ?? Number.NEGATIVE_INFINITY;
  const isFirst = ({ text, matched, field }: Candidate) => field === 'title' || text.clauses[matched.clause]?.sentence === 0;
  const able = candidates
    .filter(isFirst)
    .filter(({ field, finding, dropped }) => field !== 'body' && scoreOf(finding.kind) > kindFrom && !(dropped && final.has(dropped)));
  return able.toSorted((one, other) => scoreOf(other.finding.kind) - scoreOf(one.finding.kind))[0];
}

/** Of kinds that score less than this none fits. */
const kindFrom = -4;

function proposalOf(fused: Fused, model: Model, scores: readonly number[], rules: Rules): Found1 | undefined {
  const best = scores.indexOf(Math.max(...scores));
  const kind = model.kinds[best];
  if (kind === undefined || (scores[best] as number) < kindFrom) return undefined;
  const inTitle = made(fused.title, kind, model, rules);
  if (!fused.summary || (inTitle && isWhole(inTitle.finding))) return inTitle;
  const inSummary = made(fused.summary, kind, model, rules);
  return inSummary && (!inTitle || isWhole(inSummary.finding)) ? inSummary : inTitle;
}

function made(reading: Reading, kind: Kind, model: Model, rules: Rules): Found1 | undefined {
  const matched = proposed(reading.text, kind, model);
  return matched && findingOf(reading, matched, rules);
}

const isWhole = ({ kind, sender, hosts }: Finding) => hosts.length > 0 && (sender !== undefined || traits[kind].sender === 'none');

/** Present, and as sure as the opinion; without who and where it never alerts by itself. */
function sure(finding: Finding, likelihood: number): Finding {
  const status = finding.status === 'planned' ? 'planned' : 'happening';
  return { ...finding, status, confidence: rounded(isWhole(finding) ? likelihood : Math.min(likelihood, watchOnly)) };
}

const rounded = (share: number) => Math.round(share * 100) / 100;

function only(fused: Fused, { finding, features }: Pick<Found1, 'finding' | 'features'>): Fused {
  const { dropped: _, denial: __, ...rest } = fused;
  return { ...rest, findings: [finding], grounds: [features] };
}
