/** Phrases a digest: events of a period by country, and how much of it was covered. */
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
  /** Readable sources, and all. */
  readonly feeds: { readonly ok: number; readonly all: number };
  /** Times in the period when Attaché was not polling. */
  readonly unwatched?: readonly { readonly since: Instant; readonly until: Instant }[];
  /** Events alerted before the period that are still open. */
  readonly stillOpen?: readonly NewsEvent[];
  /** IANA zone of the channel; default UTC. */
  readonly zone?: string;
  /** BCP 47; default that of `names`. */
  readonly language?: string;
  /** Replaces the title of a scheduled digest. */
  readonly title?: string;
}

const mostListed = 10;

export function digestMessage(input: DigestInput, names: Pick<PhraseContext, 'name'> & { readonly language?: string }): ChatMessage {
  const { events, feeds, language = names.language ?? 'en' } = input;
  const context: PhraseContext = { name: names.name, language };
  const words = wordsOf(language);
  const alerted = events.filter(({ finding, state }) => state !== 'open' || isAlertable(finding));
  const unchanged = events.filter(({ finding, state }) => state === 'open' && finding.severity === 0);
  const watch = events.filter((event) => !alerted.includes(event) && !unchanged.includes(event));
  const { unwatched = [], stillOpen = [] } = input;
  const hours = Math.round(unwatched.reduce((sum, { since, until }) => sum + until - since, 0) / 3_600_000);
  const nothing = unwatched.length > 0 ? words.digest.nothingSeen : words.digest.nothing;
  const counts = [
    alerted.length === 0 ? nothing : words.digest.events(alerted.length),
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
      ...byCountry(alerted, context),
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

/** "14 Feb 08:00 to 15 Feb 08:00 (Europe/Kyiv)", in the channel's zone. */
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

/** Countries with the gravest event first, then by name; within each, gravest and newest first. */
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

/** The part of an event's id that people need to type. */
export const shortId = (id: string): string => id.slice(0, 6);

/**
 * `⛔ CRITICAL · Ukraine · US embassy moves … · confirmed by … · time · id`; the act links to the
 * first source.
 */
export function eventLine(event: NewsEvent, context: PhraseContext): Line {
  const [mark = '', ...rest] = actLine(event, context);
  return [mark, `${wherePhrase(event.finding, context)} · `, ...rest];
}

/** The same without the country, for sections titled by country. */
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

/** Open events, gravest first: `Ukraine · US embassy moves … · since`. */
function openSection(events: readonly NewsEvent[], context: PhraseContext): readonly MessageSection[] {
  if (events.length === 0) return [];
  const words = wordsOf(context.language);
  const lines = events
    .toSorted(graveFirst)
    .slice(0, mostListed)
    .map(({ finding, firstSeenAt }): Line => {
      return [
        `${wherePhrase(finding, context)} · `,
        { strong: actPhrase(finding, context) },
        ` · ${words.sight.since} `,
        { at: firstSeenAt },
      ];
    });
  const rest = events.length - mostListed;
  return [{ title: words.digest.stillOpen, lines: rest > 0 ? [...lines, [words.more(rest)]] : lines }];
}

function reissued(events: readonly NewsEvent[], context: PhraseContext): readonly MessageSection[] {
  if (events.length === 0) return [];
  const words = wordsOf(context.language);
  const line = (event: NewsEvent): Line => [`${wherePhrase(event.finding, context)} · ${actPhrase(event.finding, context)}`];
  const lines = events.slice(0, mostListed).map(line);
  const rest = events.length - mostListed;
  return [{ title: words.digest.unchanged, lines: rest > 0 ? [...lines, [words.more(rest)]] : lines }];
}

function watchSection(events: readonly NewsEvent[], context: PhraseContext): readonly MessageSection[] {
  if (events.length === 0) return [];
  const words = wordsOf(context.language);
  const lines = events
    .toSorted(graveFirst)
    .slice(0, mostListed)
    .map((event): Line => {
      return [`${wherePhrase(event.finding, context)} · `, ...actLine(event, context).slice(1)];
    });
  const rest = events.length - mostListed;
  return [{ title: words.digest.watch, lines: rest > 0 ? [...lines, [words.more(rest)]] : lines }];
}
