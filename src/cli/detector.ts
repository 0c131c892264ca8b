/** The detector, built from the data files. */
import type { Config, RawFile } from '../config.ts';
import { readWeights } from '../detect/confidence.ts';
import { createDetector, type Detector, type DetectorParts } from '../detect/detector.ts';
import { readLevels } from '../detect/levels.ts';
import { type Lexicon, readLexicon } from '../detect/lexicon.ts';
import { parseYaml, type YamlFile } from '../yaml-file.ts';

type Problems = { readonly problems: readonly string[] };

/** Reads and checks all that the detector is made of; every wrong entry is one line with its file and line. */
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

export function detectorOf(config: Config): { readonly detector: Detector } | Problems {
  const read = detectorParts(config);
  return 'problems' in read ? read : { detector: createDetector(read.parts) };
}
