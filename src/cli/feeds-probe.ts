/** `attache feeds list|test`: what is read, and what a source gives when it is asked now. */
import { bare } from '../collect/address.ts';
import { secondReading } from '../collect/compare-readers.ts';
import { addressOf } from '../collect/discover.ts';
import type { ParsedItem } from '../collect/feed-types.ts';
import type { Fetcher } from '../collect/fetch.ts';
import { type Health, healthOf } from '../collect/health.ts';
import { parseFeed } from '../collect/parse.ts';
import { readRegister } from '../collect/registers/readers.ts';
import type { Config } from '../config.ts';
import type { Detector } from '../detect/detector.ts';
import type { Instant, Problem } from '../model/basics.ts';
import type { Feed } from '../model/feed.ts';
import type { Places } from '../places.ts';
import type { FeedCursor } from '../ports/feed-store.ts';
import { slotsOf } from './finding-json.ts';

/** @param cursors undefined where the store could not be asked */
export function listLines(feeds: readonly Feed[], cursors: readonly FeedCursor[] | undefined, now: Instant): readonly string[] {
  const notes = new Map<string, string>();
  const rows = feeds.map((feed) => {
    const { id, kind, tier, language, everyMinutes, terms, licence, on } = feed;
    const health = cursors && on ? healthOf(feed, byId(cursors, id), now) : undefined;
    const state = on ? (health?.state ?? '?') : 'off';
    const said = health && stateOf(health, now);
    // What is wrong has a line of its own: it would push all columns beyond the terminal's edge.
    if (said !== undefined && said !== state) notes.set(id, said);
    return [id, state, kind, tier, language, `${everyMinutes} min`, terms === 'open' ? licence : `terms ${terms}`];
  });
  const table = [['id', 'state', 'kind', 'tier', 'lang', 'every', 'licence'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table.flatMap((row) => {
    const line = row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
    const note = notes.get(row[0] ?? '');
    return note === undefined ? [line] : [line, `    ${note}`];
  });
}

/** The same for programs: one object a line. */
export function listJson(feeds: readonly Feed[], cursors: readonly FeedCursor[] | undefined, now: Instant): readonly string[] {
  return feeds.map((feed) => {
    const { id, url, kind, tier, source, language, everyMinutes, licence, terms, on } = feed;
    const health = cursors && on ? healthOf(feed, byId(cursors, id), now) : undefined;
    const iso = (at: Instant | undefined) => (at === undefined ? null : new Date(at).toISOString());
    const seen = health && {
      state: health.state,
      since: iso(health.since),
      reason: health.reason ?? null,
      unknown: health.unknown ?? null,
      setAside: health.setAside ?? null,
      nextAt: iso(health.nextAt),
    };
    return JSON.stringify({ id, url: bare(url), kind, tier, source, language, everyMinutes, licence, terms, on, health: seen ?? null });
  });
}

function byId(cursors: readonly FeedCursor[], id: string): FeedCursor | undefined {
  return cursors.find((cursor) => cursor.feedId === id);
}

/** `blind since 2026-11-24 10:02 UTC (503 Service Unavailable) next try 10:17`; the day stands with it where it is another one */
export function stateOf({ state, since, reason, unknown, setAside, nextAt }: Health, now: Instant): string {
  const parts = [
    since === undefined ? state : `${state} since ${minuteOf(since)} UTC`,
    ...(reason ? [`(${reason})`] : []),
    ...(unknown ? [`(${unknown})`] : []),
    ...(setAside ? [`(${setAside})`] : []),
    ...(nextAt !== undefined && state !== 'ok' ? [`next try ${minuteOf(nextAt).slice(isSameDay(nextAt, now) ? 11 : 0)}`] : []),
  ];
  return parts.join(' ');
}

const isSameDay = (one: Instant, other: Instant) => minuteOf(one).slice(0, 10) === minuteOf(other).slice(0, 10);

const minuteOf = (at: Instant) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

// ---------------------------------------------------------------- asked now

export interface Probe {
  readonly title: string;
  readonly format: string;
  readonly items: readonly ParsedItem[];
  readonly truncated: boolean;
  readonly language?: string;
  readonly bytes: Uint8Array;
  /** Where it was found in the end. */
  readonly url: string;
  readonly contentType?: string;
}

/** Fetches and reads a feed once; the problem is one line. */
export async function probe(url: string, fetcher: Fetcher): Promise<Probe | Problem> {
  const fetched = await fetcher.fetch({ url, expectFeed: true });
  if (fetched.kind === 'failed') return { problem: fetched.reason };
  if (fetched.kind === 'unchanged') return { problem: 'no document' };
  const { bytes, contentType } = fetched;
  const read = await parseFeed(bytes, { ...fetched, clampTo: Date.now() });
  if (read.kind === 'not-a-feed') return { problem: read.reason };
  const language = languageIn(bytes);
  return {
    title: read.feed.title,
    format: read.feed.format,
    items: read.items,
    truncated: read.truncated,
    bytes,
    url: fetched.url,
    ...(contentType && { contentType }),
    ...(language && { language }),
  };
}

/** What a feed says of its own language, near its beginning. */
function languageIn(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const said = /<(?:dc:)?language>\s*([a-z]{2})\b|\sxml:lang=["']([a-z]{2})\b|"language":\s*"([a-z]{2})\b/i.exec(start);
  return (said?.[1] ?? said?.[2] ?? said?.[3])?.toLowerCase();
}

function holdingOf({ format, items, truncated }: Probe): string {
  const dated = items.flatMap(({ publishedAt }) => publishedAt ?? []);
  const newest = dated.length > 0 ? `, the newest of ${minuteOf(Math.max(...dated))} UTC` : '';
  const undated = items.length - dated.length;
  return `${format}: ${items.length} ${items.length === 1 ? 'item' : 'items'}${newest}${undated > 0 ? `; ${undated} without a date` : ''}${truncated ? '; cut off within an item' : ''}`;
}

/** Asks a source now and says in one line what it holds. */
export async function probeSummary(feed: Feed, places: Places, fetcher: Fetcher): Promise<string | Problem> {
  if (feed.kind === 'register') {
    const lines = await registerLines(feed, places, fetcher);
    return 'problem' in lines ? lines : (lines[1] ?? '');
  }
  const looked = await probe(feed.url, fetcher);
  return 'problem' in looked ? looked : holdingOf(looked);
}

/** What a feed holds, and what would be found in it. */
export function linesOf(
  looked: Probe,
  feed: Feed,
  { detector, places }: { readonly detector: Detector; readonly places: Places },
): readonly string[] {
  const found = looked.items.flatMap((item) => {
    const { findings } = detector.read({ ...item, feedKind: feed.kind, source: feed.source, tier: feed.tier, language: feed.language });
    return findings.map((finding) => {
      const { kind, status, sender, hosts } = slotsOf(finding);
      const who = [sender ? places.name(sender) : undefined, hosts.map((host) => places.name(host)).join(', ')]
        .filter(Boolean)
        .join(' in ');
      return `  ${kind}, ${status}, ${who}, confidence ${finding.confidence.toFixed(2)}: ${item.title.slice(0, 120)}`;
    });
  });
  return [holdingOf(looked), found.length === 0 ? 'Found in them now: nothing, which is the usual case.' : 'Found in them now:', ...found];
}

const shownDifferences = 5;

/** Whether rss-parser and the tolerant reader read the document alike. */
export async function compareLines({ bytes, url, contentType }: Probe): Promise<readonly string[]> {
  const second = await secondReading(bytes, { url, ...(contentType && { contentType }) });
  if (second.kind === 'unread') return [`rss-parser cannot read it (${second.reason}), so the tolerant reader alone does.`];
  const { differences } = second;
  if (differences.length === 0) return ['A second, independent reader reads the same.'];
  const lines = differences.slice(0, shownDifferences).map(({ field, item, ours, theirs }) => {
    return `  ${field}${item ? ` of “${item.slice(0, 60)}”` : ''}: ours ${ours.slice(0, 120) || 'nothing'}, the other ${theirs.slice(0, 120)}`;
  });
  const left = differences.length - lines.length;
  return [`A second, independent reader differs ${differences.length} times:`, ...lines, ...(left > 0 ? [`  and ${left} more`] : [])];
}

/** Asks one source of the configuration, or any address, now; nothing is kept. */
export async function testLines(
  wanted: string,
  { config, detector, fetcher }: { readonly config: Config; readonly detector: Detector; readonly fetcher: Fetcher },
): Promise<readonly string[] | Problem> {
  const known = config.feeds.find(({ id, url }) => id === wanted || url === wanted);
  if (!known && !/[.:/]/.test(wanted)) return { problem: `no source has the id "${wanted}"; attache feeds list shows them` };
  const url = known ? known.url : await addressOf(wanted, fetcher);
  const feed = known ?? unknownFeed('tried', url, url);
  if (feed.kind === 'register') return registerLines(feed, config.places, fetcher);
  const looked = await probe(feed.url, fetcher);
  if ('problem' in looked) return { problem: `${bare(feed.url)}: ${looked.problem}` };
  return [`${looked.url}`, ...linesOf(looked, feed, { detector, places: config.places }), ...(await compareLines(looked))];
}

async function registerLines(feed: Feed, places: Places, fetcher: Fetcher): Promise<readonly string[] | Problem> {
  const fetched = await fetcher.fetch({ url: feed.url });
  if (fetched.kind !== 'document') return { problem: `${bare(feed.url)}: ${fetched.kind === 'failed' ? fetched.reason : 'no document'}` };
  const read = await readRegister(feed, { ...fetched, fetchedAt: Date.now() }, places);
  if ('problem' in read) return { problem: `${bare(feed.url)}: ${read.problem}` };
  const levels = Map.groupBy(read.readings, ({ level }) => level ?? 'not stated');
  const counted = [...levels]
    .sort(([a], [b]) => String(a).localeCompare(String(b)))
    .map(([level, rows]) => `level ${level}: ${rows.length}`);
  return [fetched.url, `register: ${read.readings.length} rows (${counted.join(', ')})`];
}

/** What the configuration does not know is taken for news in English. */
export function unknownFeed(id: string, url: string, source: string): Feed {
  const usual = { kind: 'news', tier: 'media', language: 'en', everyMinutes: 5, terms: 'unverified', on: true } as const;
  return { id, url, source, licence: '', attribution: '', ...usual };
}
