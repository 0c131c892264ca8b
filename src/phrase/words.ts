/** Our own words. Another language joins by another table of this shape. */
import type { Kind, Posture, Reason, Severity, Topic } from '../model.ts';

export const severityWords: Readonly<Record<Severity, { readonly mark: string; readonly word: string }>> = {
  4: { mark: '⛔', word: 'CRITICAL' },
  3: { mark: '⚠️', word: 'WARNING' },
  2: { mark: '🔶', word: 'NOTICE' },
  1: { mark: 'ℹ️', word: 'INFO' },
  0: { mark: '·', word: 'UNCHANGED' },
};

export function severityLabel(severity: Severity): string {
  const { mark, word } = severityWords[severity];
  return `${mark} ${word}`;
}

export const postureWords: Readonly<Record<Posture, string>> = {
  normal: 'working normally',
  authorized: 'authorized departure (staff may leave)',
  drawdown: 'staff reduced',
  ordered: 'ordered departure (staff must leave)',
  suspended: 'operations suspended',
  relocated: 'moved',
  closed: 'closed',
};

export const topicWords: Readonly<Record<Topic, string>> = {
  'embassy-moves': 'embassy moves',
  evacuations: 'evacuations',
  'travel-advisories': 'travel advisories',
  'security-alerts': 'security alerts',
  borders: 'borders and airspace',
  consular: 'consular services',
  diplomacy: 'expulsions and severed relations',
  ambassadors: 'ambassadors',
};

export const kindWords: Readonly<Record<Kind, string>> = {
  'embassy-relocation': 'embassy moves',
  'embassy-closure': 'embassy closes',
  'embassy-suspension': 'embassy suspends operations',
  'embassy-reopening': 'embassy reopens',
  'embassy-opening': 'embassy opens',
  'staff-departure-ordered': 'ordered departure of staff',
  'staff-departure-authorized': 'authorized departure of staff',
  'staff-drawdown': 'embassy staff reduced',
  evacuation: 'evacuation',
  'travel-advisory': 'travel advice',
  'security-alert': 'security alert',
  'border-airspace': 'border or airspace',
  'consular-service-change': 'consular services change',
  'diplomatic-expulsion': 'diplomats expelled or relations severed',
  'ambassador-recall': 'ambassador recalled',
  'ambassador-summoned': 'ambassador summoned',
  'mission-attack': 'mission attacked',
};

export const reasonWords: Readonly<Record<Reason, string>> = {
  'first-report': 'first report',
  'became-alertable': 'now reported clearly enough to alert',
  'severity-rose': 'graver than before',
  'status-rose': 'no longer planned: it happens',
  'level-known': 'the level is known',
  'level-raised': 'the level was raised',
  'level-lowered': 'the level was lowered',
  'posture-changed': 'the mission’s posture changed',
  'city-known': 'the city is known',
  'number-known': 'a number is known',
  'host-added': 'another country is affected',
  'officially-confirmed': 'confirmed officially',
  reopened: 'reopened',
  'denied-by-official': 'denied officially',
  'new-phase': 'a new phase of an earlier event',
  'raised-together': 'many levels were raised together; unusual, check the source',
};
