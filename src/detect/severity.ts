/** How grave a finding is, by one table. */
import type { Direction, Kind, Level, Severity, Status } from '../model.ts';

export interface Gravity {
  readonly kind: Kind;
  readonly status: Status;
  readonly level?: Level;
  readonly direction?: Direction;
  readonly regional: boolean;
  /** The text names war, attack, security or evacuation. */
  readonly danger: boolean;
  readonly act: 'leave' | 'avoid' | 'shelter' | 'threat' | 'demonstration' | 'reopen' | 'air' | 'other';
}

export function severityOf(gravity: Gravity): Severity {
  if (gravity.direction === 'reissued' || gravity.direction === 'text-changed') return 0;
  const base = baseOf(gravity);
  const less = (gravity.status === 'planned' ? 1 : 0) + (gravity.regional ? 1 : 0);
  return Math.max(1, base - less) as Severity;
}

function baseOf({ kind, level, danger, act }: Gravity): number {
  switch (kind) {
    case 'embassy-relocation':
    case 'embassy-closure':
    case 'embassy-suspension':
      return danger ? 4 : 2;
    case 'embassy-reopening':
    case 'embassy-opening':
    case 'ambassador-summoned':
      return 1;
    case 'staff-departure-ordered':
    case 'evacuation':
    case 'mission-attack':
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
