/** Reads topics, severities and times; on failure returns one line that says what to do. Pure. */
import type { AnswerWords } from '../i18n/words.ts';
import { type Topic, topics } from '../kinds.ts';
import type { Problem } from '../model/basics.ts';
import type { Severity } from '../model/finding.ts';
import { severityNames } from '../phrase/answers-settings.ts';
import { listOf } from './parse-line.ts';

/** Error texts in the channel's language. */
type Complaints = Pick<AnswerWords, 'wrong'>;

export type Read<T> = { readonly value: T } | Problem;

export const isOff = (text: string): boolean => /^(?:off|none|no|never)$/i.test(text.trim());

/** `on`, `off` */
export function readSwitch(name: string, text: string, { wrong }: Complaints): Read<boolean> {
  if (isOff(text)) return { value: false };
  return /^(?:on|yes)$/i.test(text.trim()) ? { value: true } : { problem: wrong.switchOnly(name, text) };
}

const otherWords: Readonly<Record<string, Topic>> = {
  advice: 'travel-advisories',
  advisories: 'travel-advisories',
  airspace: 'borders',
  airports: 'borders',
  alerts: 'security-alerts',
  departures: 'embassy-moves',
  embassies: 'embassy-moves',
  expulsions: 'diplomacy',
  moves: 'embassy-moves',
  security: 'security-alerts',
  visas: 'consular',
};

export function readTopics(text: string, { wrong }: Complaints): Read<readonly Topic[]> {
  if (/^(?:all|everything|anything|\*)$/i.test(text.trim())) return { value: topics };
  const found = new Set<Topic>();
  for (const part of listOf(text)) {
    const word = part.toLowerCase().replace(/\s+/g, '-');
    const topic = topicOf(word);
    if (!topic) return { problem: wrong.noTopic(part, topics) };
    found.add(topic);
  }
  return found.size > 0 ? { value: [...found] } : { problem: wrong.nameTopics(topics) };
}

/** Finds a topic by its name, a prefix of it, or a common synonym. */
export function topicOf(word: string): Topic | undefined {
  const begins = (name: string) => word.length >= 3 && (name.startsWith(word) || name === `${word}s`);
  const other = Object.keys(otherWords).find(begins);
  return topics.find((name) => name === word) ?? topics.find(begins) ?? (other === undefined ? undefined : otherWords[other]);
}

export function readSeverity(text: string, { wrong }: Complaints): Read<Severity> {
  const word = text.trim().toLowerCase();
  const found = ([1, 2, 3, 4] as const).find((one) => word.length > 0 && severityNames[one].startsWith(word));
  return found ? { value: found } : { problem: wrong.noSeverity(text) };
}

/**
 * `23-07`, `22:30 to 6:00`: times in the channel's zone as hours with fractions; undefined for off.
 */
export function readQuiet(text: string, { wrong }: Complaints): Read<{ readonly from: number; readonly to: number } | undefined> {
  if (isOff(text)) return { value: undefined };
  const [, from = '', to = ''] = /^(\d{1,2}(?:[:.]\d{2})?)\s*(?:-|–|to|until)\s*(\d{1,2}(?:[:.]\d{2})?)$/i.exec(text.trim()) ?? [];
  const hours = { from: timeOf(from), to: timeOf(to) };
  const isWrong = Number.isNaN(hours.from + hours.to) || hours.from === hours.to;
  return isWrong ? { problem: wrong.noQuiet(text) } : { value: hours };
}

function timeOf(text: string): number {
  const [hour = Number.NaN, minute = 0] = text === '' ? [] : text.split(/[:.]/).map(Number);
  return hour * 60 + minute <= 24 * 60 && minute < 60 ? (hour % 24) + minute / 60 : Number.NaN;
}

const spans: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 24 * 3_600_000, w: 7 * 24 * 3_600_000 };
const longestSpan = 90 * 24 * 3_600_000;

/** `24h`, `90 min`, `3 days`, `2w`: milliseconds, from a minute to 90 days. */
export function readDuration(text: string, { wrong }: Complaints): Read<number> {
  const [, count, unit] = /^(\d{1,4})\s*(m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?)?)$/i.exec(text.trim()) ?? [];
  const ms = Number(count) * (spans[unit?.charAt(0).toLowerCase() ?? ''] ?? Number.NaN);
  return ms > 0 && ms <= longestSpan ? { value: ms } : { problem: wrong.noDuration(text) };
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * `daily 08:00`, `weekdays 8`, `weekly mon 07:30`, `cron 0 8 * * 1-5`: five cron fields; undefined
 * for off.
 */
export function readDigest(text: string, { wrong }: Complaints): Read<string | undefined> {
  if (isOff(text)) return { value: undefined };
  const words = text.replaceAll('"', ' ').replace(/\s+/g, ' ').trim().toLowerCase();
  const cron = /^cron (.+)$/.exec(words)?.[1];
  if (cron) return { value: cron };
  const time = /^(daily|weekdays|weekly)(?: on)?(?: ([a-z]{3})[a-z]*)?(?: at)? (\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?$/;
  const [, kind, day, hour, minute = '0', half] = time.exec(words) ?? [];
  const onDay = kind === 'weekly' ? weekdays.indexOf(day ?? '') : day === undefined ? 0 : -1;
  const at = hourOf(Number(hour), half);
  if (kind === undefined || onDay === -1 || at === undefined || Number(minute) > 59) return { problem: wrong.noDigest(text) };
  const days = { daily: '*', weekdays: '1-5', weekly: String(onDay) }[kind] ?? '*';
  return { value: `${Number(minute)} ${at} * * ${days}` };
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour >= 0 && hour < 24 ? hour : undefined;
  if (!(hour >= 1 && hour <= 12)) return undefined;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}
