/** Whether a frame's act happens, is planned, only considered, denied, or old. Guards are read around the act's own verb. */
import type { DropReason, Status } from '../model.ts';
import type { Matched } from './match-frames.ts';
import { has } from './phrases.ts';
import type { Tagged } from './tagger.ts';

export interface Judged {
  readonly status: Status;
  /** The token that decided, where one did. */
  readonly guard?: number;
}

/** Words before the act that can still govern its verb. */
const window = 4;

export function judge(text: Tagged, matched: Matched): Judged {
  const clause = text.clauses[matched.clause];
  const from = clause?.from ?? 0;
  const to = clause?.to ?? text.tokens.length;
  const act = matched.act.from;
  const near = indices(Math.max(from, act - window), act).reverse();
  const before = indices(Math.max(from, act - 8), act).reverse();
  const inSteps = (index: number) => matched.steps.some((step) => index >= step.from && index < step.to && step !== matched.act);
  const find = (where: readonly number[], tag: string) => where.find((index) => has(text, index, tag) && !inSteps(index));

  const historic = find(indices(from, to), 'historic') ?? find(indices(0, text.tokens.length), 'historic');
  if (historic !== undefined) return { status: 'historic', guard: historic };
  const followup = find(indices(from, to), 'followup') ?? firstOf(text, 'followup');
  if (followup !== undefined) return { status: 'followup', guard: followup };
  const denied = find(near, 'denied');
  if (denied !== undefined) return { status: 'denied', guard: denied };
  const considered = find(before, 'considered') ?? find(indices(matched.act.to, Math.min(to, matched.act.to + 2)), 'considered');
  if (considered !== undefined) return { status: 'considered', guard: considered };
  const planned = find(near.slice(0, 3), 'planned');
  return planned === undefined ? { status: 'happening' } : { status: 'planned', guard: planned };
}

/** A headline that begins with "Why", "Opinion", "Timeline": a story about the act. */
function firstOf(text: Tagged, tag: string): number | undefined {
  return has(text, 0, tag) ? 0 : undefined;
}

export function indices(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

export function dropOf(status: Status): DropReason | undefined {
  return status === 'happening' || status === 'planned' ? undefined : status;
}
