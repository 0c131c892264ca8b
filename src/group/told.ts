/** What one item tells, act by act: findings that tell one act stand together. */
import type { ActTold, Finding, Instant, SourceRef, Story } from '../model.ts';
import { familyOf, hasSender, rankOf } from './keys.ts';

/** One act as one item tells it: the gravest of its findings, its gaps filled from the others. */
export interface Told {
  readonly finding: Finding;
  /** The finding's place in the item. */
  readonly index: number;
  readonly acts: readonly ActTold[];
}

export function toldBy(findings: readonly Finding[]): readonly Told[] {
  const graveFirst = findings
    .map((finding, index) => ({ finding, index, acts: [{ kind: finding.kind, status: finding.status }] }))
    .sort((a, b) => b.finding.severity - a.finding.severity || rankOf(b.finding.kind) - rankOf(a.finding.kind) || a.index - b.index);
  const told: Told[] = [];
  for (const one of graveFirst) {
    const place = told.findIndex((other) => tellOneAct(other.finding, one.finding));
    const lead = told[place];
    if (lead) told[place] = { ...lead, finding: together(lead.finding, one.finding), acts: [...lead.acts, ...one.acts] };
    else told.push(one);
  }
  return told;
}

function tellOneAct(a: Finding, b: Finding): boolean {
  const bothSend = hasSender(a.kind) && hasSender(b.kind);
  if (!bothSend && a.kind !== b.kind) return false;
  if (bothSend && a.sender !== b.sender) return false;
  if (isAdviceOfAnotherScope(a, b)) return false;
  // One act in many places: "closes its embassies in X and Y".
  if (familyOf(a.kind) === familyOf(b.kind)) return true;
  return a.sender !== undefined && meet(a.hosts, b.hosts);
}

/** Advice for a country and for a part of it stand beside each other, each with its own level. */
function isAdviceOfAnotherScope(a: Finding, b: Finding): boolean {
  return a.kind === 'travel-advisory' && b.kind === 'travel-advisory' && (a.scope !== b.scope || a.level !== b.level);
}

export function meet<Value>(a: readonly Value[], b: readonly Value[]): boolean {
  return a.some((one) => b.includes(one));
}

export function union<Value>(a: readonly Value[], b: readonly Value[]): readonly Value[] {
  return [...a, ...b.filter((one) => !a.includes(one))];
}

function together(lead: Finding, other: Finding): Finding {
  return { ...withGapsFilled(lead, other), hosts: union(lead.hosts, other.hosts), evidence: [...lead.evidence, ...other.evidence] };
}

/** `finding` with what it leaves open taken from `other`. A level travels with the words and the direction that belong to it. */
export function withGapsFilled(finding: Finding, other: Finding): Finding {
  const { sender, jointly, area, post, from, to, people, temporary, level, previousLevel, nativeText, direction } = other;
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

export function sourceOf({ item, source, tier }: Story, now: Instant): SourceRef {
  const { id, feedId, title, summary, url, language, publishedAt } = item;
  return {
    itemId: id,
    feedId,
    source,
    tier,
    title,
    url,
    seenAt: now,
    ...(summary && { summary }),
    ...(language && { language }),
    ...(publishedAt !== undefined && { publishedAt }),
  };
}

/** When the story was published, as far as that can be believed: no later than now. */
export function storyTime({ item }: Story, now: Instant): Instant {
  return Math.min(item.publishedAt ?? now, now);
}
