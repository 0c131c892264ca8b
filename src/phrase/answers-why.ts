/** Explains why an alert was sent, or why a story did not alert. */
import { speechIn } from '../i18n/speech.ts';
import type { AnswerWords } from '../i18n/words.ts';
import type { Line } from '../message.ts';
import type { Alert } from '../model/alert.ts';
import type { NewsEvent, SourceRef } from '../model/event.ts';
import { alertFrom, type Evidence } from '../model/finding.ts';
import { wordsOf } from './words.ts';

/** @param raised the event's alert, if there was one */
export function whyLines(event: NewsEvent, raised: Alert | undefined, language: string): readonly Line[] {
  const { kind, status, confidence } = event.finding;
  const words = wordsOf(language);
  const { happened } = speechIn(language).answers;
  const percent = (part: number) => new Intl.NumberFormat(language, { style: 'percent' }).format(part);
  const reason = raised
    ? happened.because(raised.because.map((reason) => words.reason[reason]))
    : happened.notAlerted(confidence < alertFrom ? happened.drop['low-confidence'] : happened.firstRead);
  return [
    [reason],
    [happened.readAs(words.kind[kind], words.status[status] || status, percent(confidence), percent(alertFrom))],
    ...event.sources.flatMap((source) => sourceLines(source, event, happened)),
  ];
}

/** A report with the words of its own text that its findings rest on. */
function sourceLines(source: SourceRef, event: NewsEvent, words: AnswerWords['happened']): readonly Line[] {
  const title = source.url === '' ? source.title : { link: source.url, text: source.title };
  // Older events store evidence only once, for their first report.
  const evidence = source.evidence ?? (event.sources.length === 1 ? event.finding.evidence : []);
  const said = evidenceWords(source, evidence, words);
  return [
    [`${source.source} (${words.tier[source.tier]}), `, { at: source.publishedAt ?? source.seenAt }, ': ', title],
    ...(evidence[0] ? [[words.rule(evidence[0].rule, said)]] : []),
  ];
}

/** `actor “US”, act “moves”`: words from title and summary; bodies are not stored. */
function evidenceWords(
  { title, summary }: SourceRef,
  evidence: readonly Evidence[],
  { evidence: worded }: AnswerWords['happened'],
): string {
  const texts: Readonly<Record<Evidence['field'], string | undefined>> = { title, summary, body: undefined };
  const said = evidence
    .map((one) => ({ role: one.role, words: texts[one.field]?.slice(one.start, one.end).trim() ?? '' }))
    .filter(({ words }) => words !== '')
    .map(({ role, words }) => worded(role, words));
  return [...new Set(said)].join(', ');
}
