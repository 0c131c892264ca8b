/** Where an alert comes from: titles, outlets, links and times; the words of officials quoted, those of outlets cut short. */
import type { Kind } from '../kinds.ts';
import type { ChatMessage, Line, Part } from '../message.ts';
import { claimSources, type NewsEvent, presentSources, type SourceRef } from '../model/event.ts';
import type { PhraseContext } from './headline.ts';
import { wordsOf } from './words.ts';

/** How much of a feed's own summary is shown (graphemes). */
const summaryLength = 200;
/** Official words may stand longer: they are the advice itself. */
const officialLength = 600;
const shown = 5;

/** The source that the card opens with: the official one, else the first that reported what the headline says. Further outlets do not change it. */
function leadOf(event: NewsEvent, kind: Kind = event.finding.kind): SourceRef | undefined {
  const telling = claimSources(event, kind);
  const sources = telling.length > 0 ? telling : presentSources(event);
  return sources.find(({ tier }) => tier === 'official') ?? sources[0];
}

/** The first source's own title. */
export function titleOf(event: NewsEvent): Pick<ChatMessage, 'title'> {
  const lead = leadOf(event);
  const text = lead?.title || lead?.url;
  return lead && text ? { title: { text, ...(isWeb(lead.url) && { link: lead.url }) } } : {};
}

/** Who says so and when, below its title, with its own words: quoted where it is official, else the feed's summary cut short. */
export function leadLines(event: NewsEvent, context: PhraseContext): readonly Line[] {
  const lead = leadOf(event);
  return lead ? [signedBy(lead, context), ...quotation(lead, context)] : [];
}

/** The other reports, officials first, then the newest; then how many more there are. */
export function sourceLines(event: NewsEvent, context: PhraseContext): readonly Line[] {
  const lead = leadOf(event);
  const sources = byWeight(presentSources(event)).filter((source) => source !== lead);
  const rest = sources.length - shown;
  const lines = sources.slice(0, shown).map((source) => sourceLine(source, context));
  return rest > 0 ? [...lines, [wordsOf(context.language).more(rest)]] : lines;
}

/** One source by its title, of those that report this kind of act. */
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

/** The attribution that the quoted source's licence asks for, where its name alone does not give it. */
export function credit(event: NewsEvent, { attribution }: PhraseContext): readonly Line[] {
  const lead = leadOf(event);
  const asked = lead?.summary && lead.summary !== lead.title ? attribution?.(lead.feedId) : undefined;
  return asked && asked !== lead?.source ? [[asked]] : [];
}

/** A link only to what is http(s) and parses; else the words alone. */
export function linked(text: string, url: string): Part {
  return isWeb(url) ? { link: url, text } : text;
}

function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

/** The source that a reader should open first. */
export function firstLink(event: NewsEvent): string | undefined {
  const { title } = titleOf(event);
  return title?.link ?? byWeight(presentSources(event)).find(({ url }) => isWeb(url))?.url;
}

/** At most `length` graphemes, cut between words where one is near, marked by "…". */
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
