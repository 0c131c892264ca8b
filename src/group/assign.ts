/** Assigns a report to an event: it joins an open one, lifts or denies it, or opens a new one. */
import { traits } from '../kinds.ts';
import type { Instant } from '../model/basics.ts';
import type { NewsEvent, Reason } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { detailsOf, type Finding, isAlertable, sendersOf } from '../model/finding.ts';
import type { PostureEntry } from '../model/ledger.ts';
import { fitOf, isSameStoryElsewhere, sameSlots, shareRareTerms } from './fit.ts';
import { deniedFor, isPresent, isReopening, phaseAfter, rankOf, spanOf, titForTat } from './keys.ts';
import { intersects, type Report, storyTime } from './reports.ts';

export interface GroupingContext {
  /** Events that a report may still join or lift, oldest first. */
  readonly events: readonly NewsEvent[];
  /** The ledger's postures in the report's host countries, however old. */
  readonly postures: readonly PostureEntry[];
}

export type Assignment =
  | { readonly kind: 'joins' | 'lifts' | 'denies'; readonly event: NewsEvent }
  /** Lifts a posture in the ledger whose event is no longer among the open ones. */
  | { readonly kind: 'lifts-by-ledger'; readonly eventId: string }
  | { readonly kind: 'opens'; readonly follows?: string; readonly because: Reason }
  /** A denial or a retrospective of no known event. */
  | { readonly kind: 'nowhere' };

export function assign(report: Report, story: Story, context: GroupingContext, now: Instant): Assignment {
  const { finding } = report;
  if (isReopening(finding) && isAlertable(finding) && finding.status === 'happening') {
    const lifted = liftedBy(report, context);
    if (lifted) return lifted;
  }
  const event = matchingEvent(report, story, context, now);
  if (finding.status === 'denied' && event && story.tier === 'official' && event.state === 'open') return { kind: 'denies', event };
  if (!isPresent(finding.status) && finding.status !== 'considered') return event ? { kind: 'joins', event } : { kind: 'nowhere' };
  if (!event) return { kind: 'opens', because: 'first-report', ...answeredExpulsion(report, story, context, now) };
  return nextEvent(event, report, story, now) ?? { kind: 'joins', event };
}

function liftedBy({ finding }: Report, { events, postures }: GroupingContext): Assignment | undefined {
  const liftable = (event: NewsEvent) => event.state === 'open' && !isReopening(event.finding) && sameSlots(event.finding, finding);
  const held = postures.filter(({ sender, host, posture }) => {
    return posture !== 'normal' && sendersOf(finding).includes(sender) && finding.hosts.includes(host);
  });
  const posture = traits[finding.kind].posture === 'normal' ? held.at(-1) : undefined;
  const event = events.find(({ id, state }) => id === posture?.eventId && state === 'open') ?? events.findLast(liftable);
  if (event) return { kind: 'lifts', event };
  return posture && { kind: 'lifts-by-ledger', eventId: posture.eventId };
}

function matchingEvent(report: Report, story: Story, { events }: GroupingContext, now: Instant): NewsEvent | undefined {
  const fitting = events.filter((event) => canJoin(event, report)).map((event) => ({ event, fit: fitOf(event, report, story, now) }));
  const exact = fitting.filter(({ fit }) => fit === 'exact').map(({ event }) => event);
  const notCorrected = exact.filter(({ state }) => state !== 'corrected');
  if (exact.length > 0) return latestFitting(notCorrected.length > 0 ? notCorrected : exact, report, story);
  const loose = fitting.filter(({ fit }) => fit === 'loose').map(({ event }) => event);
  const article = loose.filter((event) => isOfSameArticle(event, story));
  if (article.length > 0) return latestFitting(article, report, story);
  const only = loose.length === 1 ? loose[0] : undefined;
  if (only) return shareRareTerms(only, report, story) ? only : undefined;
  return loose.length === 0 ? fitting.findLast(({ event }) => isSameStoryElsewhere(event, report, story, now))?.event : undefined;
}

/** An updated article is about the same event, even when its new headline leaves a slot open. */
function isOfSameArticle({ sources }: NewsEvent, { item }: Story): boolean {
  return item.url !== '' && sources.some(({ feedId, url }) => feedId === item.feedId && addressOf(url) === addressOf(item.url));
}

