/** What an update changed, old and new side by side. */
import { traits } from '../kinds.ts';
import type { Line } from '../message.ts';
import type { NewsEvent } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import { actPhrase, type PhraseContext, wherePhrase } from './headline.ts';
import { wordsOf } from './words.ts';

/** What it was before, in one line, since the headline says what it is now; none where only the sources differ. */
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

/** Authorized or ordered: never taken for each other. The last that was told of the event. */
export function staffPosture({ finding, acts = [] }: NewsEvent, { language }: PhraseContext): string | undefined {
  const told = [...acts.filter(({ status }) => status === 'happening').map(({ kind }) => kind), finding.kind];
  const last = told.findLast((kind) => traits[kind].ofStaff);
  const posture = last && traits[last].posture;
  return posture ? wordsOf(language).posture[posture] : undefined;
}
