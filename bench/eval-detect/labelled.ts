/** The labelled items, and what the shipped detector says of each: one pairing, scored elsewhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readConfig } from '../../src/config.ts';
import { readWeights } from '../../src/detect/confidence.ts';
import { createDetector, type Detector } from '../../src/detect/detector.ts';
import { readLevels } from '../../src/detect/levels.ts';
import { readLexicon } from '../../src/detect/lexicon.ts';
import { type Finding, isAlertable } from '../../src/model.ts';

export interface Labels {
  readonly relevant: boolean;
  readonly tags: readonly string[];
  readonly sender: string | null;
  readonly host: readonly string[];
  readonly advisory_level: number | null;
  readonly status: string | null;
  readonly ambiguous: boolean;
}

export interface Item {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly event: string | null;
  readonly labels: Labels;
}

export interface Read {
  readonly item: Item;
  readonly findings: readonly Finding[];
  /** The alertable ones of them. */
  readonly alerts: readonly Finding[];
}

/** @param root the project's folder */
export function shippedDetector(root: string): Detector {
  const read = readConfig({ folders: [join(root, 'config')], envFile: join(root, 'no.env') });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { config } = read;
  const lexicons = config.lexicons.map(({ value, file }) => whole(readLexicon(value, file)).lexicon);
  const { levels } = whole(readLevels(config.levels.value, config.levels.file));
  const { weights } = whole(readWeights(config.weights.value, config.weights.file));
  return createDetector({ lexicons, places: config.places, levels, weights });
}

function whole<T extends object>(read: T | { readonly problem: string }): T {
  if ('problem' in read) throw new Error(String(read.problem));
  return read as T;
}

export function readLabelled(folder: string, name: string, detector: Detector): readonly Read[] {
  return readFileSync(join(folder, 'headlines', `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const item = JSON.parse(line) as Item;
      const { findings } = detector.read({ title: item.title, summary: item.summary, feedKind: 'news' });
      return { item, findings, alerts: findings.filter(isAlertable) };
    });
}

/** Unlabelled headlines, each once. */
export function background(folder: string): readonly string[] {
  const lines = gunzipSync(readFileSync(join(folder, 'headlines', 'background.tsv.gz')))
    .toString('utf8')
    .split('\n');
  return lines.filter((line) => line.includes('\t')).map((line) => line.slice(line.indexOf('\t') + 1));
}
