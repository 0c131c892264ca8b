/** What the second opinion does to what the frames found: holds back, lifts, proposes. */
import { type Kind, traits } from '../../kinds.ts';
import { alertFrom, type DropReason, type Finding } from '../../model/finding.ts';
import { type Found1, findingOf, type Reading, type Rules } from '../finding.ts';
import type { Candidate, Fused } from '../fuse.ts';
import { pairIn } from './complete.ts';
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

/** What a guard stopped is no surer than this before who and where are weighed: it waits for another report. */
const heldBack = 0.3;

/** Whether it is done, and when it was: what these say no likelihood outweighs. */
const final: ReadonlySet<DropReason> = new Set<DropReason>(['denied', 'historic', 'considered']);

/** Whose staff it is: where this stopped a frame the likelihood, which heard of it, was right far more often than the guard. */
const outweighed: ReadonlySet<string> = new Set(['staff of others', 'no diplomats', 'other actor']);

/** What is longer is no headline: nothing like it was learned from. */
const longestTitle = 400;

/** The findings with the second opinion heard. Only of news: a government's own feed has words that are trusted. */
export function opine(fused: Fused, model: Model, rules: Rules): { readonly fused: Fused; readonly opinion?: Opinion } {
  const { title, summary } = fused;
  if (title.input.feedKind !== 'news' || title.text.given.length > longestTitle) return { fused };
  const features = featuresOf({ ...fused, title: title.text, summary: summary?.text, official: title.input.tier === 'official' });
  const likelihood = model.likelihood(features, title.text.language);
  const said = (effect: Opinion['effect'], changed: Fused = fused) => ({ fused: changed, opinion: { likelihood, effect } });
  if (fused.findings.length > 0) return judged(fused, model, likelihood, said);
  if (likelihood < Math.min(model.rules.lift, model.rules.propose) || isStopped(fused) || title.text.asks) return said('none');
  const scores = model.kindScores(features);
  const held = likelihood >= model.rules.lift ? heldBest(fused, model, scores) : undefined;
  const made = (!held || !isWhole(held.finding)) && likelihood >= model.rules.propose ? proposalOf(fused, model, scores, rules) : undefined;
  const isLifted = held !== undefined && !(made && isWhole(made.finding));
  const best = isLifted ? held : made;
  if (!best) return said('none');
  const { features: grounds } = best;
  const finding = whole(best.finding, fused);
  // What a guard stopped waits for another report, however likely.
  const most = isLifted ? heldFrom(held.dropped, likelihood, model) : likelihood;
  return said(isLifted ? 'lifts' : 'proposes', only(fused, { finding: sure(finding, most, model), features: grounds }));
}

const isFinal = (dropped: DropReason | undefined, row: string | undefined) =>
  dropped !== undefined && (final.has(dropped) || (dropped === 'not-a-state' && !outweighed.has(row ?? '')));

/** By a guard that no likelihood outweighs. */
function isStopped({ dropped, candidates }: Fused): boolean {
  if (dropped !== 'not-a-state') return isFinal(dropped, undefined);
  return !candidates.some((one) => one.dropped === dropped && outweighed.has(one.row ?? ''));
}

function heldFrom(dropped: DropReason | undefined, likelihood: number, model: Model): number {
  if (dropped === undefined) return agreed(likelihood, model);
  return dropped === 'not-a-state' ? likelihood : Math.min(likelihood, heldBack);
}

type Said = (effect: Opinion['effect'], changed?: Fused) => { readonly fused: Fused; readonly opinion: Opinion };

/** A kind that was never learned is not judged; what only a body says was not seen. */
function judged(fused: Fused, model: Model, likelihood: number, said: Said): ReturnType<Said> {
  const { veto, lift } = model.rules;
  const isJudged = ({ kind, evidence }: Finding) => model.kinds.includes(kind) && !evidence.some(({ field }) => field === 'body');
  const change = (to: (finding: Finding) => Finding) => ({
    ...fused,
    findings: fused.findings.map((finding) => (isJudged(finding) ? to(finding) : finding)),
  });
  if (likelihood < veto)
    return said(
      'holds-back',
      change((finding) => ({ ...finding, confidence: rounded(Math.min(finding.confidence, Math.max(likelihood, 0.01))) })),
    );
  if (likelihood >= lift && !fused.title.text.asks && fused.findings.some(({ confidence }) => confidence < alertFrom))
    return said(
      'lifts',
      change((finding) => lifted(finding, fused, agreed(likelihood, model), model)),
    );
  return said('agrees');
}

function lifted(finding: Finding, fused: Fused, likelihood: number, model: Model): Finding {
  if (finding.confidence >= alertFrom) return finding;
  const known = whole(finding, fused);
  const { confidence } = sure(known, likelihood, model);
  return confidence > finding.confidence ? { ...known, confidence } : finding;
}

/** A frame that fits, and an opinion that did not need it: two that agree. */
function agreed(likelihood: number, { rules }: Model): number {
  return surer(likelihood, rules.agreed);
}

/** @param by in log-odds */
function surer(likelihood: number, by: number): number {
  return 1 / (1 + (1 / Math.min(likelihood, 0.99) - 1) * Math.exp(-by));
}

/** Of what guards stopped, or a summary could not say alone, the one of the likeliest kind. */
function heldBest({ candidates }: Fused, model: Model, scores: readonly number[]) {
  const scoreOf = (kind: Kind) => scores[model.kinds.indexOf(kind)] ?? Number.NEGATIVE_INFINITY;
  const isFirst = ({ text, matched, field }: Candidate) => field === 'title' || text.clauses[matched.clause]?.sentence === 0;
  const able = candidates
    .filter(isFirst)
    .filter(({ field, finding, dropped, row }) => field !== 'body' && scoreOf(finding.kind) > kindFrom && !isFinal(dropped, row));
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

/** With who and where, where both are named. */
function whole(finding: Finding, { title, summary }: Fused): Finding {
  if (isWhole(finding)) return finding;
  const pair = pairIn(summary ? [title.text, summary.text] : [title.text], finding.kind);
  if (!pair) return finding;
  const { sender: _, hosts, ...rest } = finding;
  return { ...rest, hosts: hosts.length > 1 ? hosts : [pair.host], ...(pair.sender && { sender: pair.sender }) };
}

const isWhole = ({ kind, sender, hosts }: Finding) => hosts.length > 0 && (sender !== undefined || traits[kind].sender === 'none');

/** Present, and as sure as the opinion; without who and where it never alerts by itself. */
function sure(finding: Finding, likelihood: number, { rules }: Model): Finding {
  const status = finding.status === 'planned' ? 'planned' : 'happening';
  return {
    ...finding,
    status,
    confidence: rounded(isWhole(finding) ? surer(likelihood, rules.complete) : Math.min(likelihood, watchOnly)),
  };
}

const rounded = (share: number) => Math.round(share * 100) / 100;

function only(fused: Fused, { finding, features }: Pick<Found1, 'finding' | 'features'>): Fused {
  const { dropped: _, denial: __, ...rest } = fused;
  return { ...rest, findings: [finding], grounds: [features] };
}
