/** Words to countries, topics, severities and times of day, or to one line that says what to do. */
import { type CountryCode, type Severity, type Topic, topics, topicsOffByDefault } from '../model.ts';
import type { Places } from '../places.ts';
import { listOf } from './line.ts';

export type Read<T> = { readonly value: T } | { readonly problem: string };

export function readPlacesOption(text: string, places: Places): Read<readonly CountryCode[] | undefined> {
  if (/^(everywhere|all|world|worldwide)$/i.test(text.trim())) return { value: undefined };
  const found: CountryCode[] = [];
  const whole = places.countries(text);
  if (whole) return { value: whole };
  for (const part of listOf(text)) {
    const countries = places.countries(part) ?? places.countries(part.replace(/^the\s+/i, '')) ?? cityOf(part, places);
    if (!countries) return { problem: unknownPlace(part, places) };
    found.push(...countries);
  }
  return found.length > 0 ? { value: [...new Set(found)] } : { problem: 'Name a place: subscribe Ukraine, or subscribe everywhere.' };
}

function cityOf(part: string, places: Places): readonly CountryCode[] | undefined {
  const city = places.city(part);
  return city && [city.country];
}

export function unknownPlace(part: string, places: Places): string {
  const near = places.suggest(part, 3).map(({ name }) => name);
  return near.length > 0
    ? `No place “${part}”. Did you mean ${near.join(', ')}?`
    : `No place “${part}”. Name a country, or a region such as Sahel.`;
}

export function readTopics(text: string): Read<readonly Topic[]> {
  const found: Topic[] = [];
  if (/^(all|everything)$/i.test(text.trim())) return { value: topics };
  for (const part of listOf(text)) {
    const word = part.toLowerCase().replace(/\s+/g, '-');
    const topic = topics.find((one) => one === word) ?? topics.find((one) => one.startsWith(word) || one.includes(word.replace(/s$/, '')));
    if (!topic) return { problem: `No topic “${part}”. There are ${topics.join(', ')}.` };
    found.push(topic);
  }
  return { value: [...new Set(found)] };
}

export const usualTopics: readonly Topic[] = topics.filter((topic) => !topicsOffByDefault.includes(topic));

const severityNames: readonly (readonly [string, Severity])[] = [
  ['info', 1],
  ['notice', 2],
  ['warning', 3],
  ['critical', 4],
];

export function readSeverity(text: string): Read<Severity> {
  const found = severityNames.find(([name]) => name.startsWith(text.trim().toLowerCase()));
  return found && text.trim() !== ''
    ? { value: found[1] }
    : { problem: `No severity “${text}”. There are info, notice, warning, critical.` };
}

export const severityName = (severity: Severity): string => severityNames.find(([, one]) => one === severity)?.[0] ?? 'info';

export function readZone(text: string): Read<string> {
  const zone = text.trim();
  try {
    return { value: new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone };
  } catch {
    return { problem: `No time zone “${zone}”. Use a name such as Europe/Kyiv or UTC.` };
  }
}

export function readQuiet(text: string): Read<{ readonly from: number; readonly to: number } | undefined> {
  if (/^(off|none|no)$/i.test(text.trim())) return { value: undefined };
  const [, from, to] = /^(\d{1,2})(?::00)?\s*(?:-|–|to)\s*(\d{1,2})(?::00)?$/.exec(text.trim()) ?? [];
  const hours = { from: Number(from), to: Number(to) };
  const wrong = from === undefined || hours.from > 23 || hours.to > 24 || hours.from === hours.to;
  return wrong
    ? { problem: `No quiet hours “${text}”. Use whole hours such as 23-07, or off.` }
    : { value: { ...hours, to: hours.to % 24 } };
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** `daily 08:00`, `weekly mon 07:30`, `cron 0 8 * * 1-5`, `off`: five cron fields, or undefined for off. */
export function readDigest(text: string): Read<string | undefined> {
  const words = text.trim().toLowerCase();
  if (/^(off|none|no)$/.test(words)) return { value: undefined };
  const cron = /^cron\s+(.+)$/.exec(words)?.[1]?.replaceAll('"', '').trim();
  if (cron) return { value: cron };
  const [, kind, day, hour, minute] = /^(daily|weekly)(?:\s+([a-z]{3})[a-z]*)?\s+(?:at\s+)?(\d{1,2}):(\d{2})$/.exec(words) ?? [];
  const weekday = day === undefined ? '*' : String(weekdays.indexOf(day));
  const wrong =
    hour === undefined || Number(hour) > 23 || Number(minute) > 59 || weekday === '-1' || (kind === 'weekly') !== (day !== undefined);
  return wrong
    ? { problem: `No digest “${text}”. Use daily 08:00, weekly mon 07:30, cron followed by five fields, or off.` }
    : { value: `${Number(minute)} ${Number(hour)} * * ${weekday}` };
}
