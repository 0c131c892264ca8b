/** Merges a report into an event, and decides what of it readers must be notified of. */
import { isAdvice, type Kind, takesPeopleOut, traits } from '../kinds.ts';
import { claimSources, type NewsEvent, presentSources, type Reason, type ReportedAct } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { alertFrom, type Finding, isAlertable, sendersOf } from '../model/finding.ts';
import { isCopy, siteOf } from './copies.ts';
import { actsOf, isPresent, rankOf, spanOf, statusRank } from './keys.ts';
import { fillGaps, isSure, type Report, union } from './reports.ts';

/** Returns the reasons to notify readers of this report; empty when it only repeats. */
export function reasonsFor(event: NewsEvent, report: Report, story: Story): readonly Reason[] {
  const [known, reported] = [event.finding, report.finding];
  if (!isAlertable(reported) || contradictsIssuer(event, report, story)) return [];
  const official = isFirstOfficial(event, story);
  const acts = newActs(event, report);
  const further = acts.some((act) => isFurther(event, act, story));
  const checks: readonly (readonly [Reason, boolean])[] = [
    ['status-rose', known.kind === reported.kind && statusRank(reported.status) > statusRank(known.status)],
    ['severity-rose', reported.severity > known.severity],
    ['posture-changed', further],
    ['another-act', !further && acts.length > 0 && reported.severity <= known.severity],
    ['level-known', known.level === undefined && reported.level !== undefined],
    ['level-raised', official && isAbove(reported.level, known.level)],
    ['level-lowered', official && isAbove(known.level, reported.level)],
    ['city-known', cityMatters(event, reported)],
    [
      'number-known',
      traits[known.kind].counted && known.kind === reported.kind && known.people === undefined && reported.people !== undefined,
    ],
    ['host-added', reported.hosts.some((host) => !known.hosts.includes(host))],
    ['officially-confirmed', official],
  ];
  return checks.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

/**
 * An outlet contradicts the issuer's level: the outlet is wrong, unless it reports that people are
 * told to leave.
 */
function contradictsIssuer(event: NewsEvent, { finding }: Report, story: Story): boolean {
  const { level, kind } = event.finding;
  const byIssuer = level !== undefined && event.sources.some(({ tier }) => tier === 'official');
  if (!byIssuer || story.tier === 'official' || !isAdvice(kind) || finding.kind !== kind) return false;
  if (finding.level !== undefined) return finding.level !== level;
  return finding.severity > event.finding.severity && finding.severity < 4;
}

function isFirstOfficial(event: NewsEvent, story: Story): boolean {
  return story.tier === 'official' && !presentSources(event).some(({ tier }) => tier === 'official');
}

function isAbove(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && a > b;
}

/**
 * The report's acts to notify of: new at this certainty, and either a step further or no less grave
 * than the event.
 */
function newActs(event: NewsEvent, { acts }: Report): readonly Finding[] {
  const reported = acts.flatMap(({ finding }) => (finding && isAlertable(finding) ? [finding] : []));
  return reported.filter((finding) => isStep(event, finding) || isAnotherAct(event, finding));
}

function asCertainActs(event: NewsEvent, { status }: Finding): readonly ReportedAct[] {
  return actsOf(event).filter((act) => statusRank(act.status) >= statusRank(status));
}

/**
 * Whether the mission goes further than any act reported at this certainty. An evacuation says
 * little about the mission itself, so an ordered departure or more is a step even after one.
 */
function isStep(event: NewsEvent, finding: Finding): boolean {
  const rank = rankOf(finding.kind);
  if (rank === 0) return false;
  const asCertain = asCertainActs(event, finding);
  if (asCertain.some((act) => isCoveredBy(act, finding))) return false;
  const compared = rank >= rankOf('staff-departure-ordered') ? asCertain.filter(({ kind }) => !takesPeopleOut(kind)) : asCertain;
  return compared.every(({ kind }) => rankOf(kind) < rank);
}

/** Whether this is another act of the crisis, no less grave than the event, not yet reported. */
function isAnotherAct(event: NewsEvent, finding: Finding): boolean {
  const { kind, severity } = finding;
  if (rankOf(kind) === 0 || severity < event.finding.severity || !actsOf(event).some((act) => rankOf(act.kind) > 0)) return false;
  const isWeakerWord = (act: ReportedAct) => !takesPeopleOut(kind) && (traits[kind].eclipsedBy as readonly Kind[]).includes(act.kind);
  return !asCertainActs(event, finding).some((act) => isCoveredBy(act, finding) || isWeakerWord(act));
}

/**
 * Whether the act covers the finding: the same kind, or a drawdown after an evacuation of staff.
 */
function isCoveredBy(act: ReportedAct, { kind }: Finding): boolean {
  return act.kind === kind || (act.finding?.whom === 'staff' && traits[kind].posture === 'drawdown');
}

/** "A step further" is claimed only for reports as certain and as recent as the known ones. */
function isFurther(event: NewsEvent, finding: Finding, { item }: Story): boolean {
  const isAsCertain = actsOf(event).every(({ status }) => statusRank(status) <= statusRank(finding.status));
  const isOlder = item.publishedAt !== undefined && item.publishedAt < spanOf(event).last;
  return isStep(event, finding) && isAsCertain && !isOlder;
}

/**
 * The city a mission moves to always matters; its current city only if it distinguishes two
 * missions.
 */
function cityMatters(event: NewsEvent, reported: Finding): boolean {
  const known = event.finding;
  const sameAct = known.kind === reported.kind ? known : (actsOf(event).findLast(({ kind }) => kind === reported.kind)?.finding ?? known);
  if (sameAct.to === undefined && reported.to !== undefined) return true;
  const manyCities = known.post === 'consulate' || traits[known.kind].next === 'again';
  return manyCities && known.from === undefined && reported.from !== undefined;
}

/**
 * Merges the slots of event and report. The report leads if it goes further or is the first
 * confident one.
 */
export function merged(event: NewsEvent, report: Report, story: Story): Finding {
  const [known, reported] = [event.finding, report.finding];
  const rises = isNewlyPresent(event, report) || isFirstSure(event, report);
  const leads = rises || (isSure(reported) && goesFurther(event, report));
  const base = leads ? fillGaps(reported, known) : fillGaps(known, reported);
  const graver = isSure(reported) && reported.severity > known.severity;
  const severity = rises || graver ? reported.severity : known.severity;
  const hosts = reported.hosts.length > 0 ? union(known.hosts, reported.hosts) : known.hosts;
  const jointly = union(sendersOf(known), sendersOf(reported)).filter((sender) => sender !== base.sender);
  const confidence = rises && reported.kind !== known.kind ? reported.confidence : joinedConfidence(event, report, story);
  return {
    ...base,
    ...(jointly.length > 0 && { jointly }),
    hosts,
    severity,
    confidence,
    ...(isFirstOfficial(event, story) && officialAdvice(reported, known)),
  };
}

function isNewlyPresent(event: NewsEvent, { finding }: Report): boolean {
  return isPresent(finding.status) && !isPresent(event.finding.status);
}

function isFirstSure(event: NewsEvent, { finding }: Report): boolean {
  return isPresent(finding.status) && isSure(finding) && !isSure(event.finding);
}

/**
 * Which finding leads. Same kind: the more certain or graver. Steps of a mission: the further.
 * Evacuations and others: the graver.
 */
function goesFurther({ finding: known }: NewsEvent, { finding: reported }: Report): boolean {
  if (!isPresent(reported.status)) return false;
  if (reported.kind === known.kind) return statusRank(reported.status) > statusRank(known.status) || reported.severity > known.severity;
  const [further, graver] = [rankOf(reported.kind) - rankOf(known.kind), reported.severity - known.severity];
  const isOfPeople = takesPeopleOut(reported.kind) || takesPeopleOut(known.kind);
  if (isOfPeople) return graver > 0 || (graver === 0 && further > 0);
  return further > 0 || (further === 0 && graver > 0);
}

/** The issuer's own level overrides what outlets reported. */
function officialAdvice(reported: Finding, known: Finding): Partial<Finding> {
  const { level, nativeText, direction, severity } = reported;
  if (level === undefined) return {};
  const ofAdvice = isAdvice(known.kind) && reported.kind === known.kind;
  return { level, ...(nativeText && { nativeText }), ...(direction && { direction }), ...(ofAdvice && { severity }) };
}

/** Fills slots that a repetition may add without notifying readers. */
export function quietlyFilled(known: Finding, reported: Finding): Finding {
  if (known.kind !== reported.kind) return known;
  const { from, post, temporary } = fillGaps(known, reported);
  return { ...known, ...(from && { from }), ...(post && { post }), ...(temporary !== undefined && { temporary }) };
}

/**
 * From this confidence on, further outlets are not compared with the known ones: they prove nothing
 * more.
 */
const certain = 0.97;
/** A report below this confidence cannot lift another over the alert threshold. */
const helpsFrom = 0.65;
/**
 * The same for official reports: a government is right about its own mission even if its text is
 * hard to read.
 */
const officialHelpsFrom = 0.5;

/**
 * Returns the event's confidence with this report. Independent outlets strengthen each other: two
 * unsure ones, or one and an official, can alert together. Copies, feeds of one publisher and
 * reports of another act add nothing.
 */
export function joinedConfidence(event: NewsEvent, { finding }: Report, story: Story): number {
  const known = event.finding.confidence;
  if (!isPresent(finding.status) || finding.severity === 0 || finding.kind !== event.finding.kind) return known;
  const high = Math.max(known, finding.confidence);
  if (high >= certain || !isIndependent(event, story)) return high;
  const low = Math.min(known, finding.confidence);
  const joined = Math.round((high + (1 - high) * low * 0.5) * 1000) / 1000;
  const byOfficial = story.tier === 'official' || claimSources(event).some(({ tier }) => tier === 'official');
  const isSameStatus = finding.status === event.finding.status;
  return isSameStatus && low >= (byOfficial ? officialHelpsFrom : helpsFrom) ? Math.max(joined, alertFrom) : joined;
}

/** Whether the story is independent of the event's sources: another publisher and another text. */
export function isIndependent(event: NewsEvent, { item, source }: Story): boolean {
  const site = siteOf(item);
  return !presentSources(event).some((known) => {
    const isSamePublisher = known.source.toLowerCase() === source.toLowerCase() || (site !== '' && siteOf(known) === site);
    return isSamePublisher || isCopy(known, item);
  });
}

/**
 * Merges the report's acts into the event's. Low-confidence acts are dropped once a sure one
 * arrives.
 */
export function joinedActs(event: NewsEvent, report: Report): readonly ReportedAct[] {
  const { finding } = report;
  const isKnownLess = ({ kind, status }: ReportedAct) => kind === finding.kind && statusRank(status) <= statusRank(finding.status);
  const learned = (act: ReportedAct) => (act.finding && isKnownLess(act) ? { ...act, finding: fillGaps(act.finding, finding) } : act);
  const known = isFirstSure(event, report) ? [] : actsOf(event).map(learned);
  const isKnown = (act: ReportedAct) => known.some(({ kind, status }) => kind === act.kind && statusRank(status) >= statusRank(act.status));
  // The gravest last: the alert is about it.
  return [
    ...known,
    ...sureActs(report)
      .toReversed()
      .filter((act) => isPresent(act.status) && !isKnown(act)),
  ];
}

/** Returns the report's confident acts; none if its gravest is not confident. */
export function sureActs({ finding, acts }: Report): readonly ReportedAct[] {
  return isSure(finding) ? acts.filter((act) => act.finding === undefined || isSure(act.finding)) : [];
}

/** Adds further acts of the crisis without notifying; the alert's card lists them. */
export function quietActs(event: NewsEvent, report: Report): Pick<NewsEvent, 'acts'> {
  if (rankOf(report.finding.kind) === 0 || !isAlertable(report.finding) || rankOf(event.finding.kind) === 0) return {};
  const known = actsOf(event).map(({ kind }) => kind);
  return sureActs(report).some(({ kind }) => !known.includes(kind)) ? { acts: joinedActs(event, report) } : {};
}
