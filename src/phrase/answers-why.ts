/** Why an alert was sent, and where a story that was not alerted stopped. */
import type { Line } from '../message.ts';
import { type Alert, alertFrom, type DropReason, type Evidence, type NewsEvent, type SourceRef } from '../model.ts';
import { wordsOf } from './words.ts';

export const dropWords: Readonly<Record<DropReason, string>> = {
  'nothing-relevant': 'nothing in it is about travel advice or missions',
  'no-frame': 'it has words of ours, but tells no act of a State',
  'not-a-state': 'no State acts in it: a company, an agency, an army or a club does',
  local: 'it stays within one country',
  considered: 'it is only considered, not decided',
  denied: 'it is denied',
  historic: 'it tells of the past',
  followup: 'it follows up something that was told before',
  routine: 'it is routine: holidays or office hours',
  'low-confidence': 'it was not clear enough to alert',
  'unchanged-advice': 'the advice was reissued or reworded at the same level',
  old: 'it was published too long ago to alert',
  held: 'a lowered level must stand a while before it is believed',
  placeholder: 'the register had a row without its text',
  'stale-row': 'the row is older than what was already accepted',
  redated: 'the register gave most of its rows a new date at once',
  'set-aside': 'an error of Attaché itself kept it from being read; the log says more',
};

/** @param raised the alert that was told of the event, where one was */
export function whyLines(event: NewsEvent, raised: Alert | undefined, language: string): readonly Line[] {
  const { kind, status, confidence } = event.finding;
  const words = wordsOf(language);
  const told = raised
    ? `Told because: ${raised.because.map((reason) => words.reason[reason]).join('; ')}.`
    : `Not alerted: ${confidence < alertFrom ? dropWords['low-confidence'] : 'it was known from a first read, or was too old'}.`;
  return [
    [told],
    [
      `Read as: ${words.kind[kind]}, ${words.status[status] || status}, ${Math.round(confidence * 100)}% sure (alerts from ${alertFrom * 100}%).`,
    ],
    ...event.sources.flatMap((source) => sourceLines(source, event)),
  ];
}

/** A report, and the words of it that its findings rest on: those of another say nothing of it. */
function sourceLines(source: SourceRef, event: NewsEvent): readonly Line[] {
  const title = source.url === '' ? source.title : { link: source.url, text: source.title };
  // Kept before each report had its own: those of the first.
  const evidence = source.evidence ?? (event.sources.length === 1 ? event.finding.evidence : []);
  const said = evidenceWords(source, evidence);
  return [
    [`${source.source} (${source.tier}), `, { at: source.publishedAt ?? source.seenAt }, ': ', title],
    ...(evidence[0] ? [[`Rule ${evidence[0].rule}: ${said || 'no words recorded'}.`]] : []),
  ];
}

/** `actor “US”, act “moves”`: the words of this report that a finding rests on; a body is not kept. */
function evidenceWords({ title, summary }: SourceRef, evidence: readonly Evidence[]): string {
  const texts: Readonly<Record<Evidence['field'], string | undefined>> = { title, summary, body: undefined };
  const said = evidence
    .map((one) => ({ role: one.role, words: texts[one.field]?.slice(one.start, one.end).trim() ?? '' }))
    .filter(({ words }) => words !== '')
    .map(({ role, words }) => `${role} “${words}”`);
  return [...new Set(said)].join(', ');
}
