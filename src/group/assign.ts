/** Where a report belongs: in an open event, after one, or by itself. */
import { traits } from '../kinds.ts';
import type { Instant } from '../model/basics.ts';
import type { NewsEvent, Reason } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { detailsOf, type Finding, isAlertable, sendersOf } from '../model/finding.ts';
import type { PostureEntry } from '../model/ledger.ts';
import { fitOf, isBeside, sameSlots, shareRareTerms } from './fit.ts';
import { deniedFor, isPresent, isReopening, phaseAfter, rankOf, spanOf, titForTat } from './keys.ts';
import { intersects, type Report, storyTime } from './reports.ts';

export interface Open {
  /** Events that may still be joined or lifted, oldest first. */
  readonly events: readonly NewsEvent[];
  /** The ledger's postures in these hosts, however old. */
  readonly postures: readonly PostureEntry[];
}

export type Assignment =
  | { readonly kind: 'joins' | 'lifts' | 'denies'; readonly event: NewsEvent }
  /** The ledger holds a posture whose event is no longer at hand. */
  | { readonly kind: 'lifts-unseen'; readonly eventId: string }
  | { readonly kind: 'opens'; readonly follows?: string; readonly because: Reason }
  /** A denial or a look back that belongs to nothing known. */
  | { readonly kind: 'nowhere' };

export function place(told: Report, story: Story, open: Open, now: Instant): Assignment {
  const { finding } = told;
  if (isReopening(finding) && isAlertable(finding) && finding.status === 'happening') {
    const lifted = whatItLifts(told, open);
    if (lifted) return lifted;
  }
  const event = eventOf(told, story, open, now);
  if (finding.status === 'denied' && event && story.tier === 'official' && event.state === 'open') return { kind: 'denies', event };
  if (!isPresent(finding.status) && finding.status !== 'considered') return event ? { kind: 'joins', event } : { kind: 'nowhere' };
  if (!event) return { kind: 'opens', because: 'first-report', ...answered(told, story, open, now) };
  return nextEvent(event, told, story, now) ?? { kind: 'joins', event };
}

function whatItLifts({ finding }: Report, { events, postures }: Open): Assignment | undefined {
  const liftable = (event: NewsEvent) => event.state === 'open' && !isReopening(event.finding) && sameSlots(event.finding, finding);
  const held = postures.filter(({ sender, host, posture }) => {
    return posture !== 'normal' && sendersOf(finding).includes(sender) && finding.hosts.includes(host);
  });
  const posture = traits[finding.kind].posture === 'normal' ? held.at(-1) : undefined;
  const event = events.find(({ id, state }) => id === posture?.eventId && state === 'open') ?? events.findLast(liftable);
  if (event) return { kind: 'lifts', event };
  return posture && { kind: 'lifts-unseen', eventId: posture.eventId };
}

function eventOf(told: Report, story: Story, { events }: Open, now: Instant): NewsEvent | undefined {
  const fitting = events.filter((event) => mayTake(event, told)).map((event) => ({ event, fit: fitOf(event, told, story, now) }));
  const exact = fitting.filter(({ fit }) => fit === 'exact').map(({ event }) => event);
  const standing = exact.filter(({ state }) => state !== 'corrected');
  if (exact.length > 0) return latestFitting(standing.length > 0 ? standing : exact, told, story);
  const loose = fitting.filter(({ fit }) => fit === 'loose').map(({ event }) => event);
  const article = loose.filter((event) => isOfSameArticle(event, story));
  if (article.length > 0) return latestFitting(article, told, story);
  const only = loose.length === 1 ? loose[0] : undefined;
  if (only) return shareRareTerms(only, told, story) ? only : undefined;
  return loose.length === 0 ? fitting.findLast(({ event }) => isBeside(event, told, story, now))?.event : undefined;
}

