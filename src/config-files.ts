/**
 * The files in the configuration's folders: which one counts, what is wrong and where, and which
 * are stray.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { parseYaml, type YamlFile } from './yaml-file.ts';

export interface ConfigFolders {
  /** The first folder that has a file wins. */
  readonly folders: readonly string[];
}

/** A data file that is parsed by the stage that owns its meaning. */
export interface RawFile {
  /** Its name in problems: config/lexicon/en.yaml. */
  readonly file: string;
  /** Reads the file at each call. */
  text(): string;
}

/** A binary data file. */
export interface BinaryFile {
  readonly file: string;
  /**
   * Reads the file at each call; empty if it is missing, which the stage that owns its meaning
   * reports.
   */
  bytes(): Uint8Array;
}

const names = ['attache.yaml', 'feeds.yaml', 'regions.yaml', 'places.tsv', 'levels.yaml', 'confidence.yaml'] as const;
const all = `${names.join(', ')} and lexicon/*.yaml`;
/** Other files (a database, a note, an editor's backup) may lie beside them. */
const looksLikeOurs = /\.(?:ya?ml|tsv|csv|json|toml|ini|conf|cfg)$/i;

/** Returns one line for each file that is never read although its name looks like one of ours. */
export function strayFiles({ folders }: ConfigFolders): readonly string[] {
  return folders.flatMap((folder) => {
    if (!existsSync(folder)) return [];
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.flatMap((entry) => {
      const { name } = entry;
      if (entry.isDirectory()) return /^lexi[ck]/i.test(name) && name !== 'lexicon' ? [stray(folder, `${name}/`)] : [];
      const isKnown = names.some((one) => one === name);
      const isMisnamed = looksLikeOurs.test(name) || names.some((one) => stemOf(one) === name.toLowerCase());
      return isKnown || name.startsWith('.') || !isMisnamed ? [] : [stray(folder, name)];
    });
  });
}

const stemOf = (name: string) => name.toLowerCase().replace(/\.[a-z]+$/, '');

function stray(folder: string, name: string): string {
  const stem = stemOf(name.replace('/', ''));
  const near = [...names, 'lexicon/'].find((one) => isNear(stem, stemOf(one.replace('/', ''))));
  return `${join(folder, name)}: found a file that is never read${near ? `; did you mean ${near}?` : ''}; allowed: ${all}`;
}

/** Returns whether the names differ by at most one letter added, missing, changed or swapped. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [one, other] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return Math.max(one.length, other.length) <= 1 || (one.length === 2 && one === [...other].reverse().join(''));
}

function pathOf({ folders }: ConfigFolders, name: string): string | undefined {
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** A lexicon in one folder replaces that of the same language only. */
export function lexiconNames({ folders }: ConfigFolders): readonly string[] {
  const found = folders
    .map((folder) => join(folder, 'lexicon'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder));
  return [...new Set(found)]
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join('lexicon', name));
}

export function readText(source: ConfigFolders, name: string, problems: string[]): string | undefined {
  const path = pathOf(source, name);
  if (path) return readFileSync(path, 'utf8');
  problems.push(missing(source, name));
  return undefined;
}

function missing({ folders }: ConfigFolders, name: string): string {
  return `config/${name}: not found; put the file back (looked in ${folders.join(', ')})`;
}

export function rawFile(source: ConfigFolders, name: string, problems: string[]): RawFile {
  const path = pathOf(source, name);
  if (!path) problems.push(missing(source, name));
  return { file: `config/${name}`, text: () => (path ? readFileSync(path, 'utf8') : '') };
}

export function parsed(text: string, name: string, problems: string[]): YamlFile | undefined {
  const read = parseYaml(text, `config/${name}`);
  if ('value' in read) return read;
  problems.push(...read.problems);
  return undefined;
}

/**
 * Merges the files of one name in all folders: a key missing in a nearer folder keeps the value of
 * the next.
 */
