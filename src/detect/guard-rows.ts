import type { Kind } from '../kinds.ts';
import type { DropReason, Status } from '../model/finding.ts';
import type { Tag } from './tags.ts';

export interface GuardRow {
  /** What `why` and the evaluation call it. */
  readonly name: string;
  readonly cue: readonly Tag[];
  readonly effect: DropReason & (Status | 'routine' | 'local' | 'followup');
  /** Seen from the act: before it (behind, where the verb comes last), behind it, right before it, anywhere. */
  readonly direction: 'left' | 'right' | 'beside' | 'any';
  readonly scope: 'clause' | 'text';
  /** Acts that are nouns ("closure"), or verbs; absent: both. */
  readonly acts?: 'nouns' | 'verbs';
  readonly kinds?: readonly Kind[];
  readonly unless?: readonly Kind[];
  /** Only acts at a mission, or of its visas. */
  readonly ofMission?: true;
  readonly examples: readonly string[];
}

/** What changes the status of an act; in this order. */
export const statusRows: readonly GuardRow[] = [
  {
    name: 'long ago',
    cue: ['historic'],
    effect: 'historic',
    direction: 'any',
    scope: 'text',
    examples: ['Ten years ago US closed its embassy in Tripoli', 'Fall of Saigon: US evacuates embassy staff from Vietnam'],
  },
  {
    name: 'denied',
    cue: ['denied'],
    effect: 'denied',
    direction: 'left',
    scope: 'clause',
    examples: ['France denies closing its embassy in Bamako', 'UK has no plans to close embassy in Juba'],
  },
  {
    name: 'untrue report',
    cue: ['untrue'],
    effect: 'denied',
    direction: 'any',
    scope: 'text',
    examples: ['Report that US closes embassy in Abuja is false'],
  },
  {
    name: 'weighed',
    cue: ['considered'],
    effect: 'considered',
    direction: 'left',
    scope: 'clause',
    examples: ['UK may close embassy in Juba', 'Canada considers closing its embassy in Beirut'],
  },
  {
    name: 'plan of',
    cue: ['considered-n'],
    effect: 'considered',
    direction: 'left',
    scope: 'clause',
    acts: 'nouns',
    examples: ['Dispute about closure of US embassy in Baghdad'],
  },
  {
    name: 'act as a plan',
    cue: ['considered', 'considered-n'],
    effect: 'considered',
    direction: 'right',
    scope: 'clause',
    acts: 'nouns',
    unless: ['mission-attack'],
    examples: ['Closure of US embassy in Baghdad an option'],
  },
  {
    name: 'plan before a verb',
    cue: ['considered-n'],
    effect: 'considered',
    direction: 'beside',
    scope: 'clause',
    acts: 'verbs',
    examples: [],
  },
];

/** What makes an act none of ours; in this order. */
export const vetoRows: readonly GuardRow[] = [
  {
    name: 'told afterwards',
    cue: ['followup'],
    effect: 'followup',
    direction: 'any',
    scope: 'clause',
    examples: ['Inquiry into evacuation of British embassy in Kabul'],
  },
  {
    name: 'routine',
    cue: ['routine'],
    effect: 'routine',
    direction: 'any',
    scope: 'text',
    ofMission: true,
    unless: ['security-alert'],
    examples: ['US embassy in Abuja closed for public holiday', 'Embassy of Japan in Paris closed for New Year'],
  },
  {
    name: 'alarm or base',
    cue: ['alarm', 'base'],
    effect: 'local',
    direction: 'any',
    scope: 'text',
    kinds: ['staff-drawdown'],
    examples: ['Fire alarm forces evacuation of US embassy in London'],
  },
  {
    name: 'forces of nature',
    cue: ['nature'],
    effect: 'local',
    direction: 'any',
    scope: 'text',
    kinds: ['mission-attack'],
    examples: ['Earthquake hits US embassy in Port Vila'],
  },
  {
    name: 'arrested for it',
    cue: ['arrest'],
    effect: 'followup',
    direction: 'any',
    scope: 'text',
    acts: 'nouns',
    kinds: ['mission-attack'],
    examples: ['Suspects arrested in attack on Israeli embassy in London'],
  },
];
