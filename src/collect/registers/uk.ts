/**
 * UK FCDO: the Atom feed of the latest changes, the content API's index, or one country's page.
 * Only the page states levels, in `alert_status`; the others show changes of text.
 */
import { z } from 'zod';
import type { AdviceRow, RegionalAdvice } from '../../model/feed.ts';
import type { Level } from '../../model/finding.ts';
import type { Places } from '../../places.ts';
import { readDate } from '../dates.ts';
import type { ParseFeed } from '../feed-types.ts';
import { plain } from '../text.ts';
import { ukNames } from './row-names.ts';
import { countriesNamed, datedBy, jsonOf, type RegisterDocument, type RegisterRead } from './types.ts';

const page = z.object({
  title: z.string(),
  web_url: z.string().nullish(),
  base_path: z.string().nullish(),
  public_updated_at: z.string().nullish(),
  details: z.object({
    country: z.object({ name: z.string() }).nullish(),
    change_description: z.string().nullish(),
    alert_status: z.array(z.string()).nullish(),
    parts: z.array(z.object({ body: z.unknown() })).nullish(),
  }),
});
const index = z.object({ links: z.object({ children: z.array(z.unknown()) }) });

const native = { 4: 'advises against all travel', 3: 'advises against all but essential travel', 1: 'no advice against travel' } as const;

export async function readUk(document: RegisterDocument, places: Places, parse: ParseFeed): Promise<RegisterRead> {
  const json = jsonOf(document);
  if (json === undefined) return readAtom(document, places, parse);
  const list = index.safeParse(json);
  const rows = list.success ? list.data.links.children : [json];
  const readings = rows.flatMap((row) => readPage(row, document, places));
  if (list.success) return { readings, extent: 'list', dated: true, listed: rows.length };
  return readings.length > 0 ? { readings, extent: 'page', dated: true } : { problem: 'JSON, but no travel advice' };
}

async function readAtom(document: RegisterDocument, places: Places, parse: ParseFeed): Promise<RegisterRead> {
  const parsed = await parse(document.bytes, document);
  if (parsed.kind === 'not-a-feed') return { problem: parsed.reason };
  // A country's newest entry comes first; older ones in the same document are history.
  const newest = new Map<string, AdviceRow>();
  for (const item of parsed.items) {
    const countries = countriesNamed(item.title, places, ukNames);
    const key = countries.join('+');
    if (countries.length === 0 || newest.has(key)) continue;
    newest.set(key, {
      issuer: 'GB',
      countries,
      nativeText: '',
      regional: [],
      url: item.url,
      title: item.title,
      ...datedBy(item.publishedAt, document),
      ...(item.summary !== '' && { note: item.summary }),
    });
  }
  return { readings: [...newest.values()], extent: 'latest', dated: true, listed: parsed.items.length };
}

function readPage(row: unknown, document: RegisterDocument, places: Places): readonly AdviceRow[] {
  const read = page.safeParse(row);
  if (!read.success) return [];
  const { title, web_url: url, base_path: path, public_updated_at: updated, details } = read.data;
  const countries = countriesNamed(details.country?.name ?? title, places, ukNames);
  if (countries.length === 0) return [];
  const status = details.alert_status;
  const level = status ? levelOf(status, 'whole_country') : undefined;
  const regional: readonly RegionalAdvice[] = ([4, 3] as const).flatMap((one) =>
    status && partOf(status, one) ? [{ level: one, nativeText: native[one] }] : [],
  );
  const note = plain(details.change_description ?? '');
  const body = (details.parts ?? []).map((part) => textOf(part.body)).join('\n');
  return [
    {
      issuer: 'GB',
      countries,
      regional,
      nativeText: level === undefined ? '' : native[level],
      url: url ?? `https://www.gov.uk${path ?? ''}`,
      title,
      ...(level !== undefined && { level }),
      ...datedBy(readDate(updated ?? ''), document),
      ...(note !== '' && { note }),
      ...(body !== '' && { body }),
    },
  ];
}

/** A part's text is HTML, or is in a list of formats. */
function textOf(body: unknown): string {
  const both = z.array(z.object({ content_type: z.string(), content: z.string() })).safeParse(body);
  if (both.success) return plain(both.data.find((one) => one.content_type === 'text/html')?.content ?? '');
  return typeof body === 'string' ? plain(body) : '';
}

/** If the page states its status at all, no advice against the whole country is a statement too. */
function levelOf(status: readonly string[], where: string): Extract<Level, 1 | 3 | 4> {
  if (status.includes(`avoid_all_travel_to_${where}`)) return 4;
  return status.includes(`avoid_all_but_essential_travel_to_${where}`) ? 3 : 1;
}

function partOf(status: readonly string[], level: 3 | 4): boolean {
  return status.includes(level === 4 ? 'avoid_all_travel_to_parts' : 'avoid_all_but_essential_travel_to_parts');
}
