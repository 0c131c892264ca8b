/** Whether an event is what a subscription asked for. Options narrow and never add. */
import { type CountryCode, type EventFilter, type NewsEvent, topicOf } from '../model.ts';

/** @param name the English name of a country, for the words that a subscription asks for */
export function matches(filter: EventFilter, event: NewsEvent, name: (code: CountryCode) => string): boolean {
  const { finding } = event;
  if (finding.severity < filter.min || !filter.topics.includes(topicOf[finding.kind])) return false;
  if (filter.from && (!finding.sender || !filter.from.includes(finding.sender))) return false;
  if (filter.countries && !filter.countries.some((country) => touches(event, country))) return false;
  if (!filter.with && !filter.without) return true;
  const text = wordsOf(event, name);
  const says = (phrase: string) => text.includes(phrase.toLowerCase());
  return (filter.with ?? []).every(says) && !(filter.without ?? []).some(says);
}

function touches({ finding }: NewsEvent, country: CountryCode): boolean {
  return finding.hosts.includes(country) || finding.from?.country === country || finding.to?.country === country;
}

function wordsOf({ finding, sources }: NewsEvent, name: (code: CountryCode) => string): string {
  const places = [finding.from?.name, finding.to?.name, finding.area, ...finding.hosts.map(name)];
  return [...sources.flatMap((source) => [source.title, source.summary]), ...places]
    .filter((text) => text !== undefined)
    .join('\n')
    .toLowerCase();
}
