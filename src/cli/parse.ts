/** `attache parse FILE|-`: a feed document in, its items as JSON out. */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { parseFeed } from '../collect/parse.ts';
import { Failure } from './setup.ts';

export interface ParseChoice {
  readonly base?: string;
  readonly contentType?: string;
  readonly at?: string;
}

/** @throws Failure with one line when the file cannot be read, the time is none, or the document is no feed */
export async function parseToJson(file: string, choice: ParseChoice): Promise<unknown> {
  const bytes = file === '-' ? await buffer(process.stdin) : await readBytes(file);
  const clampTo = choice.at === undefined ? undefined : Date.parse(choice.at);
  if (Number.isNaN(clampTo)) throw new Failure(`--at: found "${choice.at}"; allowed: an ISO time such as 2026-03-01T00:00:00Z`, 2);
  const parsed = await parseFeed(bytes, {
    url: choice.base ?? '',
    ...(choice.contentType && { contentType: choice.contentType }),
    ...(clampTo !== undefined && { clampTo }),
  });
  if (parsed.kind === 'not-a-feed') throw new Failure(`${file}: not a feed: ${parsed.reason}`);
  const { title, url, format } = parsed.feed;
  return {
    feed: { title, url, format },
    items: parsed.items.map((item) => ({
      id: item.id,
      title: item.title,
      url: item.url,
      publishedAt: item.publishedAt === undefined ? null : new Date(item.publishedAt).toISOString(),
      summary: item.summary,
    })),
  };
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new Failure(`${file}: cannot be read (${reason}); name a file, or - for standard input`);
  }
}
