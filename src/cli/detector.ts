/** The detector, built from the data files, or from what was kept of them. */

import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { RawFile } from '../config-files.ts';
import { readWeights } from '../detect/confidence.ts';
import { type Compiled, compile, compiledDetector, type Detector, type DetectorParts } from '../detect/detector.ts';
import { mostLanguages } from '../detect/language.ts';
import { readLevels } from '../detect/levels.ts';
import { type Lexicon, readLexicon } from '../detect/lexicon.ts';
import { type OpinionWeights, readOpinion } from '../detect/opinion/weights.ts';
import type { Problems } from '../model/basics.ts';
import { parseYaml, type YamlFile } from '../yaml-file.ts';
import { keyOf, readCache, writeCache } from './detector-cache.ts';

/** What was learned of labelled items, or why it cannot be read. */
export function opinionOf({ opinion }: Config): { readonly opinion: OpinionWeights } | Problems {
  return readOpinion(opinion.bytes(), opinion.file);
}

/** Reads and checks all that the frames are made of; every wrong entry is one line with its file and line. */
export function detectorParts(config: Config): { readonly parts: DetectorParts } | Problems {
  const problems: string[] = [];
  const keep = <T extends object>(read: T | Problems): T | undefined => {
    if (!('problems' in read)) return read;
    problems.push(...read.problems);
    return undefined;
  };
  const file = <T extends object>(raw: RawFile, read: (file: YamlFile) => T | Problems): T | undefined => {
    const parsed = keep(parseYaml(raw.text(), raw.file));
    return parsed && keep(read(parsed));
  };
  const levels = file(config.levels, ({ value, where }) => readLevels(value, where));
  const weights = file(config.weights, ({ value, where }) => readWeights(value, where));
  const lexicons = config.lexicons.flatMap((raw) => {
    const read = file(raw, ({ value, where }) => readLexicon(value, where, config.places.knows));
    return read ? [{ ...read, raw }] : [];
  });
  problems.push(...repeated(lexicons));
  if (lexicons.length > mostLanguages)
    problems.push(`config/lexicon: found ${lexicons.length} languages; allowed: ${mostLanguages} at once`);
  if (problems.length > 0 || !levels || !weights) return { problems };
  const parts = { lexicons: lexicons.map(({ lexicon }) => lexicon), places: config.places, ...levels, ...weights };
  return { parts };
}

function repeated(lexicons: readonly { readonly lexicon: Lexicon; readonly raw: RawFile }[]): readonly string[] {
  return lexicons.flatMap(({ lexicon, raw }, at) => {
    const first = lexicons.findIndex((other) => other.lexicon.language === lexicon.language);
    return first === at ? [] : [`${raw.file}: language: found "${lexicon.language}" a second time; allowed: one file for a language`];
  });
}

interface Kept {
  readonly compiled: Compiled;
  readonly levels: unknown;
  readonly weights: unknown;
}

const root = join(import.meta.dirname, '..', '..');
/** Beside the compiled code, or where that cannot be written, at home. */
const usualFolders = [join(root, 'node_modules', '.cache', 'attache'), join(homedir(), '.cache', 'attache')];

/** @param folders where what was compiled is kept */
export function detectorOf(config: Config, folders: readonly string[] = usualFolders): { readonly detector: Detector } | Problems {
  const files = [config.placesFile, config.levels, config.weights, ...config.lexicons].map(({ file, text }) => ({ file, text: text() }));
  const key = keyOf([...code(), ...files.flatMap(({ file, text }) => [file, text])]);
  const learned = opinionOf(config);
  if ('problems' in learned) return learned;
  const kept = readCache<Kept>(folders, key);
  if (kept) {
    const levels = readLevels(kept.levels, ({ length }) => `${length}`);
    const weights = readWeights(kept.weights, ({ length }) => `${length}`);
    if ('levels' in levels && 'weights' in weights)
      return { detector: compiledDetector(kept.compiled, { places: config.places, ...levels, ...weights, ...learned }) };
  }
  const [, levels, weights, ...lexicons] = files.map(({ file, text }) => ({ file, text: () => text }));
  const read = detectorParts({ ...config, lexicons, ...(levels && { levels }), ...(weights && { weights }) });
  if ('problems' in read) return read;
  const { lexicons: words, ...parts } = read.parts;
  const compiled = compile({ lexicons: words, places: parts.places });
  writeCache(folders, key, { compiled, levels: yamlOf(levels), weights: yamlOf(weights) } satisfies Kept);
  // The lexicons are not held: their words are in the tables.
  return { detector: compiledDetector(compiled, { ...parts, ...learned }) };
}

/** What compiles decides what is compiled. */
function code(): readonly string[] {
  const folder = join(root, 'src', 'detect');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.map((name) => readFileSync(join(folder, name), 'utf8'));
}

function yamlOf(raw: RawFile | undefined): unknown {
  const parsed = raw && parseYaml(raw.text(), raw.file);
  return parsed && 'value' in parsed ? parsed.value : undefined;
}
