/** `attache feeds`: which sources are read. Only whoever runs Attaché can change them: on a shared bot anyone else could plant false news. */
import { readFileSync, writeFileSync } from 'node:fs';
import { bare } from '../collect/address.ts';
import { findFeeds } from '../collect/discover.ts';
import type { Fetcher } from '../collect/fetch.ts';
import { type Config, isLanguage } from '../config.ts';
import { type Feed, unknownLicence } from '../model/feed.ts';
import type { FeedCursor } from '../ports/feed-store.ts';
import { addToFile, removeFromFile } from './feeds-file.ts';
import { compareLines, linesOf, listJson, listLines, type Probe, probe, testLines } from './feeds-probe.ts';
import { hasStore, openFetcher, openToRead, type StoreChoice } from './open-store.ts';
import { freeId, fromOpml, toOpml } from './opml.ts';
import { buildDetector, type ConfigChoice, Failure } from './setup.ts';

export interface AddChoice {
  readonly id?: string;
  readonly source?: string;
  readonly language?: string;
  /** Minutes. */
  readonly every?: string;
  readonly official?: boolean;
  /** With `host`: the feed is a mission's own. */
  readonly sender?: string;
  readonly host?: string;
}

type Say = (line: string) => void;

/** Every source with its state, beside a running bot too. */
export async function list(config: Config, choice: StoreChoice & { readonly json?: boolean }, say: Say): Promise<void> {
  const cursors = hasStore(config, choice) ? await cursorsOf(config, choice) : [];
  const lines = (choice.json ? listJson : listLines)(config.feeds, cursors, Date.now());
  for (const line of lines) say(line);
  if (!cursors && !choice.json)
    say('What can be read now is not known here: a running bot holds the database and does not answer. Ask it: status, or feeds.');
}

async function cursorsOf(config: Config, choice: StoreChoice): Promise<readonly FeedCursor[] | undefined> {
  const opened = await openToRead(config, choice).catch((error: unknown) => {
    if (error instanceof Failure && /in use by another/.test(error.message)) return undefined;
    throw error;
  });
  if (!opened) return undefined;
  const { store } = opened;
  try {
    return await store.cursors();
  } finally {
    await store.close();
  }
}

/**
 * Finds the feed at an address or on its page, reads it once, and puts it into `feeds.yaml`.
 * @throws Failure in one line where nothing can be read there, several feeds stand there, or it is known already
 */
export async function add(typed: string, choice: AddChoice & ConfigChoice, config: Config, say: Say): Promise<void> {
  if (Boolean(choice.sender) !== Boolean(choice.host))
    throw new Failure('--sender and --host go together: a mission speaks for one and stands in the other', 2);
  const stranger = [choice.sender, choice.host].find((code) => code !== undefined && !config.places.knows(code.toUpperCase()));
  if (stranger !== undefined)
    throw new Failure(`found the country "${stranger}"; allowed: an ISO code such as UA (the United Kingdom is GB)`, 2);
  const { url, looked } = await fetching(config, (fetcher) => found(typed, config, fetcher));
  const source = choice.source ?? (looked.title || new URL(url).hostname);
  const feed = feedOf(
    url,
    { ...choice, source, language: choice.language ?? (isLanguage(looked.language ?? '') ? looked.language : undefined) ?? 'en' },
    config.feeds,
  );
  const path = addToFile(choice, [feed]);
  say(`Added ${feed.id}: ${source}, ${feed.kind}, ${feed.tier}, in ${feed.language}, every ${feed.everyMinutes} min.`);
  const read = linesOf(looked, feed, { detector: buildDetector(config), places: config.places });
  for (const line of [...read, ...(await compareLines(looked))]) say(`  ${line}`);
  say(`Its terms are not looked up: whoever runs Attaché answers for them. Written to ${path}. ${whenRead}`);
}

/**
 * Puts the feeds of an OPML file into `feeds.yaml`, all of them or none.
 * @throws Failure with one line for each wrong row
 */
