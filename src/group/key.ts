/** Which reports can tell one act: the family of kinds, whose it is, where. */
import type { Finding, Instant, Kind, NewsEvent, Posture } from '../model.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Kinds that tell one crisis of one mission, step by step. */
const post = new Set<Kind>([
  'embassy-relocation',
  'embassy-closure',
  'embassy-suspension',
  'embassy-reopening',
  'staff-departure-ordered',
  'staff-departure-authorized',
  'staff-drawdown',
  'evacuation',
]);

export function familyOf(kind: Kind): string {
  return post.has(kind) ? 'post' : kind;
}

/** What a kind makes of a mission; evacuations of citizens leave it as it is. */
export const postureOf: Partial<Record<Kind, Posture>> = {
  'staff-departure-authorized': 'authorized',
  'staff-drawdown': 'drawdown',
  'staff-departure-ordered': 'ordered',
  'embassy-suspension': 'suspended',
  'embassy-relocation': 'relocated',
  'embassy-closure': 'closed',
  'embassy-reopening': 'normal',
};

const order: readonly Kind[] = [
  'embassy-reopening',
  'staff-departure-authorized',
  'staff-drawdown',
  'evacuation',
  'staff-departure-ordered',
  'embassy-suspension',
  'embassy-relocation',
  'embassy-closure',
];

/** How far a mission's crisis has come: 0 for kinds that tell none. */
export function stage(kind: Kind): number {
  return Math.max(0, order.indexOf(kind));
}

/** How long after its last report an event can still be joined, and how long in all. */
export function windows(kind: Kind): { readonly quiet: Instant; readonly whole: Instant } {
  switch (kind) {
    case 'diplomatic-expulsion':
    case 'mission-attack':
      return { quiet: 3 * day, whole: 7 * day };
    case 'travel-advisory':
      return { quiet: 30 * day, whole: 30 * day };
    default:
      return { quiet: 7 * day, whole: 21 * day };
  }
}

export type Fit = 'same' | 'open-slot' | 'other';

/** Whether a finding's slots and an event's can be one act. A slot that a kind never has is no empty slot. */
export function fits(finding: Finding, event: NewsEvent, now: Instant): Fit {
  const known = event.finding;
  const joined = familyOf(finding.kind) === familyOf(known.kind) || warningPair(finding.kind, known.kind, now - event.lastSeenAt);
  if (!joined) return 'other';
  const senders = senderless.has(finding.kind) ? 'same' : slot(finding.sender, known.sender);
  const hosts = hostsFit(finding, known);
  if (senders === 'other' || hosts === 'other') return 'other';
  if (finding.kind === 'mission-attack' && slot(finding.from?.name, known.from?.name) === 'other') return 'other';
  return senders === 'same' && hosts === 'same' ? 'same' : 'open-slot';
}

const senderless = new Set<Kind>(['border-airspace']);

function warningPair(a: Kind, b: Kind, gap: Instant): boolean {
  const pair = new Set([a, b]);
  return pair.has('travel-advisory') && pair.has('security-alert') && gap <= 48 * hour;
}

function slot(a: string | undefined, b: string | undefined): Fit {
  if (a === undefined && b === undefined) return 'same';
  if (a === undefined || b === undefined) return 'open-slot';
  return a === b ? 'same' : 'other';
}

function hostsFit(a: Finding, b: Finding): Fit {
  if (a.hosts.some((host) => b.hosts.includes(host))) return 'same';
  if (a.area !== undefined && a.area.toLowerCase() === b.area?.toLowerCase()) return 'same';
  if (a.hosts.length === 0 && b.hosts.length === 0 && a.area === undefined && b.area === undefined) return 'same';
  if (a.hosts.length > 0 && b.hosts.length > 0) return 'other';
  if (a.area !== undefined && b.area !== undefined) return 'other';
  return 'open-slot';
}
