/** Groups one item's findings into events: findings + open events → changes. */
import { createHash } from 'node:crypto';
import type { Instant } from '../model/basics.ts';
import { type Change, claimSources, type NewsEvent, outletsOf, type Reason, type SourceRef } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { type Finding, isAlertable, isUnconfirmed } from '../model/finding.ts';
import { assign, type GroupingContext } from './assign.ts';
import { isCopy } from './copies.ts';
import { actsOf, isPresent } from './keys.ts';
import { isIndependent, joinedActs, joinedConfidence, merged, quietActs, quietlyFilled, reasonsFor, sureActs } from './merge.ts';
import { fillGaps, type Report, reportsIn, sourceOf, union } from './reports.ts';

export interface At {
  readonly now: Instant;
  /**
   * Stories published longer ago than this never alert (ms); default one day. Pass the same to
   * `raise`.
   */
  readonly oldAfterMs?: number;
}

/**
 * Groups all findings of one item; returns at most one change per event. Each event carries its new
 * revision and sources; `alertedRevision` equals `revision` exactly when the change alerts.
 */
export function group(findings: readonly Finding[], story: Story, context: GroupingContext, at: At): readonly Change[] {
  const changes = new Map<string, Change>();
  let events = context.events;
  for (const report of reportsIn(findings)) {
    const change = changeBy(report, story, { ...context, events }, at);
    if (!change) continue;
    const { event } = change;
    events = events.some(({ id }) => id === event.id) ? events.map((one) => (one.id === event.id ? event : one)) : [...events, event];
    changes.set(event.id, mergedChange(changes.get(event.id), change));
  }
  return [...changes.values()].map((change) => withLastAlert(change, at.now));
}

/**
 * Stored with the event, so that a later edit of its message can repeat the reason for the last
 * alert.
 */
function withLastAlert(change: Change, now: Instant): Change {
  if (change.kind === 'repeat') return change;
  const { event, kind, because, previous } = change;
  const { revision, alertedRevision, unconfirmedRevision } = event;
  if (alertedRevision !== revision && unconfirmedRevision !== revision) return change;
  return { ...change, event: { ...event, lastTold: { kind, because, at: now, ...(previous && { previous }) } } };
}

/**
 * Whether a story may alert: not part of a feed's first read, and not old. A register's date is
 * that of its text, so its age does not count.
 */
export function isFresh({ item, baseline, feedKind }: Story, { now, oldAfterMs = 86_400_000 }: At): boolean {
  if (baseline) return false;
  return feedKind === 'register' || item.publishedAt === undefined || now - item.publishedAt <= oldAfterMs;
}

function changeBy(report: Report, story: Story, context: GroupingContext, at: At): Change | undefined {
  const assignment = assign(report, story, context, at.now);
  switch (assignment.kind) {
    case 'nowhere':
      return undefined;
    case 'opens':
      return opened(report, story, at, { ...assignment, after: context.events.find(({ id }) => id === assignment.follows) });
    case 'joins':
      return joined(assignment.event, report, story, at);
    case 'lifts':
      return lifted(assignment.event, report, story, at);
    case 'denies':
      return corrected(assignment.event, report, story, at);
    case 'lifts-by-ledger':
      return liftedByLedger(assignment.eventId, report, story, at);
  }
}

/**
 * Creates an event. Its id hashes the first item and the finding's index, so a replay gives the
 * same id.
 */
function first({ finding, index, acts }: Report, { item, ...story }: Story, now: Instant): NewsEvent {
  const id = createHash('sha256')
    .update(JSON.stringify([item.feedId, item.id, index]))
    .digest('hex')
    .slice(0, 12);
  const sources = [sourceOf({ item, ...story }, { finding, index, acts }, now)];
  const sure = sureActs({ finding, index, acts });
  return { id, revision: 1, finding, sources, firstSeenAt: now, lastSeenAt: now, state: 'open', ...(sure.length > 1 && { acts: sure }) };
}

interface Opening {
  readonly because: Reason;
  readonly follows?: string;
  readonly after: NewsEvent | undefined;
}

