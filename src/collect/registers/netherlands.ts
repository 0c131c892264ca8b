/** Netherlands: JSON, the level as a colour in Dutch text, the country by its Dutch name. */
import { z } from 'zod';
import type { CountryCode } from '../../model/basics.ts';
import type { AdviceRow, RegionalAdvice } from '../../model/feed.ts';
import type { Level } from '../../model/finding.ts';
import type { Places } from '../../places.ts';
import { readDate } from '../dates.ts';
import { plain } from '../text.ts';
import { dutchNames } from './row-names.ts';
import { countriesNamed, datedBy, jsonOf, type RegisterDocument, type RegisterRead } from './types.ts';

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
  if (!rows.success) return { problem: 'not the list of NederlandWereldwijd' };
  const dutch = namesOf(places);
  const readings = rows.data.flatMap((value): readonly AdviceRow[] => {
    const one = row.safeParse(value);
    const name = one.success ? (one.data.location ?? one.data.title ?? '').replace(/^reisadvies\s+/i, '') : '';
    const common = dutch.get(name.toLowerCase());
    const countries = common ? [common] : countriesNamed(name, places, dutchNames);
    const intro = one.success ? plain(one.data.introduction ?? '') : '';
    const { whole, regional } = coloursOf(intro);
    if (!one.success || countries.length === 0 || !whole) return [];
    const at = readDate(one.data.lastmodified ?? one.data.modificationdate ?? '');
    return [
      {
        issuer: 'NL',
        countries,
        ...whole,
        regional,
        url: one.data.canonical ?? '',
        title: name,
        body: intro,
        ...datedBy(at, document),
      },
    ];
  });
  return { readings, extent: isSheet(document.url, rows.data.length) ? 'sheet' : 'list', listed: rows.data.length };
}

/** A sentence about a part of the country, unless it is about the rest of it. */
const partly =
  /\b(?:delen|deel|gebied(?:en)?|grens\w*|regio\S*|provincies?|noord\w*|zuid\w*|oost\w*|west\w*|eiland(?:en)?|stad|steden|hoofdstad)\b/i;
const wholly = /\b(?:rest van|hele|heel|gehele|grootste deel|overige delen)\b/i;

/** The strictest colour of the whole country, and the stricter ones of its parts. */
function coloursOf(intro: string): { readonly whole?: RegionalAdvice; readonly regional: readonly RegionalAdvice[] } {
  const stated = intro.split(/(?<=[.!?])\s+|\n+/).flatMap((sentence) => {
    const advice = colours.flatMap(([pattern, level, nativeText]) => (pattern.test(sentence) ? [{ level, nativeText }] : []));
    return advice.map((one) => ({ one, part: partly.test(sentence) && !wholly.test(sentence) }));
  });
  const strictest = (part: boolean) =>
    stated
      .filter((each) => each.part === part)
      .map(({ one }) => one)
      .toSorted((a, b) => b.level - a.level);
  const [whole] = strictest(false);
  const regional = strictest(true).filter(({ level }) => level > (whole?.level ?? 0));
  return { ...(whole && { whole }), regional };
}

/**
 * A full answer, of 25 rows or 200, is followed by others; one with an offset is preceded by
 * others.
 */
function isSheet(url: string, rows: number): boolean {
  return rows === 25 || rows >= 200 || Number(URL.parse(url)?.searchParams.get('offset') ?? 0) > 0;
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