export function importOpml(file: string, choice: ConfigChoice, config: Config, say: Say): void {
  const read = fromOpml(readFileSync(file, 'utf8'), config.feeds);
  if ('problems' in read) throw new Failure([...read.problems.map((one) => `${file}:${one}`), 'Nothing was imported.'].join('\n'));
  const { feeds, known } = read;
  if (feeds.length === 0) {
    say(`Nothing new in ${file}: all ${known} of its feeds are in feeds.yaml.`);
    return;
  }
  const path = addToFile(choice, feeds);
  for (const { id, source, kind, tier, url } of feeds) say(`  ${id}: ${source}, ${kind}, ${tier}, ${url}`);
  say(
    `Added ${feeds.length}${known > 0 ? `, known before: ${known}` : ''}. Written to ${path}. ${whenRead} None was asked yet: attache feeds test ID does.`,
  );
}

/** Every source, those that are off included. */
export function exportOpml(file: string | undefined, config: Config, say: Say): void {
  const text = toOpml(config.feeds);
  if (file === undefined) {
    say(text.trimEnd());
    return;
  }
  writeFileSync(file, text);
  say(`Written ${config.feeds.length} sources to ${file}.`);
}

const whenRead = 'A running bot reads it after: attache reload.';

export function remove(id: string, choice: ConfigChoice, say: Say): void {
  const path = removeFromFile(choice, id);
  say(`Removed ${id}. Written to ${path}. ${whenRead}`);
}

/** The one feed that is meant, read once. */
async function found(typed: string, config: Config, fetcher: Fetcher): Promise<{ readonly url: string; readonly looked: Probe }> {
  const there = await findFeeds(typed, { fetcher });
  if ('problem' in there) throw new Failure(`${bare(typed)}: ${there.problem}`);
  const [only] = there.feeds;
  if (!only || there.feeds.length > 1 || there.guessed) {
    const list = there.feeds.map(({ url, title }) => `  attache feeds add ${url}${title ? `   (${title})` : ''}`);
    const said = there.guessed
      ? 'the page announces no feed; what was found beside it may be of something else. Add it if you mean it:'
      : 'several feeds stand there; add the one you mean:';
    throw new Failure([`${typed}: ${said}`, ...list].join('\n'), 2);
  }
  const known = config.feeds.find(({ url }) => url === only.url);
  if (known) {
    const mend = known.on ? 'it is read already' : 'to read it, set "on: true" there';
    throw new Failure(`${bare(only.url)}: in feeds.yaml as "${known.id}"; ${mend}`);
  }
  const looked = await probe(only.url, fetcher);
  if ('problem' in looked) throw new Failure(`${bare(only.url)}: ${looked.problem}`);
  return { url: only.url, looked };
}

async function fetching<T>(config: Config, work: (fetcher: Fetcher) => Promise<T>): Promise<T> {
  const fetcher = openFetcher(config);
  try {
    return await work(fetcher);
  } finally {
    await fetcher.close();
  }
}

/** @throws Failure in one line where it cannot be read */
export async function test(wanted: string, config: Config, say: Say): Promise<void> {
  const lines = await fetching(config, (fetcher) => testLines(wanted, { config, detector: buildDetector(config), fetcher }));
  if ('problem' in lines) throw new Failure(lines.problem);
  for (const line of lines) say(line);
}

function feedOf(url: string, choice: AddChoice & { readonly source: string; readonly language: string }, known: readonly Feed[]): Feed {
  const { source, language, sender, host } = choice;
  const everyMinutes = choice.every === undefined ? 5 : Number(choice.every);
  return {
    id: choice.id ?? freeId(url, new Set(known.map(({ id }) => id))),
    url,
    kind: sender && host ? 'mission' : 'news',
    tier: choice.official ? 'official' : 'media',
    source,
    ...(sender && { sender: sender.toUpperCase() }),
    ...(host && { host: host.toUpperCase() }),
    language,
    everyMinutes,
    licence: unknownLicence,
    attribution: source,
    terms: 'unverified',
    on: true,
  };
}
