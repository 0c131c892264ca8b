/** What an update changed. */
import { traits } from '../kinds.ts';
import type { Line } from '../message.ts';
import type { NewsEvent } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import { actPhrase, type PhraseContext, wherePhrase } from './headline.ts';
import { wordsOf } from './words.ts';

/**
 * One line with the previous values, as the headline has the new ones; none if only the sources
 * differ.
 */
export function differencesOf(previous: Finding, now: Finding, context: PhraseContext): readonly Line[] {
  const words = wordsOf(context.language);
  const pairs: readonly (readonly [string, string])[] = [
    [words.severity[previous.severity], words.severity[now.severity]],
    [wherePhrase(previous, context), wherePhrase(now, context)],
    [actPhrase(previous, context), actPhrase(now, context)],
  ];
  const before = pairs.flatMap(([was, is]) => (was === is ? [] : [was]));
  return before.length > 0 ? [[`${words.before}: ${before.join(' · ')}`]] : [];
}

/**
 * The posture of the latest staff act of the event; authorized and ordered departure are never
 * confused.
 */
export function staffPosture({ finding, acts = [] }: NewsEvent, { language }: PhraseContext): string | undefined {
  const kinds = [...acts.filter(({ status }) => status === 'happening').map(({ kind }) => kind), finding.kind];
  const last = kinds.findLast((kind) => traits[kind].ofStaff);
  const posture = last && traits[last].posture;
  return posture ? wordsOf(language).posture[posture] : undefined;
}
