/**
 * German Federal Foreign Office: JSON by page number; flags for a warning (Reisewarnung) and a
 * security notice, for the whole country or parts of it.
 */
import { z } from 'zod';
import type { AdviceRow, RegionalAdvice } from '../../model/feed.ts';
import type { Level } from '../../model/finding.ts';
import type { Places } from '../../places.ts';
import { datedBy, jsonOf, type RegisterDocument, type RegisterRead } from './types.ts';

const row = z.object({
  lastModified: z.number(),
  title: z.string(),
  countryCode: z.string(),
  warning: z.boolean(),
  partialWarning: z.boolean(),
  situationWarning: z.boolean(),
  situationPartWarning: z.boolean(),
});
const list = z.object({ response: z.record(z.string(), z.unknown()) });

export function readGermany(document: RegisterDocument, places: Places): RegisterRead {
  const read = list.safeParse(jsonOf(document));
  if (!read.success) return { problem: 'not the Auswärtiges Amt’s list' };
  const readings = Object.entries(read.data.response).flatMap(([id, value]): readonly AdviceRow[] => {
    // `lastModified` and `contentList` are among the pages.
    const one = row.safeParse(value);
    if (!one.success || !places.knows(one.data.countryCode)) return [];
    const { level, nativeText } = wholeOf(one.data);
    return [
      {
        issuer: 'DE',
        countries: [one.data.countryCode],
        level,
        nativeText,
        regional: partsOf(one.data),
        url: `https://www.auswaertiges-amt.de/de/service/laender/${id}`,
        title: one.data.title,
        ...datedBy(one.data.lastModified * 1000, document),
      },
    ];
  });
  return { readings, extent: 'list' };
}

function wholeOf(flags: z.infer<typeof row>): { readonly level: Level; readonly nativeText: string } {
  if (flags.warning) return { level: 4, nativeText: 'Reisewarnung' };
  return flags.situationWarning
    ? { level: 2, nativeText: 'Sicherheitshinweis' }
    : { level: 1, nativeText: 'Reise- und Sicherheitshinweise' };
}

function partsOf(flags: z.infer<typeof row>): readonly RegionalAdvice[] {
  return [
    ...(flags.partialWarning ? [{ level: 4, nativeText: 'Teilreisewarnung' } as const] : []),
    ...(flags.situationPartWarning ? [{ level: 2, nativeText: 'Sicherheitshinweis für Teile' } as const] : []),
  ];
}
