/** One item's findings and the open events → what changes. */
import { createHash } from 'node:crypto';
import type { Instant } from '../model/basics.ts';
import { type Change, claimSources, type NewsEvent, outletsOf, type Reason, type SourceRef } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { type Finding, isAlertable, isUnconfirmed } from '../model/finding.ts';
import { type Open, place } from './assign.ts';
import { isCopy } from './copies.ts';
import { actsOf, isPresent } from './keys.ts';
import { isIndependent, joinedActs, joinedConfidence, merged, quietActs, quietlyFilled, reasonsFor, sureActs } from './merge.ts';
import { fillGaps, type Report, reportsIn, sourceOf, union } from './reports.ts';

export interface At {
  readonly now: Instant;
  /** Stories published longer ago than this are never told (ms); a day by default. `raise` must get the same. */
  readonly oldAfterMs?: number;
}

/**
 * All findings of one item: at most one change for each event. The events carry their new revision, sources and `alertedRevision`,
 * which equals `revision` exactly where the change is told.
 */
export function group(findings: readonly Finding[], story: Story, open: Open, at: At): readonly Change[] {
  const changes = new Map<string, Change>();
  let events = open.events;
  for (const told of reportsIn(findings)) {
    const change = changeBy(told, story, { ...open, events }, at);
    if (!change) continue;
    const { event } = change;
    events = events.some(({ id }) => id === event.id) ? events.map((one) => (one.id === event.id ? event : one)) : [...events, event];
    changes.set(event.id, asOne(changes.get(event.id), change));
  }
  return [...changes.values()].map((change) => withLastTold(change, at.now));
}

/** Kept with the event, so that a later edit of the living message says what this one said. */
function withLastTold(change: Change, now: Instant): Change {
  if (change.kind === 'repeat') return change;
  const { event, kind, because, previous } = change;
  const { revision, alertedRevision, unconfirmedRevision } = event;
  if (alertedRevision !== revision && unconfirmedRevision !== revision) return change;
  return { ...change, event: { ...event, lastTold: { kind, because, at: now, ...(previous && { previous }) } } };
}

/** Whether a story can be news at all: no part of a first read, and not published long ago. A register's date is that of its text. */
export function isFresh({ item, baseline, feedKind }: Story, { now, oldAfterMs = 86_400_000 }: At): boolean {
  if (baseline) return false;
  return feedKind === 'register' || item.publishedAt === undefined || now - item.publishedAt <= oldAfterMs;
}

function changeBy(told: Report, story: Story, open: Open, at: At): Change | undefined {
  const placed = place(told, story, open, at.now);
  switch (placed.kind) {
    case 'nowhere':
      return undefined;
    case 'opens':
      return opened(told, story, at, { ...placed, after: open.events.find(({ id }) => id === placed.follows) });
    case 'joins':
      return joined(placed.event, told, story, at);
    case 'lifts':
      return lifted(placed.event, told, story, at);
    case 'denies':
      return corrected(placed.event, told, story, at);
    case 'lifts-unseen':
      return liftedUnseen(placed.eventId, told, story, at);
  }
}

/** An event's id is a hash of its first item and the finding's place in it, so that a replay gives the same. */
function first({ finding, index, acts }: Report, { item, ...story }: Story, now: Instant): NewsEvent {
  const id = createHash('sha256')
    .update(JSON.stringify([item.feedId, item.id, index]))
    .digest('hex')
    .slice(0, 12);
  const sources = [sourceOf({ item, ...story }, { finding, index, acts }, now)];
  const told = sureActs({ finding, index, acts });
  return { id, revision: 1, finding, sources, firstSeenAt: now, lastSeenAt: now, state: 'open', ...(told.length > 1 && { acts: told }) };
}

interface Opening {
  readonly because: Reason;
  readonly follows?: string;
  readonly after: NewsEvent | undefined;
}

