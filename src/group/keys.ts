/**
 * Which kinds can belong to one event, how acts and statuses rank, and the time windows of
 * grouping.
 */
import { type Kind, traits } from '../kinds.ts';
import type { Instant } from '../model/basics.ts';
import type { NewsEvent, ReportedAct } from '../model/event.ts';
import { detailsOf, type Finding, type Status } from '../model/finding.ts';

/**
 * Steps of a mission in a crisis form one family and group together; every other kind is its own
 * family.
 */
export type Family = 'post' | Kind;

export function familyOf(kind: Kind): Family {
  return traits[kind].family === 'post' ? 'post' : kind;
}

/** How far an act of the post family goes (higher is further); 0 for other kinds. */
export function rankOf(kind: Kind): number {
  return traits[kind].rank;
}

const statusRanks: Readonly<Record<Status, number>> = { denied: 0, historic: 0, followup: 0, considered: 1, planned: 2, happening: 3 };

export function statusRank(status: Status): number {
  return statusRanks[status];
}

export function isPresent(status: Status): boolean {
  return status === 'happening' || status === 'planned';
}

export function actsOf(event: NewsEvent): readonly ReportedAct[] {
  const { kind, status } = event.finding;
  return event.acts ?? [{ kind, status, finding: event.finding }];
}

/** False for kinds without a sending State, where a missing sender is not a gap. */
export function hasSender(kind: Kind): boolean {
  return traits[kind].sender !== 'none';
}

export function isReopening(finding: Finding): boolean {
  const { lifts } = traits[finding.kind];
  if (lifts !== 'reopening') return lifts === 'always';
  return detailsOf(finding).reopens === true || (finding.severity === 1 && finding.scope === 'country' && finding.status === 'happening');
}

const hour = 3_600_000;
const day = 24 * hour;

/** An advisory and a security alert of one sender within this time are one event (ms). */
export const adviceAndAlert = 48 * hour;
/** After this silence a further act begins a new phase (ms). */
export const phaseAfter = 72 * hour;
/** How long outlets keep repeating a claim that an official denied (ms). */
export const deniedFor = day;
/** An expulsion within this time after another may answer it (ms). */
export const titForTat = 30 * day;
/** An event without reports for this long is over (ms); longer than every window above. */
export const overAfter = 35 * day;

/** When an event was first and last reported, by its sources' publication times. */
export function spanOf(event: NewsEvent): { readonly first: Instant; readonly last: Instant } {
  const times = event.sources.map((source) => Math.min(source.publishedAt ?? source.seenAt, source.seenAt));
  if (times.length === 0) return { first: event.firstSeenAt, last: event.lastSeenAt };
  return times.reduce((span, at) => ({ first: Math.min(span.first, at), last: Math.max(span.last, at) }), {
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
  });
}
