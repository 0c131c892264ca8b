/**
 * Finds events that are over: no report can join, answer or lift them. This bounds the cost of a
 * decision.
 */
import { isLiftable } from '../kinds.ts';
import type { Instant } from '../model/basics.ts';
import type { NewsEvent } from '../model/event.ts';
import { sendersOf } from '../model/finding.ts';
import { familyOf, overAfter } from './keys.ts';

/**
 * @param events open events, ordered by last report
 * @returns ids of the events that end now. What a reopening could lift stays open, however old: the
 * latest event of each mission, border or airspace.
 */
export function overIn(events: readonly NewsEvent[], now: Instant): readonly string[] {
  const past = events.filter(({ lastSeenAt }) => now - lastSeenAt > overAfter);
  if (past.length === 0) return [];
  const latest = new Map(
    events.flatMap((event) => (event.state === 'open' && isLiftable(event.finding.kind) ? [[subjectOf(event), event.id] as const] : [])),
  );
  return past.filter((event) => latest.get(subjectOf(event)) !== event.id).map(({ id }) => id);
}

/** Identifies the mission, border or airspace. */
function subjectOf({ finding }: NewsEvent): string {
  return JSON.stringify([familyOf(finding.kind), [...sendersOf(finding)].sort(), [...finding.hosts].sort(), finding.area ?? '']);
}
