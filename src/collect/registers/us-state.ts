import type { AdviceRow } from '../../model/feed.ts';
import type { Places } from '../../places.ts';
import type { ParseFeed } from '../feed-types.ts';
import { usNames } from './row-names.ts';
import { countriesNamed, datedBy, isLevel, type RegisterDocument, type RegisterRead } from './types.ts';

const words = ['', 'Exercise Normal Precautions', 'Exercise Increased Caution', 'Reconsider Travel', 'Do Not Travel'];

export async function readUsState(document: RegisterDocument, places: Places, parse: ParseFeed): Promise<RegisterRead> {
  const parsed = await parse(document.bytes, document);
  if (parsed.kind === 'not-a-feed') return { problem: parsed.reason };
  const readings = parsed.items.flatMap((item): readonly AdviceRow[] => {
    const category = item.categories?.find((one) => one.domain === 'Threat-Level')?.text ?? '';
    const level = Number(/Level\s*(\d)/i.exec(item.title)?.[1] ?? /Level\s*(\d)/i.exec(category)?.[1]);
    const countries = countriesNamed(
      item.title.replace(/\s*(?:travel advisory)?\s*[-–]?\s*Level\s*\d.*$/i, '').replace(/\s+travel advisory$/i, ''),
      places,
      usNames,
    );
    if (countries.length === 0 || !isLevel(level)) return [];
    return [
      {
        issuer: 'US',
        countries,
        level,
        nativeText: `Level ${level}: ${words[level]}`,
        regional: [],
        url: item.url,
        title: item.title,
        ...datedBy(item.publishedAt, document),
        ...(bodyOf(item) !== '' && { body: bodyOf(item) }),
      },
    ];
  });
  return { readings, extent: 'list', listed: parsed.items.length };
}

const bodyOf = (item: { readonly body?: string; readonly summary: string }): string => item.body ?? item.summary;
