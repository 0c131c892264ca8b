/**
 * The frames: which words, in which order within one clause, report which act. One line is one frame.
 *
 *   *tag       the act: the word that guards and tense are read around. What stands before it here stands before it in the text.
 *   tag        a word of a lexicon with this tag (tags.ts); a|b either
 *   ACTOR      who acts for a State: "US", "Moscow", "Israeli government", "countries"
 *   MISSION    "US embassy in Kyiv", with whose it is and where it stands
 *   CITIZENS   "Britons", "its citizens", "US nationals"
 *   SPEAKER    an ACTOR or a MISSION
 *   PEOPLE     CITIZENS, counted people, staff, diplomats, families
 *   PLACE      a State or a city
 *   ~step      may stand behind a preposition and further away
 *   !step      right beside what stands before it
 *   step^      may stand in a later clause: "Security Alert: US Embassy Kyiv"
 *   :step      opens a later clause behind a colon: "US to citizens: leave"
 *   .          nothing that the act could act upon follows: "embassy opens", not "embassy opens exhibition"
 *   @          only in a government's own feed, which speaks of itself
 *   step?      is taken where it is there
 *
 * In a language whose lexicon says `order: free` a step may stand on either side of the act.
 */
import type { Kind } from '../model.ts';
import { isTag, type Tag } from './tags.ts';

export const phraseNames = ['ACTOR', 'MISSION', 'CITIZENS', 'SPEAKER', 'PEOPLE', 'PLACE'] as const;
export type PhraseName = (typeof phraseNames)[number];

export interface Step {
  readonly name: string;
  readonly phrases: readonly PhraseName[];
  readonly tags: readonly Tag[];
  readonly loose: boolean;
  readonly beside: boolean;
  readonly across: boolean;
  readonly behindColon: boolean;
  readonly optional: boolean;
}

export interface Frame {
  readonly rule: string;
  readonly kind: Kind;
  readonly act: Step;
  /** From the act outwards. */
  readonly before: readonly Step[];
  readonly after: readonly Step[];
  /** Steps that only words of these tags can take: without them the frame is not tried. */
  readonly needs: readonly (readonly Tag[])[];
  /** Only in a government's own feed. */
  readonly official: boolean;
  /** No object may follow. */
  readonly bare: boolean;
  /** The act is a noun: alone it only names what is spoken of. */
  readonly noun: boolean;
}

