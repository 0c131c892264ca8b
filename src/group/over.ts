/** Which events are over: no report can join, answer or lift them any more, so that a decision costs the same however much has happened. */
import { isLiftable } from '../kinds.ts';
import type { Instant } from '../model/basics.ts';
import type { NewsEvent } from '../model/event.ts';
import { sendersOf } from '../model/finding.ts';
import { familyOf, overAfter } from './keys.ts';

/**
 * @param events open ones, in the order of their last report
 * @returns the ids of those that end now. What a reopening could lift stays, however old: the latest of each mission, border or airspace.
 */
export function overIn(events: readonly NewsEvent[], now: Instant): readonly string[] {
  const past = events.filter(({ lastSeenAt }) => now - lastSeenAt > overAfter);
  if (past.length === 0) return [];
  const latest = new Map(
    events.flatMap((event) => (event.state === 'open' && isLiftable(event.finding.kind) ? [[whatOf(event), event.id] as const] : [])),
  );
  return past.filter((event) => latest.get(whatOf(event)) !== event.id).map(({ id }) => id);
}

/** Whose mission where, or whose border. */
function whatOf({ finding }: NewsEvent): string {
  return JSON.stringify([familyOf(finding.kind), [...sendersOf(finding)].sort(), [...finding.hosts].sort(), finding.area ?? '']);
}
