import type { CountryCode } from '../model/basics.ts';
import { listedBefore } from './actors.ts';
import { missionTags, type Span, sameClause } from './phrases.ts';
import type { Name } from './trie.ts';
import { has, type Text, type Unit } from './units.ts';

export interface Citizens extends Span {
  readonly nationality?: CountryCode;
  /** "its citizens", "citizens": those of the one who speaks. */
  readonly own: boolean;
}

/** Citizens of a State: "Britons", "US nationals", "its citizens", "ressortissants français". */
export function citizensAt(text: Text, index: number): Citizens | undefined {
  const unit = text.units[index];
  if (!unit) return undefined;
  if (unit.name?.role === 'citizens' && !takesNoun(text, index + 1))
    return { from: index, to: index + 1, nationality: unit.name.country, own: false };
  if (unit.name && (isNation(text, index, unit) || isCollective(text, index, unit)))
    return { from: index, to: index + 1, nationality: unit.name.country, own: false };
  if (unit.name) return has(text, index - 1, 'posted') ? undefined : ofNation(text, index, unit);
  // "students" alone are anybody's.
  if (!has(text, index, 'citizens') && !isSomewhereAbroad(text, index)) return undefined;
  const isNamed = text.units[index - 1]?.name && !has(text, index - 2, 'posted');
  if (isNamed && sameClause(text, index, index - 1) && !unit.comma) return undefined;
  const behind = text.units[index + 1];
  const adjective =
    behind?.name && isAdjective(behind.name) && !behind.comma && sameClause(text, index, index + 1) ? behind.name.country : undefined;
  // Where one word says both "of" and "from", it says where they are.
  const isOthers = has(text, index + 1, 'of') && !has(text, index + 1, 'from') && sameClause(text, index, index + 1);
  const nationality = adjective ?? (isOthers ? text.units[index + 2]?.name?.country : undefined);
  return { from: index, to: index + (adjective ? 2 : 1), own: nationality === undefined && !isOthers, ...(nationality && { nationality }) };
}

/** "ciudadanos españoles": a people's name that is its adjective too. */
const isAdjective = ({ role }: Name) => role === 'demonym' || role === 'citizens';

/** "Swiss advised to leave", "French in Kinshasa": English peoples that have no plural. */
function isCollective(text: Text, index: number, { name, word, possessive }: Unit): boolean {
  if (name?.role !== 'demonym' || name.lower || possessive || !/(ese|ish|ch|iss)$/.test(word)) return false;
  const next = text.units[index + 1];
  return next !== undefined && !next.comma && sameClause(text, index, index + 1) && has(text, index + 1, 'in', ...doneTo);
}

const doneTo = ['advise', 'order', 'evacuate', 'repatriate', 'fetched', 'stranded'] as const;

/** "ruft Deutsche auf": where adjectives are written small, one with a capital and no noun behind it is a people. */
function isNation(text: Text, index: number, unit: Unit): boolean {
  if (unit.name?.role !== 'demonym' || !unit.name.lower || !unit.capital) return false;
  const next = text.units[index + 1];
  if (!next || next.comma || !sameClause(text, index, index + 1)) return index > 0;
  return (
    next.name?.role !== 'demonym' && (!next.capital || next.name !== undefined) && !next.tags.has('and') && !takesNoun(text, index + 1)
  );
}

/** "asks students in Kyrgyzstan to …" */
const isSomewhereAbroad = (text: Text, index: number) =>
  has(text, index, 'abroad') && has(text, index + 1, 'in') && text.units[index + 2]?.name !== undefined;

function ofNation(text: Text, index: number, unit: Unit): Citizens | undefined {
  const { name } = unit;
  if (!name || name.role === 'city') return undefined;
  for (let at = index + 1; at <= index + 2 && sameClause(text, index, at); at += 1) {
    if (has(text, at, 'citizens', 'abroad'))
      return { from: index, to: at + 1, nationality: listedBefore(text, index)[0] ?? name.country, own: false };
    if (has(text, at, 'and') && text.units[at + 1]?.name) continue;
    if (text.units[at]?.comma || text.units[at]?.name || text.units[at]?.tags.size) break;
  }
  // "British and Norwegian nationals"
  if (has(text, index + 1, 'and') && text.units[index + 2]?.name && has(text, index + 3, 'citizens')) {
    return { from: index, to: index + 4, nationality: name.country, own: false };
  }
  return undefined;
}

function takesNoun(text: Text, index: number): boolean {
  const unit = text.units[index];
  return (
    unit !== undefined &&
    !unit.comma &&
    has(text, index, ...missionTags, 'office', 'forces', 'diplomat', 'ambassador', 'border', 'airspace', 'company')
  );
}

const anybody = ['people', 'abroad', 'staff', 'families', 'diplomat'] as const;

/** "1,600 Chinese evacuated": an adjective that counts its people, since no noun follows. */
function nationAt(text: Text, index: number): Citizens | undefined {
  const { name } = text.units[index] ?? {};
  const isNoun = has(text, index + 1, 'evacuate', 'repatriate', 'fetched', 'from', 'in') || !sameClause(text, index, index + 1);
  return name?.role === 'demonym' && isNoun ? { from: index, to: index + 1, nationality: name.country, own: false } : undefined;
}

/** Anybody whom a State can take out: citizens, staff, counted people. */
export function peopleAt(text: Text, index: number): Citizens | undefined {
  const citizens = citizensAt(text, index) ?? (has(text, index - 1, 'evacuate', 'repatriate', 'fly') ? nationAt(text, index) : undefined);
  if (citizens) return citizens;
  const unit = text.units[index];
  // "企业员工"
  if (has(text, index, 'staff') && has(text, index - 1, 'company', 'mediator') && !unit?.comma && sameClause(text, index, index - 1))
    return undefined;
  // "邦人20人": what is counted stands before its number.
  const before = unit?.count !== undefined && has(text, index + 1, 'small') ? citizensAt(text, index - 1) : undefined;
  if (before && sameClause(text, index, index - 1)) return before;
  // "Ghanaian students": whose they are stands before them.
  if (has(text, index, 'abroad') && text.units[index - 1]?.name && !unit?.comma && sameClause(text, index, index - 1)) return undefined;
  if (has(text, index, ...anybody)) return { from: index, to: index + 1, own: false };
  if (!unit || (!has(text, index, 'crowd') && (unit.count ?? 0) < 5)) return undefined;
  // "more than 350 American passengers": what is counted stands a little behind.
  for (let at = index + 1; at <= index + 4 && sameClause(text, index, at) && !text.units[at]?.comma; at += 1) {
    const counted =
      citizensAt(text, at) ?? nationAt(text, at) ?? (has(text, at, ...anybody) ? { from: at, to: at + 1, own: false } : undefined);
    if (counted) return { ...counted, from: index };
    if (!has(text, at, 'of', 'small', 'nonessential', 'part') && text.units[at]?.name === undefined) break;
  }
  return { from: index, to: index + 1, own: false };
}
