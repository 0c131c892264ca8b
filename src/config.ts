/**
 * The only file that reads `config/` and the environment. Everything is validated here, once; a
 * wrong value ends in one line that names the file, the key, what was found and what is allowed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import {
  type BinaryFile,
  binaryFile,
  type ConfigFolders,
  checked,
  lexiconNames,
  parsed,
  quoted,
  type RawFile,
  rawFile,
  readLayers,
  readText,
  strayFiles,
  valueAt,
} from './config-files.ts';
import type { Problems } from './model/basics.ts';
import type { Feed } from './model/feed.ts';
import { createPlaces, type Places, type Region, readPlaces } from './places.ts';
import { readSecrets, type Secrets } from './secrets.ts';

const expected = (allowed: string) => ({ error: allowed });
const integerIn = (from: number, to: number, unit: string) => {
  const allowed = expected(`a whole number of ${unit} from ${from} to ${to}`);
  return z.int(allowed).min(from, allowed).max(to, allowed);
};
const nonEmpty = (what: string) => z.string(expected(what)).min(1, expected(what));
const apiAddress = (end: string) =>
  z
    .url({ protocol: /^https?$/, ...expected(`an http(s) address that ends in ${end}`) })
    .refine((url) => url.endsWith(end), expected(`an http(s) address that ends in ${end}`));
const oneOf = <const T extends readonly [string, ...string[]]>(...choices: T) => z.enum(choices, expected(choices.join(', ')));
const countryCode = z.string(expected('an ISO country code such as UA')).regex(/^[A-Z]{2}$/, expected('an ISO country code such as UA'));

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
const aLanguage = expected('the ISO 639-1 code of a language, such as en (Ukrainian is uk, Japanese ja, Chinese zh)');
/** Returns whether a code is the code of an existing language. */
export const isLanguage = (code: string): boolean => /^[a-z]{2}(-[A-Za-z]+)?$/.test(code) && languageNames.of(code) !== undefined;

const settingsSchema = z.strictObject({
  database: nonEmpty('a path'),
  collect: z.strictObject({
    userAgent: nonEmpty('a name with a version and an address'),
    parallel: integerIn(1, 64, 'documents'),
    maxMegabytes: integerIn(1, 100, 'megabytes'),
    deadlineSeconds: integerIn(1, 300, 'seconds'),
    allowHosts: z.array(nonEmpty('a host name, with :port if need be'), expected('a list of hosts')),
  }),
  alert: z.strictObject({ oldAfterHours: integerIn(1, 720, 'hours'), baselineDays: integerIn(1, 30, 'days') }),
  registers: z.strictObject({ lowerHoldHours: integerIn(0, 240, 'hours'), raisedTogether: integerIn(1, 300, 'levels') }),
  send: z.strictObject({
    parallel: integerIn(1, 256, 'channels'),
    leaseSeconds: integerIn(10, 600, 'seconds'),
    attempts: integerIn(1, 100, 'attempts'),
    giveUpHours: integerIn(1, 720, 'hours'),
  }),
  keep: z.strictObject({
    itemsDays: integerIn(30, 3650, 'days'),
    messagesDays: integerIn(7, 3650, 'days'),
    eventsDays: integerIn(60, 3650, 'days'),
  }),
  slack: z.strictObject({
    whoMayChange: z.union([oneOf('members', 'admins'), z.array(z.string())], expected('members, admins, or a list of Slack user ids')),
    apiUrl: apiAddress('/api/').optional(),
    http: z
      .strictObject({ host: nonEmpty('an address of this machine'), port: integerIn(1, 65_535, 'the port') })
      .default({ host: '127.0.0.1', port: 3000 }),
  }),
  discord: z
    .strictObject({ crosspost: z.boolean(expected('true or false')), apiUrl: apiAddress('/api').optional() })
    .default({ crosspost: false }),
  webhooks: z
    .array(
      z.strictObject({
        name: z.string(expected('a short name')).regex(/^[a-z0-9][a-z0-9-]*$/, expected('lower-case letters, digits and hyphens')),
        url: z.url({ protocol: /^https?$/, error: 'an http(s) address' }),
        min: oneOf('info', 'notice', 'warning', 'critical').default('notice'),
        places: z.array(countryCode, expected('a list of ISO country codes')).default([]),
      }),
      expected('a list of webhooks, each with name and url'),
    )
    .default([]),
  operations: z
    .strictObject({
      host: nonEmpty('an address of this machine').default('127.0.0.1'),
      port: integerIn(0, 65_535, 'the port'),
    })
    .optional(),
  log: z.strictObject({ level: oneOf('debug', 'info', 'warn', 'error') }),
});
export type Settings = z.infer<typeof settingsSchema>;

