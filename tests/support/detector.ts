/** The detector as it is shipped, and one line to ask it. */

import { detectorParts, opinionOf } from '../../src/cli/detector.ts';
import { createDetector, type DetectInput, type Detector } from '../../src/detect/detector.ts';
import { type Finding, isAlertable } from '../../src/model/finding.ts';
import { shippedConfig, whole } from './project.ts';

/** @param languages all that are shipped, unless named */
export function shippedDetector(languages?: readonly string[]): Detector {
  const config = shippedConfig();
  const { parts } = whole(detectorParts({ ...config, lexicons: config.lexicons.filter(({ file }) => isOneOf(file, languages)) }));
  return createDetector({ ...parts, ...whole(opinionOf(config)) });
}

/** The file of a language bears its name. */
function isOneOf(file: string, languages: readonly string[] | undefined): boolean {
  return languages?.some((language) => file.endsWith(`/${language}.yaml`)) ?? true;
}

/** What would be alerted of a headline. */
export function alertsOf(detector: Detector, title: string, more: Partial<DetectInput> = {}): readonly Finding[] {
  return detector.read({ title, feedKind: 'news', ...more }).findings.filter(isAlertable);
}

/** "embassy-closure GB>AF" */
export function brief({ kind, sender, hosts }: Finding): string {
  return `${kind} ${sender ?? '-'}>${[...hosts].sort().join(',')}`;
}