function opened(told: Report, story: Story, at: At, { because, follows, after }: Opening): Change {
  const levelBefore = told.finding.level === undefined ? undefined : after?.finding.level;
  const previousLevel = told.finding.previousLevel ?? levelBefore;
  const finding = { ...told.finding, ...(previousLevel !== undefined && { previousLevel }) };
  const event = first({ ...told, finding }, story, at.now);
  const tells = isFresh(story, at) && isAlertable(finding);
  const doubted = isFresh(story, at) && isUnconfirmed(finding);
  const revisions = { ...(tells && { alertedRevision: 1 }), ...(doubted && { unconfirmedRevision: 1 }) };
  return { kind: 'new', event: { ...event, ...(follows && { follows }), ...revisions }, because: [because] };
}

function joined(event: NewsEvent, told: Report, story: Story, at: At): Change {
  const seen = withSource(event, told, story, at.now);
  const fresh = isFresh(story, at) && event.state !== 'corrected';
  if (event.alertedRevision === undefined) return joinedUntold(seen, event, told, story, fresh);
  const because = fresh ? reasonsFor(event, told, story) : [];
  if (because.length === 0) {
    const finding = { ...quietlyFilled(event.finding, told.finding), confidence: joinedConfidence(event, told, story) };
    return repeated({ ...seen, finding, ...(fresh && quietActs(event, told)) }, event, story);
  }
  const finding = merged(event, told, story);
  return {
    kind: 'update',
    event: { ...seen, ...nextTold(event), finding, acts: joinedActs(event, told) },
    previous: event.finding,
    because,
  };
}

/** Of an event that was never told nothing is lost by learning quietly: the first report that makes it alertable tells it whole. */
function joinedUntold(seen: NewsEvent, event: NewsEvent, told: Report, story: Story, fresh: boolean): Change {
  const learned = { ...seen, finding: merged(event, told, story), acts: joinedActs(event, told) };
  const speaks = isPresent(told.finding.status) && told.finding.severity > 0;
  if (!fresh || !speaks) return { kind: 'repeat', event: learned };
  // What was told as unconfirmed was told under its revision.
  const isDoubted = event.unconfirmedRevision !== undefined;
  if (isAlertable(learned.finding)) {
    const because = whyOnlyNow(event, told, story);
    if (!because) return repeated(learned, event, story);
    const revision = isDoubted ? nextTold(event) : { alertedRevision: learned.revision };
    return { kind: 'new', event: { ...learned, ...revision }, because: [because] };
  }
  if (isDoubted || !isUnconfirmed(learned.finding)) return repeated(learned, event, story);
  return { kind: 'new', event: { ...learned, unconfirmedRevision: learned.revision }, because: ['first-report'] };
}

/** Why an event is told that was known before; undefined where the report is only a copy of what a first read or an old story told. */
function whyOnlyNow(event: NewsEvent, { finding }: Report, story: Story): Reason | undefined {
  if (isAlertable(event.finding)) {
    const isAgain = story.feedKind !== 'register' && event.sources.some((source) => isCopy(source, story.item));
    return isAgain ? undefined : 'known-before';
  }
  const helped = event.finding.kind === finding.kind && isPresent(event.finding.status) && isIndependent(event, story);
  if (helped && story.tier === 'official') return 'officially-confirmed';
  return helped && !isAlertable(finding) ? 'corroborated' : 'became-alertable';
}

function lifted(event: NewsEvent, told: Report, story: Story, at: At): Change {
  const seen = withSource(event, told, story, at.now);
  const fresh = isFresh(story, at);
  // A story that tells nobody must not end what readers were told of.
  if (!fresh && event.alertedRevision !== undefined) return { kind: 'repeat', event: seen };
  const revision = fresh ? nextTold(event) : { revision: event.revision + 1 };
  const after: NewsEvent = { ...seen, ...revision, finding: told.finding, acts: joinedActs(event, told), state: 'lifted', endedAt: at.now };
  return { kind: 'lifted', event: after, previous: event.finding, because: ['reopened'] };
}

