/** Reads time zones as people name them. Pure. */
import type { AnswerWords } from '../i18n/words.ts';
import type { Read } from './read-options.ts';

/** Intl returns the old name of some zones; these are the current ones. */
const namesOfToday: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};
const ofToday = (zone: string): string => namesOfToday[zone] ?? zone;

const zones: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone')
    .map(ofToday)
    .filter((zone) => zone !== 'UTC'),
];

const folded = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, '_');
const cityOf = (zone: string): string => folded(zone.split('/').at(-1) ?? zone);

/** Returns IANA zones whose name or city starts with the text, then those that contain it. */
export function zonesLike(typed: string, most: number): readonly string[] {
  const wanted = folded(typed);
  const begins = zones.filter((zone) => folded(zone).startsWith(wanted) || cityOf(zone).startsWith(wanted));
  const holds = zones.filter((zone) => folded(zone).includes(wanted) && !begins.includes(zone));
  return [...begins, ...holds].slice(0, most);
}

/** An IANA zone, in any case. */
export function zoneNamed(text: string): string | undefined {
  try {
    // Intl also accepts offsets such as +02:00, which ignore daylight saving time.
    if (!/^[a-z]/i.test(text.trim())) return undefined;
    return ofToday(new Intl.DateTimeFormat('en', { timeZone: text.trim() }).resolvedOptions().timeZone);
  } catch {
    return undefined;
  }
}

/** Reads an IANA zone in any case, or the city in its name. */
export function readZone(text: string, { wrong }: Pick<AnswerWords, 'wrong'>): Read<string> {
  const named = zoneNamed(text);
  if (named !== undefined) return { value: named };
  const near = /^[a-z]/i.test(text.trim()) ? zonesLike(text, 3) : [];
  const [city, another] = near.filter((zone) => cityOf(zone) === folded(text));
  if (city && !another) return { value: city };
  if (near.length > 0) return { problem: wrong.noZoneNear(text, near) };
  return { problem: wrong.noZone(text) };
}
