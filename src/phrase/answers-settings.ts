/** What a subscription asks for and how a channel gets it, in words that can be typed back. */
import type { Line } from '../message.ts';
import { type Channel, type CountryCode, type EventFilter, type Severity, type Topic, topics, topicsOffByDefault } from '../model.ts';
import { listWords } from './answers.ts';
import { type PhraseContext, shortName } from './headline.ts';

/** What a subscription is about when it names no topic. */
export const usualTopics: readonly Topic[] = topics.filter((topic) => !topicsOffByDefault.includes(topic));

export const severityNames: Readonly<Record<Severity, string>> = { 0: 'unchanged', 1: 'info', 2: 'notice', 3: 'warning', 4: 'critical' };

/** What "from" takes in where its everyday sense misleads: who expels is not who sends. */
export function fromLines({ from, topics }: EventFilter, context: PhraseContext): readonly Line[] {
  if (!from || !topics.includes('diplomacy')) return [];
  const who = listWords(
    from.map((code) => shortName(code, context)),
    3,
  );
  return [
    [
      `“From ${who}” is the sending State: whose missions, staff, citizens, ambassadors or advice it is. Of expulsions it takes those of diplomats from ${who}, whoever expels them, and not those by ${who}.`,
    ],
  ];
}

/** `Ukraine and South Sudan; from US and UK; Notice and up` */
export function filterWords(filter: EventFilter, context: PhraseContext): string {
  const where = filter.countries ? listWords(placesWords(filter.countries, context)) : 'everywhere';
  const parts = [where, topicsWords(filter.topics)];
  if (filter.from) parts.push(`from ${listWords(filter.from.map((code) => shortName(code, context)))}`);
  if (filter.with) parts.push(`with ${listWords(filter.with.map((word) => `“${word}”`))}`);
  if (filter.without) parts.push(`without ${listWords(filter.without.map((word) => `“${word}”`))}`);
  const least = severityNames[filter.min];
  parts.push(filter.min === 4 ? 'Critical only' : `${least.charAt(0).toUpperCase()}${least.slice(1)} and up`);
  return parts.filter((part) => part !== '').join('; ');
}

/** In the order named; a region that is there as a whole by its own name, the largest first. */
export function placesWords(countries: readonly CountryCode[], { name, language, regions = [] }: PhraseContext): readonly string[] {
  const left = new Set(countries);
  const named = new Map<CountryCode, string>();
  for (const region of regions.toSorted((a, b) => b.countries.length - a.countries.length)) {
    const isThere = region.countries.length > 2 && region.countries.every((code) => left.has(code));
    const first = isThere ? countries.find((code) => region.countries.includes(code)) : undefined;
    if (first === undefined) continue;
    for (const code of region.countries) left.delete(code);
    named.set(first, region.name);
  }
  return countries.flatMap((code) => named.get(code) ?? (left.has(code) ? name(code, language) : []));
}

/** The line that makes the same subscription again: `subscribe Ukraine about evacuations from United States min warning`. */
export function subscribeLine(
  { countries, topics: asked, from, min, with: words, without }: EventFilter,
  name: (code: CountryCode) => string,
): string {
  const same = (other: readonly Topic[]) => asked.length === other.length && other.every((topic) => asked.includes(topic));
  const quoted = (some: readonly string[]) => some.map((word) => `"${word}"`).join(' ');
  return [
    'subscribe',
    countries ? countries.map(name).join(', ') : 'everywhere',
    ...(same(usualTopics) ? [] : ['about', same(topics) ? 'everything' : asked.join(', ')]),
    ...(from ? ['from', from.map(name).join(', ')] : []),
    ...(min === 2 ? [] : ['min', severityNames[min]]),
    ...(words ? ['with', quoted(words)] : []),
    ...(without ? ['without', quoted(without)] : []),
  ].join(' ');
}

function topicsWords(asked: readonly Topic[]): string {
  const same = (other: readonly Topic[]) => asked.length === other.length && other.every((topic) => asked.includes(topic));
  if (same(usualTopics)) return '';
  return same(topics) ? 'about everything' : `about ${listWords(asked.map((topic) => topic.replaceAll('-', ' ')))}`;
}

const weekdays: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Five cron fields as they were asked for: `daily 08:00`, `weekly mon 07:30`, else `cron 0 8 1 * *`. */
function digestWords(cron: string): string {
  const [, minute, hour, day] = /^(\d{1,2}) (\d{1,2}) \* \* (\*|1-5|[0-6])$/.exec(cron) ?? [];
  if (minute === undefined || hour === undefined || day === undefined) return `cron ${cron}`;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*') return `daily ${time}`;
  return day === '1-5' ? `weekdays ${time}` : `weekly ${weekdays[Number(day)]} ${time}`;
}

/** Each setting on a line of its own, with what it is now. */
export function settingsLines(channel: Channel): readonly Line[] {
  const two = (part: number) => String(part).padStart(2, '0');
  const hour = (at: number) => `${two(Math.floor(Math.round(at * 60) / 60))}:${two(Math.round(at * 60) % 60)}`;
  const { quiet, digest, mention, escalate } = channel;
  return [
    [{ strong: 'zone' }, ` ${channel.zone}`],
    [{ strong: 'language' }, ` ${channel.language}`],
    [{ strong: 'quiet' }, quiet ? ` ${hour(quiet.from)} to ${hour(quiet.to)}; Critical passes` : ' off'],
    [{ strong: 'digest' }, ...(digest ? [` ${digestWords(digest.cron)}, next `, { at: digest.nextRunAt }] : [' off'])],
    [{ strong: 'map' }, channel.map ? ' on' : ' off'],
    [{ strong: 'ping' }, mention ? ` ${mention}, for Critical` : ' off'],
    [
      { strong: 'escalate' },
      escalate ? ` ${escalate.mention}, where nobody acknowledges a Critical within ${escalate.afterMinutes} min` : ' off',
    ],
    ...(channel.pausedUntil === undefined ? [] : [[{ strong: 'paused' }, ' until you say resume']]),
  ];
}
