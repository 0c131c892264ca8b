/** A gov.uk on loopback as far as travel advice goes: the feed of the newest twenty changes, the index of all countries, a page for each. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type Page, startWeb, type Web } from './web.ts';

interface Country {
  readonly name: string;
  readonly updated: number;
  readonly note: string;
  readonly status: readonly string[];
  readonly text: string;
}

export interface GovUk {
  readonly web: Web;
  /** Every page that was asked for since the last call, in order: `mali`, or `*` for the index. */
  asked(): readonly string[];
  /** Publishes a change of a country's advice. `quiet` pages keep showing what they said before. */
  change(slug: string, at: number, what?: { readonly status?: readonly string[]; readonly text?: string; readonly page?: 'late' }): void;
  /** What a country's page answers instead, until it is given back. */
  answer(slug: string, page: Page | undefined): void;
  /** The page catches up with what was published. */
  catchUp(slug: string): void;
  remove(slug: string): void;
}

const base = '/foreign-travel-advice';
const iso = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');

export async function startGovUk(names: readonly string[], begun: number): Promise<GovUk> {
  const published = new Map<string, Country>();
  const shown = new Map<string, Country>();
  const instead = new Map<string, Page>();
  for (const [index, name] of names.entries()) {
    const country = { name, updated: begun - (names.length - index) * 3_600_000, note: 'First published.', status: [], text: 'Take care.' };
    published.set(slugOf(name), country);
    shown.set(slugOf(name), country);
  }
  const web = await startWeb();
  const pageOf = (slug: string): Page => {
    return (request, response) => {
      const other = instead.get(slug);
      const country = shown.get(slug);
      if (other) return other(request, response);
      if (!country) return void response.writeHead(404).end();
      send(
        response,
        request.headers['if-none-match'],
        'application/json',
        JSON.stringify({ ...rowOf(slug, country), details: detailsOf(country) }),
      );
    };
  };
  web.serve({
    [`${base}.atom`]: (request, response) =>
      send(
        response,
        request.headers['if-none-match'],
        'application/atom+xml',
        atomOf([...published].sort(([, a], [, b]) => b.updated - a.updated).slice(0, 20)),
      ),
    [`/api/content${base}`]: (request, response) =>
      send(
        response,
        request.headers['if-none-match'],
        'application/json',
        JSON.stringify({
          links: { children: [...published].map(([slug, country]) => ({ ...rowOf(slug, country), details: noteOf(country) })) },
        }),
      ),
    ...Object.fromEntries([...published.keys()].map((slug) => [`/api/content${base}/${slug}`, pageOf(slug)])),
  });
  let seen = 0;
  return {
    web,
    asked: () => {
      const paths = web.asked.slice(seen).map(({ path }) => path);
      seen = web.asked.length;
      return paths.flatMap((path) => (path.startsWith('/api/content') ? [path.slice(`/api/content${base}`.length + 1) || '*'] : []));
    },
    change: (slug, at, { status, text, page } = {}) => {
      const known = published.get(slug);
      if (!known) throw new Error(`no country ${slug}`);
      const next = { ...known, updated: at, note: `Changed at ${iso(at)}.`, ...(status && { status }), ...(text && { text }) };
      published.set(slug, next);
      if (page !== 'late') shown.set(slug, next);
    },
    answer: (slug, page) => void (page ? instead.set(slug, page) : instead.delete(slug)),
    catchUp: (slug) => {
      const country = published.get(slug);
      if (country) shown.set(slug, country);
    },
    remove: (slug) => void published.delete(slug),
  };
}

export const slugOf = (name: string): string => name.toLowerCase().replace(/[^a-z]+/g, '-');

function rowOf(slug: string, { name, updated }: Country) {
  return {
    title: `${name} travel advice`,
    base_path: `${base}/${slug}`,
    web_url: `https://www.gov.uk${base}/${slug}`,
    public_updated_at: iso(updated),
  };
}

function noteOf({ name, note }: Country) {
  return { country: { name }, change_description: note };
}

function detailsOf(country: Country) {
  return { ...noteOf(country), alert_status: country.status, parts: [{ title: 'Warnings and insurance', body: `<p>${country.text}</p>` }] };
}

function atomOf(countries: readonly (readonly [string, Country])[]): string {
  const entries = countries.map(([slug, { name, updated, note }]) => {
    const address = `https://www.gov.uk${base}/${slug}`;
    return `<entry><id>${address}#${iso(updated)}</id><updated>${iso(updated)}</updated><link rel="alternate" href="${address}"/><title>${name}</title><summary>${note}</summary></entry>`;
  });
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title>Travel Advice Summary</title>${entries.join('')}</feed>`;
}

function send(response: ServerResponse, known: string | undefined, type: string, text: string): void {
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`;
  if (known === etag) return void response.writeHead(304, { etag }).end();
  response.writeHead(200, { 'content-type': type, etag }).end(text);
}
