import type { Instant } from '../../model/basics.ts';
import type { AdviceRow, Feed } from '../../model/feed.ts';
import type { RegisterState } from './diff.ts';
import { pageWaitMs } from './rows.ts';
import type { RegisterRows } from './types.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What is known of one further document. */
export interface PageState {
  /** The newest date that a list gave it. */
  readonly announced?: Instant;
  /** The date on the document itself at the last read. */
  readonly shown?: Instant;
  /** When it last answered, read or unchanged. */
  readonly readAt?: Instant;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Failed tries in a row, the reason of the last one, and when to try again. */
  readonly failures?: number;
  readonly reason?: string;
  readonly nextAt?: Instant;
}

export interface Ask {
  readonly name: string;
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/**
 * Limits of one round: the changed pages of a busy day, and beside them a slow fill, so that a
 * start does not flood the publisher.
 */
const changedAtOnce = 40;
const othersAtOnce = 15;
/** The index lists what the feed of the newest twenty may have missed. */
const indexEvery = hour;
const indexName = '*index';
/** A page without news is read again, in case it changed under an old date. */
const pageEvery = 7 * day;
const holdEvery = hour;
/** The publisher's page sizes, by default and at most. */
const fullSheets: ReadonlySet<number> = new Set([25, 200]);
const mostRows = 1000;

/** Returns the request for the index of all countries, if it is due. */
export function indexAsk(feed: Feed, { rows, pages = {} }: RegisterState, now: Instant): readonly Ask[] {
  if (feed.reader !== 'uk-fcdo') return [];
  const { readAt, announced = 0, nextAt = 0 } = pages[indexName] ?? {};
  const due = readAt === undefined || now - readAt >= indexEvery || announced > readAt;
  // Read whole, though it may be unchanged, if a page that it announced did not arrive.
  const awaited = Object.values(rows).some(({ awaitedSince = now }) => now - awaitedSince >= pageWaitMs);
  return (due || awaited) && nextAt <= now ? [askOf(feed, indexName, awaited ? undefined : pages[indexName])] : [];
}

/**
 * Returns the pages to read now: changed ones first, then those with a held lower level, then those
 * never read, then the oldest.
 */
export function pageAsks(feed: Feed, state: RegisterState, now: Instant): readonly Ask[] {
  if (feed.reader !== 'uk-fcdo') return [];
  const waiting = new Set(Object.values(state.rows).flatMap((row) => (row.hold ? (slugOf(row.url) ?? []) : [])));
  const due = Object.entries(state.pages ?? {}).filter(([name, { nextAt = 0 }]) => name !== indexName && nextAt <= now);
  const changed = due.filter(([, page]) => page.readAt !== undefined && isBehind(page));
  const held = due.filter(([name, page]) => waiting.has(name) && !isBehind(page) && now - (page.readAt ?? 0) >= holdEvery);
  const unread = due.filter(([, page]) => page.readAt === undefined);
  const old = due.filter(
    ([name, page]) => !isBehind(page) && !waiting.has(name) && page.readAt !== undefined && now - page.readAt >= pageEvery,
  );
  const others = [...held, ...unread, ...old.sort(([, a], [, b]) => (a.readAt ?? 0) - (b.readAt ?? 0))];
  const asked = [...changed.slice(0, changedAtOnce), ...others.slice(0, othersAtOnce)];
  // For a held level the whole page is read: an "unchanged" answer would not confirm it.
  return asked.map(([name, page]) => askOf(feed, name, waiting.has(name) ? undefined : page));
}

/**
 * Returns the sheet after a full one.
 * @param offset of the full one
 * @param listed its rows
 */
export function nextSheet(feed: Feed, offset: number, listed: number): { readonly offset: number; readonly asks: readonly Ask[] } {
  const next = offset + listed;
  const full = fullSheets.has(listed) && next < mostRows;
  return { offset: next, asks: feed.reader === 'nl-bz' && full ? [askOf(feed, `+${next}`, undefined)] : [] };
}

/**
 * Returns the sheets after the first that were read before: they may change while the first does
 * not.
 */
export function knownSheets(feed: Feed, { pages = {} }: RegisterState): readonly Ask[] {
  return Object.keys(pages).flatMap((name) => (name.startsWith('+') ? [askOf(feed, name, undefined)] : []));
}

function askOf(feed: Feed, name: string, page: PageState | undefined): Ask {
  const { etag, lastModified } = page ?? {};
  return { name, url: addressOf(feed, name), ...(etag && { etag }), ...(lastModified && { lastModified }) };
}

function addressOf(feed: Feed, name: string): string {
  if (name.startsWith('+')) {
    const sheet = new URL(feed.url);
    sheet.searchParams.set('offset', name.slice(1));
    return sheet.href;
  }
  return new URL(`/api/content/foreign-travel-advice${name === indexName ? '' : `/${name}`}`, feed.url).href;
}

function isBehind({ announced, shown }: PageState): boolean {
  return announced !== undefined && (shown === undefined || announced > shown);
}

/** Records the dates of pages that a list or a page shows. */
export function announcePages(
  feed: Feed,
  before: RegisterState | undefined,
  after: RegisterState,
  read: RegisterRows,
  now: Instant,
): RegisterState {
  if (feed.reader !== 'uk-fcdo') return after;
  const pages = { ...after.pages };
  for (const reading of read.readings) {
    const slug = slugOf(reading.url);
    if (slug) pages[slug] = announcedPage(pages[slug] ?? {}, reading, read, now);
  }
  if (hasGap(before, read)) pages[indexName] = { ...pages[indexName], announced: now };
  return { ...after, pages };
}

function announcedPage(page: PageState, { publishedAt }: AdviceRow, { extent }: RegisterRows, now: Instant): PageState {
  const announced = Math.max(page.announced ?? 0, publishedAt ?? 0);
  if (extent !== 'page') return announced > 0 ? { ...page, announced } : page;
  return { ...page, shown: publishedAt ?? now, readAt: now };
}

/**
 * Every entry is newer than all that was known: others may have left the list before it was read.
 */
function hasGap(before: RegisterState | undefined, { extent, readings }: RegisterRows): boolean {
  const newest = before?.newest;
  return newest !== undefined && extent === 'latest' && readings.every(({ publishedAt = 0 }) => publishedAt > newest);
}

export type Answer =
  | { readonly kind: 'read' | 'unchanged'; readonly etag?: string; readonly lastModified?: string }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Returns the state after one answer. A page still older than the list said is requested again,
 * ever more rarely.
 */
export function withPageAnswer(state: RegisterState, name: string, answer: Answer, now: Instant): RegisterState {
  const { failures = 0, reason: _reason, nextAt: _next, ...page } = state.pages?.[name] ?? {};
  const set = (next: PageState): RegisterState => ({ ...state, pages: { ...state.pages, [name]: next } });
  const later = (reason: string, known: PageState) =>
    set({ ...known, failures: failures + 1, reason, nextAt: now + Math.min(5 * minute * 2 ** failures, 6 * hour) });
  if (answer.kind === 'failed') return later(answer.reason, page);
  // The validators belong to the document that was read, so those of an unchanged answer are
  // ignored.
  const { etag, lastModified } = answer.kind === 'unchanged' ? page : answer;
  const { etag: _etag, lastModified: _modified, ...rest } = page;
  const known = { ...rest, readAt: now, ...(etag && { etag }), ...(lastModified && { lastModified }) };
  return name !== indexName && isBehind(known) ? later('still shows what it said before its change', known) : set(known);
}

function slugOf(url: string): string | undefined {
  return /\/foreign-travel-advice\/([a-z0-9-]{1,80})(?:[/?#]|$)/.exec(url)?.[1];
}

/**
 * Returns what is unknown of a register that otherwise reads well, in words; undefined if nothing
 * is.
 */
export function unknownOf({ rows, pages = {} }: RegisterState, nameOf: (code: string) => string): string | undefined {
  const missing = Object.values(rows).filter(({ missingSince }) => missingSince !== undefined);
  const countries = Object.entries(pages).filter(([name]) => name !== indexName);
  const failing = Object.entries(pages).filter(([, { reason }]) => reason !== undefined);
  const unread = countries.filter(([, { readAt, reason }]) => readAt === undefined && reason === undefined);
  const parts = [
    missing.length > 0 &&
      `${counted(missing.length, 'row')} missing from the list: ${abbreviate(missing.map((row) => row.countries.map((code) => nameOf(code)).join(', ')))} (unknown, not all clear)`,
    failing.length > 0 &&
      `${counted(failing.length, 'page')} not read: ${abbreviate(failing.map(([name, { reason = '' }]) => `${name.replace('*', '')} (${reason})`))}`,
    unread.length > 0 && `levels of ${unread.length} of ${countries.length} countries still to be read`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join('; ') : undefined;
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

function abbreviate(words: readonly string[]): string {
  return words.length > 4 ? `${words.slice(0, 4).join(', ')} and ${words.length - 4} more` : words.join(', ');
}
