/** An alert as one structured message: what, what changed, where from, when, and why it came. */

import type { Button, ChatMessage, Line, MessageField } from '../message.ts';
import type { Alert, Finding, SourceRef } from '../model.ts';
import { actPhrase, type PhraseContext, provenance, shortName, wherePhrase } from './headline.ts';
import { kindWords, reasonWords } from './words.ts';

/** Summaries are cut here: more than a glance would be the publisher's text, not an alert. */
const summaryLength = 200;
const sourcesShown = 5;

export function alertMessage(alert: Alert, context: PhraseContext): ChatMessage {
  const { event } = alert;
  return {
    kind: alert.kind,
    severity: alert.severity,
    headline: alert.headline,
    lines: [...changeLines(alert, context), ...sourceLines(event.sources)],
    fields: fieldsOf(alert, context),
    sections: [],
    footer: [footer(alert, context)],
    buttons: buttonsOf(alert),
    language: context.language,
  };
}

function changeLines(alert: Alert, context: PhraseContext): readonly Line[] {
  const why = alert.because.map((reason) => reasonWords[reason]).join('; ');
  if (alert.kind === 'new') {
    const follows = alert.event.follows ? [[`Follows an earlier event (${alert.event.follows}).`]] : [];
    return alert.because.includes('first-report') ? follows : [[{ strong: 'New' }, `: ${why}.`], ...follows];
  }
  const label = { update: `Update ${alert.event.revision - 1}`, correction: 'Correction', lifted: 'Lifted' }[alert.kind];
  const differences = alert.previous ? differencesOf(alert.previous, alert.event.finding, context) : [];
  return [[{ strong: label }, `: ${why}.`], ...differences];
}

/** Old → new, slot by slot. */
export function differencesOf(before: Finding, after: Finding, context: PhraseContext): readonly Line[] {
  const lines: Line[] = [];
  const changed = (what: string, old: string, now: string) => {
    if (old !== now) lines.push([`${what}: ${old || 'not known'} → `, { strong: now || 'not known' }]);
  };
  changed('What', kindWords[before.kind], kindWords[after.kind]);
  changed('Where', wherePhrase(before, context), wherePhrase(after, context));
  changed('Status', before.status, after.status);
  changed('To', before.to?.name ?? '', after.to?.name ?? '');
  changed('People', before.people?.toString() ?? '', after.people?.toString() ?? '');
  return lines;
}

function sourceLines(sources: readonly SourceRef[]): readonly Line[] {
  const latest = sources.slice(-sourcesShown).reverse();
  const lines = latest.map((source): Line => {
    const title = source.url === '' ? source.title : { link: source.url, text: source.title };
    const language = source.language && source.language.slice(0, 2) !== 'en' ? ` (${source.language})` : '';
    return [`${source.source}${tierWord(source)}: “`, title, `”${language}`, ...summaryOf(source)];
  });
  const more = sources.length - latest.length;
  return more > 0 ? [...lines, [`… and ${more} earlier`]] : lines;
}

function summaryOf(source: SourceRef): Line {
  const summary = source.summary ?? '';
  if (summary === '' || summary === source.title) return [];
  return [` — ${cut(summary, summaryLength)}`];
}

/** Cuts at a whole grapheme. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.slice(0, length * 2))) {
    if (kept.length + segment.length > length - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

function tierWord({ tier }: SourceRef): string {
  return tier === 'official' ? ' (official)' : tier === 'wire' ? ' (news agency)' : '';
}

function fieldsOf(alert: Alert, context: PhraseContext): readonly MessageField[] {
  const { finding, sources, firstSeenAt } = alert.event;
  const fields: MessageField[] = [{ name: 'What', value: [actPhrase(finding, context)] }];
  fields.push({ name: 'Where', value: [wherePhrase(finding, context)] });
  if (finding.nativeText && finding.sender) {
    const before = finding.previousLevel ? ` (before: level ${finding.previousLevel})` : '';
    fields.push({ name: 'Advice', value: [`${shortName(finding.sender, context)}: ${finding.nativeText}${before}`] });
  }
  if (finding.status === 'planned') fields.push({ name: 'Status', value: ['planned'] });
  const published = sources[0]?.publishedAt;
  fields.push({ name: 'First reported', value: [{ at: published ?? firstSeenAt }] });
  const official = provenance(alert.event).startsWith('confirmed');
  fields.push({ name: 'Provenance', value: [official ? 'official' : 'media reports, not confirmed officially'] });
  return fields;
}

function footer(alert: Alert, context: PhraseContext): Line {
  const feeds = [...new Set(alert.event.sources.filter((source) => source.tier === 'official').map((source) => source.feedId))];
  const named = feeds.flatMap((feed) => context.attribution?.(feed) ?? []);
  return [`Alert ${alert.id} · not official advice${named.length > 0 ? ` · ${[...new Set(named)].join('; ')}` : ''}`];
}

function buttonsOf(alert: Alert): readonly Button[] {
  const source = alert.event.sources.at(-1)?.url ?? '';
  return [
    { act: 'acknowledge', label: 'Acknowledge', value: alert.id },
    { act: 'why', label: 'Why', value: alert.id },
    ...(source === '' ? [] : [{ act: 'open', label: 'Source', link: source, overflow: true } as const]),
  ];
}
