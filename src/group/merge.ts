/** What an event is known to be once a report has joined it, and what of that readers must be told. */
import { isAdvice, type Kind, takesPeopleOut, traits } from '../kinds.ts';
import { claimSources, type NewsEvent, presentSources, type Reason, type ReportedAct } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { alertFrom, type Finding, isAlertable, sendersOf } from '../model/finding.ts';
import { isCopy, siteOf } from './copies.ts';
import { actsOf, isPresent, rankOf, spanOf, statusRank } from './keys.ts';
import { fillGaps, isSure, type Report, union } from './reports.ts';

/** Why readers must be told what this report adds; empty where it only repeats. */
export function reasonsFor(event: NewsEvent, told: Report, story: Story): readonly Reason[] {
  const [known, said] = [event.finding, told.finding];
  if (!isAlertable(said) || contradictsIssuer(event, told, story)) return [];
  const official = isFirstOfficial(event, story);
  const acts = actsToTell(event, told);
  const further = acts.some((act) => isFurther(event, act, story));
  const checks: readonly (readonly [Reason, boolean])[] = [
    ['status-rose', known.kind === said.kind && statusRank(said.status) > statusRank(known.status)],
    ['severity-rose', said.severity > known.severity],
    ['posture-changed', further],
    ['another-act', !further && acts.length > 0 && said.severity <= known.severity],
    ['level-known', known.level === undefined && said.level !== undefined],
    ['level-raised', official && isAbove(said.level, known.level)],
    ['level-lowered', official && isAbove(known.level, said.level)],
    ['city-known', cityMatters(event, said)],
    ['number-known', traits[known.kind].counted && known.kind === said.kind && known.people === undefined && said.people !== undefined],
    ['host-added', said.hosts.some((host) => !known.hosts.includes(host))],
    ['officially-confirmed', official],
  ];
  return checks.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

/** An outlet gives another level than the issuer did: its mistake, unless it tells people to leave. */
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

/** The acts of a report that were not told at this certainty and must be: steps further, and what is no less grave than what was told. */
function actsToTell(event: NewsEvent, { acts }: Report): readonly Finding[] {
  const said = acts.flatMap(({ finding }) => (finding && isAlertable(finding) ? [finding] : []));
  return said.filter((finding) => isStep(event, finding) || isAnotherAct(event, finding));
}

function asCertainActs(event: NewsEvent, { status }: Finding): readonly ReportedAct[] {
  return actsOf(event).filter((act) => statusRank(act.status) >= statusRank(status));
}

/**
 * A mission goes further than any act told of it, at this certainty. Taking people out says little of the mission itself, so that an
 * ordered departure or more is a step even after it.
 */
function isStep(event: NewsEvent, finding: Finding): boolean {
  const rank = rankOf(finding.kind);
  if (rank === 0) return false;
  const asCertain = asCertainActs(event, finding);
  if (asCertain.some((act) => isSaidBy(act, finding))) return false;
  const beside = rank >= rankOf('staff-departure-ordered') ? asCertain.filter(({ kind }) => !takesPeopleOut(kind)) : asCertain;
  return beside.every(({ kind }) => rankOf(kind) < rank);
}

/** Another act of the crisis that is no less grave than what was told: people hear of it once. */
function isAnotherAct(event: NewsEvent, finding: Finding): boolean {
  const { kind, severity } = finding;
  if (rankOf(kind) === 0 || severity < event.finding.severity || !actsOf(event).some((act) => rankOf(act.kind) > 0)) return false;
  const isWeakerWord = (act: ReportedAct) => !takesPeopleOut(kind) && (traits[kind].eclipsedBy as readonly Kind[]).includes(act.kind);
  return !asCertainActs(event, finding).some((act) => isSaidBy(act, finding) || isWeakerWord(act));
}

/** The same kind of act, or staff who are withdrawn where it was told that they are taken out. */
function isSaidBy(act: ReportedAct, { kind }: Finding): boolean {
  return act.kind === kind || (act.finding?.whom === 'staff' && traits[kind].posture === 'drawdown');
}

/** "A step further" is said only of what is as certain and as recent as what was told before. */
function isFurther(event: NewsEvent, finding: Finding, { item }: Story): boolean {
  const isAsCertain = actsOf(event).every(({ status }) => statusRank(status) <= statusRank(finding.status));
  const isOlder = item.publishedAt !== undefined && item.publishedAt < spanOf(event).last;
  return isStep(event, finding) && isAsCertain && !isOlder;
}

/** Where a mission moves to, always; where it stands, only where that tells two missions apart. */
function cityMatters(event: NewsEvent, said: Finding): boolean {
  const known = event.finding;
  const sameAct = known.kind === said.kind ? known : (actsOf(event).findLast(({ kind }) => kind === said.kind)?.finding ?? known);
  if (sameAct.to === undefined && said.to !== undefined) return true;
  const manyCities = known.post === 'consulate' || traits[known.kind].next === 'again';
  return manyCities && known.from === undefined && said.from !== undefined;
}

/** The slots of the event and the report joined. The report leads where it goes further or is the first that is sure. */
export function merged(event: NewsEvent, told: Report, story: Story): Finding {
  const [known, said] = [event.finding, told.finding];
  const rises = isNewlyPresent(event, told) || isFirstSure(event, told);
  const leads = rises || (isSure(said) && goesFurther(event, told));
  const base = leads ? fillGaps(said, known) : fillGaps(known, said);
  const graver = isSure(said) && said.severity > known.severity;
  const severity = rises || graver ? said.severity : known.severity;
  const hosts = said.hosts.length > 0 ? union(known.hosts, said.hosts) : known.hosts;
  const jointly = union(sendersOf(known), sendersOf(said)).filter((sender) => sender !== base.sender);
  const confidence = rises && said.kind !== known.kind ? said.confidence : joinedConfidence(event, told, story);
  return {
    ...base,
    ...(jointly.length > 0 && { jointly }),
    hosts,
    severity,
    confidence,
    ...(isFirstOfficial(event, story) && officialAdvice(said, known)),
  };
}

function isNewlyPresent(event: NewsEvent, { finding }: Report): boolean {
  return isPresent(finding.status) && !isPresent(event.finding.status);
}

function isFirstSure(event: NewsEvent, { finding }: Report): boolean {
  return isPresent(finding.status) && isSure(finding) && !isSure(event.finding);
}

/** Of one kind the more certain and the graver leads; of a mission's own steps the further; of people taken out and the rest the graver. */
function goesFurther({ finding: known }: NewsEvent, { finding: said }: Report): boolean {
  if (!isPresent(said.status)) return false;
  if (said.kind === known.kind) return statusRank(said.status) > statusRank(known.status) || said.severity > known.severity;
  const [further, graver] = [rankOf(said.kind) - rankOf(known.kind), said.severity - known.severity];
  const isOfPeople = takesPeopleOut(said.kind) || takesPeopleOut(known.kind);
  if (isOfPeople) return graver > 0 || (graver === 0 && further > 0);
  return further > 0 || (further === 0 && graver > 0);
}

/** What the issuer itself says of its level overrides what outlets said of it. */
function officialAdvice(said: Finding, known: Finding): Partial<Finding> {
  const { level, nativeText, direction, severity } = said;
  if (level === undefined) return {};
  const ofAdvice = isAdvice(known.kind) && said.kind === known.kind;
  return { level, ...(nativeText && { nativeText }), ...(direction && { direction }), ...(ofAdvice && { severity }) };
}

/** What a mere repetition may still fill in: nothing that readers would have to be told. */
export function quietlyFilled(known: Finding, said: Finding): Finding {
  if (known.kind !== said.kind) return known;
  const { from, post, temporary } = fillGaps(known, said);
  return { ...known, ...(from && { from }), ...(post && { post }), ...(temporary !== undefined && { temporary }) };
}

/** From here on more outlets prove nothing more, and are not compared with all who told it before. */
const certain = 0.97;
/** Below this a report is too doubtful to help another one over what alerts. */
const helpsFrom = 0.65;
/** The same where an official says it: what a government writes of its own mission is read less well than it is true. */
const officialHelpsFrom = 0.5;

/**
 * Independent outlets strengthen each other: a second one that is not sure either makes the two alert, and so does an official that says the
 * same. A copy of a text, another feed of one house or a report of another act adds nothing.
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

/** Somebody else's own words, beside those who report this act already. */
export function isIndependent(event: NewsEvent, { item, source }: Story): boolean {
  const site = siteOf(item);
  return !presentSources(event).some((known) => {
    const isSameHouse = known.source.toLowerCase() === source.toLowerCase() || (site !== '' && siteOf(known) === site);
    return isSameHouse || isCopy(known, item);
  });
}

/** The acts told so far with this report's; what was unsure counts for nothing once something sure is told. */
export function joinedActs(event: NewsEvent, told: Report): readonly ReportedAct[] {
  const { finding } = told;
  const isSaid = ({ kind, status }: ReportedAct) => kind === finding.kind && statusRank(status) <= statusRank(finding.status);
  const learned = (act: ReportedAct) => (act.finding && isSaid(act) ? { ...act, finding: fillGaps(act.finding, finding) } : act);
  const known = isFirstSure(event, told) ? [] : actsOf(event).map(learned);
  const isKnown = (act: ReportedAct) => known.some(({ kind, status }) => kind === act.kind && statusRank(status) >= statusRank(act.status));
  // The gravest last: it is what is told.
  return [
    ...known,
    ...sureActs(told)
      .toReversed()
      .filter((act) => isPresent(act.status) && !isKnown(act)),
  ];
}

/** The acts of a report that are sure; none of one that is not sure of its gravest. */
export function sureActs({ finding, acts }: Report): readonly ReportedAct[] {
  return isSure(finding) ? acts.filter((act) => act.finding === undefined || isSure(act.finding)) : [];
}

/** Of what is not told, what else happens in the crisis: the card shows it. */
export function quietActs(event: NewsEvent, told: Report): Pick<NewsEvent, 'acts'> {
  if (rankOf(told.finding.kind) === 0 || !isAlertable(told.finding) || rankOf(event.finding.kind) === 0) return {};
  const known = actsOf(event).map(({ kind }) => kind);
  return sureActs(told).some(({ kind }) => !known.includes(kind)) ? { acts: joinedActs(event, told) } : {};
}
