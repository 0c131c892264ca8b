/** What tests put into a store. */
import { alertMessageId, updateNoteId } from '../../src/match/message-ids.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { Channel, Subscription } from '../../src/model/channel.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { NewsEvent } from '../../src/model/event.ts';
import type { Story } from '../../src/model/feed.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Decision } from '../../src/ports/event-store.ts';
import { anAlert } from './messages.ts';

const finding = (hosts: readonly string[] = ['UA']): Finding => ({
  kind: 'embassy-closure',
  status: 'happening',
  sender: 'US',
  hosts,
  scope: 'country',
  severity: 4,
  confidence: 0.9,
  evidence: [],
});

export function aStory(id: string, at = 1000): Story {
  return {
    item: { id, feedId: 'f', url: '', title: `Title ${id}`, summary: '', fetchedAt: at },
    source: 'Courier',
    tier: 'media',
    feedKind: 'news',
    baseline: false,
  };
}

export function anEvent(id: string, hosts: readonly string[] = ['UA'], at = 1000): NewsEvent {
  const source = { itemId: id, feedId: 'f', source: 'Courier', tier: 'media', title: `Airspace over ${id}`, url: '', seenAt: at } as const;
  return {
    id,
    revision: 1,
    finding: finding(hosts),
    acts: [{ kind: 'embassy-closure', status: 'happening' }],
    sources: [source],
    firstSeenAt: at,
    lastSeenAt: at,
    state: 'open',
  };
}

export function decisionFor(event: NewsEvent, more: Partial<Decision> = {}): Decision {
  const alert: Alert = {
    id: `${event.id}@${event.revision}`,
    kind: 'new',
    event,
    because: ['first-report'],
    escalates: false,
    severity: 4,
    headline: 'h',
    at: event.lastSeenAt,
  };
  return {
    changes: [{ kind: 'new', event, because: ['first-report'] }],
    ledger: [],
    alerts: [{ alert, messages: { [alertMessageId(alert.id, 'en')]: anAlert('h'), [updateNoteId(alert.id, 'en')]: anAlert('note') } }],
    ...more,
  };
}

export const aChannel = (lane: string, more: Partial<Channel> = {}): Channel => ({
  lane,
  zone: 'UTC',
  language: 'en',
  createdAt: 0,
  ...more,
});
export const aSubscription = (lane: string, id = '1'): Subscription => ({
  id,
  lane,
  filter: { topics: ['embassy-moves'], min: 1 },
  createdBy: 'u',
  createdAt: 0,
});

export function aDelivery(lane: string, key: string, more: Partial<Delivery> = {}): Delivery {
  return { key, lane, subject: 'e1', revision: 1, act: 'post', messageId: 'm', notBefore: 0, because: ['1'], living: true, ...more };
}

export const lane = 'terminal:w:a';
export const ask = (now: number, owner = 'one', limit = 10) => ({
  owner,
  now,
  leaseMs: 1000,
  limit,
  platforms: ['terminal', 'slack'] as const,
});
