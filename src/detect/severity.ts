/** How grave a finding is, by one table. */
import { type Direction, type Kind, type Level, type Severity, type Status, topicOf } from '../model.ts';

export interface Gravity {
  readonly kind: Kind;
  readonly status: Status;
  readonly level?: Level;
  readonly direction?: Direction;
  readonly regional: boolean;
  /** What title and summary say beside the act: war, attack, security or evacuation; an ordinary reason such as a lease; that little happened. */
  readonly danger?: boolean;
  readonly ordinary?: boolean;
  readonly harm?: 'some' | 'none' | 'petty';
  /** It goes to another building of its city. */
  readonly stays?: boolean;
  readonly act: 'leave' | 'avoid' | 'shelter' | 'demonstration' | 'reopen' | 'air' | 'other';
}

export function severityOf(gravity: Gravity): Severity {
  if (gravity.direction === 'reissued' || gravity.direction === 'text-changed') return 0;
  const base = baseOf(gravity);
  // What a government announces of its missions is news: it is never told below the rest.
  const announced =
    gravity.status === 'planned' ? Math.max(base - 1, topicOf[gravity.kind] === 'embassy-moves' ? Math.min(base, 2) : 1) : base;
  return Math.max(1, announced - (gravity.regional ? 1 : 0)) as Severity;
}

function baseOf({ kind, level, danger, ordinary, harm, stays, act }: Gravity): number {
  switch (kind) {
    case 'embassy-relocation':
      return danger ? 4 : ordinary || stays ? 2 : 3;
    case 'embassy-closure':
    case 'embassy-suspension':
      return danger ? 4 : ordinary ? 2 : 3;
    case 'mission-attack':
      return harm === 'petty' ? 2 : harm === 'none' ? 3 : 4;
    case 'embassy-reopening':
    case 'embassy-opening':
    case 'ambassador-summoned':
      return 1;
    case 'staff-departure-ordered':
    case 'evacuation':
      return 4;
    case 'staff-departure-authorized':
    case 'staff-drawdown':
    case 'diplomatic-expulsion':
      return 3;
    case 'travel-advisory':
      return level ?? (act === 'leave' ? 4 : act === 'avoid' ? 3 : 2);
    case 'security-alert':
      return act === 'shelter' || act === 'leave' ? 4 : act === 'demonstration' ? 2 : 3;
    case 'border-airspace':
      return act === 'reopen' ? 1 : act === 'air' ? 3 : 2;
    default:
      return 2;
  }
}
