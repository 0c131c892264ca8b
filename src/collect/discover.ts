/** Finds the feeds that a page announces. */

import { Parser } from 'htmlparser2';
import type { Problem } from '../model/basics.ts';
import { withUserOf } from './address.ts';
import type { Fetcher, FetchOutcome } from './fetch.ts';
import { parseFeed } from './parse.ts';
import { longestBase } from './text.ts';

export interface FoundFeed {
  readonly url: string;
  readonly title?: string;
}

const mostFound = 10;
/** Of a page that announces more, only this many are considered. */
const mostAnnounced = 100;
/** Pages announce their feeds at the top (characters). */
const mostHtml = 1_000_000;
/** No page is deeper, and the parser's cost grows with the square of the depth. */
const deepest = 512;

const feedTypes: ReadonlySet<string> = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/rdf+xml',
  'application/feed+json',
]);
/** Types that other documents have as well: they count only if the address looks like a feed's. */
const vagueTypes: ReadonlySet<string> = new Set(['application/xml', 'text/xml', 'application/json']);

const commonNames = ['feed', 'rss', 'rss.xml', 'feed.xml', 'atom.xml', 'index.xml'];

/**
 * Returns the feeds that a page announces, comment feeds last; if none, the usual feed addresses.
 * At most ten.
 */
export function discoverFeeds(page: { readonly url: string; readonly html: string }): readonly FoundFeed[] {
  const announced = announcedFeeds(page);
  return announced.length > 0 ? announced : guessedFeeds(page.url);
}

export interface FoundFeeds {
  readonly feeds: readonly FoundFeed[];
  /** The page announces none: these are at the usual addresses, and may be about something else. */
  readonly guessed: boolean;
}

/**
 * Returns the feeds at what a person typed: the address itself if it is a feed, else the readable
 * feeds of its page. The problem is one line in plain words.
 */
export async function findFeeds(typed: string, { fetcher }: { readonly fetcher: Fetcher }): Promise<FoundFeeds | Problem> {
  const fetched = await fetchTyped(typed, fetcher);
  if (fetched.kind === 'failed') return { problem: fetched.reason };
  if (fetched.kind === 'unchanged') return { problem: 'no document' };
  const own = await parseFeed(fetched.bytes, fetched);
  // The fetched address carries no credentials, but later requests to the same origin need them.
  const at = (url: string) => withUserOf(url, typed);
  if (own.kind === 'feed') return { feeds: [found(at(fetched.url), own.feed.title)], guessed: false };
  const html = Buffer.from(fetched.bytes).toString('utf8');
  const page = { url: fetched.url, html };
  const guessed = announcedFeeds(page).length === 0;
  const tried = await Promise.all(discoverFeeds(page).map((one) => readable({ ...one, url: at(one.url) }, fetcher)));
  const feeds = tried.flat();
  return feeds.length > 0 ? { feeds, guessed } : { problem: `${own.reason}, and no feed was found from there` };
}

/**
 * Returns the address meant by what was typed: unchanged if it has a scheme, else wherever it
 * answers.
 */
export async function addressOf(typed: string, fetcher: Fetcher): Promise<string> {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(typed)) return typed;
  const there = await fetchTyped(typed, fetcher);
  return there.kind === 'document' ? there.url : `https://${typed}`;
}

/**
 * Without a scheme tries https, then http if nothing answers there. A wrong certificate is
 * reported, not bypassed.
 */
async function fetchTyped(typed: string, fetcher: Fetcher): Promise<FetchOutcome> {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(typed)) return fetcher.fetch({ url: typed });
  const secure = await fetcher.fetch({ url: `https://${typed}` });
  const isSilent =
    secure.kind === 'failed' &&
    (secure.code === 'unreachable' || secure.code === 'timeout') &&
    !/certificate has|CERT|ALTNAME|VERIFY/.test(secure.reason);
  if (!isSilent) return secure;
  const plain = await fetcher.fetch({ url: `http://${typed}` });
  return plain.kind === 'failed' && plain.code === 'unreachable' ? secure : plain;
}

async function readable({ url, title }: FoundFeed, fetcher: Fetcher): Promise<readonly FoundFeed[]> {
  const fetched = await fetcher.fetch({ url, expectFeed: true });
  if (fetched.kind !== 'document') return [];
  const read = await parseFeed(fetched.bytes, fetched);
  return read.kind === 'feed' ? [found(url, title ?? read.feed.title)] : [];
}

function announcedFeeds({ url, html }: { readonly url: string; readonly html: string }): readonly FoundFeed[] {
  const feeds = new Map<string, FoundFeed>();
  let base = url;
  let depth = 0;
  const parser = new Parser({
    onclosetag: () => {
      depth -= 1;
    },
    onopentag: (name, attributes) => {
      depth += 1;
      if (depth > deepest || feeds.size >= mostAnnounced) return parser.pause();
      if (name === 'base' && base === url) base = baseOf(attributes.href ?? '', url);
      const href = name === 'link' ? announcedBy(attributes) : undefined;
      const address = href ? webAddress(href, base) : undefined;
      if (address && !feeds.has(address)) feeds.set(address, found(address, attributes.title));
    },
  });
  parser.write(html.slice(0, mostHtml));
  parser.end();
  const ofComments = ({ url: address, title = '' }: FoundFeed) => Number(/comment/i.test(`${title} ${address}`));
  return [...feeds.values()].sort((a, b) => ofComments(a) - ofComments(b)).slice(0, mostFound);
}

function baseOf(href: string, url: string): string {
  const base = href.length > longestBase ? undefined : URL.parse(href, url)?.href;
  return base !== undefined && base.length <= longestBase ? base : url;
}

function announcedBy({ rel = '', type = '', href = '' }: Readonly<Record<string, string>>): string | undefined {
  const relations = rel.toLowerCase().split(/\s+/);
  const media = type.toLowerCase().split(';')[0]?.trim() ?? '';
  if (relations.includes('feed')) return href;
  if (!relations.includes('alternate')) return undefined;
  return feedTypes.has(media) || (vagueTypes.has(media) && /feed|rss|atom/i.test(href)) ? href : undefined;
}

function guessedFeeds(url: string): readonly FoundFeed[] {
  const page = URL.parse(url);
  if (!page) return [];
  const folder = page.pathname.endsWith('/') ? page.pathname : `${page.pathname}/`;
  const beside = folder === '/' ? [] : [webAddress(`${folder}feed`, page.origin), webAddress(`${folder.slice(0, -1)}.atom`, page.origin)];
  const addresses = [...beside, ...commonNames.map((name) => webAddress(`/${name}`, page.origin))];
  return [...new Set(addresses)].flatMap((address) => (address ? [{ url: address }] : [])).slice(0, mostFound);
}

function webAddress(href: string, base: string): string | undefined {
  const address = URL.parse(href.trim(), base);
  if (!address || (address.protocol !== 'http:' && address.protocol !== 'https:')) return undefined;
  address.hash = '';
  return address.href;
}

/** Titles are untrusted text: cut to one line of 120 characters. */
function found(url: string, title: string | undefined): FoundFeed {
  const line = Array.from((title ?? '').replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim())
    .slice(0, 120)
    .join('');
  return { url, ...(line && { title: line }) };
}
