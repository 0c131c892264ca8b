/** A sample alert: an invented report, phrased like a real one and marked as a sample. */
import { speechIn } from '../i18n/speech.ts';
import type { ChatMessage } from '../message.ts';
import type { Alert } from '../model/alert.ts';
import type { Instant } from '../model/basics.ts';
import type { NewsEvent } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import { alertMessage } from './alert.ts';
import { headlineOf, type PhraseContext } from './headline.ts';

const finding: Finding = {
  kind: 'embassy-relocation',
  status: 'happening',
  sender: 'US',
  hosts: ['UA'],
  post: 'embassy',
  from: { name: 'Kyiv', country: 'UA' },
  to: { name: 'Lviv', country: 'UA' },
  scope: 'country',
  temporary: true,
  severity: 4,
  confidence: 1,
  evidence: [],
};

export function sampleMessage(now: Instant, context: PhraseContext): ChatMessage {
  const { sample: words } = speechIn(context.language).answers;
  const event: NewsEvent = {
    id: 'sample',
    revision: 1,
    finding,
    sources: [
      {
        itemId: 'sample',
        feedId: 'sample',
        source: words.outlet,
        tier: 'media',
        title: words.title,
        summary: words.summary,
        url: '',
        publishedAt: now,
        seenAt: now,
      },
    ],
    firstSeenAt: now,
    lastSeenAt: now,
    state: 'open',
  };
  const alert: Omit<Alert, 'headline'> = {
    id: 'sample@1',
    kind: 'new',
    event,
    because: ['first-report'],
    escalates: true,
    severity: 4,
    at: now,
  };
  const message = alertMessage({ ...alert, headline: headlineOf(alert, context) }, context);
  return { ...message, buttons: [], marked: words.mark };
}
