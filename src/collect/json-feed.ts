/** Reads JSON Feed 1.0 and 1.1. */
import { z } from 'zod';
import { readDate } from './dates.ts';
import { clamped, hashOf, keyOf, type ParsedItem, type ParseHow, type ParseOutcome, subjectOf } from './feed-types.ts';
import { plain, resolved } from './text.ts';

const text = z.string().nullish().catch(undefined);
const itemSchema = z.object({
  id: z.union([z.string(), z.number()]).nullish().catch(undefined),
  url: text,
  external_url: text,
  title: text,
  summary: text,
  content_text: text,
  content_html: text,
  date_published: text,
  date_modified: text,
  tags: z.array(z.string()).nullish().catch(undefined),
});
const feedSchema = z.object({
  version: z.string().regex(/jsonfeed/i),
  title: text,
  home_page_url: text,
  items: z.array(z.unknown()),
});

/** More than any feed has; the rest is ignored. */
const mostItems = 10_000;

export function readJsonFeed(json: string, how: ParseHow): ParseOutcome {
  const parsed = feedSchema.safeParse(jsonOf(json));
  if (!parsed.success) return { kind: 'not-a-feed', reason: 'JSON, but no JSON Feed' };
  const { title, home_page_url: home, items } = parsed.data;
  const read = items
    .slice(0, mostItems)
    .map((item) => itemSchema.safeParse(item))
    .flatMap((item) => (item.success ? [finished(item.data, how)] : []));
  return {
    kind: 'feed',
    feed: { title: plain(title ?? ''), url: resolved(home ?? '', how.url), format: 'json', hints: {} },
    items: read,
    truncated: items.length > mostItems,
  };
}

function jsonOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function finished(item: z.infer<typeof itemSchema>, { url: base, clampTo }: ParseHow): ParsedItem {
  const url = resolved(item.url ?? item.external_url ?? '', base);
  const body = plain(item.content_html ?? item.content_text ?? '');
  const summary = plain(item.summary ?? '') || body;
  const title = plain(item.title ?? '');
  const tags = (item.tags ?? []).slice(0, 100).map((tag) => ({ text: subjectOf(tag) }));
  const date = item.date_published ?? item.date_modified ?? '';
  return {
    id: item.id === undefined || item.id === null ? keyOf(url) || hashOf(`${title}\n${date}`) : keyOf(String(item.id)),
    title,
    url,
    summary,
    ...(body !== '' && body !== summary && { body }),
    ...clamped(readDate(date), clampTo),
    ...(tags.length > 0 && { categories: tags }),
  };
}