function opened(report: Report, story: Story, at: At, { because, follows, after }: Opening): Change {
  const levelBefore = report.finding.level === undefined ? undefined : after?.finding.level;
  const previousLevel = report.finding.previousLevel ?? levelBefore;
  const finding = { ...report.finding, ...(previousLevel !== undefined && { previousLevel }) };
  const event = first({ ...report, finding }, story, at.now);
  const alerts = isFresh(story, at) && isAlertable(finding);
  const unconfirmed = isFresh(story, at) && isUnconfirmed(finding);
  const revisions = { ...(alerts && { alertedRevision: 1 }), ...(unconfirmed && { unconfirmedRevision: 1 }) };
  return { kind: 'new', event: { ...event, ...(follows && { follows }), ...revisions }, because: [because] };
}

function joined(event: NewsEvent, report: Report, story: Story, at: At): Change {
  const seen = withSource(event, report, story, at.now);
  const fresh = isFresh(story, at) && event.state !== 'corrected';
  if (event.alertedRevision === undefined) return joinedUnalerted(seen, event, report, story, fresh);
  const because = fresh ? reasonsFor(event, report, story) : [];
  if (because.length === 0) {
    const finding = { ...quietlyFilled(event.finding, report.finding), confidence: joinedConfidence(event, report, story) };
    return repeated({ ...seen, finding, ...(fresh && quietActs(event, report)) }, event, story);
  }
  const finding = merged(event, report, story);
  return {
    kind: 'update',
    event: { ...seen, ...nextAlertedRevision(event), finding, acts: joinedActs(event, report) },
    previous: event.finding,
    because,
  };
}

/**
 * Never-alerted events absorb reports silently; the first report that makes one alertable alerts
 * with everything known.
 */
function joinedUnalerted(seen: NewsEvent, event: NewsEvent, report: Report, story: Story, fresh: boolean): Change {
  const learned = { ...seen, finding: merged(event, report, story), acts: joinedActs(event, report) };
  const isNews = isPresent(report.finding.status) && report.finding.severity > 0;
  if (!fresh || !isNews) return { kind: 'repeat', event: learned };
  // An event posted as unconfirmed needs a new revision.
  const wasUnconfirmed = event.unconfirmedRevision !== undefined;
  if (isAlertable(learned.finding)) {
    const because = whyOnlyNow(event, report, story);
    if (!because) return repeated(learned, event, story);
    const revision = wasUnconfirmed ? nextAlertedRevision(event) : { alertedRevision: learned.revision };
    return { kind: 'new', event: { ...learned, ...revision }, because: [because] };
  }
  if (wasUnconfirmed || !isUnconfirmed(learned.finding)) return repeated(learned, event, story);
  return { kind: 'new', event: { ...learned, unconfirmedRevision: learned.revision }, because: ['first-report'] };
}

/**
 * Why a known event alerts only now; undefined when the report merely copies a first read or an old
 * story.
 */
function whyOnlyNow(event: NewsEvent, { finding }: Report, story: Story): Reason | undefined {
  if (isAlertable(event.finding)) {
    const isAgain = story.feedKind !== 'register' && event.sources.some((source) => isCopy(source, story.item));
    return isAgain ? undefined : 'known-before';
  }
  const helped = event.finding.kind === finding.kind && isPresent(event.finding.status) && isIndependent(event, story);
  if (helped && story.tier === 'official') return 'officially-confirmed';
  return helped && !isAlertable(finding) ? 'corroborated' : 'became-alertable';
}

function lifted(event: NewsEvent, report: Report, story: Story, at: At): Change {
  const seen = withSource(event, report, story, at.now);
  const fresh = isFresh(story, at);
  // A story too old to alert must not end an event that was alerted.
  if (!fresh && event.alertedRevision !== undefined) return { kind: 'repeat', event: seen };
  const revision = fresh ? nextAlertedRevision(event) : { revision: event.revision + 1 };
  const after: NewsEvent = {
    ...seen,
    ...revision,
    finding: report.finding,
    acts: joinedActs(event, report),
    state: 'lifted',
    endedAt: at.now,
  };
  return { kind: 'lifted', event: after, previous: event.finding, because: ['reopened'] };
}

