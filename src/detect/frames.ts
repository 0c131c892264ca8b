/**
 * The frames: which tags, in which order within one clause, report which act. One line is one frame.
 *
 *   STATE            a place or speaker that can act: "US", "Moscow", "Trump", "Israeli government"
 *   MISSION          a mission's name: "embassy", "US embassy in Kyiv"
 *   FOREIGNERS       citizens of a State: "Britons", "its citizens", "US nationals"
 *   PLACE            any place
 *   word             a tag of the lexicon
 *   word!            right after what stands before it, up to two small words between
 *   ~                a passive: what stands before the verb suffers it
 *   ^                may reach over a colon: "Security Alert: US Embassy Kyiv"
 *
 * The first frame of a kind that fits a clause is the one that is told.
 */
import type { Kind } from '../model.ts';

export interface Frame {
  readonly rule: string;
  readonly kind: Kind;
  readonly pattern: readonly Step[];
  /** Which step is the act: guards and tense are read around it. */
  readonly act: number;
  readonly passive: boolean;
  /** Fits over the borders of clauses. */
  readonly across: boolean;
}

export interface Step {
  readonly name: string;
  readonly near: boolean;
}

const table: readonly (readonly [Kind, string, string])[] = [
  // kind, rule, pattern: the act is the step marked by *
  ['embassy-relocation', 'state-relocates-mission', 'STATE *relocate MISSION'],
  ['embassy-relocation', 'mission-is-relocated', '~MISSION *relocate prep-to PLACE'],
  ['embassy-relocation', 'mission-staff-relocated', 'STATE *relocate diplomat prep-to PLACE'],
  ['embassy-relocation', 'relocation-of-mission', '*relocate-n MISSION'],
  ['embassy-reopening', 'state-reopens-mission', 'STATE *reopen MISSION'],
  ['embassy-reopening', 'mission-reopens', '~MISSION *reopen'],
  ['embassy-reopening', 'state-returns-to-mission', 'STATE *return MISSION'],
  ['embassy-reopening', 'reopening-of-mission', '*reopen-n MISSION'],
  ['embassy-suspension', 'state-suspends-operations', 'STATE *suspend operations MISSION'],
  ['embassy-suspension', 'state-suspends-mission-operations', 'STATE *suspend MISSION operations'],
  ['embassy-suspension', 'mission-suspends-operations', 'MISSION *suspend operations'],
  ['embassy-suspension', 'operations-suspended-at-mission', '~operations *suspend MISSION'],
  ['embassy-suspension', 'operations-of-mission-suspended', '~MISSION operations *suspend'],
  ['embassy-closure', 'state-closes-mission', 'STATE *close MISSION'],
  ['embassy-closure', 'mission-closes', '~MISSION *close'],
  ['embassy-closure', 'closure-of-mission', '*close-n MISSION'],
  ['staff-departure-ordered', 'ordered-departure', '*ordered-departure'],
  ['staff-departure-ordered', 'state-orders-staff-to-leave', 'STATE *order staff leave'],
  ['staff-departure-ordered', 'staff-ordered-to-leave', '~staff *order leave'],
  ['staff-departure-ordered', 'state-orders-departure-of-staff', 'STATE *order withdraw staff'],
  ['staff-departure-authorized', 'authorized-departure', '*authorized-departure'],
  ['staff-departure-authorized', 'state-allows-staff-to-leave', 'STATE *allow staff leave'],
  ['staff-departure-authorized', 'staff-allowed-to-leave', '~staff *allow leave'],
  ['staff-drawdown', 'state-withdraws-mission-staff', 'STATE *withdraw staff MISSION'],
  ['staff-drawdown', 'state-withdraws-embassy-staff', 'STATE *withdraw MISSION staff!'],
  ['staff-drawdown', 'state-withdraws-diplomats', 'STATE *withdraw diplomat prep-from PLACE'],
  ['staff-drawdown', 'state-thins-out-mission', 'STATE *withdraw MISSION'],
  ['staff-drawdown', 'state-evacuates-mission', 'STATE *evacuate MISSION'],
  ['staff-drawdown', 'state-evacuates-mission-staff', 'STATE *evacuate staff MISSION'],
  ['staff-drawdown', 'state-evacuates-diplomats', 'STATE *evacuate diplomat'],
  ['staff-drawdown', 'staff-leave-mission', '~staff *withdraw prep-from MISSION'],
  ['staff-drawdown', 'mission-evacuated', '~MISSION *evacuate'],
  ['evacuation', 'state-evacuates', 'STATE *evacuate'],
  ['evacuation', 'state-repatriates', 'STATE *repatriate FOREIGNERS'],
  ['evacuation', 'foreigners-evacuated', '~FOREIGNERS *evacuate'],
  ['evacuation', 'foreigners-repatriated', '~FOREIGNERS *repatriate'],
  ['evacuation', 'people-evacuated-from', '~people *evacuate prep-from PLACE'],
  ['evacuation', 'evacuation-flight', 'charter *evacuate-n'],
  ['evacuation', 'evacuation-flight-goes', '*evacuate-n charter'],
  ['evacuation', 'evacuation-from', '*evacuate-n prep-from PLACE'],
  ['evacuation', 'evacuation-of-a-place', 'PLACE *evacuate-n'],
  ['travel-advisory', 'state-tells-foreigners-to-leave', 'STATE *advise FOREIGNERS leave'],
  ['travel-advisory', 'state-tells-foreigners-to-avoid', 'STATE *advise FOREIGNERS avoid'],
  ['travel-advisory', 'foreigners-told-to-leave', '~FOREIGNERS *advise leave'],
  ['travel-advisory', 'foreigners-told-to-avoid', '~FOREIGNERS *advise avoid'],
  ['travel-advisory', 'foreigners-are-told-to-leave', '*advise FOREIGNERS leave'],
  ['travel-advisory', 'foreigners-are-told-to-avoid', '*advise FOREIGNERS avoid'],
  ['travel-advisory', 'state-advises-against-travel', 'STATE *advise against-travel'],
  ['travel-advisory', 'foreigners-told-against-travel', '~FOREIGNERS *advise against-travel'],
  ['travel-advisory', 'state-advises-to-avoid', 'STATE *advise avoid'],
  ['travel-advisory', 'state-issues-advisory', 'STATE *issue advisory'],
  ['travel-advisory', 'advisory-issued', '~advisory *issue'],
  ['travel-advisory', 'state-puts-place-on-advisory', 'STATE *issue PLACE advisory'],
  ['travel-advisory', 'advisory-for', '*advisory PLACE'],
  ['security-alert', 'state-warns-foreigners', 'STATE *advise FOREIGNERS threat'],
  ['security-alert', 'state-tells-to-shelter', 'STATE *advise FOREIGNERS shelter'],
  ['security-alert', 'mission-warns', 'MISSION *advise shelter'],
  ['security-alert', 'mission-warns-of-threat', 'MISSION *advise threat'],
  ['security-alert', 'alert-of-mission', '^*safety-alert MISSION'],
  ['security-alert', 'mission-issues-alert', 'MISSION *issue safety-alert'],
  ['security-alert', 'state-issues-alert', 'STATE *issue safety-alert'],
  ['border-airspace', 'state-closes-airspace', 'STATE *restrict airspace'],
  ['border-airspace', 'airspace-closed', '~airspace *restrict'],
  ['border-airspace', 'state-closes-border', 'STATE *restrict border'],
  ['border-airspace', 'border-closed', '~border *restrict!'],
  ['border-airspace', 'state-reopens-border', 'STATE *reopen border'],
  ['border-airspace', 'state-reopens-airspace', 'STATE *reopen airspace'],
  ['border-airspace', 'airspace-reopens', '~airspace *reopen'],
  ['border-airspace', 'border-reopens', '~border *reopen!'],
  ['border-airspace', 'airport-closed', '~airport *restrict'],
  ['diplomatic-expulsion', 'state-expels-diplomats', 'STATE *expel diplomat'],
  ['diplomatic-expulsion', 'state-expels-ambassador', 'STATE *expel ambassador'],
  ['diplomatic-expulsion', 'state-expels-officials', 'STATE *expel staff'],
  ['diplomatic-expulsion', 'diplomats-expelled', '~diplomat *expel'],
  ['diplomatic-expulsion', 'ambassador-expelled', '~ambassador *expel'],
  ['diplomatic-expulsion', 'state-orders-diplomats-out', 'STATE *order diplomat leave'],
  ['diplomatic-expulsion', 'state-orders-ambassador-out', 'STATE *order ambassador leave'],
  ['diplomatic-expulsion', 'state-severs-relations', 'STATE *sever relations'],
  ['ambassador-recall', 'state-recalls-ambassador', 'STATE *recall ambassador'],
  ['ambassador-recall', 'ambassador-recalled', '~ambassador *recall'],
  ['ambassador-summoned', 'state-summons-ambassador', 'STATE *summon ambassador'],
  ['ambassador-summoned', 'state-summons-diplomat', 'STATE *summon diplomat'],
  ['ambassador-summoned', 'ambassador-summoned', '~ambassador *summon'],
  ['mission-attack', 'attack-on-mission', '*attack-n MISSION'],
  ['mission-attack', 'mission-attacked', '~MISSION *attack'],
  ['mission-attack', 'attackers-at-mission', '*attack MISSION!'],
  ['consular-service-change', 'state-suspends-visas', 'STATE *suspend consular'],
  ['consular-service-change', 'mission-suspends-visas', 'MISSION *suspend visa'],
  ['consular-service-change', 'mission-resumes-visas', 'MISSION *reopen visa'],
  ['consular-service-change', 'state-resumes-visas', 'STATE *reopen consular'],
  ['embassy-opening', 'state-opens-mission', 'STATE *open MISSION'],
  ['embassy-opening', 'mission-opens', '~MISSION *open'],
];

export const frames: readonly Frame[] = table.map(([kind, rule, text]) => {
  const words = text.replace(/[~^]/, '').split(' ');
  const pattern = words.map((word) => ({ name: word.replace(/[*!]/g, ''), near: word.endsWith('!') }));
  return {
    kind,
    rule,
    pattern,
    act: words.findIndex((word) => word.startsWith('*')),
    passive: text.startsWith('~'),
    across: text.startsWith('^'),
  };
});
