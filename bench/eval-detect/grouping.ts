/** How well reports of one event come together: the labelled items in the order of their dates, through detector and grouping as in the bot. */

import { group } from '../../src/group/group.ts';
import { rankOf } from '../../src/group/keys.ts';
import { ledgerEntries } from '../../src/group/ledger.ts';
import { raise } from '../../src/group/raise.ts';
import type { Kind } from '../../src/kinds.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { NewsEvent } from '../../src/model/event.ts';
import type { Story } from '../../src/model/feed.ts';
import type { PostureEntry } from '../../src/model/ledger.ts';
import type { Read } from './labelled.ts';

export interface Grouped {
  readonly items: number;
  readonly events: number;
  /** Pairs of items: joined and of one event, joined, of one event. */
  readonly pairs: { readonly right: number; readonly joined: number; readonly wanted: number };
  readonly bCubed: { readonly precision: number; readonly recall: number };
  /** First alerts, of the labelled events that had any. */
  readonly alerts: { readonly first: number; readonly events: number };
  /** A further step that the detector read in an item of an event and that was told nobody. */
  readonly escalations: { readonly all: number; readonly missed: number };
}

interface Placed {
  readonly read: Read;
  /** The events that the item came to. */
  readonly ids: ReadonlySet<string>;
  readonly alerts: readonly Omit<Alert, 'headline'>[];
}

/** Positives with a date and an event in which the detector finds anything: what it does not find has no place to be. */
export function grouped(reads: readonly Read[]): Grouped {
  const dated = reads.filter(({ item, findings }) => item.event !== null && item.date && findings.length > 0 && !item.labels.ambiguous);
  const placed = placedInOrder(dated.toSorted((a, b) => Date.parse(a.item.date ?? '') - Date.parse(b.item.date ?? '')));
  const events = Map.groupBy(placed, ({ read }) => read.item.event ?? '');
  const told = [...events.values()].filter((items) => items.some(({ alerts }) => alerts.length > 0));
  const firsts = told.map(
    (items) => new Set(items.flatMap(({ alerts }) => alerts.filter(({ kind }) => kind === 'new').map(({ event }) => event.id))),
  );
  return {
    items: placed.length,
    events: events.size,
    pairs: pairsOf(placed),
    bCubed: bCubedOf(placed),
    alerts: { first: firsts.reduce((sum, ids) => sum + ids.size, 0), events: told.length },
    escalations: escalationsOf([...events.values()]),
  };
}

function placedInOrder(reads: readonly Read[]): readonly Placed[] {
  const events = new Map<string, NewsEvent>();
  const postures = new Map<string, PostureEntry>();
  return reads.map((read) => {
    const { item, findings } = read;
    const now = Date.parse(item.date ?? '');
    const story: Story = {
      item: { id: item.id, feedId: item.feed ?? '', url: '', title: item.title, summary: item.summary, publishedAt: now, fetchedAt: now },
      source: item.feed ?? item.id,
      tier: 'media',
      feedKind: 'news',
      baseline: false,
    };
    const open = { events: [...events.values()].filter(({ state }) => state !== 'closed'), postures: [...postures.values()] };
    const changes = group(findings, story, open, { now });
    for (const { event } of changes) events.set(event.id, event);
    for (const entry of changes.flatMap((change) => ledgerEntries(change, story, now, open.postures)))
      if (entry.kind === 'posture') postures.set(`${entry.sender} ${entry.host}`, entry);
    const alerts = changes.flatMap((change) => raise(change, story, { now }) ?? []).filter(({ silent }) => !silent);
    // What lifts an event ends its living message and is told in one of its own: the labels part the two as well.
    return { read, ids: new Set(changes.map(({ event }) => (event.state === 'lifted' ? `${event.id} lifted` : event.id))), alerts };
  });
}

const joined = (a: Placed, b: Placed) => [...a.ids].some((id) => b.ids.has(id));
const sameEvent = (a: Placed, b: Placed) => a.read.item.event === b.read.item.event;

function pairsOf(placed: readonly Placed[]): Grouped['pairs'] {
  const pairs = placed.flatMap((a, index) => placed.slice(index + 1).map((b) => ({ together: joined(a, b), wanted: sameEvent(a, b) })));
  const count = (test: (pair: (typeof pairs)[number]) => boolean) => pairs.filter(test).length;
  return {
    right: count(({ together, wanted }) => together && wanted),
    joined: count(({ together }) => together),
    wanted: count(({ wanted }) => wanted),
  };
}

/** For each item how much of its company belongs there, and how much of what belongs is there: the mean of each. */
function bCubedOf(placed: readonly Placed[]): Grouped['bCubed'] {
  const shares = placed.map((one) => {
    const company = placed.filter((other) => other === one || joined(one, other));
    const wanted = placed.filter((other) => sameEvent(one, other));
    const right = company.filter((other) => sameEvent(one, other)).length;
    return { precision: right / company.length, recall: right / wanted.length };
  });
  const mean = (of: 'precision' | 'recall') => shares.reduce((sum, share) => sum + share[of], 0) / Math.max(1, shares.length);
  return { precision: mean('precision'), recall: mean('recall') };
}

function escalationsOf(events: readonly (readonly Placed[])[]): Grouped['escalations'] {
  let all = 0;
  let missed = 0;
  for (const items of events) {
    let highest = 0;
    for (const { read, alerts } of items) {
      const steps = read.alerts.map(({ kind }) => kind).filter((kind: Kind) => read.item.labels.tags.includes(kind));
      const rank = Math.max(0, ...steps.map(rankOf));
      if (highest > 0 && rank > highest) {
        all += 1;
        if (alerts.length === 0) missed += 1;
      }
      highest = Math.max(highest, rank);
    }
  }
  return { all, missed };
}
