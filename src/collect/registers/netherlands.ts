/** Netherlands: JSON, the level as a colour in Dutch text, the country by its Dutch name. */
import { z } from 'zod';
import type { CountryCode, Level, Reading } from '../../model.ts';
import type { Places } from '../../places.ts';
import { readDate } from '../dates.ts';
import { plain } from '../text.ts';
import { dutchNames } from './names.ts';
import { countriesNamed, datedBy, jsonOf, type RegisterDocument, type RegisterRead } from './shapes.ts';

const row = z.object({
  location: z.string().nullish(),
  title: z.string().nullish(),
  canonical: z.string().nullish(),
  introduction: z.string().nullish(),
  lastmodified: z.string().nullish(),
  modificationdate: z.string().nullish(),
});
const colours: readonly (readonly [RegExp, Level, string])[] = [
  [/\brood\b/i, 4, 'rood: niet reizen'],
  [/\boranje\b/i, 3, 'oranje: alleen noodzakelijke reizen'],
  [/\bgeel\b/i, 2, 'geel: let op, veiligheidsrisico’s'],
  [/\bgroen\b/i, 1, 'groen: geen bijzondere veiligheidsrisico’s'],
];

export function readNetherlands(document: RegisterDocument, places: Places): RegisterRead {
  const json = jsonOf(document);
  const rows = z.array(z.unknown()).safeParse(Array.isArray(json) ? json : documentsOf(json));
  if (!rows.success) return { reason: 'not the list of NederlandWereldwijd' };
  const dutch = namesOf(places);
  const readings = rows.data.flatMap((value): readonly Reading[] => {
    const one = row.safeParse(value);
    const name = one.success ? (one.data.location ?? one.data.title ?? '').replace(/^reisadvies\s+/i, '') : '';
    const common = dutch.get(name.toLowerCase());
    const countries = common ? [common] : countriesNamed(name, places, dutchNames);
    const intro = one.success ? plain(one.data.introduction ?? '') : '';
    const colour = colours.find(([pattern]) => pattern.test(intro));
    if (!one.success || countries.length === 0 || !colour) return [];
    const at = readDate(one.data.lastmodified ?? one.data.modificationdate ?? '');
    return [
      {
        issuer: 'NL',
        countries,
        level: colour[1],
        nativeText: colour[2],
        regional: [],
        url: one.data.canonical ?? '',
        title: name,
        body: intro,
        ...datedBy(at, document),
      },
    ];
  });
  return { readings, extent: isSheet(document.url, rows.data.length) ? 'sheet' : 'list', listed: rows.data.length };
}

/** Two hundred rows at a time: a full answer has others behind it, one with an offset others before it. */
function isSheet(url: string, rows: number): boolean {
  return rows >= 200 || Number(URL.parse(url)?.searchParams.get('offset') ?? 0) > 0;
}

function documentsOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null ? Reflect.get(json, 'documents') : undefined;
}

function namesOf(places: Places): ReadonlyMap<string, CountryCode> {
  const names = new Intl.DisplayNames('nl', { type: 'region', fallback: 'none' });
  return new Map(
    places.codes.flatMap((code) => {
      const name = names.of(code);
      return name ? [[name.toLowerCase(), code]] : [];
    }),
  );
}