/** An article that is brought up to date tells the same event, also where its new headline leaves a slot open. */
function isOfSameArticle({ sources }: NewsEvent, { item }: Story): boolean {
  return item.url !== '' && sources.some(({ feedId, url }) => feedId === item.feedId && addressOf(url) === addressOf(item.url));
}

/** Without the post of a live blog that it points to. */
function addressOf(url: string): string {
  return url.replace(/[#?].*$/s, '');
}

/** A reopening joins what it lifted before; nothing else joins what is over. */
function mayTake(event: NewsEvent, { finding }: Report): boolean {
  if (event.state === 'closed') return false;
  return isReopening(finding) === (event.state === 'lifted' || isReopening(event.finding));
}

/** The latest event, but for an outlet that still tells the level before: that event. */
function latestFitting(events: readonly NewsEvent[], { finding }: Report, story: Story): NewsEvent | undefined {
  const latestFirst = events.toReversed().sort((a, b) => spanOf(b).last - spanOf(a).last);
  const stillTold = story.tier !== 'official' && finding.level !== undefined;
  return (stillTold ? latestFirst.find((event) => event.finding.level === finding.level) : undefined) ?? latestFirst[0];
}

/** Whether the report tells the next event and no longer this one. */
function nextEvent(event: NewsEvent, told: Report, story: Story, now: Instant): Assignment | undefined {
  const next = (because: Reason): Assignment => ({ kind: 'opens', follows: event.id, because });
  const { finding } = told;
  const level = nextLevel(event, told, story, now);
  if (level) return next(level);
  if (event.state === 'corrected') return isAlertable(finding) && !repeatsDenied(event, told, story, now) ? next('new-phase') : undefined;
  const severer = rankOf(finding.kind) > rankOf(event.finding.kind);
  const silence = storyTime(story, now) - spanOf(event).last;
  if (severer && silence > phaseAfter) return next('new-phase');
  if (traits[finding.kind].next === 'again' && saysAgain(finding) && !saysAgain(event.finding)) {
    return next('first-report');
  }
  // Each alert that a mission issues is one of its own; other outlets only repeat it.
  const issued = event.sources.find(({ feedId }) => feedId === story.item.feedId);
  if (traits[finding.kind].next === 'notice' && story.tier === 'official' && issued && issued.title !== story.item.title) {
    return next('first-report');
  }
  return undefined;
}

/** For a day outlets still carry what an official denied; what the official itself says, what goes further or comes later is new. */
function repeatsDenied(event: NewsEvent, { finding }: Report, story: Story, now: Instant): boolean {
  const later = storyTime(story, now) - (event.endedAt ?? spanOf(event).last);
  return story.tier !== 'official' && later <= deniedFor && rankOf(finding.kind) <= rankOf(event.finding.kind);
}

/** A known level that changes is the next event; for a while, issuer and outlets that differ tell one event and the issuer is right. */
function nextLevel(event: NewsEvent, { finding }: Report, story: Story, now: Instant): Reason | undefined {
  const [known, said] = [event.finding.level, finding.level];
  if (known === undefined || said === undefined) return undefined;
  const moved = finding.direction === 'raised' || finding.direction === 'lowered';
  // A register says itself which way it went; its advice for a part of the country is not that for the whole.
  const differs = known !== said || event.finding.scope !== finding.scope;
  if (story.feedKind === 'register' && moved && differs) return finding.direction === 'raised' ? 'level-raised' : 'level-lowered';
  if (known === said) return undefined;
  const official = event.sources.some(({ tier }) => tier === 'official');
  const isDispute = story.tier === 'official' ? !official : official && !moved;
  if (isDispute && storyTime(story, now) - spanOf(event).last <= phaseAfter) return undefined;
  return said > known ? 'level-raised' : 'level-lowered';
}

/** Tit for tat: the expulsion that this one answers. It is linked and never merged. */
function answered({ finding }: Report, story: Story, { events }: Open, now: Instant): { readonly follows?: string } {
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
