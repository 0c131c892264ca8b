/** Precision, recall and slots over labelled items, with intervals by bootstrap over events. */
import { type Kind, kinds } from '../../src/kinds.ts';
import type { Read } from './labelled.ts';

/** Kinds that are measured in rows of their own: off by default, or told in too many ways. */
export const outside: ReadonlySet<string> = new Set<Kind>([
  'border-airspace',
  'mission-attack',
  'ambassador-recall',
  'ambassador-summoned',
]);

export interface Tally {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

export interface Rate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

type Verdict = 'tp' | 'fp' | 'fn' | 'tn';

const isCore = (kind: string) => !outside.has(kind);

/** A core item is found by any alert of its kinds or by a core alert; a core alert of an irrelevant item is false. */
export function verdictOf({ item, alerts }: Read): Verdict {
  const wanted = item.labels.relevant && item.labels.tags.some(isCore);
  const found = alerts.some(({ kind }) => isCore(kind) || item.labels.tags.includes(kind));
  if (wanted) return found ? 'tp' : 'fn';
  return !item.labels.relevant && alerts.some(({ kind }) => isCore(kind)) ? 'fp' : 'tn';
}

export function tally(reads: readonly Read[]): Tally {
  const count = (verdict: Verdict) => reads.filter((read) => verdictOf(read) === verdict).length;
  return { tp: count('tp'), fp: count('fp'), fn: count('fn') };
}

export const precision = ({ tp, fp }: Tally) => tp / Math.max(1, tp + fp);
export const recall = ({ tp, fn }: Tally) => tp / Math.max(1, tp + fn);

/** 95% interval: events are drawn again with all their items, items without an event one by one. */
export function interval(reads: readonly Read[], rate: (of: Tally) => number, draws = 1000): Rate {
  const groups = [...Map.groupBy(reads, ({ item }) => item.event ?? item.id).values()].map(tally);
  const random = seeded(20260101);
  const drawn = Array.from({ length: draws }, () => {
    const sum = { tp: 0, fp: 0, fn: 0 };
    for (let index = 0; index < groups.length; index += 1) {
      const group = groups[Math.floor(random() * groups.length)];
      sum.tp += group?.tp ?? 0;
      sum.fp += group?.fp ?? 0;
      sum.fn += group?.fn ?? 0;
    }
    return rate(sum);
  }).sort((a, b) => a - b);
  return { value: rate(tally(reads)), low: drawn[Math.floor(draws * 0.025)] ?? 0, high: drawn[Math.floor(draws * 0.975)] ?? 0 };
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Events of which at least one item alerted. */
export function eventsFound(reads: readonly Read[]): { readonly found: number; readonly all: number } {
  const events = Map.groupBy(
    reads.filter(({ item }) => item.event !== null && item.labels.tags.some(isCore)),
    ({ item }) => item.event,
  );
  const found = [...events.values()].filter((items) => items.some((read) => verdictOf(read) === 'tp')).length;
  return { found, all: events.size };
}

export interface Slot {
  readonly name: string;
  readonly right: number;
  readonly of: number;
}

/** Slots of what was found, where the label names them. */
export function slots(reads: readonly Read[]): readonly Slot[] {
  const found = reads.filter(({ item, alerts }) => item.labels.relevant && alerts.length > 0);
  const slot = (name: string, asks: (read: Read) => boolean, right: (read: Read) => boolean): Slot => {
    const asked = found.filter(asks);
    return { name, right: asked.filter(right).length, of: asked.length };
  };
  const main = ({ item, alerts }: Read) => alerts.find(({ kind }) => item.labels.tags.includes(kind)) ?? alerts[0];
  return [
    slot(
      'kind',
      () => true,
      ({ item, alerts }) => alerts.some(({ kind }) => item.labels.tags.includes(kind)),
    ),
    slot(
      'sender',
      ({ item }) => item.labels.sender !== null,
      (read) => main(read)?.sender === read.item.labels.sender,
    ),
    slot(
      'host',
      ({ item }) => item.labels.host.length > 0,
      ({ item, alerts }) => item.labels.host.every((host) => alerts.some(({ hosts }) => hosts.includes(host))),
    ),
    slot(
      'status',
      ({ item }) => item.labels.status !== null,
      (read) => main(read)?.status === read.item.labels.status,
    ),
    slot(
      'level',
      ({ item }) => item.labels.advisory_level !== null,
      ({ item, alerts }) => alerts.some(({ level }) => level === item.labels.advisory_level),
    ),
  ];
}

export interface KindRow extends Tally {
  readonly kind: Kind;
}

/** Per kind: an item may carry several, and each is counted for itself. */
export function byKind(reads: readonly Read[]): readonly KindRow[] {
  return kinds.map((kind) => {
    const has = (read: Read) => read.alerts.some((alert) => alert.kind === kind);
    const wants = ({ item }: Read) => item.labels.tags.includes(kind);
    const count = (test: (read: Read) => boolean) => reads.filter(test).length;
    return {
      kind,
      tp: count((read) => wants(read) && has(read)),
      fp: count((read) => !read.item.labels.relevant && has(read)),
      fn: count((read) => wants(read) && read.alerts.length === 0),
    };
  });
}

export interface Bin {
  readonly from: number;
  readonly right: number;
  readonly of: number;
}

/** How often a core finding of a given confidence is right: what the logistic weights are calibrated against. */
export function calibration(reads: readonly Read[]): readonly Bin[] {
  const edges = [0.5, 0.6, 0.7, 0.8, 0.9];
  const surest = reads.flatMap(({ item, findings }) => {
    const core = findings.filter(({ kind, status }) => isCore(kind) && (status === 'happening' || status === 'planned'));
    return core.length > 0 ? [{ confidence: Math.max(...core.map(({ confidence }) => confidence)), relevant: item.labels.relevant }] : [];
  });
  return edges.map((from, index) => {
    const within = surest.filter(({ confidence }) => confidence >= from && confidence < (edges[index + 1] ?? 2));
    return { from, right: within.filter(({ relevant }) => relevant).length, of: within.length };
  });
}
