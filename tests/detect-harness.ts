/** The detector as it is shipped, and one line to ask it. */
import { join } from 'node:path';
import { detectorParts, opinionOf } from '../src/cli/detector.ts';
import { readConfig } from '../src/config.ts';
import { createDetector, type DetectInput, type Detector } from '../src/detect/detector.ts';
import { type Finding, isAlertable } from '../src/model/finding.ts';

const root = join(import.meta.dirname, '..');

/** @param languages all that are shipped, unless named */
export function shippedDetector(languages?: readonly string[]): Detector {
  const { config } = whole(readConfig({ folders: [join(root, 'config')], envFile: join(root, 'no.env') }));
  const { parts } = whole(detectorParts({ ...config, lexicons: config.lexicons.filter(({ file }) => isOneOf(file, languages)) }));
  return createDetector({ ...parts, ...whole(opinionOf(config)) });
}

/** The file of a language bears its name. */
function isOneOf(file: string, languages: readonly string[] | undefined): boolean {
  return languages?.some((language) => file.endsWith(`/${language}.yaml`)) ?? true;
}

/** What was read, where nothing was wrong with it. */
export function whole<T extends object>(read: T | { readonly problems: readonly string[] }): T {
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read;
}

/** What would be alerted of a headline. */
export function alertsOf(detector: Detector, title: string, more: Partial<DetectInput> = {}): readonly Finding[] {
  return detector.read({ title, feedKind: 'news', ...more }).findings.filter(isAlertable);
}

/** "embassy-closure GB>AF" */
export function brief({ kind, sender, hosts }: Finding): string {
  return `${kind} ${sender ?? '-'}>${[...hosts].sort().join(',')}`;
}