const table: readonly (readonly [Kind, string])[] = [
  ['embassy-relocation', 'ACTOR *relocate MISSION'],
  ['embassy-relocation', 'ACTOR *relocate staff|diplomat ~MISSION'],
  ['embassy-relocation', 'ACTOR *relocate MISSION !staff|diplomat ~to'],
  ['embassy-relocation', 'MISSION *relocate .'],
  ['embassy-relocation', 'ACTOR? *relocate-n MISSION'],
  ['embassy-closure', 'ACTOR *close MISSION'],
  ['embassy-closure', 'MISSION *close .'],
  ['embassy-closure', 'ACTOR? *close-n MISSION'],
  ['embassy-suspension', 'ACTOR *suspend operations ~MISSION'],
  ['embassy-suspension', 'ACTOR *suspend MISSION !operations?'],
  ['embassy-suspension', 'MISSION *suspend ~operations'],
  ['embassy-suspension', 'MISSION *suspend .'],
  ['embassy-suspension', 'operations ~MISSION *suspend'],
  ['embassy-suspension', 'MISSION !operations *suspend'],
  ['embassy-suspension', 'operations *suspend ~MISSION'],
  ['embassy-suspension', 'ACTOR? *suspend-n operations? ~MISSION'],
  ['embassy-suspension', 'ACTOR? *suspend-n MISSION !operations'],
  ['embassy-reopening', 'ACTOR *reopen MISSION'],
  ['embassy-reopening', 'ACTOR *reopen operations ~MISSION'],
  ['embassy-reopening', 'MISSION *reopen ~operations'],
  ['embassy-reopening', 'MISSION *reopen .'],
  ['embassy-reopening', 'MISSION !operations *reopen'],
  ['embassy-reopening', 'diplomat|staff|ambassador *return MISSION'],
  ['embassy-reopening', '!MISSION *return ~PLACE'],
  ['embassy-reopening', 'ACTOR *return MISSION'],
  ['embassy-reopening', 'ACTOR? *reopen-n MISSION'],
  ['embassy-opening', 'ACTOR *open MISSION'],
  ['embassy-opening', 'ACTOR *open post ~embassy'],
  ['embassy-opening', 'MISSION *open .'],
  ['embassy-opening', 'ACTOR? *open-n MISSION'],
  ['staff-departure-ordered', 'SPEAKER *order staff|families|diplomat ~leave|leave-n|out'],
  ['staff-departure-ordered', 'staff|families|diplomat *order ~leave'],
  ['staff-departure-ordered', 'SPEAKER *order leave|leave-n|evacuate-n|withdraw-n staff|families|diplomat'],
  ['staff-departure-ordered', '*ordered-departure ~staff|families|MISSION|PLACE'],
  ['staff-departure-ordered', 'MISSION|ACTOR ~*ordered-departure'],
  ['staff-departure-ordered', '@ *ordered-departure'],
  ['staff-departure-authorized', 'SPEAKER *allow staff|families|diplomat ~leave|leave-n'],
  ['staff-departure-authorized', 'SPEAKER *allow leave|leave-n|evacuate-n|withdraw-n staff|families|diplomat'],
  ['staff-departure-authorized', 'staff|families|diplomat *allow ~leave'],
  ['staff-departure-authorized', '*authorized-departure ~staff|families|MISSION|PLACE'],
  ['staff-departure-authorized', 'MISSION|ACTOR ~*authorized-departure'],
  ['staff-departure-authorized', '@ *authorized-departure'],
  ['staff-drawdown', 'ACTOR *withdraw|reduce|evacuate|repatriate staff|families|diplomat ~MISSION'],
  ['staff-drawdown', 'ACTOR *withdraw|reduce|evacuate|repatriate MISSION !staff|families|diplomat'],
  ['staff-drawdown', 'SPEAKER *withdraw|evacuate diplomat|families'],
  ['staff-drawdown', 'SPEAKER *repatriate diplomat'],
  ['staff-drawdown', 'SPEAKER *withdraw|evacuate staff ~PLACE'],
  ['staff-drawdown', 'ACTOR *reduce MISSION'],
  ['staff-drawdown', 'ACTOR *reduce diplomat ~PLACE'],
  ['staff-drawdown', 'ACTOR *fetch|relocate MISSION !staff|families|diplomat ~homeward|out'],
  ['staff-drawdown', 'diplomat|families *leave !PLACE'],
  ['staff-drawdown', 'SPEAKER *advise families ~leave'],
  ['staff-drawdown', 'ACTOR *evacuate MISSION'],
  ['staff-drawdown', 'MISSION *evacuate'],
  ['staff-drawdown', 'MISSION !staff|families|diplomat *withdraw|evacuate|reduce|leave|repatriate'],
  ['staff-drawdown', 'staff|families|diplomat ~MISSION *withdraw|evacuate|reduce|leave|repatriate'],
  ['staff-drawdown', 'staff|families|diplomat *leave MISSION'],
  ['staff-drawdown', 'nonessential|part !staff *leave|withdraw|evacuate'],
  ['staff-drawdown', 'diplomat *evacuate ~PLACE'],
  ['staff-drawdown', 'ACTOR? *withdraw-n|evacuate-n staff|diplomat|families ~MISSION|PLACE'],
  ['staff-drawdown', 'ACTOR? *withdraw-n|evacuate-n MISSION'],
  ['staff-drawdown', 'MISSION *evacuate-n'],
  ['evacuation', 'SPEAKER *evacuate|fly PEOPLE'],
  ['evacuation', 'ACTOR *evacuate MISSION'],
  ['evacuation', 'SPEAKER *repatriate PEOPLE'],
  ['evacuation', 'ACTOR *evacuate-citizens'],
  ['evacuation', 'PEOPLE *evacuate|repatriate ~PLACE?'],
  ['evacuation', 'SPEAKER *fetch PEOPLE ~homeward|leave'],
  ['evacuation', 'CITIZENS *fetched homeward ~PLACE'],
  ['evacuation', 'stranded^ CITIZENS^ *homecoming'],
  ['evacuation', 'CITIZENS stranded^ *homecoming'],
  ['evacuation', 'aircraft *carry CITIZENS|PEOPLE|evacuee ~from|homeward'],
  ['evacuation', 'aircraft *repatriate|evacuate CITIZENS|PEOPLE|evacuee ~PLACE'],
  ['evacuation', 'aircraft ~CITIZENS ~from *send'],
  ['evacuation', '~evacuee *send ~PLACE?'],
  ['evacuation', 'ACTOR *send flight'],
  ['evacuation', 'flight *send'],
  ['evacuation', '*flight ~PLACE|PEOPLE'],
  ['evacuation', 'ACTOR *flight'],
  ['evacuation', 'CITIZENS^ *flight'],
  ['evacuation', 'PLACE *flight'],
  ['evacuation', 'ACTOR *send evacuate-n'],
  ['evacuation', 'evacuate-n *send'],
  ['evacuation', '*evacuate-n ~PLACE|CITIZENS'],
  ['evacuation', 'PLACE *evacuate-n'],
  ['travel-advisory', 'SPEAKER *advise|advising|order CITIZENS ~leave'],
  ['travel-advisory', 'SPEAKER *advise|advising CITIZENS ~avoid|against-travel'],
  ['travel-advisory', 'SPEAKER *advise|advising CITIZENS ~shun !PLACE'],
  ['travel-advisory', 'leave|avoid|shun|against-travel^ SPEAKER *advise|advising|order CITIZENS'],
  ['travel-advisory', 'avoid|against-travel^ SPEAKER *advise'],
  ['travel-advisory', 'CITIZENS *advise|order ~leave'],
  ['travel-advisory', 'CITIZENS *bound ~leave|avoid'],
  ['travel-advisory', 'CITIZENS *advise ~avoid|against-travel'],
  ['travel-advisory', 'CITIZENS *advise ~shun !PLACE'],
  ['travel-advisory', '*advise|advising|order CITIZENS ~leave'],
  ['travel-advisory', '*advise|advising CITIZENS ~avoid|against-travel'],
  ['travel-advisory', '*advise|advising CITIZENS ~shun !PLACE'],
  ['travel-advisory', 'SPEAKER *advise ~against-travel'],
  ['travel-advisory', 'SPEAKER *advise ~avoid ~PLACE'],
  ['travel-advisory', 'SPEAKER *advise-against ~PLACE'],
  ['travel-advisory', 'SPEAKER *advise-n ~CITIZENS ~leave|avoid'],
  ['travel-advisory', 'SPEAKER *to !CITIZENS :leave|avoid|shun'],
  ['travel-advisory', 'SPEAKER *advise CITIZENS :leave|avoid|shun|no-travel'],
  ['travel-advisory', 'SPEAKER *warn CITIZENS ~PLACE danger|threat^'],
  ['travel-advisory', 'SPEAKER^ *no-travel ~PLACE'],
  ['travel-advisory', 'no-travel^ SPEAKER *issue|same'],
  ['travel-advisory', 'SPEAKER *notice ~CITIZENS'],
  ['travel-advisory', 'leave|avoid|no-travel^ SPEAKER *notice'],
  ['travel-advisory', 'SPEAKER *issue|raise|lower|same ~advisory'],
  ['travel-advisory', 'ACTOR *forbid CITIZENS ~avoid|shun|against-travel'],
  ['travel-advisory', 'ACTOR *forbid travel PLACE'],
  ['travel-advisory', 'SPEAKER *raise|lower|issue level ~PLACE'],
  ['travel-advisory', 'SPEAKER *issue ~advice|advise-n|notice ~CITIZENS'],
  ['travel-advisory', 'SPEAKER *issue|raise|lower|same guidance ~PLACE'],
  ['travel-advisory', 'MISSION *issue advice'],
  ['travel-advisory', 'SPEAKER *raise|lower PLACE ~level'],
  ['travel-advisory', 'advisory *issue|raise|lower|same ~PLACE'],
  ['travel-advisory', 'advisory *issue|raise|lower|same'],
  ['travel-advisory', 'advisory ~PLACE *issue|raise|lower|same'],
  ['travel-advisory', '*advisory ~PLACE^'],
  ['travel-advisory', 'PLACE *advisory'],
  ['travel-advisory', '@ *advisory|no-travel|against-travel'],
  ['security-alert', 'SPEAKER *advise|advising CITIZENS ~threat|shelter'],
  ['security-alert', 'MISSION *advise ~threat|shelter|protest'],
  ['security-alert', 'MISSION *warn CITIZENS danger|threat|protest^'],
  ['security-alert', 'shelter^ SPEAKER *advise CITIZENS'],
  ['security-alert', 'SPEAKER *advise ~threat|terror ~CITIZENS'],
  ['security-alert', 'ACTOR *advise ~terror ~PLACE'],
  ['security-alert', 'MISSION *forbid|suspend|reduce|order staff ~movement'],
  ['security-alert', 'SPEAKER *advise|order staff ~shelter'],
  ['security-alert', 'CITIZENS|staff *advise|order ~shelter'],
  ['security-alert', 'SPEAKER *issue ~safety-alert'],
  ['security-alert', 'MISSION *safety-alert'],
  ['security-alert', 'MISSION *issue ~shelter'],
  ['security-alert', 'MISSION^ *safety-alert'],
  ['security-alert', '*safety-alert MISSION^'],
  ['security-alert', '@ *safety-alert|shelter'],
  ['security-alert', '@ *advice threat|protest^'],
  // What is closed and whether it opens stand in the rule: the alert's words come from there.
  ['border-airspace', 'ACTOR *close|suspend border'],
  ['border-airspace', 'ACTOR *close|suspend airspace'],
  ['border-airspace', 'ACTOR *reopen|open border'],
  ['border-airspace', 'ACTOR *reopen|open airspace'],
  ['border-airspace', 'ACTOR *lower|reopen border !limits'],
  ['border-airspace', 'ACTOR *lower|reopen airspace !limits'],
  ['border-airspace', 'border *close|suspend .'],
  ['border-airspace', 'airspace *close|suspend .'],
  ['border-airspace', 'border *reopen .'],
  ['border-airspace', 'airspace *reopen .'],
  ['border-airspace', 'airport *close .'],
  ['border-airspace', 'airport *reopen .'],
  ['border-airspace', 'SPEAKER? *close-n border'],
  ['border-airspace', 'SPEAKER? *close-n airspace'],
  ['border-airspace', 'SPEAKER? *reopen-n border'],
  ['border-airspace', 'SPEAKER? *reopen-n airspace'],
  ['diplomatic-expulsion', 'ACTOR *expel diplomat|ambassador'],
  ['diplomatic-expulsion', 'ACTOR *declare diplomat|ambassador|spy ~unwelcome'],
  ['diplomatic-expulsion', 'diplomat|ambassador *declare ~unwelcome'],
  ['diplomatic-expulsion', 'ACTOR *declare MISSION !staff ~unwelcome'],
  ['diplomatic-expulsion', 'ACTOR *expel spy'],
  ['diplomatic-expulsion', 'ACTOR *expel people|staff ~MISSION'],
  ['diplomatic-expulsion', 'ACTOR *order|advise spy ~leave'],
  ['diplomatic-expulsion', 'ACTOR *expel MISSION !staff'],
  ['diplomatic-expulsion', 'diplomat|ambassador *expel'],
  ['diplomatic-expulsion', 'ACTOR *order|advise diplomat|ambassador ~leave|out'],
  ['diplomatic-expulsion', 'ACTOR *order MISSION !staff ~leave|out'],
  ['diplomatic-expulsion', 'diplomat|ambassador *order|advise ~leave'],
  ['diplomatic-expulsion', 'ACTOR *order PLACE ~withdraw|recall|reduce ~diplomat|ambassador|staff'],
  ['diplomatic-expulsion', 'SPEAKER? *expel-n diplomat|ambassador'],
  ['diplomatic-expulsion', 'ACTOR *sever relations'],
  ['diplomatic-expulsion', 'ACTOR ~PLACE *sever-relations'],
  ['diplomatic-expulsion', 'ACTOR *sever ties PLACE'],
  ['diplomatic-expulsion', 'relations *sever'],
  ['diplomatic-expulsion', 'SPEAKER? *sever-n relations'],
  ['ambassador-recall', 'ACTOR *recall|withdraw ambassador'],
  ['ambassador-recall', 'ACTOR *recall|withdraw own-ambassador'],
  ['ambassador-recall', 'SPEAKER? *recall-n own-ambassador'],
  ['ambassador-recall', 'ambassador *recall .'],
  ['ambassador-recall', 'SPEAKER? *recall-n ambassador'],
  ['ambassador-summoned', 'ACTOR *summon ambassador|diplomat'],
  ['ambassador-summoned', 'ambassador|diplomat *summon'],
  ['ambassador-summoned', 'SPEAKER? *summon-n ambassador'],
  ['mission-attack', '*attack MISSION'],
  ['mission-attack', 'MISSION *attack'],
  ['mission-attack', '*attack-n ~MISSION'],
  ['mission-attack', 'MISSION *attack-n'],
  ['consular-service-change', 'SPEAKER *suspend|reduce|reopen|close|relocate visa'],
  ['consular-service-change', 'MISSION *suspend|reduce|reopen visas'],
  ['consular-service-change', 'visa *suspend|reopen|reduce'],
  ['consular-service-change', 'SPEAKER? *suspend-n|reopen-n visa'],
];

