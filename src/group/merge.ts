/** What is known of an event after one more report, and what of it is news. */
import type { Finding, NewsEvent, Place, Reason, SourceRef, Story } from '../model.ts';
import { stage } from './key.ts';

export function sourceOf({ item, source, tier }: Story, now: number): SourceRef {
  const { id, feedId, title, summary, url, language, publishedAt } = item;
  return {
    itemId: id,
    feedId,
    source,
    tier,
    title,
    url,
    seenAt: now,
    ...(summary !== '' && { summary: summary.slice(0, 300) }),
    ...(language && { language }),
    ...(publishedAt !== undefined && { publishedAt }),
  };
}

/** The slots of both: what was known stays, what was empty is filled, the graver stage of a crisis is what it is called. */
export function merged(known: Finding, next: Finding, independent: boolean): Finding {
  const further = stage(next.kind) > stage(known.kind);
  const lead = further ? next : known;
  const other = further ? known : next;
  const severity = Math.max(known.severity, next.severity) as Finding['severity'];
  const { level = other.level } = lead;
  return {
    ...other,
    ...lead,
    status: known.status === 'happening' || next.status === 'happening' ? 'happening' : lead.status,
    hosts: [...new Set([...known.hosts, ...next.hosts])],
    severity,
    confidence: joint(known.confidence, next.confidence, independent),
    ...(level !== undefined && { level }),
    ...(known.people !== undefined && { people: known.people }),
  };
}

/** Independent publishers make a report surer; copies of one text do not. */
function joint(a: number, b: number, independent: boolean): number {
  const most = Math.max(a, b);
  if (!independent) return most;
  return Math.round(100 * Math.min(0.99, 1 - (1 - most) * (1 - 0.5 * Math.min(a, b)))) / 100;
}

/** Another publisher with words of its own. */
export function isIndependent(event: NewsEvent, story: Story): boolean {
  const title = folded(story.item.title);
  return event.sources.every((source) => source.source !== story.source && folded(source.title) !== title);
}

export function folded(title: string): string {
  return title
    .normalize('NFD')
    .replace(/\s[-–|]\s[^-–|]{2,40}$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** Why readers must be told again; empty when only the source count grew. */
export function reasonsOf(event: NewsEvent, after: Finding, story: Story): readonly Reason[] {
  const before = event.finding;
  const reasons: Reason[] = [];
  if (stage(after.kind) > stage(before.kind)) reasons.push('posture-changed');
  if (after.severity > before.severity) reasons.push('severity-rose');
  if (before.status === 'planned' && after.status === 'happening') reasons.push('status-rose');
  if (before.level === undefined && after.level !== undefined) reasons.push('level-known');
  if (isNewPlace(before.to, after.to) || isNewPlace(before.from, after.from)) reasons.push('city-known');
  if (before.people === undefined && after.people !== undefined) reasons.push('number-known');
  if (after.hosts.some((host) => !before.hosts.includes(host))) reasons.push('host-added');
  if (story.tier === 'official' && event.sources.every((source) => source.tier !== 'official')) reasons.push('officially-confirmed');
  return reasons;
}

function isNewPlace(before: Place | undefined, after: Place | undefined): boolean {
  return before === undefined && after !== undefined;
}
