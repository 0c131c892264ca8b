/** Whether an event matches a subscription. Options narrow and never add. */
import { type Kind, traits } from '../kinds.ts';
import type { CountryCode } from '../model/basics.ts';
import type { EventFilter } from '../model/channel.ts';
import type { NewsEvent } from '../model/event.ts';
import { sendersOf } from '../model/finding.ts';
import { fold } from '../places.ts';

/**
 * An event that was lifted or corrected also matches as what it was before, so that its end reaches
 * everyone who got its beginning.
 * @param names returns a country's name, for subscriptions with words
 */
export function matches(filter: EventFilter, event: NewsEvent, names: (code: CountryCode) => string): boolean {
  const hasEnded = event.state === 'lifted' || event.state === 'corrected';
  const before = hasEnded ? event.lastTold?.previous : undefined;
  return matchesNow(filter, event, names) || (before !== undefined && matchesNow(filter, { ...event, finding: before }, names));
}

function matchesNow(filter: EventFilter, event: NewsEvent, names: (code: CountryCode) => string): boolean {
  const { severity } = event.finding;
  if (severity < filter.min || !kindsOf(event).some((kind) => filter.topics.includes(traits[kind].topic))) return false;
  if (filter.from && !sendersOf(event.finding).some((sender) => filter.from?.includes(sender))) return false;
  if (filter.countries && !countriesOf(event).some((code) => filter.countries?.includes(code))) return false;
  return matchesWords(filter, event, names);
}

/** One event can report an evacuation and the advice that goes with it. */
function kindsOf({ finding, acts = [] }: NewsEvent): readonly Kind[] {
  return [finding.kind, ...acts.map(({ kind }) => kind)];
}

/** What happens between two States matters to whoever watches either. */
function countriesOf({ finding }: NewsEvent): readonly CountryCode[] {
  const { kind, hosts, sender, from, to } = finding;
  const other = sender && traits[kind].sender === 'between' ? [sender] : [];
  return [...hosts, ...other, ...[from, to].flatMap((place) => (place ? [place.country] : []))];
}

function matchesWords(filter: EventFilter, event: NewsEvent, names: (code: CountryCode) => string): boolean {
  if (!filter.with?.length && !filter.without?.length) return true;
  const { from, to, area } = event.finding;
  const texts = event.sources.flatMap(({ title, summary }) => [title, summary]);
  const text = ` ${fold([...texts, from?.name, to?.name, area, ...countriesOf(event).map(names)].join(' '))}`;
  // Matches from the beginning of a word, so that "Iran" is not found in "Tirana". Scripts without
  // spaces have no such beginnings.
  const says = (words: string) =>
    text.includes(/\p{Script=Han}|\p{Script=Kana}|\p{Script=Thai}/u.test(words) ? fold(words) : ` ${fold(words)}`);
  return (filter.with ?? []).every(says) && !(filter.without ?? []).some(says);
}