export function readLayers(source: ConfigFolders, name: string, problems: string[]): YamlFile | undefined {
  const paths = source.folders.map((folder) => join(folder, name)).filter((path) => existsSync(path));
  if (paths.length === 0) problems.push(missing(source, name));
  const layers = paths.map((path) => parsed(readFileSync(path, 'utf8'), name, problems));
  const [nearest, ...rest] = layers.flatMap((layer) => layer ?? []);
  if (!nearest || layers.includes(undefined)) return undefined;
  return rest.reduce((near, far) => layered(near, far), nearest);
}

function layered(near: YamlFile, far: YamlFile): YamlFile {
  return {
    value: merged(near.value, far.value),
    where: (path) => (valueAt(near.value, path) === undefined && valueAt(far.value, path) !== undefined ? far : near).where(path),
  };
}

/** A key without a value ("send:" with only comments below it) counts as missing. */
function merged(near: unknown, far: unknown): unknown {
  if (near === null || near === undefined) return far;
  if (!isMap(near) || !isMap(far)) return near;
  const keys = [...new Set([...Object.keys(far), ...Object.keys(near)])];
  return Object.fromEntries(keys.map((key) => [key, merged(near[key], far[key])]));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param problems gets one line for each wrong entry: where it is, what was found, what is allowed
 */
export function checked<T>(file: YamlFile | undefined, schema: z.ZodType<T>, problems: string[]): T | undefined {
  if (!file) return undefined;
  const result = schema.safeParse(file.value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const missingIn = Map.groupBy(
    issues.filter((issue) => issue.code !== 'unrecognized_keys' && valueAt(file.value, issue.path) === undefined),
    (issue) => issue.path.slice(0, -1).join('.'),
  );
  for (const issue of issues) {
    const key = issue.path.join('.') || '(the file)';
    const siblings = missingIn.get(issue.path.slice(0, -1).join('.')) ?? [];
    if (issue.code === 'unrecognized_keys') {
      const allowed = keysAt(schema, issue.path);
      problems.push(...issue.keys.map((one) => `${file.where([...issue.path, one])}: ${key}: found the key "${one}"; allowed: ${allowed}`));
    } else if (siblings.length > 1 && siblings.includes(issue)) {
      // A row that lacks many keys is one mistake.
      const keys = siblings.map(({ path }) => String(path.at(-1))).join(', ');
      const row = issue.path.slice(0, -1);
      if (siblings[0] === issue)
        problems.push(
          `${file.where(row)}: ${row.join('.') || '(the file)'}: found nothing for ${keys}; allowed: a value for each, as in the default file`,
        );
    } else {
      problems.push(
        `${file.where(issue.path)}: ${key}: found ${quoted(valueAt(file.value, issue.path))}; allowed: ${allowedBy(issue, schema)}`,
      );
    }
  }
  return undefined;
}

/** A text or a number in place of a group of keys has no message of its own in the schema. */
function allowedBy({ code, message, path }: z.core.$ZodIssue, schema: z.ZodType): string {
  return code === 'invalid_type' && message.startsWith('Invalid input') ? keysAt(schema, path) : message;
}

/** Lists the keys of the object that a schema has at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string {
  let at: unknown = schema;
  for (const step of path) at = inner(at, 'element') ?? inner(inner(at, 'shape'), step);
  const keys = Object.keys((inner(at, 'shape') ?? {}) as object);
  return keys.length > 0 ? `the keys ${keys.join(', ')}` : 'other than that';
}

function inner(thing: unknown, key: PropertyKey): unknown {
  if (typeof thing !== 'object' || thing === null) return undefined;
  const value: unknown = Reflect.get(thing, key);
  if (value !== undefined) return value;
  // A schema with a default wraps the actual one.
  const def: unknown = Reflect.get(thing, 'def');
  return key === 'shape' && typeof def === 'object' && def !== null && 'innerType' in def ? inner(def.innerType, key) : undefined;
}

export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((from, key) => (typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined), value);
}

export function quoted(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value)?.slice(0, 60) ?? String(value));
}

export function binaryFile(source: ConfigFolders, name: string): BinaryFile {
  const path = pathOf(source, name);
  return { file: `config/${name}`, bytes: () => (path ? readFileSync(path) : new Uint8Array()) };
}
