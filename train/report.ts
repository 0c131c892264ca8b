/** How good the second opinion is, each item judged by a model that was not trained on its event, its author's batch or its file. */

import type { Rules } from '../src/detect/finding.ts';
import type { Fused } from '../src/detect/fuse.ts';
import { type Opinion, opine } from '../src/detect/opinion/decide.ts';
import type { Model } from '../src/detect/opinion/score.ts';
import type { Kind } from '../src/kinds.ts';
import { type Finding, isAlertable } from '../src/model/finding.ts';
import type { Example } from './data.ts';
import type { SeenExample, SeenHeadline } from './samples.ts';

/** Kinds that are measured apart: off by default, or told in too many ways. */
const outside: ReadonlySet<string> = new Set<Kind>(['border-airspace', 'mission-attack', 'ambassador-recall', 'ambassador-summoned']);
const isCore = (kind: string) => !outside.has(kind);

interface Judged {
  readonly example: Example;
  readonly alerts: readonly Finding[];
  readonly opinion?: Opinion;
}

export function report(
  given: readonly SeenExample[],
  background: readonly SeenHeadline[],
  all: number,
  models: readonly Model[],
  rules: Rules,
): string {
  const lines: string[] = [];
  const examples = given.filter(({ fold }) => fold >= 0);
  const told = (fused: Fused, model: Model | undefined) => (model ? opine(fused, model, rules) : { fused });
  const judged = (withOpinion: boolean): readonly Judged[] =>
    examples
      .filter(({ example }) => !example.ambiguous)
      .map(({ example, seen, passes, fold }) => {
        const heard = passes ? told(seen.fused, withOpinion ? models[fold] : undefined) : undefined;
        const alerts = heard?.fused.findings.filter(isAlertable) ?? [];
        return { example, alerts, ...(heard && 'opinion' in heard && heard.opinion && { opinion: heard.opinion }) };
      });
  const [alone, both] = [judged(false), judged(true)];
  lines.push('core kinds, ambiguous items apart: precision, recall (right, false, missed), kind, sender, host of what is right');
  for (const name of setsOf(examples)) {
    for (const [who, items] of [
      ['frames', alone],
      ['both', both],
    ] as const) {
      const within = items.filter(({ example }) => setOf(example) === name);
      lines.push(`${name.padEnd(28)} ${who.padEnd(7)} ${rowOf(within)}`);
    }
  }
  lines.push('', 'relevant by likelihood:');
  for (const [name, written] of [
    ['real', false],
    ['written', true],
  ] as const)
    lines.push(`${name.padEnd(28)} ${calibrationOf(both.filter(({ example }) => example.written === written && !example.heldOut))}`);
  const fires = background.flatMap(({ title, seen, fold }) => {
    const { fused, opinion } = { opinion: undefined, ...told(seen.fused, models[fold]) };
    const alerts = fused.findings.filter((finding) => isAlertable(finding) && isCore(finding.kind));
    return alerts.length > 0 ? [`  ${opinion?.effect} ${alerts.map(({ kind }) => kind).join(',')} | ${title.slice(0, 160)}`] : [];
  });
  lines.push(
    '',
    `background: ${fires.length} core alerts in ${all} headlines (${((fires.length / Math.max(1, all)) * 10_000).toFixed(2)} in 10,000)`,
  );
  return [...lines, ...fires].join('\n');
}

/** Written ones by language, real ones by file. */
const setOf = ({ written, language, set }: Example): string =>
  written ? (set === 'written-first' ? `${set} ${language === 'en' ? 'en' : 'others'}` : set) : set;

const setsOf = (examples: readonly SeenExample[]): readonly string[] => [...new Set(examples.map(({ example }) => setOf(example)))];

function rowOf(items: readonly Judged[]): string {
  const wanted = items.filter(({ example }) => example.relevant && example.kinds.some(isCore));
  const right = wanted.filter(({ example, alerts }) => alerts.some(({ kind }) => isCore(kind) || example.kinds.includes(kind)));
  const wrong = items.filter(({ example, alerts }) => !example.relevant && alerts.some(({ kind }) => isCore(kind)));
  const share = (part: number, of: number) => (of === 0 ? ' –  ' : (part / of).toFixed(3).replace(/^0/, ''));
  const slot = (asks: (one: Judged) => boolean, holds: (one: Judged) => boolean) => {
    const asked = right.filter(asks);
    return share(asked.filter(holds).length, asked.length);
  };
  const kind = slot(
    () => true,
    ({ example, alerts }) => alerts.some((alert) => example.kinds.includes(alert.kind)),
  );
  const sender = slot(
    ({ example }) => example.sender !== null,
    ({ example, alerts }) => alerts.some((alert) => alert.sender === example.sender),
  );
  const host = slot(
    ({ example }) => example.hosts.length > 0,
    ({ example, alerts }) => example.hosts.every((one) => alerts.some(({ hosts }) => hosts.includes(one))),
  );
  const counts = `(${right.length}, ${wrong.length}, ${wanted.length - right.length})`;
  return `${share(right.length, right.length + wrong.length)} ${share(right.length, wanted.length)} ${counts.padEnd(16)} ${kind} ${sender} ${host}`;
}

function calibrationOf(items: readonly Judged[]): string {
  const edges = [0, 0.25, 0.5, 0.7, 0.8, 0.9, 1.01];
  return edges
    .slice(0, -1)
    .map((from, index) => {
      const within = items.filter(({ opinion }) => opinion && opinion.likelihood >= from && opinion.likelihood < (edges[index + 1] ?? 2));
      return `${from.toFixed(2).replace(/^0/, '')} ${within.filter(({ example }) => example.relevant).length}/${within.length}`;
    })
    .join(', ');
}
