/** What can be seen: the state of every source, and what covers a country. */
import type { CountryCode, Feed, Instant } from '../model.ts';
import type { Clock, FeedCursor, Store } from '../ports.ts';

export interface FeedHealth {
  readonly state: string;
  readonly since?: Instant;
  readonly reason?: string;
}

export interface Sight {
  all(): Promise<readonly { readonly feed: Feed; readonly health: FeedHealth }[]>;
  counts(): Promise<{ readonly ok: number; readonly all: number }>;
  /** `advice US GB CA; mission feed US; news in en` */
  words(countries: readonly CountryCode[] | undefined): Promise<string>;
}

export type HealthOf = (feed: Feed, cursor: FeedCursor | undefined, now: Instant) => FeedHealth;

export function createSight(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  feeds: readonly Feed[],
  healthOf: HealthOf,
): Sight {
  const on = feeds.filter((feed) => feed.on);
  const all = async () => {
    const cursors = new Map((await store.cursors()).map((cursor) => [cursor.feedId, cursor]));
    return on.map((feed) => ({ feed, health: healthOf(feed, cursors.get(feed.id), clock.now()) }));
  };
  return {
    all,
    counts: async () => {
      const states = await all();
      return { ok: states.filter(({ health }) => health.state === 'ok' || health.state === 'frozen').length, all: states.length };
    },
    words: async (countries) => {
      const states = await all();
      const names = (kind: Feed['kind'], ofHost: boolean) =>
        states
          .filter(({ feed }) => feed.kind === kind && (!ofHost || !countries || (feed.host !== undefined && countries.includes(feed.host))))
          .map(
            ({ feed, health }) => `${feed.sender ?? ''}${health.state === 'ok' || health.state === 'frozen' ? '' : ` (${health.state})`}`,
          );
      const missions = names('mission', true);
      const languages = [...new Set(on.filter((feed) => feed.kind === 'news').map((feed) => feed.language))];
      return `advice ${names('register', false).join(', ') || 'none'}; ${missions.length > 0 ? `mission feeds ${missions.join(', ')}` : 'no mission feed'}; news in ${languages.join(', ') || 'no language'}`;
    },
  };
}
