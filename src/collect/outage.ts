/** When a channel, and not only the operator, must hear that Attaché cannot see. */
import type { CountryCode, Feed } from '../model.ts';
import type { Health } from './health.ts';

export interface Outage {
  /** At least half of all sources are blind or gone. */
  readonly half: boolean;
  /** Of the countries asked about, those whose official sources are all blind or gone. */
  readonly countries: readonly CountryCode[];
}

/** @param sources every source that is on; a single failing source, or one that merely has nothing new, is no channel's business */
export function outageOf(sources: readonly { readonly feed: Feed; readonly health: Health }[], countries: readonly CountryCode[]): Outage {
  const lost = sources.filter(({ health }) => health.state === 'blind' || health.state === 'gone');
  const lostIds = new Set(lost.map(({ feed }) => feed.id));
  const isDark = (country: CountryCode) => {
    const official = sources.filter(({ feed }) => speaksOf(feed, country));
    return official.length > 0 && official.every(({ feed }) => lostIds.has(feed.id));
  };
  return { half: lost.length > 0 && lost.length * 2 >= sources.length, countries: countries.filter(isDark) };
}

/** A register speaks of every country but its own, a mission of where it stands. */
function speaksOf({ kind, host, sender }: Feed, country: CountryCode): boolean {
  return kind === 'register' ? sender !== country : kind === 'mission' && host === country;
}
