/** A digest: what happened in a span of time, by country, and how much of it could be seen. */
import type { ChatMessage, Line, MessageSection } from '../message.ts';
import type { Instant } from '../model/basics.ts';
import type { NewsEvent } from '../model/event.ts';
import { isAlertable } from '../model/finding.ts';
import { firstLink, linked } from './alert-sources.ts';
import { actPhrase, alsoMoves, type PhraseContext, provenance, wherePhrase } from './headline.ts';
import { wordsOf } from './words.ts';

export interface DigestInput {
  readonly events: readonly NewsEvent[];
  readonly from: Instant;
  readonly to: Instant;
  /** How many sources could be read, of how many. */
  readonly feeds: { readonly ok: number; readonly all: number };
  /** Times within the span in which Attaché itself did not look. */
  readonly unwatched?: readonly { readonly since: Instant; readonly until: Instant }[];
  /** What was told before and has not ended, though nothing new came of it. */
  readonly stillOpen?: readonly NewsEvent[];
  /** IANA zone of the channel; UTC where there is none. */
  readonly zone?: string;
  /** BCP 47; that of `names` where there is none. */
  readonly language?: string;
  /** Of its own where it is no scheduled one. */
  readonly title?: string;
}

const watched = 10;

export function digestMessage(input: DigestInput, names: Pick<PhraseContext, 'name'> & { readonly language?: string }): ChatMessage {
  const { events, feeds, language = names.language ?? 'en' } = input;
  const context: PhraseContext = { name: names.name, language };
  const words = wordsOf(language);
  const told = events.filter(({ finding, state }) => state !== 'open' || isAlertable(finding));
  const unchanged = events.filter(({ finding, state }) => state === 'open' && finding.severity === 0);
  const watch = events.filter((event) => !told.includes(event) && !unchanged.includes(event));
  const { unwatched = [], stillOpen = [] } = input;
  const hours = Math.round(unwatched.reduce((sum, { since, until }) => sum + until - since, 0) / 3_600_000);
  const nothing = unwatched.length > 0 ? words.digest.nothingSeen : words.digest.nothing;
  const counts = [
    told.length === 0 ? nothing : words.digest.events(told.length),
    ...(unwatched.length > 0 ? [words.digest.unwatched(hours)] : []),
    words.digest.sourcesRead(feeds.ok, feeds.all),
  ];
  const gaps = unwatched.map(
    ({ since, until }): Line => [`${words.digest.notWatched}: `, { at: since }, ` ${words.digest.until} `, { at: until }],
  );
  return {
    kind: 'digest',
    headline: `${input.title ?? words.digest.title}, ${spanIn(input, language)}: ${counts.join(', ')}`,
    lines: [...gaps, ...(feeds.ok < feeds.all ? [[words.digest.mayMiss]] : []), ...(gaps.length > 0 ? [[words.digest.gapMayMiss]] : [])],
    fields: [],
    sections: [
      ...byCountry(told, context),
      ...openSection(stillOpen, context),
      ...reissued(unchanged, context),
      ...watchSection(watch, context),
    ],
    footer: [[words.notOfficial]],
    buttons: [],
    language,
    ...(input.zone !== undefined && { zone: input.zone }),
  };
}

/** "14 Feb 08:00 to 15 Feb 08:00 (Europe/Kyiv)": the channel's own days. */
function spanIn({ from, to, zone = 'UTC' }: DigestInput, language: string): string {
  const clock = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${clock.format(from)} ${wordsOf(language).digest.until} ${clock.format(to)} (${zone})`;
}

/** The country with the gravest event first, then by name; within it the gravest and newest first. */
function byCountry(events: readonly NewsEvent[], context: PhraseContext): readonly MessageSection[] {
  const sections = new Map<string, NewsEvent[]>();
  for (const event of events.toSorted(graveFirst)) {
    for (const title of titlesOf(event, context)) sections.set(title, [...(sections.get(title) ?? []), event]);
  }
  return [...sections]
    .sort(
      ([a, [first]], [b, [second]]) =>
        (second?.finding.severity ?? 0) - (first?.finding.severity ?? 0) || a.localeCompare(b, context.language),
    )
    .map(([title, inIt]) => ({ title, lines: inIt.map((event) => actLine(event, context)) }));
}

function graveFirst(a: NewsEvent, b: NewsEvent): number {
  return b.finding.severity - a.finding.severity || b.lastSeenAt - a.lastSeenAt;
}

function titlesOf({ finding }: NewsEvent, context: PhraseContext): readonly string[] {
  const { hosts } = finding;
  if (hosts.length === 0) return [wherePhrase(finding, context)];
  return hosts.length > 3 ? [wordsOf(context.language).digest.several] : hosts.map((host) => context.name(host, context.language));
}

/** As much of an event's id as people need to type. */
export const shortId = (id: string): string => id.slice(0, 6);

/** `⛔ CRITICAL · Ukraine · US embassy moves … · confirmed by … · time · id`; the act leads to the first source. */
export function eventLine(event: NewsEvent, context: PhraseContext): Line {
  const [mark = '', ...rest] = actLine(event, context);
  return [mark, `${wherePhrase(event.finding, context)} · `, ...rest];
}

/** The same under a title that names the country. */
function actLine(event: NewsEvent, context: PhraseContext): Line {
  const words = wordsOf(context.language);
  const { finding, state, lastSeenAt } = event;
  const mark = state === 'lifted' ? words.lifted : state === 'corrected' ? words.correction : words.severity[finding.severity];
  const act = actPhrase(finding, context);
  const link = firstLink(event);
  return [
    `${mark} · `,
    link === undefined ? { strong: act } : linked(act, link),
    ` · ${[provenance(event, context), ...alsoMoves(event, context)].join(' · ')} · `,
    { at: lastSeenAt },
    ` · ${shortId(event.id)}`,
  ];
}

/** What has not ended, the gravest first: `Ukraine · US embassy moves … · since`. */
function openSection(events: readonly NewsEvent[], context: PhraseContext): readonly MessageSection[] {
  if (events.length === 0) return [];
  const words = wordsOf(context.language);
  const lines = events
    .toSorted(graveFirst)
    .slice(0, watched)
    .map(({ finding, firstSeenAt }): Line => {
      return [
        `${wherePhrase(finding, context)} · `,
        { strong: actPhrase(finding, context) },
        ` · ${words.sight.since} `,
        { at: firstSeenAt },
      ];
    });
  const rest = events.length - watched;
  return [{ title: words.digest.stillOpen, lines: rest > 0 ? [...lines, [words.more(rest)]] : lines }];
}

function reissued(events: readonly NewsEvent[], context: PhraseContext): readonly MessageSection[] {
  if (events.length === 0) return [];
  const words = wordsOf(context.language);
  const line = (event: NewsEvent): Line => [`${wherePhrase(event.finding, context)} · ${actPhrase(event.finding, context)}`];
  const lines = events.slice(0, watched).map(line);
  const rest = events.length - watched;
  return [{ title: words.digest.unchanged, lines: rest > 0 ? [...lines, [words.more(rest)]] : lines }];
}

function watchSection(events: readonly NewsEvent[], context: PhraseContext): readonly MessageSection[] {
  if (events.length === 0) return [];
  const words = wordsOf(context.language);
  const lines = events
    .toSorted(graveFirst)
    .slice(0, watched)
    .map((event): Line => {
      return [`${wherePhrase(event.finding, context)} · `, ...actLine(event, context).slice(1)];
    });
  const rest = events.length - watched;
  return [{ title: words.digest.watch, lines: rest > 0 ? [...lines, [words.more(rest)]] : lines }];
}
