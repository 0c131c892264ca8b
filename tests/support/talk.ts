/** A channel to talk to: the real talk over a store in memory, with a few sources, events and a clock that stands still. */

import { createSchedule } from '../../adapters/schedule/schedule.ts';
import { healthOf } from '../../src/collect/health.ts';
import { type Answer, type ChatMessage, type Line, plainText } from '../../src/message.ts';
import type { PlatformName } from '../../src/model/channel.ts';
import type { NewsEvent } from '../../src/model/event.ts';
import type { Feed, Story } from '../../src/model/feed.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { LedgerEntry } from '../../src/model/ledger.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Store } from '../../src/ports/store.ts';
import { createTalk } from '../../src/talk/talk.ts';
import { memoryStore } from './memory-store.ts';
import { aFeed, shippedPlaces } from './project.ts';

export const places = shippedPlaces({ Sahel: ['BF', 'ML', 'NE', 'TD'], 'West Africa': ['GH', 'NG', 'SN'] });

export const hour = 3_600_000;
export const day = 24 * hour;
/** Tuesday */
export const start = Date.UTC(2026, 2, 3, 12, 0);
export const lane = 'slack:T1:C1';

const feed = (id: string, more: Partial<Feed> = {}): Feed =>
  aFeed({ id, url: `https://feeds.example/${id}`, source: 'The Harbour Courier', everyMinutes: 10, ...more });

export const feeds: readonly Feed[] = [
  feed('courier'),
  feed('us-advice', { kind: 'register', tier: 'official', source: 'US State Department', sender: 'US' }),
  feed('uk-advice', { kind: 'register', tier: 'official', source: 'FCDO', sender: 'GB' }),
  feed('us-kyiv', { kind: 'mission', tier: 'official', source: 'US Embassy Kyiv', sender: 'US', host: 'UA' }),
  feed('idle', { on: false }),
];

export const finding = (more: Partial<Finding> = {}): Finding => ({
  kind: 'embassy-relocation',
  status: 'happening',
  sender: 'US',
  hosts: ['UA'],
  from: { name: 'Kyiv', country: 'UA' },
  to: { name: 'Lviv', country: 'UA' },
  scope: 'country',
  severity: 4,
  confidence: 0.97,
  evidence: [{ field: 'title', start: 0, end: 2, role: 'actor', rule: 'relocation' }],
  ...more,
});

export const event = (id: string, more: Partial<NewsEvent> = {}): NewsEvent => ({
  id,
  revision: 1,
  finding: finding(),
  sources: [
    {
      itemId: `item-${id}`,
      feedId: 'courier',
      source: 'The Harbour Courier',
      tier: 'media',
      title: `US moves embassy to Lviv (${id})`,
      url: `https://courier.example/${id}`,
      seenAt: start - day,
    },
  ],
  firstSeenAt: start - day,
  lastSeenAt: start - day,
  state: 'open',
  ...more,
});

/** Puts events and ledger entries where the flow would have put them. */
export async function keep(store: Store, events: readonly NewsEvent[], ledger: readonly LedgerEntry[] = []): Promise<void> {
  for (const [index, one] of [...events, undefined].entries()) {
    const id = one?.sources[0]?.itemId ?? `ledger-${index}`;
    const item = { id, feedId: 'courier', url: '', title: one?.sources[0]?.title ?? '', summary: '', fetchedAt: start };
    const story: Story = { item, source: 'The Harbour Courier', tier: 'media', feedKind: 'news', baseline: false };
    await store.decide(story, ['UA'], () => ({
      changes: one ? [{ kind: 'new', event: one, because: ['first-report'] }] : [],
      ledger: one ? [] : ledger,
      alerts: [],
    }));
  }
}

export interface Said {
  readonly platform?: PlatformName;
  readonly mayChange?: boolean;
  readonly zone?: string;
  readonly lane?: string;
}

export function channel(more: Partial<Parameters<typeof createTalk>[1]> = {}) {
  const store = memoryStore();
  let now = start;
  const clock: Clock = { now: () => now, sleep: async () => {} };
  const schedule = createSchedule();
  const talk = createTalk({ store, schedule, places, clock }, { feeds, version: '9.9.9', healthOf, ...more });
  const call = ({ platform = 'slack', mayChange = true, zone, lane: where = lane }: Said) =>
    ({ platform, lane: where, user: 'U1', mayChange, ...(zone && { zone }) }) as const;
  return {
    store,
    clock,
    schedule,
    talk,
    say: (line: string, how: Said = {}): Promise<Answer> => talk.onCommand({ ...call(how), input: { line } }),
    pick: (command: string, options: Readonly<Record<string, string>>, how: Said = {}): Promise<Answer> =>
      talk.onCommand({ ...call(how), input: { command, options } }),
    wait: (ms: number) => {
      now += ms;
    },
  };
}

/** All that a reader of a message sees, as plain lines. */
export function textOf(message: ChatMessage): string {
  const lines: readonly Line[] = [
    ...message.lines,
    ...message.sections.flatMap((section) => [[section.title], ...section.lines]),
    ...message.footer,
  ];
  return [message.headline, ...lines.map(plainText), ...message.buttons.map((button) => `[${button.label}]`)].join('\n');
}