function liftedUnseen(follows: string, told: Report, story: Story, at: At): Change {
  const event: NewsEvent = { ...first(told, story, at.now), state: 'lifted', endedAt: at.now, follows };
  return { kind: 'lifted', event: isFresh(story, at) ? { ...event, alertedRevision: 1 } : event, because: ['reopened'] };
}

function corrected(event: NewsEvent, told: Report, story: Story, at: At): Change {
  const seen = withSource(event, told, story, at.now);
  const fresh = isFresh(story, at);
  if (!fresh && event.alertedRevision !== undefined) return { kind: 'repeat', event: seen };
  const finding: Finding = { ...fillGaps(event.finding, told.finding), status: 'denied' };
  const after: NewsEvent = { ...seen, finding, state: 'corrected', endedAt: at.now };
  if (event.alertedRevision === undefined && event.unconfirmedRevision === undefined) return { kind: 'repeat', event: after };
  return { kind: 'correction', event: { ...after, ...nextTold(event) }, previous: event.finding, because: ['denied-by-official'] };
}

function nextTold({ revision }: NewsEvent): { readonly revision: number; readonly alertedRevision: number } {
  return { revision: revision + 1, alertedRevision: revision + 1 };
}

/** Sources kept of one event: thousands of outlets tell a great one, and each report would cost more than the one before. */
export const mostSources = 200;

/** Without the oldest of those that neither began it nor speak for a government; of outlets that said more than once first. */
function capped(sources: readonly SourceRef[]): readonly SourceRef[] {
  if (sources.length <= mostSources) return sources;
  const may = sources.slice(1, -1).filter(({ tier }) => tier !== 'official');
  const spoken = new Map<string, number>();
  for (const { source } of sources) spoken.set(source, (spoken.get(source) ?? 0) + 1);
  const without = may.find(({ source }) => (spoken.get(source) ?? 0) > 1) ?? may[0] ?? sources[1];
  return sources.filter((one) => one !== without);
}

function withSource(event: NewsEvent, told: Report, story: Story, now: Instant): NewsEvent {
  const said = sourceOf(story, told, now);
  const isSaid = ({ itemId, feedId }: SourceRef) => itemId === said.itemId && feedId === said.feedId;
  const known = event.sources.find(isSaid);
  if (!known) return { ...event, lastSeenAt: now, sources: capped([...event.sources, said]) };
  const whole = {
    ...known,
    acts: union(known.acts ?? [], said.acts ?? []),
    evidence: [...(known.evidence ?? []), ...(said.evidence ?? [])],
  };
  return { ...event, lastSeenAt: now, sources: event.sources.map((source) => (isSaid(source) ? whole : source)) };
}

/** A mere repetition: where it adds an independent outlet to anything that readers were told, the message that they hold counts it. */
function repeated(after: NewsEvent, before: NewsEvent, { baseline }: Story): Change {
  const { revision, alertedRevision, unconfirmedRevision, state } = after;
  const stands = (alertedRevision === revision || unconfirmedRevision === revision) && (state === 'open' || state === 'lifted');
  const acts = [after.finding.kind, ...actsOf(after).map(({ kind }) => kind)];
  const grew = acts.some((kind) => outletsOf(claimSources(after, kind)).length > outletsOf(claimSources(before, kind)).length);
  return { kind: 'repeat', event: after, ...(stands && grew && !baseline && { counted: true }) };
}

/** Two acts of one item that met in one event are one change. */
function asOne(earlier: Change | undefined, later: Change): Change {
  if (!earlier) return later;
  if (earlier.kind === 'repeat') return later.kind === 'repeat' && earlier.counted ? { ...later, counted: true } : later;
  const { revision, alertedRevision } = earlier.event;
  return { ...earlier, event: { ...later.event, revision, ...(alertedRevision !== undefined && { alertedRevision }) } };
}
