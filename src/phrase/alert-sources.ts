/** The sources of an alert: titles, outlets, links, times and quotations. */
import type { Kind } from '../kinds.ts';
import type { ChatMessage, Line, Part } from '../message.ts';
import { claimSources, type NewsEvent, presentSources, type SourceRef } from '../model/event.ts';
import type { PhraseContext } from './headline.ts';
import { wordsOf } from './words.ts';

/** How much of a feed's own summary is shown (graphemes). */
const summaryLength = 200;
/** Officials are quoted at greater length: their words are the advice itself. */
const officialLength = 600;
const mostShown = 5;

/**
 * Returns the card's main source: the official one, else the first that reported the act. Further
 * outlets do not change it.
 */
function leadOf(event: NewsEvent, kind: Kind = event.finding.kind): SourceRef | undefined {
  const claiming = claimSources(event, kind);
  const sources = claiming.length > 0 ? claiming : presentSources(event);
  return sources.find(({ tier }) => tier === 'official') ?? sources[0];
}

/** The first source's own title. */
export function titleOf(event: NewsEvent): Pick<ChatMessage, 'title'> {
  const lead = leadOf(event);
  const text = lead?.title || lead?.url;
  return lead && text ? { title: { text, ...(isWeb(lead.url) && { link: lead.url }) } } : {};
}

/** The main source's name, time and a quotation; only officials are quoted at length. */
export function leadLines(event: NewsEvent, context: PhraseContext): readonly Line[] {
  const lead = leadOf(event);
  return lead ? [signedBy(lead, context), ...quotation(lead, context)] : [];
}

/** The other sources by tier (official, wire, media), then newest; the rest is counted. */
export function sourceLines(event: NewsEvent, context: PhraseContext): readonly Line[] {
  const lead = leadOf(event);
  const sources = byWeight(presentSources(event)).filter((source) => source !== lead);
  const rest = sources.length - mostShown;
  const lines = sources.slice(0, mostShown).map((source) => sourceLine(source, context));
  return rest > 0 ? [...lines, [wordsOf(context.language).more(rest)]] : lines;
}

/** The main source of this kind of act, as one line. */
export function leadLine(event: NewsEvent, context: PhraseContext, kind?: Kind): readonly Line[] {
  const lead = leadOf(event, kind);
  return lead ? [sourceLine(lead, context)] : [];
}

function byWeight(sources: readonly SourceRef[]): readonly SourceRef[] {
  const weight = { official: 0, wire: 1, media: 2 } as const;
  return [...sources].sort((a, b) => weight[a.tier] - weight[b.tier] || b.seenAt - a.seenAt);
}

function sourceLine(source: SourceRef, context: PhraseContext): Line {
  return [linked(source.title || source.url, source.url), ' · ', ...signedBy(source, context)];
}

function signedBy({ source, tier, language, publishedAt, seenAt }: SourceRef, context: PhraseContext): Line {
  const foreign = language !== undefined && language.slice(0, 2) !== context.language.slice(0, 2) ? ` [${language}]` : '';
  const rank = tier === 'media' ? '' : ` (${wordsOf(context.language).tier[tier]})`;
  return [`${source}${rank}${foreign} · `, { at: publishedAt ?? seenAt }];
}

function quotation({ summary, title, tier }: SourceRef, { language }: PhraseContext): readonly Line[] {
  if (!summary || summary === title) return [];
  return [[wordsOf(language).quoted(cutAt(summary, tier === 'official' ? officialLength : summaryLength))]];
}

/** The attribution required by the quoted source's licence, unless its name already gives it. */
export function credit(event: NewsEvent, { attribution }: PhraseContext): readonly Line[] {
  const lead = leadOf(event);
  const required = lead?.summary && lead.summary !== lead.title ? attribution?.(lead.feedId) : undefined;
  return required && required !== lead?.source ? [[required]] : [];
}

/** Returns a link if the URL is valid http(s), else the plain text. */
export function linked(text: string, url: string): Part {
  return isWeb(url) ? { link: url, text } : text;
}

function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

/** Returns the URL of the source to open first. */
export function firstLink(event: NewsEvent): string | undefined {
  const { title } = titleOf(event);
  return title?.link ?? byWeight(presentSources(event)).find(({ url }) => isWeb(url))?.url;
}

/** Cuts to `length` graphemes, preferably between words, and appends "…". */
function cutAt(text: string, length: number): string {
  if (text.length <= length) return text;
  const graphemes = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.slice(0, length * 12))];
  if (graphemes.length <= length && text.length <= length * 12) return text;
  const cut = graphemes
    .slice(0, length - 1)
    .map(({ segment }) => segment)
    .join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > cut.length - 30 && space > 0 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
