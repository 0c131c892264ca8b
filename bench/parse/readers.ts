/** Attaché's parser and its peers behind one face, each read as its documentation says. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseFeed as parseWithRowan } from '@rowanmanning/feed-parser';
import FeedParser from 'feedparser';
import { parseFeed as parseWithFeedsmith } from 'feedsmith';
import RssParser from 'rss-parser';
import { decode } from '../../src/collect/decode.ts';
import { parseFeed } from '../../src/collect/parse.ts';

export interface Source {
  readonly bytes: Uint8Array;
  /** The same, decoded by Attaché: no peer reads encodings, and this is to compare how they read feeds. */
  readonly text: string;
  readonly url: string;
  readonly contentType?: string;
}

export interface ReadItem {
  readonly title: string;
  readonly link: string;
  readonly id: string;
  /** Epoch milliseconds, NaN where none was understood. */
  readonly date: number;
}

export interface Read {
  readonly title: string;
  readonly link: string;
  readonly items: readonly ReadItem[];
}

export interface Reader {
  readonly name: string;
  /** Promises plain text: its titles are compared as they stand, those of the others also with their markup taken away. */
  readonly plain: boolean;
  /** Rejects or gives undefined for what it cannot read. */
  read(source: Source): Promise<Read | undefined>;
}

type Maybe<T> = T | null | undefined;

export function sourceOf(bytes: Uint8Array, url: string, contentType?: string): Source {
  return { bytes, text: decode(bytes, contentType), url, ...(contentType !== undefined && { contentType }) };
}

const attache: Reader = {
  name: 'Attaché',
  plain: true,
  read: async ({ bytes, url, contentType }) => {
    const outcome = await parseFeed(bytes, { url, ...(contentType !== undefined && { contentType }) });
    if (outcome.kind === 'not-a-feed') return undefined;
    return readOf(outcome.feed.title, outcome.feed.url, outcome.items, (item) => ({
      title: item.title,
      link: item.url,
      id: item.id,
      date: item.publishedAt,
    }));
  },
};

const bare = new RssParser<Record<string, unknown>, Record<string, unknown>>();

const rssParser: Reader = {
  name: 'rss-parser',
  plain: false,
  read: async ({ text }) => {
    const feed = await bare.parseString(text);
    return readOf(stringOf(feed.title), stringOf(feed.link), feed.items, (item) => ({
      title: stringOf(item.title),
      link: stringOf(item.link),
      id: stringOf(item.guid ?? item.id ?? item.link),
      date: Date.parse(stringOf(item.isoDate ?? item.pubDate)),
    }));
  },
};

const feedsmith: Reader = {
  name: 'feedsmith',
  plain: false,
  read: async ({ text }) => {
    const parsed = parseWithFeedsmith<number>(text, { parseDateFn: (raw) => Date.parse(raw) });
    switch (parsed.format) {
      case 'rss':
        return readOf(parsed.feed.title, parsed.feed.link, parsed.feed.items, (item) => ({
          title: item.title ?? item.dc?.titles?.[0],
          link: item.link ?? (item.guid?.isPermaLink === false ? undefined : item.guid?.value),
          id: item.guid?.value ?? item.link,
          date: item.pubDate ?? item.dc?.dates?.[0] ?? item.atom?.published ?? item.atom?.updated,
        }));
      case 'rdf':
        return readOf(parsed.feed.title, parsed.feed.link, parsed.feed.items, (item) => ({
          title: item.title ?? item.dc?.titles?.[0],
          link: item.link,
          id: item.rdf?.about ?? item.link,
          date: item.dc?.dates?.[0],
        }));
      case 'atom':
        return readOf(parsed.feed.title?.value, alternate(parsed.feed.links), parsed.feed.entries, (entry) => ({
          title: entry.title?.value,
          link: alternate(entry.links),
          id: entry.id,
          date: entry.published ?? entry.updated,
        }));
      case 'json':
        return readOf(parsed.feed.title, parsed.feed.home_page_url, parsed.feed.items, (item) => ({
          title: item.title,
          link: item.url,
          id: item.id,
          date: item.date_published ?? item.date_modified,
        }));
    }
  },
};

const feedparser: Reader = {
  name: 'feedparser',
  plain: false,
  read: async ({ text, url }) => {
    const stream = new FeedParser({ feedurl: url, addmeta: false });
    const found: FeedParser.Item[] = [];
    const collect = async () => {
      for await (const item of stream) found.push(item);
    };
    await Promise.all([pipeline(Readable.from([Buffer.from(text)]), stream), collect()]);
    return readOf(stream.meta.title, stream.meta.link, found, (item) => ({
      title: item.title,
      link: item.link,
      id: item.guid,
      date: (item.pubdate ?? item.date)?.getTime(),
    }));
  },
};

const rowan: Reader = {
  name: '@rowanmanning/feed-parser',
  plain: false,
  read: async ({ text }) => {
    const feed = parseWithRowan(text);
    return readOf(feed.title, feed.url, feed.items, (item) => ({
      title: item.title,
      link: item.url,
      id: item.id ?? item.url,
      date: (item.published ?? item.updated)?.getTime(),
    }));
  },
};

export const readers: readonly Reader[] = [attache, rssParser, feedsmith, feedparser, rowan];

type Found = { readonly [Key in keyof ReadItem]: ReadItem[Key] | null | undefined };

function readOf<Item>(title: Maybe<string>, link: Maybe<string>, items: readonly Item[] | undefined, of: (item: Item) => Found): Read {
  return {
    title: title ?? '',
    link: link ?? '',
    items: (items ?? []).map(of).map((item) => ({
      title: item.title ?? '',
      link: item.link ?? '',
      id: item.id ?? '',
      date: item.date ?? Number.NaN,
    })),
  };
}

const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function alternate(links: readonly { readonly href?: string; readonly rel?: string }[] | undefined): string | undefined {
  return links?.find(({ rel }) => rel === undefined || rel === 'alternate')?.href;
}
