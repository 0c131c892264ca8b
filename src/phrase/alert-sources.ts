/** Where an alert comes from: titles, outlets, links and times; the words of officials quoted, those of outlets cut short. */
import type { Line, Part } from '../message.ts';
import { type NewsEvent, presentSources, type SourceRef } from '../model.ts';
import type { PhraseContext } from './headline.ts';
import { wordsOf } from './words.ts';

/** How much of a feed's own summary is shown (graphemes). */
const summaryLength = 200;
/** Official words may stand longer: they are the advice itself. */
const officialLength = 600;
const shown = 5;

/** The newest reports, officials first; then how many more there are. */
export function sourceLines(event: NewsEvent, context: PhraseContext): readonly Line[] {
  const sources = byWeight(presentSources(event));
  const rest = sources.length - shown;
  const lines = sources.slice(0, shown).map((source) => sourceLine(source, context));
  return rest > 0 ? [...lines, [wordsOf(context.language).more(rest)]] : lines;
}

function byWeight(sources: readonly SourceRef[]): readonly SourceRef[] {
  const weight = { official: 0, wire: 1, media: 2 } as const;
  return [...sources].sort((a, b) => weight[a.tier] - weight[b.tier] || b.seenAt - a.seenAt);
}

function sourceLine({ title, source, tier, url, language, publishedAt, seenAt }: SourceRef, context: PhraseContext): Line {
  const foreign = language !== undefined && language.slice(0, 2) !== context.language.slice(0, 2) ? ` [${language}]` : '';
  const rank = tier === 'media' ? '' : ` (${wordsOf(context.language).tier[tier]})`;
  return [linked(title || url, url), `${foreign} · ${source}${rank} · `, { at: publishedAt ?? seenAt }];
}

/** The weightiest source that says more than its title. */
function quoted(event: NewsEvent): SourceRef | undefined {
  return byWeight(presentSources(event)).find(({ summary, title }) => summary && summary !== title);
}

/** The words of the weightiest source: quoted where it is official, else the feed's own summary cut short. */
export function quotation(event: NewsEvent): readonly Line[] {
  const said = quoted(event);
  if (!said?.summary) return [];
  return [[`“${cutAt(said.summary, said.tier === 'official' ? officialLength : summaryLength)}” ${said.source}`]];
}

/** The attribution that the quoted source's licence asks for, where its name alone does not give it. */
export function credit(event: NewsEvent, { attribution }: PhraseContext): readonly Line[] {
  const said = quoted(event);
  const asked = said && attribution?.(said.feedId);
  return asked && asked !== said.source ? [[asked]] : [];
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
  return byWeight(presentSources(event)).find(({ url }) => isWeb(url))?.url;
}

/** At most `length` graphemes, cut between words where one is near, marked by "…". */
export function cutAt(text: string, length: number): string {
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
