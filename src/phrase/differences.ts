/** What an update changed, old and new side by side. */
import type { Line } from '../message.ts';
import type { Finding, Kind, NewsEvent, Posture } from '../model.ts';
import { actPhrase, type PhraseContext, wherePhrase } from './headline.ts';
import { wordsOf } from './words.ts';

/** One line for each thing that differs; none where only the sources do. */
export function differencesOf(previous: Finding, now: Finding, context: PhraseContext): readonly Line[] {
  const words = wordsOf(context.language);
  const pairs: readonly (readonly [string, string])[] = [
    [actPhrase(previous, context), actPhrase(now, context)],
    [wherePhrase(previous, context), wherePhrase(now, context)],
    [words.severity[previous.severity], words.severity[now.severity]],
  ];
  return pairs.flatMap(([before, after]) =>
    before === after ? [] : [[`${words.before}: ${before}. ${words.now}: `, { strong: after }, '.'] satisfies Line],
  );
}

const postKinds: readonly Kind[] = [
  'embassy-relocation',
  'embassy-closure',
  'embassy-suspension',
  'embassy-reopening',
  'embassy-opening',
  'consular-service-change',
  'mission-attack',
];

/** Whether it tells of a mission as a place. */
export function isPostKind({ kind }: Finding): boolean {
  return postKinds.includes(kind);
}

const staffKinds: Readonly<Partial<Record<Kind, Posture>>> = {
  'staff-departure-ordered': 'ordered',
  'staff-departure-authorized': 'authorized',
  'staff-drawdown': 'drawdown',
};

/** Authorized or ordered: never taken for each other. The last that was told of the event. */
export function staffPosture({ finding, acts = [] }: NewsEvent, { language }: PhraseContext): string | undefined {
  const told = [...acts.filter(({ status }) => status === 'happening').map(({ kind }) => kind), finding.kind];
  const last = told.findLast((kind) => staffKinds[kind] !== undefined);
  const posture = last && staffKinds[last];
  return posture && wordsOf(language).posture[posture];
}
