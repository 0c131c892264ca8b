/** Written headlines of eleven languages: all that people hear of each, and nothing besides. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Finding } from '../../src/model/finding.ts';
import { actsOf, alertsOf, shippedDetector } from '../support/detector.ts';
import { root } from '../support/project.ts';

interface Row {
  readonly title: string;
  /** Kind, sending State > receiving States, status; none where nothing is alerted. */
  readonly alerts: readonly string[];
  /** What else the first finding says. */
  readonly slots?: Partial<Finding>;
}

const detector = shippedDetector();
const folder = join(root, 'tests', 'corpus');

describe.each(readdirSync(folder))('%s', (file) => {
  const rows = parse(readFileSync(join(folder, file), 'utf8')) as readonly Row[];
  test.each(rows)('$title', ({ title, alerts, slots }) => {
    expect(actsOf(detector, title)).toEqual(alerts);
    if (slots) expect(alertsOf(detector, title)[0]).toMatchObject(slots);
  });
});
