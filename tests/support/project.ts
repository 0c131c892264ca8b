/** The project as it is checked out: its folder, what it ships, and one of each thing that most tests need. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, readConfig } from '../../src/config.ts';
import type { Feed } from '../../src/model/feed.ts';
import { createPlaces, type Places, readPlaces } from '../../src/places.ts';

export const root = join(import.meta.dirname, '..', '..');
export const configFolder = join(root, 'config');
export const attache = join(root, 'bin', 'attache');

/** Makes a thing at its first use; a worker keeps it for all of its files. */
export function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}

/** What was read, where nothing was wrong with it. */
export function whole<T extends object>(read: T | { readonly problems: readonly string[] }): T {
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read;
}

/** The configuration that is shipped, whatever the environment of the tests holds. */
export const shippedConfig = once((): Config => whole(readConfig({ folders: [configFolder], env: {} })).config);

/** @param areas named regions and the countries in them; none unless given */
export function shippedPlaces(areas: Readonly<Record<string, readonly string[]>> = {}): Places {
  const regions = Object.entries(areas).map(([name, countries]) => ({ name, countries }));
  return createPlaces(whole(readPlaces(readFileSync(join(configFolder, 'places.tsv'), 'utf8'))).entries, regions);
}

/** A news feed; `more` says what is different. */
export function aFeed(more: Partial<Feed> = {}): Feed {
  return {
    id: 'bbc-world',
    url: 'https://feeds.test/world',
    kind: 'news',
    tier: 'media',
    source: 'BBC News',
    language: 'en',
    everyMinutes: 5,
    licence: '',
    attribution: '',
    terms: 'open',
    on: true,
    ...more,
  };
}
