/** Global Affairs Canada: JSON by ISO code; the level is `advisory-state` (0 to 3) plus one. */
import { z } from 'zod';
import type { AdviceRow } from '../../model/feed.ts';
import type { Places } from '../../places.ts';
import { readDate } from '../dates.ts';
import { plain } from '../text.ts';
import { datedBy, isLevel, jsonOf, type RegisterDocument, type RegisterRead } from './types.ts';

const row = z.object({
  'advisory-state': z.number(),
  'has-regional-advisory': z.union([z.number(), z.boolean()]).nullish(),
  'date-published': z.object({ date: z.string().nullish(), timestamp: z.number().nullish() }).nullish(),
  eng: z.object({
    name: z.string(),
    'url-slug': z.string().nullish(),
    'advisory-text': z.string().nullish(),
    'recent-updates': z.string().nullish(),
  }),
});
const list = z.object({ data: z.record(z.string(), z.unknown()) });
const words = [
  '',
  'Take normal security precautions',
  'Exercise a high degree of caution',
  'Avoid non-essential travel',
  'Avoid all travel',
];

export function readCanada(document: RegisterDocument, places: Places): RegisterRead {
  const read = list.safeParse(jsonOf(document));
  if (!read.success) return { problem: 'not Canada’s list of travel advice' };
  const readings = Object.entries(read.data.data).flatMap(([code, value]): readonly AdviceRow[] => {
    const one = row.safeParse(value);
    if (!one.success || !places.knows(code)) return [];
    const { eng, 'advisory-state': state, 'date-published': dated } = one.data;
    const level = state + 1;
    if (!isLevel(level)) return [];
    const at = dated?.timestamp ? dated.timestamp * 1000 : readDate(dated?.date ?? '');
    const body = plain(eng['recent-updates'] ?? '');
    return [
      {
        issuer: 'CA',
        countries: [code],
        level,
        nativeText: plain(eng['advisory-text'] ?? '') || (words[level] ?? ''),
        regional: [],
        url: `https://travel.gc.ca/destinations/${eng['url-slug'] ?? ''}`,
        title: eng.name,
        ...datedBy(at, document),
        ...(body !== '' && { body }),
      },
    ];
  });
  return { readings, extent: 'list', listed: Object.keys(read.data.data).length };
}
