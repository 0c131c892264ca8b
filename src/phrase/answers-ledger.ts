/** What Attaché holds to be true now, line by line: each government's advice, each mission's posture. */
import type { Line } from '../message.ts';
import type { AdviceEntry, PostureEntry } from '../model.ts';
import { type PhraseContext, shortName } from './headline.ts';
import { wordsOf } from './words.ts';

/** `US: Do Not Travel (parts: Reconsider Travel) · since … · read …`, in the issuer's own words. */
export function adviceLine(entry: AdviceEntry, context: PhraseContext): Line {
  const area = entry.area ? ` (${entry.area})` : '';
  const parts = entry.regional.map((one) => (one.area ? `${one.area}: ${one.nativeText}` : one.nativeText)).filter((text) => text !== '');
  const regional = parts.length > 0 ? ` · for parts: ${[...new Set(parts)].slice(0, 3).join('; ')}` : '';
  return [
    { strong: shortName(entry.issuer, context) },
    `${area}: ${entry.nativeText || 'level not stated'}${regional}`,
    ...(entry.since === undefined ? [] : [' · since ', { at: entry.since }]),
    ' · read ',
    { at: entry.readAt },
    ...sourceOf(entry),
  ];
}

/** `US embassy: working from Lviv`, short enough for a headline. */
export function postureWordsOf(entry: PostureEntry, context: PhraseContext): string {
  const city = entry.from?.name;
  const where =
    entry.posture === 'relocated' && entry.to ? `working from ${entry.to.name}` : wordsOf(context.language).posture[entry.posture];
  return `${shortName(entry.sender, context)} ${entry.post ?? 'embassy'}${city ? ` (${city})` : ''}: ${where}`;
}

/** The posture with since when, said by whom, read when. */
export function postureLine(entry: PostureEntry, context: PhraseContext): Line {
  return [{ strong: postureWordsOf(entry, context) }, ...postureProof(entry)];
}

/** ` since … (confirmed by the US State Department) · read … · source` */
export function postureProof(entry: PostureEntry): Line {
  const said = entry.tier === 'official' ? 'confirmed by' : 'reported by';
  return [' since ', { at: entry.since }, ` (${said} ${entry.source}) · read `, { at: entry.readAt }, ...sourceOf(entry)];
}

function sourceOf({ url, source }: { readonly url: string; readonly source: string }): Line {
  return url === '' ? [] : [' · ', { link: url, text: source }];
}