const missions: readonly Tag[] = ['embassy', 'consulate', 'post'];

/** Acts that are nouns by themselves, beside those whose tag ends in -n. */
const nouns: ReadonlySet<Tag> = new Set(['flight', 'advisory']);

export const frames: readonly Frame[] = table.map(([kind, pattern]) => {
  const bare = pattern.endsWith(' .');
  const official = pattern.startsWith('@ ');
  const words = pattern.replace(/^@ | \.$/g, '').split(' ');
  const at = words.findIndex((word) => word.includes('*'));
  const steps = words.map(readStep);
  const act = steps[at];
  if (!act) throw new Error(`${pattern}: no act`);
  const needs = steps.flatMap((step) => needOf(step));
  const noun = act.tags.some((tag) => tag.endsWith('-n') || nouns.has(tag));
  return {
    kind,
    rule: pattern.replace('*', ''),
    act,
    before: steps.slice(0, at).reverse(),
    after: steps.slice(at + 1),
    needs,
    bare,
    official,
    noun,
  };
});

function needOf({ phrases, tags, optional }: Step): (readonly Tag[])[] {
  if (optional || phrases.some((phrase) => phrase !== 'MISSION')) return [];
  return [phrases.length > 0 ? [...tags, ...missions] : tags];
}

/** Frames by the tag of their act, in the order of the table. */
export const framesByAct: ReadonlyMap<Tag, readonly Frame[]> = byAct();

function byAct(): ReadonlyMap<Tag, readonly Frame[]> {
  const found = new Map<Tag, Frame[]>();
  for (const frame of frames) {
    for (const tag of frame.act.tags) found.set(tag, [...(found.get(tag) ?? []), frame]);
  }
  return found;
}

function readStep(word: string): Step {
  const name = word.replace(/[*~!^?:]/g, '');
  const choices = name.split('|');
  return {
    name,
    phrases: phraseNames.filter((phrase) => choices.includes(phrase)),
    tags: choices.filter(isTag),
    loose: word.includes('~'),
    beside: word.includes('!'),
    across: word.includes('^') || word.includes(':'),
    behindColon: word.includes(':'),
    optional: word.includes('?'),
  };
}
