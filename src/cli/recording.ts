/** A recording: JSON Lines ordered by time, each an item or a fetched document. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Instant, Problem } from '../model/basics.ts';
import type { Feed, FeedKind, Tier } from '../model/feed.ts';
import { unknownFeed } from './feeds-probe.ts';
import { objectOf } from './json-lines.ts';

const time = z.iso.datetime({ offset: true, error: 'an ISO time such as 2022-02-14T16:35:00Z' });
const origin = {
  at: time,
  feed: z.string().min(1),
  feedKind: z.enum(['news', 'mission', 'register']).optional(),
  tier: z.enum(['official', 'wire', 'media']).optional(),
  source: z.string().optional(),
};
const itemLine = z.object({
  ...origin,
  item: z.object({
    id: z.string().min(1),
    url: z.string(),
    title: z.string(),
    summary: z.string(),
    body: z.string().nullish(),
    publishedAt: time.nullish(),
    language: z.string().nullish(),
  }),
});
const documentLine = z.object({
  ...origin,
  document: z.string().min(1),
  url: z.string().optional(),
  further: z.boolean().optional(),
  status: z.int().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});
const lineSchema = z.union([itemLine, documentLine]);
type Line = z.infer<typeof lineSchema>;

export interface RecordedItem {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly body?: string;
  readonly publishedAt?: Instant;
  readonly language?: string;
}

export interface Recorded {
  readonly at: Instant;
  readonly feed: Feed;
  readonly what:
    | { readonly item: RecordedItem }
    | {
        readonly document: Uint8Array;
        readonly url?: string;
        readonly status: number;
        readonly contentType?: string;
        /** Fetched in the round of the document before it, for what that one leaves open. */
        readonly further?: boolean;
      };
}

/**
 * Reads a recording one line at a time, documents only when their turn comes.
 * @param path a JSON Lines file, or a folder that holds `recording.jsonl`
 * @param feeds what the configuration knows of the feeds named in it
 */
export async function* readRecording(path: string, feeds: readonly Feed[]): AsyncGenerator<Recorded | Problem> {
  const file = await readText(path);
  if ('problem' in file) return yield file;
  const known = new Map(feeds.map((feed) => [feed.id, feed]));
  let last = Number.NEGATIVE_INFINITY;
  let number = 0;
  for (const text of file.text.split('\n')) {
    number += 1;
    if (text.trim() === '') continue;
    const line = lineSchema.safeParse(objectOf(text));
    if (!line.success) return yield { problem: `${file.path}:${number}: ${wordsOf(line.error)}` };
    const at = Date.parse(line.data.at);
    if (at < last) return yield { problem: `${file.path}:${number}: "at" is before the line above; a recording is ordered by time` };
    last = at;
    const what = await whatOf(line.data, dirname(file.path));
    if ('problem' in what) return yield { problem: `${file.path}:${number}: ${what.problem}` };
    yield { at, feed: feedOf(line.data, known.get(line.data.feed)), what };
  }
}

async function readText(path: string): Promise<{ readonly path: string; readonly text: string } | Problem> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return { problem: `${path}: no such file or folder` };
  const file = found.isDirectory() ? join(path, 'recording.jsonl') : path;
  if (found.isDirectory() && !(await stat(file).catch(() => undefined)))
    return { problem: `${path}: holds no recording.jsonl; name a folder that attache run --record wrote, or a JSON Lines file` };
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error);
  return text instanceof Error ? { problem: `${file}: cannot be read (${text.code})` } : { path: file, text };
}

async function whatOf(line: Line, folder: string): Promise<Recorded['what'] | Problem> {
  if ('item' in line) {
    const { id, url, title, summary, body, publishedAt, language } = line.item;
    return {
      item: {
        id,
        url,
        title,
        summary,
        ...(body && { body }),
        ...(publishedAt && { publishedAt: Date.parse(publishedAt) }),
        ...(language && { language }),
      },
    };
  }
  const document = await readFile(join(folder, line.document)).catch(() => undefined);
  if (!document) return { problem: `document "${line.document}" cannot be read` };
  const contentType = Object.entries(line.headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return {
    document,
    status: line.status ?? 200,
    ...(line.url && { url: line.url }),
    ...(line.further && { further: true }),
    ...(contentType && { contentType }),
  };
}

function feedOf(line: Line, known: Feed | undefined): Feed {
  const kind: FeedKind = line.feedKind ?? known?.kind ?? 'news';
  const tier: Tier = line.tier ?? known?.tier ?? 'media';
  return { ...(known ?? unknownFeed(line.feed, '', line.feed)), kind, tier, source: line.source ?? known?.source ?? line.feed };
}

function wordsOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'not a line of a recording';
  const inner = issue.code === 'invalid_union' ? issue.errors.flat().find((one) => one.path.length > 0) : issue;
  return inner ? `${inner.path.join('.') || 'line'}: ${inner.message}` : 'needs "at", "feed" and an "item" or a "document"';
}
