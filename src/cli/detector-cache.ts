/**
 * What reading the lexicons gave, kept for the next start: parsing them takes a second, reading tables a few milliseconds. Nothing depends on
 * it: where it is missing, old, damaged or cannot be written, it is made again.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** Names a thing by all that it was made from. */
export function keyOf(texts: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const text of texts) hash.update(`${text.length}\n`).update(text);
  return hash.digest('hex').slice(0, 32);
}

const seal = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
const sealed = 32;
const prefix = 'detector-';
const mostOthers = 5;

/** @param folders the first that holds it wins; what was put there under another key, or is damaged, is nothing */
export function readCache<T>(folders: readonly string[], key: string): T | undefined {
  for (const folder of folders) {
    try {
      const bytes = readFileSync(join(folder, prefix + key));
      const content = bytes.subarray(sealed);
      if (seal(content).equals(bytes.subarray(0, sealed))) return copyViews(deserialize(content)) as T;
    } catch {
      // Not there, or not readable: as good as never made.
    }
  }
  return undefined;
}

/** Arrays of numbers are views into what was read: as long as one of them lives, all of it would. */
function copyViews(thing: unknown): unknown {
  if (thing instanceof Uint8Array || thing instanceof Uint16Array || thing instanceof Uint32Array) return thing.slice();
  if (typeof thing !== 'object' || thing === null || thing instanceof Map || thing instanceof Set) return thing;
  for (const [key, value] of Object.entries(thing)) Reflect.set(thing, key, copyViews(value));
  return thing;
}

/** Puts it into the first folder that can be written, whole or not at all, whoever else writes at the same time. */
export function writeCache(folders: readonly string[], key: string, thing: unknown): void {
  const content = serialize(thing);
  for (const folder of folders) {
    const draft = join(folder, `.${prefix}${key}.${process.pid}`);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(draft, Buffer.concat([seal(content), content]));
      renameSync(draft, join(folder, prefix + key));
      evict(folder, prefix + key);
      return;
    } catch {
      drop(draft);
    }
  }
}

function drop(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What cannot be written cannot be taken away either.
  }
}

/** Of what other words and other code were compiled to, only the latest may be wanted again. */
function evict(folder: string, kept: string): void {
  const others = readdirSync(folder)
    .filter((name) => name.replace('.', '').startsWith(prefix) && name !== kept)
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => other.at - one.at);
  for (const { path } of others.slice(mostOthers)) drop(path);
}
