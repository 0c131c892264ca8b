/** The store without a file: for replays, the demo and tests. It keeps the same promises but that of outliving the process. */
import type { ChatMessage } from '../../src/message.ts';
import type {
  AdviceEntry,
  Alert,
  Channel,
  Delivery,
  DeliveryState,
  DropReason,
  Feedback,
  NewsEvent,
  Posting,
  PostureEntry,
  Subscription,
} from '../../src/model.ts';
import type { FeedCursor, Installation, Store } from '../../src/ports.ts';
import { type MemoryLane, memoryOutbox } from './memory-outbox.ts';
import { hostsOf, wordsOf } from './rows.ts';

export interface Sent {
  delivery: Delivery;
  state: DeliveryState;
  attempts: number;
  unknownSince?: number | undefined;
  changedAt: number;
  reason?: string | undefined;
}

/** Everything that is kept, in the order in which it came. */
export interface Memory {
  readonly cursors: Map<string, FeedCursor>;
  readonly items: Map<string, { readonly title: string; readonly dropped?: DropReason; readonly events: readonly string[] }>;
  readonly events: Map<string, NewsEvent>;
  readonly postures: Map<string, PostureEntry>;
  readonly advice: Map<string, AdviceEntry>;
  readonly alerts: { readonly alert: Alert; expandedTo: string; expanded: boolean }[];
  readonly messages: Map<string, ChatMessage>;
  readonly channels: Map<string, Channel>;
  readonly subscriptions: Map<string, Subscription>;
  readonly deliveries: Map<string, Sent>;
  readonly postings: Map<string, Posting>;
  readonly installations: Map<string, Installation>;
  readonly feedback: Map<string, Feedback>;
  readonly lanes: Map<string, MemoryLane>;
}

const month = 30 * 24 * 3_600_000;
const key = (...parts: readonly string[]) => parts.join('\n');
const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

export function createMemoryStore(): Store {
  const memory: Memory = {
    cursors: new Map(),
    items: new Map(),
    events: new Map(),
    postures: new Map(),
    advice: new Map(),
    alerts: [],
    messages: new Map(),
    channels: new Map(),
    subscriptions: new Map(),
    deliveries: new Map(),
    postings: new Map(),
    installations: new Map(),
    feedback: new Map(),
    lanes: new Map(),
  };
  return { ...memoryCollect(memory), ...memoryTalk(memory), ...memoryOutbox(memory), ...memoryStanding(memory), close: async () => {} };
}

function memoryCollect(memory: Memory): Pick<Store, 'cursors' | 'cursor' | 'moveCursor' | 'unseen' | 'record' | 'decide'> {
  const { cursors, items, events, postures, advice, alerts, messages } = memory;
  return {
    cursors: async () => [...cursors.values()].sort((a, b) => (a.feedId < b.feedId ? -1 : 1)),
    cursor: async (feedId) => cursors.get(feedId),
    moveCursor: async (cursor) => {
      cursors.set(cursor.feedId, cursor);
    },
    unseen: async (feedId, ids) => ids.filter((id) => !items.has(key(feedId, id))),
    record: async (seen) => {
      for (const { story, dropped } of seen) {
        const id = key(story.item.feedId, story.item.id);
        if (!items.has(id)) items.set(id, { title: story.item.title, dropped, events: [] });
      }
    },
    decide: async (story, hosts, work) => {
      const { id, feedId, title, fetchedAt } = story.item;
      if (items.has(key(feedId, id))) return undefined;
      const near = (event: NewsEvent) =>
        hosts.length === 0 ? event.lastSeenAt >= fetchedAt - month : hostsOf(event).some((host) => host === '' || hosts.includes(host));
      const open = [...events.values()]
        .filter((event) => event.state !== 'closed' && near(event))
        .sort((a, b) => a.lastSeenAt - b.lastSeenAt || byId(a, b));
      const decision = work({ events: open, postures: [...postures.values()].filter((entry) => hosts.includes(entry.host)) });
      const changed = decision.changes.map((change) => change.event.id);
      items.set(key(feedId, id), { title, events: [...new Set(changed)], ...(decision.dropped && { dropped: decision.dropped }) });
      for (const id of decision.over ?? []) {
        const ended = events.get(id);
        if (ended && !changed.includes(id)) events.set(id, { ...ended, state: 'closed' });
      }
      for (const { event } of decision.changes) events.set(event.id, event);
      for (const entry of decision.ledger) {
        if (entry.kind === 'posture') {
          const at = key(entry.host, entry.sender);
          if ((postures.get(at)?.readAt ?? 0) <= entry.readAt) postures.set(at, entry);
        } else {
          const at = key(entry.country, entry.issuer, entry.area ?? '');
          const known = advice.get(at);
          if (!known || (known.readAt <= entry.readAt && (entry.tier === 'official' || known.tier !== 'official'))) advice.set(at, entry);
        }
      }
      for (const raised of decision.alerts) {
        alerts.push({ alert: raised.alert, expandedTo: '', expanded: false });
        for (const [id, message] of Object.entries(raised.messages)) messages.set(id, message);
      }
      return decision;
    },
  };
}

