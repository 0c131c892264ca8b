/** An explanation in words for people who know no TypeScript. */
import { harmless } from '../../adapters/terminal/sanitize.ts';
import type { Feature } from '../detect/confidence.ts';
import type { DetectInput } from '../detect/detector.ts';
import type { ExplainedCandidate, ExplainedWords, Explanation, Ground } from '../detect/explain.ts';
import { english } from '../i18n/en.ts';
import { alertFrom, type DropReason, type Finding, isAlertable } from '../model/finding.ts';

const featureWords: Readonly<Record<Feature, string>> = {
  base: 'a frame that fits',
  gap: 'words between that mean nothing to us',
  'no-sender': 'whose act it is, is not said',
  'no-host': 'where, is not said',
  aside: 'said in passing (“after”, “amid”)',
  noun: 'the act is a noun, perhaps only spoken of',
  'no-actor': 'nobody acts for a State',
  question: 'the headline asks',
  'followup-near': 'a trial, an inquiry or a memoir beside it',
  'reacts-near': 'a reaction beside it',
  'local-near': 'a fire, a flood or the like beside it',
  domestic: 'the only place lies in the State that acts',
  'weak-people': 'people of no named nation',
  live: 'a collection of live reports',
  summary: 'only the summary says it',
  body: 'only the body says it',
  agreed: 'title and summary say the same',
  official: 'the source is official',
  people: 'a number of people is said',
};

/** @param name the English name of a country */
export function whyText(item: DetectInput, explanation: Explanation, name: (code: string) => string): string {
  const { candidates, findings, grounds, opinion } = explanation;
  const told = findings.flatMap((finding, index) => [
    `  ${findingText(finding, name)}`,
    ...(grounds[index] && !isChanged(opinion) ? [`    sure:  ${sumText(grounds[index], finding.confidence)}`] : []),
  ]);
  const frames = candidates.flatMap((one, index) => candidateLines(one, index + 1));
  const learned = opinion ? [opinionText(opinion)] : [];
  return [
    `“${plain(item.title)}”`,
    verdictOf(explanation),
    ...told,
    ...learned,
    ...(frames.length > 0 ? ['Frames that fit:', ...frames] : []),
  ].join('\n');
}

const isChanged = (opinion: Explanation['opinion']) => opinion !== undefined && !['agrees', 'none'].includes(opinion.effect);

const effectWords: Readonly<Record<NonNullable<Explanation['opinion']>['effect'], string>> = {
  agrees: 'changes nothing',
  none: 'changes nothing',
  'holds-back': 'holds back what the frames found',
  lifts: 'lifts what a guard or doubt held',
  proposes: 'proposes what no frame fits',
};

function opinionText({ likelihood, effect }: NonNullable<Explanation['opinion']>): string {
  return `Second opinion: ${Math.round(likelihood * 100)} % that something is reported; ${effectWords[effect]}`;
}

function verdictOf({ findings, dropped }: Explanation): string {
  if (findings.some(isAlertable)) return 'ALERT';
  return `NO ALERT: ${english.answers.happened.drop[reasonOf(findings, dropped)]}`;
}

function reasonOf(findings: readonly Finding[], dropped: DropReason = 'no-frame'): DropReason {
  const [best] = [...findings].sort((one, other) => other.confidence - one.confidence);
  if (!best) return dropped;
  return best.confidence < alertFrom ? 'low-confidence' : 'unchanged-advice';
}

function findingText(
  { kind, status, sender, hosts, from, to, level, severity, nativeText }: Finding,
  name: (code: string) => string,
): string {
  return [
    `${kind}, ${status}, ${english.alerts.severity[severity]}`,
    `by ${sender ? name(sender) : 'nobody named'}`,
    `in ${hosts.length > 0 ? hosts.map(name).join(', ') : 'no country named'}`,
    ...(from ? [`from ${from.name}`] : []),
    ...(to ? [`to ${to.name}`] : []),
    ...(level ? [`level ${level}${nativeText ? ` (${plain(nativeText)})` : ''}`] : []),
  ].join('; ');
}

function candidateLines(one: ExplainedCandidate, number: number): readonly string[] {
  const { field, frame, kind, words, guard, row, status, dropped, confidence, grounds } = one;
  const outcome = dropped ? `stopped: ${english.answers.happened.drop[dropped]}` : status === 'planned' ? 'planned' : 'stands';
  return [
    `  ${number}. ${kind}, ${outcome}`,
    `    frame: ${frame} (in the ${field})`,
    `    words: ${words.map((taken) => `${taken.step} ${spanText(taken)}`).join(', ')}`,
    ...(guard ? [`    guard: ${spanText(guard)}${row === undefined ? '' : ` (${row})`}`] : []),
    `    sure:  ${sumText(grounds, confidence)}`,
  ];
}

const spanText = ({ text, start, end }: ExplainedWords) => `“${plain(text)}” ${start}–${end}`;

/** "2.90 a frame that fits − 0.70 whose act it is, is not said = 2.20, 90 % (alerts from 80 %)" */
function sumText(grounds: readonly Ground[], confidence: number): string {
  const terms = grounds.map(({ feature, strength, weight }, index) => {
    const value = strength * weight;
    const sign = value < 0 ? (index === 0 ? '−' : ' − ') : index === 0 ? '' : ' + ';
    const times = strength === 1 ? '' : `${round(strength)} × `;
    return `${sign}${times}${Math.abs(weight).toFixed(2)} ${featureWords[feature]}`;
  });
  const sum = grounds.reduce((total, { strength, weight }) => total + strength * weight, 0);
  return `${terms.join('')} = ${sum.toFixed(2)}, ${Math.round(confidence * 100)} % (alerts from ${alertFrom * 100} %)`;
}

const round = (value: number) => Number(value.toFixed(2));

const plain = (text: string) => harmless(text.slice(0, 500));
