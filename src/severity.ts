/** How severe a finding is, by the table of kinds. */
import { type Circumstance, circumstances, type Kind, traits } from './kinds.ts';
import type { Direction, Level, Severity, Status } from './model/finding.ts';

export interface Gravity {
  readonly kind: Kind;
  readonly status: Status;
  readonly level?: Level;
  readonly direction?: Direction;
  readonly regional: boolean;
  /**
   * What title and summary say beside the act: war, attack, security or evacuation; an ordinary
   * reason such as a lease; little damage.
   */
  readonly danger?: boolean;
  readonly ordinary?: boolean;
  readonly harm?: 'some' | 'none' | 'petty';
  /** It moves to another building of its city. */
  readonly stays?: boolean;
  readonly act: 'leave' | 'avoid' | 'shelter' | 'demonstration' | 'reopen' | 'air' | 'other';
}

export function severityOf(gravity: Gravity): Severity {
  if (gravity.direction === 'reissued' || gravity.direction === 'text-changed') return 0;
  const base = baseOf(gravity);
  // A planned act is one level lower; a planned embassy move is at least Notice, unless the act is
  // less.
  const announced =
    gravity.status === 'planned' ? Math.max(base - 1, traits[gravity.kind].topic === 'embassy-moves' ? Math.min(base, 2) : 1) : base;
  return Math.max(1, announced - (gravity.regional ? 1 : 0)) as Severity;
}

function baseOf(gravity: Gravity): number {
  const { usual, ...under } = traits[gravity.kind].severity;
  const decides = circumstances.find((one) => under[one] !== undefined && holds(gravity, one));
  return gravity.level ?? (decides && under[decides]) ?? usual;
}

function holds({ danger, ordinary, harm, stays, act }: Gravity, circumstance: Circumstance): boolean {
  switch (circumstance) {
    case 'petty':
      return harm === 'petty';
    case 'harmless':
      return harm === 'none';
    case 'danger':
      return danger === true;
    case 'ordinary':
      return ordinary === true;
    case 'stays':
      return stays === true;
    default:
      return act === circumstance;
  }
}
