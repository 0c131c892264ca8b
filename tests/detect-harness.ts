/** The detector as it is shipped, and one line to ask it. */
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { readWeights } from '../src/detect/confidence.ts';
import { createDetector, type DetectInput, type Detector } from '../src/detect/detector.ts';
import { readLevels } from '../src/detect/levels.ts';
import { readLexicon } from '../src/detect/lexicon.ts';
import { type Finding, isAlertable } from '../src/model.ts';

const root = join(import.meta.dirname, '..');

/** @param languages all that are shipped, unless named */
export function shippedDetector(languages?: readonly string[]): Detector {
  const read = readConfig({ folders: [join(root, 'config')], envFile: join(root, 'no.env') });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { config } = read;
  const lexicons = config.lexicons
    .map(({ value, file }) => whole(readLexicon(value, file)).lexicon)
    .filter(({ language }) => languages?.includes(language) ?? true);
  const { levels } = whole(readLevels(config.levels.value, config.levels.file));
  const { weights } = whole(readWeights(config.weights.value, config.weights.file));
  return createDetector({ lexicons, places: config.places, levels, weights });
}

function whole<T extends object>(read: T | { readonly problem: string }): T {
  if ('problem' in read) throw new Error(String(read.problem));
  return read as T;
}

/** What would be alerted of a headline. */
export function alertsOf(detector: Detector, title: string, more: Partial<DetectInput> = {}): readonly Finding[] {
  return detector.read({ title, feedKind: 'news', ...more }).findings.filter(isAlertable);
}

/** "embassy-closure GB>AF" */
export function brief({ kind, sender, hosts }: Finding): string {
  return `${kind} ${sender ?? '-'}>${[...hosts].sort().join(',')}`;
}
