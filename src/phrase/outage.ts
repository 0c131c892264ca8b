/** Notices of lost and restored coverage: a silent bot must not look like a calm country. */
import { failureIn } from '../i18n/failures.ts';
import { type ChatMessage, type Line, newMessage } from '../message.ts';
import type { Instant } from '../model/basics.ts';
import { type CoverageGap, countSeen } from '../model/channel.ts';
import type { PhraseContext } from './headline.ts';
import { type SightWords, wordsOf } from './words.ts';

export interface OutageInput {
  /** Coverage lost and restored since the last notice. */
  readonly lost: CoverageGap;
  readonly back: CoverageGap;
  /** Every enabled source. */
  readonly sources: readonly {
    readonly source: string;
    readonly state: string;
    readonly since?: Instant;
    readonly reason?: string;
  }[];
}

/** A time when Attaché was not polling. */
export interface Offline {
  readonly since: Instant;
  readonly until: Instant;
  /** Number of sources whose items reach back over the gap, and of all. */
  readonly reach: number;
  readonly all: number;
}

/** `Offline 14 h; 9 of 17 sources reach back that far. Events may be missing.` */
export function offlineMessage({ since, until, reach, all }: Offline, { language }: PhraseContext): ChatMessage {
  const words = wordsOf(language);
  const hours = Math.round((until - since) / 3_600_000);
  const lines = [[{ at: since }, ` ${words.digest.until} `, { at: until }]];
  return newMessage('notice', words.sight.offline(hours, reach, all), { lines, language });
}

const mostNamed = 10;

export function outageMessage({ lost, back, sources }: OutageInput, context: PhraseContext): ChatMessage {
  const words = wordsOf(context.language).sight;
  const troubled = sources.filter(({ state }) => state === 'blind' || state === 'gone');
  const { ok, all } = countSeen(sources);
  const counts = [all - ok, all] as const;
  const names = (some: CoverageGap) => namesOf(some.countries, context);
  const losses = [
    ...(lost.advice ? [words.lostAdvice] : []),
    ...(lost.countries.length > 0 && !lost.advice ? [words.lost(names(lost))] : []),
    ...(lost.half ? [words.lostHalf(...counts)] : []),
  ];
  const returns = [
    ...(back.advice ? [words.backAdvice] : []),
    ...(back.countries.length > 0 && !back.advice ? [words.back(names(back))] : []),
    ...(back.half ? [words.backHalf(...counts)] : []),
  ];
  const [headline = '', ...more] = [...losses, ...returns];
  const unnamed = troubled.length - mostNamed;
  return newMessage('notice', losses.length > 0 ? `📡 ${headline}` : headline, {
    lines: [
      ...more.map((text) => [text]),
      ...(losses.length > 0 ? troubled.slice(0, mostNamed).map((one) => sourceLine(one, words, context.language)) : []),
      ...(losses.length > 0 && unnamed > 0 ? [[wordsOf(context.language).more(unnamed)]] : []),
      ...(losses.length > 0 ? [[words.silence]] : []),
    ],
    language: context.language,
  });
}

function sourceLine({ source, state, since, reason }: OutageInput['sources'][number], words: SightWords, language: string): Line {
  const gone = state === 'gone' ? `: ${words.gone}` : '';
  return [
    { strong: source },
    gone,
    ...(since === undefined ? [] : [` ${words.since} `, { at: since }]),
    ...(reason ? [` · ${failureIn(language, reason)}`] : []),
  ];
}

function namesOf(codes: readonly string[], { name, language }: PhraseContext): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(codes.map((code) => name(code, language)));
}
