/** A digest: what happened in a span of time, by country, and how much of it could be seen. */
import type { ChatMessage, Line, MessageSection } from '../message.ts';
import { type Instant, isAlertable, type NewsEvent } from '../model.ts';
import { actPhrase, type PhraseContext, provenance, wherePhrase } from './headline.ts';
import { severityWords } from './words.ts';

export interface DigestInput {
  readonly events: readonly NewsEvent[];
  readonly from: Instant;
  readonly to: Instant;
  /** How many sources could be read, of how many. */
  readonly feeds: { readonly ok: number; readonly all: number };
  /** Of its own when it is no scheduled one. */
  readonly title?: string;
}

export function digestMessage({ events, from, to, feeds, title }: DigestInput, context: PhraseContext): ChatMessage {
  const told = events.filter((event) => isAlertable(event.finding) || event.state === 'lifted');
  const watched = events.filter((event) => !told.includes(event) && event.finding.severity > 0);
  const unchanged = events.filter((event) => event.finding.severity === 0);
  const seen = `${feeds.ok} of ${feeds.all} sources read`;
  const count = told.length === 0 ? `nothing changed, ${seen}` : `${told.length} event${told.length === 1 ? '' : 's'}, ${seen}`;
  return {
    kind: 'digest',
    headline: `${title ?? 'Digest'}: ${count}`,
    lines: [['From ', { at: from }, ' to ', { at: to }]],
    fields: [],
    sections: [
      ...byCountry(told, context),
      ...(watched.length > 0
        ? [{ title: 'Watch (not sure enough to alert)', lines: watched.slice(0, 10).map((event) => eventLine(event, context)) }]
        : []),
      ...(unchanged.length > 0
        ? [
            {
              title: 'Advice reissued without a change of level',
              lines: [[unchanged.map((event) => wherePhrase(event.finding, context)).join(', ')]],
            },
          ]
        : []),
    ],
    footer: [['Not official advice.']],
    buttons: [],
    language: context.language,
  };
}

function byCountry(events: readonly NewsEvent[], context: PhraseContext): readonly MessageSection[] {
  const sections = new Map<string, Line[]>();
  for (const event of [...events].sort((a, b) => b.finding.severity - a.finding.severity || b.lastSeenAt - a.lastSeenAt)) {
    const where = wherePhrase(event.finding, context);
    sections.set(where, [...(sections.get(where) ?? []), eventLine(event, context)]);
  }
  return [...sections].map(([where, lines]) => ({ title: where, lines }));
}

export function eventLine(event: NewsEvent, context: PhraseContext): Line {
  const { mark, word } = severityWords[event.finding.severity];
  const source = event.sources.at(-1);
  const link = source && source.url !== '' ? [' · ', { link: source.url, text: source.source }] : [` · ${source?.source ?? ''}`];
  return [
    `${mark} ${word} `,
    { strong: actPhrase(event.finding, context) },
    ` · ${provenance(event)} · `,
    { at: event.lastSeenAt },
    ...link,
  ];
}
