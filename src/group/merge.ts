/** What an event is known to be once a report has joined it, and what of that readers must be told. */
import { isAdvice, takesPeopleOut, traits } from '../kinds.ts';
import { type NewsEvent, outletsOf, presentSources, type Reason, type ReportedAct, type SourceRef } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { alertFrom, type Finding, isAlertable, sendersOf } from '../model/finding.ts';
import { actsOf, isPresent, rankOf, statusRank } from './keys.ts';
import { fillGaps, type Report, union } from './reports.ts';

/** Why readers must be told what this report adds; empty where it only repeats. */
export function reasonsFor(event: NewsEvent, told: Report, story: Story): readonly Reason[] {
  const [known, said] = [event.finding, told.finding];
  if (!isAlertable(said) || contradictsIssuer(event, told, story)) return [];
  const official = isFirstOfficial(event, story);
  const checks: readonly (readonly [Reason, boolean])[] = [
    ['status-rose', known.kind === said.kind && statusRank(said.status) > statusRank(known.status)],
    ['severity-rose', said.severity > known.severity],
    ['posture-changed', isStep(event, told)],
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

/**
 * A mission goes further than any act told of it, at this certainty. Taking people out says little of the mission itself, so that an
 * ordered departure or more is a step even after it.
 */
function isStep(event: NewsEvent, { finding }: Report): boolean {
  const rank = rankOf(finding.kind);
  if (rank === 0) return false;
  const asCertain = actsOf(event).filter((act) => statusRank(act.status) >= statusRank(finding.status));
  if (asCertain.some(({ kind }) => kind === finding.kind)) return false;
  const beside = rank >= rankOf('staff-departure-ordered') ? asCertain.filter(({ kind }) => !takesPeopleOut(kind)) : asCertain;
  return beside.every(({ kind }) => rankOf(kind) < rank);
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

function isSure({ confidence }: Finding): boolean {
  return confidence >= alertFrom;
}

function isNewlyPresent(event: NewsEvent, { finding }: Report): boolean {
  return isPresent(finding.status) && !isPresent(event.finding.status);
}

function isFirstSure(event: NewsEvent, { finding }: Report): boolean {
  return isPresent(finding.status) && isSure(finding) && !isSure(event.finding);
}

function goesFurther(event: NewsEvent, told: Report): boolean {
  const [known, said] = [event.finding, told.finding];
  if (!isPresent(said.status)) return false;
  if (said.kind === known.kind && statusRank(said.status) > statusRank(known.status)) return true;
  const asFar = rankOf(said.kind) >= rankOf(known.kind) || takesPeopleOut(said.kind);
  return isStep(event, told) || (said.severity > known.severity && asFar);
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

/**
 * Independent outlets strengthen each other, by half of what independence would give: they read the same agencies.
 * Two at .7 or three at .6 reach what alerts; a copy of a title adds nothing, nor does a report of another act.
 */
export function joinedConfidence(event: NewsEvent, { finding }: Report, story: Story): number {
  const known = event.finding.confidence;
  if (!isPresent(finding.status) || finding.severity === 0 || finding.kind !== event.finding.kind) return known;
  const high = Math.max(known, finding.confidence);
  if (!isIndependent(presentSources(event), story)) return high;
  const joined = high + (1 - high) * Math.min(known, finding.confidence) * 0.5;
  return Math.round(joined * 1000) / 1000;
}

function isIndependent(sources: readonly SourceRef[], { item, source, tier }: Story): boolean {
  const { id: itemId, feedId, title, url, fetchedAt: seenAt } = item;
  const asked: SourceRef = { itemId, feedId, source, tier, title, url, seenAt };
  return outletsOf([...sources, asked]).includes(asked);
}

/** The acts told so far with this report's; what was unsure counts for nothing once something sure is told. */
export function joinedActs(event: NewsEvent, told: Report): readonly ReportedAct[] {
  const { finding } = told;
  const isSaid = ({ kind, status }: ReportedAct) => kind === finding.kind && statusRank(status) <= statusRank(finding.status);
  const learned = (act: ReportedAct) => (act.finding && isSaid(act) ? { ...act, finding: fillGaps(act.finding, finding) } : act);
  const known = isFirstSure(event, told) ? [] : actsOf(event).map(learned);
  const isKnown = (act: ReportedAct) => known.some(({ kind, status }) => kind === act.kind && statusRank(status) >= statusRank(act.status));
  return [...known, ...told.acts.filter((act) => isPresent(act.status) && isSure(finding) && !isKnown(act))];
}
