/** Who leaves a city for somewhere leaves the country of that city. Headlines are written. */
import { expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';

test.each([
  ['US orders embassy staff to leave Kyiv for Poland', 'staff-departure-ordered US>UA'],
  ['US orders embassy staff to leave Kyiv for Lviv', 'staff-departure-ordered US>UA'],
])('%s', (title, expected) => {
  expect(alertsOf(shippedDetector(), title).map(brief)).toEqual([expected]);
});
