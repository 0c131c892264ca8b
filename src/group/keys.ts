/** Which findings can tell one event, and which act of a mission weighs more than another. */
import { type Kind, traits } from '../kinds.ts';
import type { Instant } from '../model/basics.ts';
import type { NewsEvent, ReportedAct } from '../model/event.ts';
import { detailsOf, type Finding, type Status } from '../model/finding.ts';

/** What a mission does in a crisis is one family: reports of its steps belong together. Every other kind is its own. */
export type Family = 'post' | Kind;

export function familyOf(kind: Kind): Family {
  return traits[kind].family === 'post' ? 'post' : kind;
}

/** How far an act of the post family goes; 0 outside it. */
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

/** These kinds have no sending State: its absence is no gap. */
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

/** An advisory and a security alert of one sender tell one thing within this time. */
export const adviceAndAlert = 48 * hour;
/** After this silence a severer act begins a new phase. */
export const phaseAfter = 72 * hour;
/** For so long outlets still carry a claim that an official has denied. */
export const deniedFor = day;
/** An expulsion answers another within this time. */
export const titForTat = 30 * day;
/** Longer than every window above: what nobody reported for this long is over. */
export const overAfter = 35 * day;

/** When an event was reported first and last, by what its sources say. */
export function spanOf(event: NewsEvent): { readonly first: Instant; readonly last: Instant } {
  const times = event.sources.map((source) => Math.min(source.publishedAt ?? source.seenAt, source.seenAt));
  if (times.length === 0) return { first: event.firstSeenAt, last: event.lastSeenAt };
  return times.reduce((span, at) => ({ first: Math.min(span.first, at), last: Math.max(span.last, at) }), {
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
  });
}