/** The URL without query and fragment, which point to one post of a live blog. */
function addressOf(url: string): string {
  return url.replace(/[#?].*$/s, '');
}

/** A reopening may join the event it lifted; nothing else joins a lifted or closed event. */
function canJoin(event: NewsEvent, { finding }: Report): boolean {
  if (event.state === 'closed') return false;
  return isReopening(finding) === (event.state === 'lifted' || isReopening(event.finding));
}

/**
 * Returns the latest event; for an outlet that still reports the previous level, the event with
 * that level.
 */
function latestFitting(events: readonly NewsEvent[], { finding }: Report, story: Story): NewsEvent | undefined {
  const latestFirst = events.toReversed().sort((a, b) => spanOf(b).last - spanOf(a).last);
  const mayLag = story.tier !== 'official' && finding.level !== undefined;
  return (mayLag ? latestFirst.find((event) => event.finding.level === finding.level) : undefined) ?? latestFirst[0];
}

/** Returns an assignment when the report opens a follow-up event instead of joining this one. */
function nextEvent(event: NewsEvent, report: Report, story: Story, now: Instant): Assignment | undefined {
  const next = (because: Reason): Assignment => ({ kind: 'opens', follows: event.id, because });
  const { finding } = report;
  const level = levelChange(event, report, story, now);
  if (level) return next(level);
  if (event.state === 'corrected') return isAlertable(finding) && !repeatsDenied(event, report, story, now) ? next('new-phase') : undefined;
  const severer = rankOf(finding.kind) > rankOf(event.finding.kind);
  const silence = storyTime(story, now) - spanOf(event).last;
  if (severer && silence > phaseAfter) return next('new-phase');
  if (traits[finding.kind].next === 'again' && saysAgain(finding) && !saysAgain(event.finding)) {
    return next('first-report');
  }
  // A mission's own alerts are separate events; other outlets only repeat them.
  const issued = event.sources.find(({ feedId }) => feedId === story.item.feedId);
  if (traits[finding.kind].next === 'notice' && story.tier === 'official' && issued && issued.title !== story.item.title) {
    return next('first-report');
  }
  return undefined;
}

/** Outlets keep repeating a denied claim for a day. Anything official, graver or later is new. */
function repeatsDenied(event: NewsEvent, { finding }: Report, story: Story, now: Instant): boolean {
  const later = storyTime(story, now) - (event.endedAt ?? spanOf(event).last);
  return story.tier !== 'official' && later <= deniedFor && rankOf(finding.kind) <= rankOf(event.finding.kind);
}

/**
 * A change of a known level opens the next event. Shortly after a report, a differing level from
 * issuer or outlets is a dispute about the same event, and the issuer is right.
 */
function levelChange(event: NewsEvent, { finding }: Report, story: Story, now: Instant): Reason | undefined {
  const [known, reported] = [event.finding.level, finding.level];
  if (known === undefined || reported === undefined) return undefined;
  const moved = finding.direction === 'raised' || finding.direction === 'lowered';
  // A register states the direction itself; its advice for a region is separate from the country's.
  const differs = known !== reported || event.finding.scope !== finding.scope;
  if (story.feedKind === 'register' && moved && differs) return finding.direction === 'raised' ? 'level-raised' : 'level-lowered';
  if (known === reported) return undefined;
  const official = event.sources.some(({ tier }) => tier === 'official');
  const isDispute = story.tier === 'official' ? !official : official && !moved;
  if (isDispute && storyTime(story, now) - spanOf(event).last <= phaseAfter) return undefined;
  return reported > known ? 'level-raised' : 'level-lowered';
}

/**
 * Returns the expulsion that this one answers (tit for tat), to link to it; the two never merge.
 */
function answeredExpulsion({ finding }: Report, story: Story, { events }: GroupingContext, now: Instant): { readonly follows?: string } {
  const { kind, sender, hosts } = finding;
  if (traits[kind].next !== 'answer' || sender === undefined) return {};
  const first = events.findLast(({ finding: other, ...event }) => {
    const reversed = other.kind === kind && other.hosts.includes(sender) && intersects(hosts, other.sender ? [other.sender] : []);
    return reversed && storyTime(story, now) - spanOf({ finding: other, ...event }).last <= titForTat;
  });
  return first ? { follows: first.id } : {};
}

function saysAgain(finding: Finding): boolean {
  return detailsOf(finding).again === true;
}