const feedSchema = z.strictObject({
  id: z.string(expected('a short id')).regex(/^[a-z0-9][a-z0-9-]*$/, expected('lower-case letters, digits and hyphens')),
  url: z.url({ protocol: /^https?$/, error: 'an http(s) address' }),
  kind: oneOf('news', 'mission', 'register'),
  tier: oneOf('official', 'wire', 'media'),
  source: nonEmpty('the publisher’s name'),
  sender: countryCode.optional(),
  host: countryCode.optional(),
  reader: oneOf('us-state', 'uk-fcdo', 'ca-gac', 'au-dfat', 'de-aa', 'nl-bz').optional(),
  language: z
    .string(aLanguage)
    .regex(/^[a-z]{2}(-[A-Za-z]+)?$/, aLanguage)
    .refine(isLanguage, aLanguage),
  everyMinutes: integerIn(1, 1440, 'minutes'),
  licence: nonEmpty('the licence in words'),
  attribution: nonEmpty('whom to name'),
  terms: oneOf('open', 'unverified', 'private'),
  on: z.boolean(expected('true or false')),
});
const feedsSchema = z.strictObject({ feeds: z.array(feedSchema, expected('a list of feeds')) });
const countryList = z.array(countryCode, expected('a list of ISO country codes'));
const namedRegion = z.strictObject({ countries: countryList, names: z.record(z.string(), nonEmpty('a name')).optional() });
const regionsSchema = z.record(
  z.string(),
  z.union([countryList, namedRegion], expected('a list of ISO country codes, or countries and names')),
);

export interface Config {
  readonly settings: Settings;
  readonly feeds: readonly Feed[];
  readonly places: Places;
  /** The file that `places` was read from. */
  readonly placesFile: RawFile;
  readonly lexicons: readonly RawFile[];
  readonly levels: RawFile;
  readonly weights: RawFile;
  /** Weights learned from labelled items. */
  readonly opinion: BinaryFile;
  readonly secrets: Secrets;
}

export interface ConfigSource extends ConfigFolders {
  /** Defaults to the process's own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A `.env` file, if it exists; the environment takes precedence. */
  readonly envFile?: string;
}

/**
 * Reads and checks everything. Returns every problem found, each one line that says what to change.
 */
export function readConfig(source: ConfigSource): { readonly config: Config } | Problems {
  const problems: string[] = [...strayFiles(source)];
  const settings = checked(readLayers(source, 'attache.yaml', problems), settingsSchema, problems);
  const feeds = readYaml(source, 'feeds.yaml', feedsSchema, problems)?.feeds ?? [];
  const regions = regionsIn(readYaml(source, 'regions.yaml', regionsSchema, problems) ?? {});
  problems.push(...feedProblems(feeds));
  const entries = readPlacesFile(source, problems);
  const placesFile = rawFile(source, 'places.tsv', []);
  const levels = rawFile(source, 'levels.yaml', problems);
  const weights = rawFile(source, 'confidence.yaml', problems);
  const lexicons = lexiconNames(source).map((name) => rawFile(source, name, problems));
  const opinion = binaryFile(source, 'opinion.bin');
  const secrets = readSecrets(environmentOf(source), problems);
  if (settings && settings.webhooks.length > 0 && !secrets.webhookSecret)
    problems.push(
      'environment: ATTACHE_WEBHOOK_SECRET: found nothing; allowed: 32 characters or more, from: openssl rand -base64 32; webhooks are signed with it',
    );
  if (problems.length > 0 || !settings) return { problems };
  const places = createPlaces(
    weakMemo(entries, () => readPlacesFile(source, [])),
    regions,
  );
  problems.push(...unknownCountryCodes(feeds, regions, places));
  if (problems.length > 0) return { problems };
  return { config: { settings, feeds: feeds.map(asFeed), places, placesFile, lexicons, levels, weights, opinion, secrets } };
}