function liftedByLedger(follows: string, report: Report, story: Story, at: At): Change {
  const event: NewsEvent = { ...first(report, story, at.now), state: 'lifted', endedAt: at.now, follows };
  return { kind: 'lifted', event: isFresh(story, at) ? { ...event, alertedRevision: 1 } : event, because: ['reopened'] };
}

function corrected(event: NewsEvent, report: Report, story: Story, at: At): Change {
  const seen = withSource(event, report, story, at.now);
  const fresh = isFresh(story, at);
  if (!fresh && event.alertedRevision !== undefined) return { kind: 'repeat', event: seen };
  const finding: Finding = { ...fillGaps(event.finding, report.finding), status: 'denied' };
  const after: NewsEvent = { ...seen, finding, state: 'corrected', endedAt: at.now };
  if (event.alertedRevision === undefined && event.unconfirmedRevision === undefined) return { kind: 'repeat', event: after };
  return {
    kind: 'correction',
    event: { ...after, ...nextAlertedRevision(event) },
    previous: event.finding,
    because: ['denied-by-official'],
  };
}

function nextAlertedRevision({ revision }: NewsEvent): { readonly revision: number; readonly alertedRevision: number } {
  return { revision: revision + 1, alertedRevision: revision + 1 };
}

/**
 * Sources kept per event. Thousands of outlets report a big one, and each report would cost more
 * than the last.
 */
export const mostSources = 200;

/**
 * Drops one source over the limit: never the first, the newest or an official one; outlets with
 * several reports first, then the oldest.
 */
function capped(sources: readonly SourceRef[]): readonly SourceRef[] {
  if (sources.length <= mostSources) return sources;
  const droppable = sources.slice(1, -1).filter(({ tier }) => tier !== 'official');
  const reportCounts = new Map<string, number>();
  for (const { source } of sources) reportCounts.set(source, (reportCounts.get(source) ?? 0) + 1);
  const dropped = droppable.find(({ source }) => (reportCounts.get(source) ?? 0) > 1) ?? droppable[0] ?? sources[1];
  return sources.filter((one) => one !== dropped);
}

function withSource(event: NewsEvent, report: Report, story: Story, now: Instant): NewsEvent {
  const source = sourceOf(story, report, now);
  const isSame = ({ itemId, feedId }: SourceRef) => itemId === source.itemId && feedId === source.feedId;
  const known = event.sources.find(isSame);
  if (!known) return { ...event, lastSeenAt: now, sources: capped([...event.sources, source]) };
  const updated = {
    ...known,
    acts: union(known.acts ?? [], source.acts ?? []),
    evidence: [...(known.evidence ?? []), ...(source.evidence ?? [])],
  };
  return { ...event, lastSeenAt: now, sources: event.sources.map((source) => (isSame(source) ? updated : source)) };
}

/**
 * A repetition. If it adds an independent outlet to a posted event, `counted` makes the message
 * show the new count.
 */
function repeated(after: NewsEvent, before: NewsEvent, { baseline }: Story): Change {
  const { revision, alertedRevision, unconfirmedRevision, state } = after;
  const isPosted = (alertedRevision === revision || unconfirmedRevision === revision) && (state === 'open' || state === 'lifted');
  const acts = [after.finding.kind, ...actsOf(after).map(({ kind }) => kind)];
  const grew = acts.some((kind) => outletsOf(claimSources(after, kind)).length > outletsOf(claimSources(before, kind)).length);
  return { kind: 'repeat', event: after, ...(isPosted && grew && !baseline && { counted: true }) };
}

/** Merges two changes of one item to the same event. */
function mergedChange(earlier: Change | undefined, later: Change): Change {
  if (!earlier) return later;
  if (earlier.kind === 'repeat') return later.kind === 'repeat' && earlier.counted ? { ...later, counted: true } : later;
  const { revision, alertedRevision } = earlier.event;
  return { ...earlier, event: { ...later.event, revision, ...(alertedRevision !== undefined && { alertedRevision }) } };
}