function memoryStanding({ deliveries }: Memory): Pick<Store, 'undelivered' | 'standing'> {
  return {
    undelivered: async () => {
      const ended = [...deliveries.values()].filter(
        ({ state, delivery: { act } }) => state === 'sent' || (state === 'dead' && act === 'post'),
      );
      const last = new Map(ended.sort((a, b) => a.changedAt - b.changedAt).map((sent) => [sent.delivery.lane, sent]));
      return [...last]
        .filter(([, { state }]) => state === 'dead')
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([lane, { reason = '', changedAt: at }]) => ({ lane, reason, at }));
    },
    standing: async () => ({ schema: 'in memory', bytes: 0 }),
  };
}

type Elsewhere = ReturnType<typeof memoryCollect> & ReturnType<typeof memoryOutbox> & ReturnType<typeof memoryStanding>;

function memoryTalk(memory: Memory): Omit<Store, keyof Elsewhere | 'close'> {
  const { channels, subscriptions, events, alerts, postures, advice, items, deliveries, postings, feedback, lanes, installations } = memory;
  const ofLane = (lane: string) => [...subscriptions.values()].filter((one) => one.lane === lane).sort(byId);
  return {
    channel: async (lane) => channels.get(lane),
    saveChannel: async (channel) => {
      channels.set(channel.lane, channel);
    },
    subscriptions: async (lane) => ofLane(lane),
    saveSubscription: async (subscription) => {
      subscriptions.set(key(subscription.lane, subscription.id), subscription);
    },
    removeSubscriptions: async (lane, id) =>
      ofLane(lane).filter((one) => (id === undefined || one.id === id) && subscriptions.delete(key(lane, one.id))).length,
    installations: async () => [...installations.values()].sort((a, b) => (a.workspace < b.workspace ? -1 : 1)),
    installation: async (workspace) => installations.get(workspace),
    saveInstallation: async (installation) => {
      installations.set(installation.workspace, installation);
    },
    forget: async (gone) => {
      if ('workspace' in gone) installations.delete(gone.workspace);
      const isGone = (lane: string) => ('lane' in gone ? lane === gone.lane : lane.startsWith(`${gone.workspace}:`));
      for (const map of [channels, lanes]) for (const lane of [...map.keys()]) if (isGone(lane)) map.delete(lane);
      for (const [at, one] of [...subscriptions]) if (isGone(one.lane)) subscriptions.delete(at);
      for (const [at, one] of [...postings]) if (isGone(one.lane)) postings.delete(at);
      for (const [at, one] of [...feedback]) if (isGone(one.lane)) feedback.delete(at);
      for (const [at, one] of [...deliveries]) if (isGone(one.delivery.lane)) deliveries.delete(at);
    },
    event: async (id) => events.get(id),
    events: async ({ countries, words = [], since, until, minSeverity, limit }) =>
      [...events.values()]
        .filter((event) => !countries || hostsOf(event).some((host) => countries.includes(host)))
        .filter((event) => (since === undefined || event.lastSeenAt >= since) && (until === undefined || event.lastSeenAt < until))
        .filter((event) => event.finding.severity >= (minSeverity ?? 0))
        .filter((event) => words.every((word) => wordsOf(event).includes(word.toLowerCase())))
        .sort((a, b) => b.lastSeenAt - a.lastSeenAt || byId(a, b))
        .slice(0, limit),
    alert: async (id) => alerts.find(({ alert }) => alert.id === id)?.alert,
    postures: async (host, sender) =>
      [...postures.values()]
        .filter((entry) => entry.host === host && (sender === undefined || entry.sender === sender))
        .sort((a, b) => (a.sender < b.sender ? -1 : 1)),
    advice: async (country) =>
      [...advice.values()].filter((entry) => entry.country === country).sort((a, b) => (a.issuer < b.issuer ? -1 : 1)),
    story: async (itemId) => [...items].find(([at]) => at.endsWith(`\n${itemId}`))?.[1],
    saveFeedback: async (one) => {
      feedback.set(key(one.lane, one.alertId, one.by), one);
    },
    feedback: async () => [...feedback.values()].sort((a, b) => a.at - b.at || (key(a.lane, a.alertId) < key(b.lane, b.alertId) ? -1 : 1)),
    channels: async (after = '', limit) =>
      [...channels.values()]
        .filter(({ lane }) => lane > after)
        .sort((a, b) => (a.lane < b.lane ? -1 : 1))
        .slice(0, limit),
    digestsDue: async (now, limit) =>
      [...channels.values()]
        .filter((channel) => channel.digest && channel.digest.nextRunAt <= now)
        .sort((a, b) => (a.digest?.nextRunAt ?? 0) - (b.digest?.nextRunAt ?? 0))
        .slice(0, limit),
  };
}
