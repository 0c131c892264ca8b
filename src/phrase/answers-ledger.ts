/** Ledger entries as lines: each government's advice, each mission's posture. */
import { speechIn } from '../i18n/speech.ts';
import type { Line } from '../message.ts';
import type { AdviceEntry, PostureEntry } from '../model/ledger.ts';
import { type PhraseContext, shortName } from './headline.ts';
import { wordsOf } from './words.ts';

/** `US: Do Not Travel (parts: Reconsider Travel) · since … · read …`, in the issuer's own words. */
export function adviceLine(entry: AdviceEntry, context: PhraseContext): Line {
  const { countries: words } = speechIn(context.language).answers;
  const area = entry.area ? ` (${entry.area})` : '';
  const parts = entry.regional.map((one) => (one.area ? `${one.area}: ${one.nativeText}` : one.nativeText)).filter((text) => text !== '');
  const regional = parts.length > 0 ? words.parts([...new Set(parts)].slice(0, 3)) : '';
  return [
    { strong: shortName(entry.issuer, context) },
    `${area}: ${entry.nativeText || words.levelNotStated}${regional}`,
    ...(entry.since === undefined ? [] : [' ·', ...words.since({ at: entry.since })]),
    ' · ',
    ...words.read({ at: entry.readAt }),
    ...sourceOf(entry),
  ];
}

/** `US embassy: working from Lviv`, short enough for a headline. */
export function postureWordsOf(entry: PostureEntry, context: PhraseContext): string {
  const { countries: words } = speechIn(context.language).answers;
  const where =
    entry.posture === 'relocated' && entry.to ? words.workingFrom(entry.to.name) : wordsOf(context.language).posture[entry.posture];
  return words.mission({ who: shortName(entry.sender, context), post: entry.post ?? 'embassy', city: entry.from?.name, where });
}

/** The posture, since when, by which source, and when it was read. */
export function postureLine(entry: PostureEntry, context: PhraseContext): Line {
  return [{ strong: postureWordsOf(entry, context) }, ...postureProof(entry, context)];
}

/** ` since … (confirmed by the US State Department) · read … · source` */
export function postureProof(entry: PostureEntry, { language }: PhraseContext): Line {
  const { countries: words } = speechIn(language).answers;
  const source = entry.tier === 'official' ? words.confirmedBy(entry.source) : words.reportedBy(entry.source);
  return [...words.since({ at: entry.since }), `${source} · `, ...words.read({ at: entry.readAt }), ...sourceOf(entry)];
}

function sourceOf({ url, source }: { readonly url: string; readonly source: string }): Line {
  return url === '' ? [] : [' · ', { link: url, text: source }];
}
