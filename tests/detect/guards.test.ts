/** Every row of the guards stops its own examples, and says so by its name. */
import { expect, test } from 'vitest';
import { statusRows, vetoRows } from '../../src/detect/guard-rows.ts';
import { alertsOf, shippedDetector } from '../support/detector.ts';

const detector = shippedDetector();
const examples = [...statusRows, ...vetoRows].flatMap((row) => row.examples.map((title) => [row.name, title] as const));

test.each(examples)('%s: %s', (name, title) => {
  expect(alertsOf(detector, title)).toEqual([]);
  expect(detector.explain({ title, feedKind: 'news' }).candidates.map(({ row }) => row)).toContain(name);
});

test('names tell rows apart', () => {
  const names = [...statusRows, ...vetoRows].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
