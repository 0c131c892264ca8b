/** Subscriptions and channel settings, in words that can be typed back. */
import { speechIn } from '../i18n/speech.ts';
import { type Topic, topics, topicsOffByDefault } from '../kinds.ts';
import type { Line } from '../message.ts';
import type { CountryCode } from '../model/basics.ts';
import type { Channel, EventFilter } from '../model/channel.ts';
import type { Severity } from '../model/finding.ts';
import { type PhraseContext, shortName } from './headline.ts';

/** The topics of a subscription that names none. */
export const usualTopics: readonly Topic[] = topics.filter((topic) => !topicsOffByDefault.includes(topic));

export const severityNames: Readonly<Record<Severity, string>> = { 0: 'unchanged', 1: 'info', 2: 'notice', 3: 'warning', 4: 'critical' };

/**
 * Explains "from" for diplomacy, where it misleads: the expelling State is not the sending State.
 */
export function fromLines({ from, topics }: EventFilter, context: PhraseContext): readonly Line[] {
  if (!from || !topics.includes('diplomacy')) return [];
  return [[speechIn(context.language).answers.filter.sendingState(from.map((code) => shortName(code, context)))]];
}

/** `Ukraine and South Sudan; from US and UK; Notice and up` */
export function filterWords(filter: EventFilter, context: PhraseContext): string {
  const { filter: words, common, forms } = speechIn(context.language).answers;
  const parts = [
    filter.countries ? forms.list(placesWords(filter.countries, context)) : common.everywhere,
    ...(isSame(filter.topics, usualTopics) ? [] : [isSame(filter.topics, topics) ? words.aboutEverything : words.about(filter.topics)]),
    ...(filter.from ? [words.from(filter.from.map((code) => shortName(code, context)))] : []),
    ...(filter.with ? [words.with(filter.with)] : []),
    ...(filter.without ? [words.without(filter.without)] : []),
    words.least(filter.min),
  ];
  return parts.join('; ');
}

const isSame = (some: readonly Topic[], others: readonly Topic[]) =>
  some.length === others.length && others.every((topic) => some.includes(topic));

/** Country names in the given order; complete regions by their own name, larger ones first. */
export function placesWords(countries: readonly CountryCode[], { name, language, regions = [] }: PhraseContext): readonly string[] {
  const left = new Set(countries);
  const named = new Map<CountryCode, string>();
  for (const region of regions.toSorted((a, b) => b.countries.length - a.countries.length)) {
    const isThere = region.countries.length > 2 && region.countries.every((code) => left.has(code));
    const first = isThere ? countries.find((code) => region.countries.includes(code)) : undefined;
    if (first === undefined) continue;
    for (const code of region.countries) left.delete(code);
    named.set(first, region.names?.[language.slice(0, 2)] ?? region.name);
  }
  return countries.flatMap((code) => named.get(code) ?? (left.has(code) ? name(code, language) : []));
}

/**
 * The command line that recreates the subscription: `subscribe Ukraine about evacuations from
 * United States min warning`.
 */
export function subscribeLine(
  { countries, topics: wanted, from, min, with: words, without }: EventFilter,
  name: (code: CountryCode) => string,
): string {
  const quoted = (some: readonly string[]) => some.map((word) => `"${word}"`).join(' ');
  return [
    'subscribe',
    countries ? countries.map(name).join(', ') : 'everywhere',
    ...(isSame(wanted, usualTopics) ? [] : ['about', isSame(wanted, topics) ? 'everything' : wanted.join(', ')]),
    ...(from ? ['from', from.map(name).join(', ')] : []),
    ...(min === 2 ? [] : ['min', severityNames[min]]),
    ...(words ? ['with', quoted(words)] : []),
    ...(without ? ['without', quoted(without)] : []),
  ].join(' ');
}

const weekdays: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * Formats cron fields as they are typed: `daily 08:00`, `weekly mon 07:30`, else `cron 0 8 1 * *`.
 */
function digestWords(cron: string): string {
  const [, minute, hour, day] = /^(\d{1,2}) (\d{1,2}) \* \* (\*|1-5|[0-6])$/.exec(cron) ?? [];
  if (minute === undefined || hour === undefined || day === undefined) return `cron ${cron}`;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*') return `daily ${time}`;
  return day === '1-5' ? `weekdays ${time}` : `weekly ${weekdays[Number(day)]} ${time}`;
}

/** Returns each setting with its value, one per line. @param language the reader's */
export function settingsLines(channel: Channel, language = channel.language): readonly Line[] {
  const two = (part: number) => String(part).padStart(2, '0');
  const hour = (at: number) => `${two(Math.floor(Math.round(at * 60) / 60))}:${two(Math.round(at * 60) % 60)}`;
  const { quiet, digest, mention, escalate } = channel;
  const { settings: words, common } = speechIn(language).answers;
  const off = ` ${common.off}`;
  return [
    [{ strong: 'zone' }, ` ${channel.zone}`],
    [{ strong: 'language' }, ` ${channel.language}`],
    [{ strong: 'quiet' }, quiet ? words.quiet(hour(quiet.from), hour(quiet.to)) : off],
    [{ strong: 'digest' }, ...(digest ? words.digest(digestWords(digest.cron), { at: digest.nextRunAt }) : [off])],
    [{ strong: 'map' }, channel.map ? ` ${common.on}` : off],
    [{ strong: 'ping' }, mention ? words.ping(mention) : off],
    [{ strong: 'escalate' }, escalate ? words.escalate(escalate.mention, escalate.afterMinutes) : off],
    ...(channel.pausedUntil === undefined ? [] : [[{ strong: words.pausedLine[0] }, words.pausedLine[1]]]),
  ];
}
