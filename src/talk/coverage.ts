/** Coverage: the state of every source, and which sources cover a country. */
import { speechIn } from '../i18n/speech.ts';
import type { Names } from '../i18n/words.ts';
import type { CountryCode, Instant } from '../model/basics.ts';
import { countSeen, isSeen } from '../model/channel.ts';
import type { Feed } from '../model/feed.ts';
import { shortName } from '../phrase/headline.ts';
import type { Places } from '../places.ts';
import type { Clock } from '../ports/clock.ts';
import type { FeedCursor } from '../ports/feed-store.ts';
import type { Store } from '../ports/store.ts';

export interface FeedHealth {
  readonly state: string;
  readonly since?: Instant;
  readonly reason?: string;
  /** Gaps of a source that is otherwise readable, in English. */
  readonly unknown?: string;
}

export interface SourceHealth {
  /** Every enabled source. */
  all(): Promise<readonly { readonly feed: Feed; readonly health: FeedHealth }[]>;
  counts(): Promise<{ readonly ok: number; readonly all: number }>;
  /** `advice US, UK, Canada (cannot be read); no mission feed; news in English` */
  coverageText(countries: readonly CountryCode[] | undefined, language: string): Promise<string>;
}

export type HealthOf = (feed: Feed, cursor: FeedCursor | undefined, now: Instant) => FeedHealth;

export function createSight(
  { store, clock, places }: { readonly store: Store; readonly clock: Clock; readonly places: Places },
  feeds: readonly Feed[],
  healthOf: HealthOf,
): SourceHealth {
  const on = feeds.filter((feed) => feed.on);
  const all: SourceHealth['all'] = async () => {
    const cursors = new Map((await store.cursors()).map((cursor) => [cursor.feedId, cursor]));
    return on.map((feed) => ({ feed, health: healthOf(feed, cursors.get(feed.id), clock.now()) }));
  };
  return {
    all,
    counts: async () => countSeen((await all()).map(({ health }) => health)),
    coverageText: async (countries, language) => coverageWords(await all(), countries, { name: places.name, language }),
  };
}

function coverageWords(
  states: Awaited<ReturnType<SourceHealth['all']>>,
  countries: readonly CountryCode[] | undefined,
  names: Names,
): string {
  const { language } = names;
  const { status: words } = speechIn(language).answers;
  const languageNames = new Intl.DisplayNames(language, { type: 'language' });
  const senders = (some: typeof states) => {
    const named = some.map(
      ({ feed, health }) =>
        `${feed.sender ? shortName(feed.sender, names) : feed.source}${isSeen(health) ? '' : ` (${words.health[health.state] ?? health.state})`}`,
    );
    return [...new Set(named)].join(', ');
  };
  const registers = senders(states.filter(({ feed }) => feed.kind === 'register'));
  const covers = ({ host }: Feed) => !countries || (host !== undefined && countries.includes(host));
  const missions = senders(states.filter(({ feed }) => feed.kind === 'mission' && covers(feed)));
  const news = states.filter(({ feed }) => feed.kind === 'news');
  const languages = [...new Set(news.map(({ feed }) => languageNames.of(feed.language) ?? feed.language))];
  const blind = news.filter(({ health }) => !isSeen(health)).length;
  return [
    registers === '' ? words.noRegister : words.advice(registers),
    missions === '' ? words.noMission : words.missions(missions),
    languages.length === 0 ? words.noNews : `${words.news(languages.join(', '))}${blind > 0 ? words.notRead(blind, news.length) : ''}`,
  ].join('; ');
}