/** Returns problems for codes that look like countries but are not: "UK", "XX". */
function unknownCountryCodes(
  feeds: readonly z.infer<typeof feedSchema>[],
  regions: readonly Region[],
  { knows }: Pick<Places, 'knows'>,
): readonly string[] {
  const wrong = (at: string, code: string) =>
    `config/${at}: found "${code}"; allowed: an ISO country code such as UA (the United Kingdom is GB)`;
  return [
    ...feeds.flatMap(({ sender, host }, index) =>
      Object.entries({ sender, host }).flatMap(([key, code]) =>
        code && !knows(code) ? [wrong(`feeds.yaml: feeds.${index}.${key}`, code)] : [],
      ),
    ),
    ...regions.flatMap(({ name, countries }) =>
      countries.filter((code) => !knows(code)).map((code) => wrong(`regions.yaml: ${name}`, code)),
    ),
  ];
}

/** A region may be a bare list: it has the same name in every language then. */
function regionsIn(read: z.infer<typeof regionsSchema>): readonly Region[] {
  return Object.entries(read).map(([name, region]) => {
    if (Array.isArray(region)) return { name, countries: region };
    const { countries, names } = region;
    return { name, countries, ...(names && { names }) };
  });
}

/** Holds a large, rarely needed value weakly: it is read again once nobody uses it. */
function weakMemo<T extends object>(first: T, read: () => T): () => T {
  let held = new WeakRef(first);
  return () => {
    const known = held.deref() ?? read();
    held = new WeakRef(known);
    return known;
  };
}

/** Returns the problems of a changed `feeds.yaml` before it is written. */
export function problemsOfFeeds(text: string): readonly string[] {
  const problems: string[] = [];
  const read = checked(parsed(text, 'feeds.yaml', problems), feedsSchema, problems);
  return [...problems, ...feedProblems(read?.feeds ?? [])];
}

/** Returns the problems of one source before it is written, one line per key. */
export function problemsOfFeed(feed: unknown): readonly string[] {
  const read = feedSchema.safeParse(feed);
  if (!read.success)
    return read.error.issues.map(({ path, message }) => `${path.join('.')}: found ${quoted(valueAt(feed, path))}; allowed: ${message}`);
  return feedProblems([read.data]).map((line) => line.replace(/^.*?feeds\.0(?:\.id)?: /, ''));
}

/**
 * Returns the feeds of a folder's `feeds.yaml`, for a recording that brings its own. Throws if they
 * are wrong: the file is ours.
 */
export function readFeeds(folder: string): readonly Feed[] {
  const problems: string[] = [];
  const read = readYaml({ folders: [folder] }, 'feeds.yaml', feedsSchema, problems);
  if (!read) throw new Error(problems.join('\n'));
  return read.feeds.map(asFeed);
}

function asFeed(feed: z.infer<typeof feedSchema>): Feed {
  const { sender, host, reader, ...always } = feed;
  return { ...always, ...(sender && { sender }), ...(host && { host }), ...(reader && { reader }) };
}

function feedProblems(feeds: readonly z.infer<typeof feedSchema>[]): string[] {
  const seen = new Set<string>();
  return feeds.flatMap((feed, index) => {
    const key = `config/feeds.yaml: feeds.${index}`;
    const found: string[] = [];
    if (seen.has(feed.id)) found.push(`${key}.id: found "${feed.id}" a second time; allowed: each id once`);
    seen.add(feed.id);
    if (feed.kind === 'register' && !(feed.reader && feed.sender))
      found.push(`${key}: found a register without reader or sender; allowed: both named`);
    if (feed.kind === 'mission' && !(feed.sender && feed.host))
      found.push(`${key}: found a mission without sender or host; allowed: both named`);
    return found;
  });
}

function readPlacesFile(source: ConfigFolders, problems: string[]) {
  const text = readText(source, 'places.tsv', problems);
  const read = text === undefined ? { entries: [] } : readPlaces(text);
  if ('entries' in read) return read.entries;
  problems.push(...read.problems.map((problem) => `config/places.tsv:${problem}`));
  return [];
}

function readYaml<T>(source: ConfigFolders, name: string, schema: z.ZodType<T>, problems: string[]): T | undefined {
  const text = readText(source, name, problems);
  return text === undefined ? undefined : checked(parsed(text, name, problems), schema, problems);
}

function environmentOf({ env = process.env, envFile }: ConfigSource): Readonly<Record<string, string | undefined>> {
  const fromFile = envFile && existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
  return { ...fromFile, ...env };
}
