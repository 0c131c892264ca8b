/** The labelled items, and what the shipped detector says of each: one pairing, scored elsewhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { detectorOf } from '../../src/cli/detector.ts';
import { readConfig } from '../../src/config.ts';
import type { Detector } from '../../src/detect/detector.ts';
import { type Finding, isAlertable } from '../../src/model/finding.ts';

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
  /** English where nothing is said. */
  readonly lang?: string;
  /** When it was published, where that is known. */
  readonly date?: string | null;
  readonly feed?: string;
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
  const built = 'problems' in read ? read : detectorOf(read.config);
  if ('problems' in built) throw new Error(built.problems.join('\n'));
  return built.detector;
}

export function readLabelled(file: string, detector: Detector): readonly Read[] {
  return readFileSync(file, 'utf8')
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
