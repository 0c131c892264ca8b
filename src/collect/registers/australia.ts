/**
 * Smartraveller: RSS with fields of its own. `ta:level` is `4` or, on a scale that begins at 2,
 * `4/5`.
 */
import { Parser } from 'htmlparser2';
import type { AdviceRow } from '../../model/feed.ts';
import type { Level } from '../../model/finding.ts';
import type { Places } from '../../places.ts';
import { readDate } from '../dates.ts';
import { decode } from '../decode.ts';
import { plain, resolved } from '../text.ts';
import { australianNames } from './row-names.ts';
import { countriesNamed, datedBy, isLevel, type RegisterDocument, type RegisterRead } from './types.ts';

const words = [
  '',
  'Exercise normal safety precautions',
  'Exercise a high degree of caution',
  'Reconsider your need to travel',
  'Do not travel',
];

export function readAustralia(document: RegisterDocument, places: Places): RegisterRead {
  const text = decode(document.bytes, document.contentType);
  if (!/<rss\b/i.test(text.slice(0, 2000))) return { problem: 'not Smartraveller’s list' };
  const rows = rowsOf(text);
  const readings = rows.flatMap((row): readonly AdviceRow[] => {
    const title = plain(row.title ?? '');
    const countries = countriesNamed(title, places, australianNames);
    const level = levelOf(row['ta:level'] ?? '');
    if (countries.length === 0 || level === undefined) return [];
    const body = plain(row.description ?? '');
    return [
      {
        issuer: 'AU',
        countries,
        level,
        nativeText: words[level] ?? '',
        regional: [],
        url: resolved(row.link ?? '', document.url),
        title,
        ...datedBy(readDate(row.pubdate ?? ''), document),
        ...(body !== '' && { body }),
      },
    ];
  });
  return { readings, extent: 'list', listed: rows.length };
}

function levelOf(text: string): Level | undefined {
  const [, shown = '', scale] = /^\s*(\d)(?:\s*\/\s*(\d))?/.exec(text) ?? [];
  const level = scale === '5' ? Number(shown) - 1 : Number(shown);
  return isLevel(level) ? level : undefined;
}

/** No list is deeper, and the parser's cost grows with the square of the depth. */
const deepest = 64;

/** Returns the text of each child of each item, by its lower-case name. */
function rowsOf(xml: string): readonly Readonly<Record<string, string>>[] {
  const rows: Record<string, string>[] = [];
  let row: Record<string, string> | undefined;
  let name = '';
  let depth = 0;
  const parser = new Parser(
    {
      onopentagname: (tag) => {
        depth += 1;
        if (depth > deepest) return parser.pause();
        name = tag.toLowerCase();
        if (name === 'item') row = {};
      },
      ontext: (part) => {
        if (row && name !== 'item') row[name] = (row[name] ?? '') + part;
      },
      onclosetag: (tag) => {
        depth -= 1;
        if (tag.toLowerCase() === 'item' && row) rows.push(row);
        if (tag.toLowerCase() === 'item') row = undefined;
        name = '';
      },
    },
    { xmlMode: true, decodeEntities: true, recognizeCDATA: true },
  );
  parser.end(xml);
  return rows;
}
