/** Why a source failed, as channels of each language read it. */
import { expect, test } from 'vitest';
import { statusFailure, thrownFailure, tooLarge } from '../../src/collect/fetch-errors.ts';
import { failureIn } from '../../src/i18n/failures.ts';
import { outageMessage } from '../../src/phrase/outage.ts';

const thrown = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ENETUNREACH', 'EHOSTUNREACH', 'CERT_HAS_EXPIRED', 'ETIMEDOUT'];
const reasons = [
  ...[302, 400, 401, 403, 404, 410, 429, 500, 503].map((status) => statusFailure(status, undefined).reason),
  ...[...thrown, 'UND_ERR_CONNECT_TIMEOUT', 'SELF_SIGNED_CERT_IN_CHAIN'].map(
    (code) => thrownFailure(Object.assign(new Error('x'), { code })).reason,
  ),
  tooLarge(5_000_000).reason,
];

test.each(['de', 'fr', 'es', 'uk'])('each failure that fetching knows is said in %s', (language) => {
  expect(reasons.filter((reason) => failureIn(language, reason) === reason)).toEqual([]);
  expect(reasons.map((reason) => failureIn('en', reason))).toEqual(reasons);
});

test('a notice names the failure in the channel’s language', () => {
  const message = outageMessage(
    {
      lost: { half: true, advice: false, countries: [] },
      back: { half: false, advice: false, countries: [] },
      sources: [{ source: 'BBC', state: 'blind', since: 1, reason: statusFailure(404, undefined).reason }],
    },
    { name: (code) => code, language: 'de' },
  );
  expect(JSON.stringify(message.lines)).toContain('keine solche Seite (404)');
});
