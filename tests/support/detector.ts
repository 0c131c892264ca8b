/** The detector as it is shipped, and one line to ask it. */

import { detectorParts, opinionOf } from '../../src/cli/detector.ts';
import { createDetector, type DetectInput, type Detector } from '../../src/detect/detector.ts';
import { reportsIn } from '../../src/group/reports.ts';
import { type Finding, isAlertable } from '../../src/model/finding.ts';
import { once, shippedConfig, whole } from './project.ts';

/** What the frames are made of, all languages. */
export const shippedParts = once(() => whole(detectorParts(shippedConfig())).parts);

const everyLanguage = once(() => createDetector({ ...shippedParts(), ...whole(opinionOf(shippedConfig())) }));

/** @param languages all that are shipped, unless named */
export function shippedDetector(languages?: readonly string[]): Detector {
  if (!languages) return everyLanguage();
  const lexicons = shippedParts().lexicons.filter(({ language }) => languages.includes(language));
  return createDetector({ ...shippedParts(), lexicons, ...whole(opinionOf(shippedConfig())) });
}

/** What would be alerted of a headline. */
export function alertsOf(detector: Detector, title: string, more: Partial<DetectInput> = {}): readonly Finding[] {
  return detector.read({ title, feedKind: 'news', ...more }).findings.filter(isAlertable);
}

/** "embassy-closure GB>AF" */
export function brief({ kind, sender, hosts }: Finding): string {
  return `${kind} ${sender ?? '-'}>${[...hosts].sort().join(',')}`;
}

/** What people hear of a headline, act by act: "embassy-closure GB>AF happening". */
export function actsOf(detector: Detector, title: string): readonly string[] {
  const acts = reportsIn(alertsOf(detector, title)).flatMap((report) => report.acts);
  return acts.flatMap(({ finding, status }) => (finding ? `${brief(finding)} ${status}` : []));
}
