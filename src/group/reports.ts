/** Joins the findings of one item that describe the same act into reports. */
import { isAdvice, type Kind, takesPeopleOut, traits } from '../kinds.ts';
import type { Instant } from '../model/basics.ts';
import type { ReportedAct, SourceRef } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { alertFrom, detailsOf, type Evidence, type Finding } from '../model/finding.ts';
import { familyOf, hasSender, rankOf } from './keys.ts';

/** One act as reported by one item: its gravest finding, with gaps filled from the others. */
export interface Report {
  readonly finding: Finding;
  /** The finding's index in the item. */
  readonly index: number;
  readonly acts: readonly ReportedAct[];
}

export function reportsIn(findings: readonly Finding[]): readonly Report[] {
  const graveFirst = findings
    .map((finding, index) => ({ finding: ofStaff(finding, findings), index }))
    .filter(({ finding }) => !findings.some((other) => isBetterReading(other, finding)))
    .map(({ finding, index }) => ({ finding, index, acts: [{ kind: finding.kind, status: finding.status, finding }] }))
    .sort((a, b) => Number(isSure(b.finding)) - Number(isSure(a.finding)) || graver(a, b) || a.index - b.index);
  const reports: Report[] = [];
  for (const one of graveFirst) {
    const index = reports.findIndex((other) => describeSameAct(other.finding, one.finding));
    const lead = reports[index];
    if (lead) reports[index] = { ...lead, finding: joinFindings(lead.finding, one.finding), acts: [...lead.acts, ...one.acts] };
    else reports.push(one);
  }
  return reports;
}

/**
 * "Evacuates all embassy staff": if the same words report a drawdown of staff, the evacuees are the
 * staff.
 */
function ofStaff(finding: Finding, all: readonly Finding[]): Finding {
  if (!takesPeopleOut(finding.kind) || finding.people !== undefined) return finding;
  const isStaff = all.some((other) => traits[other.kind].posture === 'drawdown' && shareActWords(finding, other));
  return isStaff ? { ...finding, whom: 'staff' } : finding;
}

function shareActWords(a: Finding, b: Finding): boolean {
  const isAct = ({ role }: Evidence) => role === 'act';
  const acts = a.evidence.filter(isAct);
  return b.evidence
    .filter(isAct)
    .some((one) => acts.some(({ field, start, end }) => one.field === field && one.start < end && start < one.end));
}

/**
 * Precedence when the same words can be read as several acts of a mission: departures are stated,
 * closures often only inferred.
 */
const precedence: readonly Kind[] = [
  'embassy-reopening',
  'embassy-relocation',
  'evacuation',
  'staff-departure-ordered',
  'staff-departure-authorized',
  'staff-drawdown',
  'embassy-closure',
  'embassy-suspension',
];

/** Whether `other` is the better reading of the same words: each word counts for one act only. */
function isBetterReading(other: Finding, finding: Finding): boolean {
  if (other === finding || other.kind === finding.kind || other.sender !== finding.sender || other.status !== finding.status) return false;
  if (familyOf(other.kind) !== 'post' || familyOf(finding.kind) !== 'post' || (isSure(finding) && !isSure(other))) return false;
  // A relocation without a destination is no better than the closure that it implies.
  const index = ({ kind, to }: Finding) => (kind === 'embassy-relocation' && !to ? precedence.length : precedence.indexOf(kind));
  return index(other) < index(finding) && shareActWords(other, finding);
}

export function isSure({ confidence }: Finding): boolean {
  return confidence >= alertFrom;
}

function graver(a: Pick<Report, 'finding'>, b: Pick<Report, 'finding'>): number {
  return b.finding.severity - a.finding.severity || rankOf(b.finding.kind) - rankOf(a.finding.kind);
}

function describeSameAct(a: Finding, b: Finding): boolean {
  const bothSend = hasSender(a.kind) && hasSender(b.kind);
  if (!bothSend && a.kind !== b.kind) return false;
  if (bothSend && a.sender !== b.sender) return false;
  if (isAdviceOfAnotherScope(a, b)) return false;
  // One act in many places: "closes its embassies in X and Y".
  if (familyOf(a.kind) === familyOf(b.kind)) return true;
  return a.sender !== undefined && intersects(a.hosts, b.hosts);
}

/** Advice for a country and for a region are separate, each with its own level. */
function isAdviceOfAnotherScope(a: Finding, b: Finding): boolean {
  return isAdvice(a.kind) && isAdvice(b.kind) && (a.scope !== b.scope || a.level !== b.level);
}

export function intersects<Value>(a: readonly Value[], b: readonly Value[]): boolean {
  return a.some((one) => b.includes(one));
}

export function union<Value>(a: readonly Value[], b: readonly Value[]): readonly Value[] {
  return [...a, ...b.filter((one) => !a.includes(one))];
}

function joinFindings(lead: Finding, other: Finding): Finding {
  return {
    ...fillGaps(lead, other),
    hosts: union(lead.hosts, other.hosts),
    evidence: [...lead.evidence, ...other.evidence],
    ...(lead.kind === other.kind && { details: { ...detailsOf(other), ...detailsOf(lead) } }),
  };
}

/**
 * Returns `finding` with empty slots filled from `other`. A level is copied with its text and
 * direction.
 */
export function fillGaps(finding: Finding, other: Finding): Finding {
  const { sender, jointly, area, post, from, level, previousLevel, nativeText, direction } = other;
  // Destination, number and duration belong to one act: copied from another act they would be
  // invented.
  const { to, people, temporary }: Partial<Finding> = other.kind === finding.kind ? other : {};
  return {
    ...(sender && { sender }),
    ...(jointly && finding.sender === undefined && { jointly }),
    ...(area && { area }),
    ...(post && { post }),
    ...(from && { from }),
    ...(to && { to }),
    ...(people !== undefined && { people }),
    ...(temporary !== undefined && { temporary }),
    ...(finding.level === undefined && {
      ...(level !== undefined && { level }),
      ...(previousLevel !== undefined && { previousLevel }),
      ...(nativeText && { nativeText }),
      ...(direction && { direction }),
    }),
    ...finding,
    hosts: finding.hosts.length > 0 ? finding.hosts : other.hosts,
  };
}

/** How much of a report an event stores (characters): as much as detection reads. */
const longestTitle = 500;
const longestSummary = 600;

/** Converts a story to a source of an event, with the acts it reports; a denial reports none. */
export function sourceOf({ item, source, tier }: Story, { finding, acts }: Report, now: Instant): SourceRef {
  const { id, feedId, title, summary, url, language, publishedAt } = item;
  return {
    itemId: id,
    feedId,
    source,
    tier,
    title: title.slice(0, longestTitle).toWellFormed(),
    url,
    seenAt: now,
    ...(summary && { summary: summary.slice(0, longestSummary).toWellFormed() }),
    ...(language && { language }),
    ...(publishedAt !== undefined && { publishedAt }),
    acts: finding.status === 'denied' ? [] : [...new Set(acts.map(({ kind }) => kind))],
    evidence: finding.evidence,
  };
}

/** When the story was published, capped at now. */
export function storyTime({ item }: Story, now: Instant): Instant {
  return Math.min(item.publishedAt ?? now, now);
}
