import type { CountryCode } from '../model/basics.ts';
import type { CoverageGap } from '../model/channel.ts';
import type { Feed } from '../model/feed.ts';

/**
 * Returns the coverage gap. A single failing source, or one without news, is not worth a notice.
 * @param sources every enabled source
 * @param countries the countries asked about
 */
export function coverageGapOf(
  sources: readonly { readonly feed: Feed; readonly health: { readonly state: string } }[],
  countries: readonly CountryCode[],
): CoverageGap {
  const lost = sources.filter(({ health }) => health.state === 'blind' || health.state === 'gone');
  const lostIds = new Set(lost.map(({ feed }) => feed.id));
  const isDark = (official: readonly { readonly feed: Feed }[]) =>
    official.length > 0 && official.every(({ feed }) => lostIds.has(feed.id));
  return {
    half: lost.length > 0 && lost.length * 2 >= sources.length,
    advice: isDark(sources.filter(({ feed }) => feed.kind === 'register')),
    countries: countries.filter((country) => isDark(sources.filter(({ feed }) => speaksOf(feed, country)))),
  };
}

/** A register covers every country but its own, a mission the country it is in. */
function speaksOf({ kind, host, sender }: Feed, country: CountryCode): boolean {
  return kind === 'register' ? sender !== country : kind === 'mission' && host === country;
}
