import type { CountryCode } from '../model/basics.ts';
import { farthest, isAdjunct, missionTags, type Span, sameClause } from './phrases.ts';
import { has, isSpaceless, type Text, type Unit } from './units.ts';

export interface Actor extends Span {
  /** Unknown for "the government", "countries". */
  readonly country?: CountryCode;
  readonly named: boolean;
  /** Named right before: "US, UK and Canada expel …". */
  readonly others: readonly CountryCode[];
}

const taken = ['citizens', 'diplomat', 'ambassador', 'staff', 'families', 'company', 'person', 'abroad', ...missionTags] as const;

/** Who acts: a State by its name, its capital, its spokesman, its office; or an office or "countries" alone. */
export function actorAt(text: Text, index: number): Actor | undefined {
  const unit = text.units[index];
  if (!unit || isAdjunct(text, index)) return undefined;
  return unit.name ? namedActor(text, index, unit) : namelessActor(text, index);
}

function namedActor(text: Text, index: number, unit: Unit): Actor | undefined {
  const { name } = unit;
  // Where words need no spaces a comma follows who acts: "米国、在ウクライナ大使館を閉鎖".
  if (!name || name.role === 'city' || name.role === 'citizens' || (text.free && !isSpaceless(text, index) && isTopicOrLeft(text, index)))
    return undefined;
  if (
    has(text, index + 1, 'post-what') ||
    (isSpaceless(text, index) && !text.units[index + 1]?.comma && has(text, index + 1, 'border', 'airspace', 'airport'))
  )
    return undefined;
  const office = officeBehind(text, index + 1);
  const next = text.units[index + 1];
  if (office === undefined) {
    if ((name.role === 'demonym' && !actsItself(text, index)) || unit.possessive) return undefined;
    if (
      next &&
      !next.comma &&
      sameClause(text, index, index + 1) &&
      (next.joined || next.name !== undefined || has(text, index + 1, ...taken))
    ) {
      return undefined;
    }
  }
  const [first = name.country, ...others] = [...listedBefore(text, index), name.country, ...listedBehind(text, index)];
  return { from: index, to: office ?? index + 1, country: first, named: true, others };
}

/** "Sudan, evacuati gli italiani": what the text is about. "… lasciare il Niger": what is to be left. */
function isTopicOrLeft(text: Text, index: number): boolean {
  let before = index - 1;
  while (before > index - farthest && has(text, before, 'small') && sameClause(text, before, index)) before -= 1;
  if (has(text, before, 'leave', 'avoid') && sameClause(text, before, index)) return true;
  let behind = index + 1;
  // Where no capitals are written a comma stands behind who acts.
  const name = text.units[index];
  const isNamed = name?.name?.role === 'country' || name?.name?.role === 'capital';
  if (index > 0 || !name?.capital || !isNamed || !text.units[behind]?.comma) return false;
  while (behind < index + farthest && has(text, behind, 'small', 'and')) behind += 1;
  return text.units[behind]?.name === undefined;
}

/** "Dutch evacuate citizens", "Swiss to close embassy": a people that no plural tells from its adjective acts right away. */
function actsItself(text: Text, index: number): boolean {
  const next = text.units[index + 1];
  if (!next || next.comma || next.name || !sameClause(text, index, index + 1) || text.free || index > 0) return false;
  return (
    has(text, index + 1, 'planned-to', ...verbs) && !has(text, index + 1, 'diplomat', 'staff', 'ambassador', 'families', ...missionTags)
  );
}

const verbs = [
  'close',
  'suspend',
  'relocate',
  'reopen',
  'evacuate',
  'repatriate',
  'withdraw',
  'expel',
  'recall',
  'summon',
  'advise',
] as const;

/** "Israeli government", "Japan's interim foreign minister": where the office ends, over one word. */
function officeBehind(text: Text, index: number): number | undefined {
  for (let at = index; at <= index + 1; at += 1) {
    const unit = text.units[at];
    if (!unit || unit.comma || !sameClause(text, index - 1, at) || unit.tags.has('and')) return undefined;
    if (unit.tags.has('office') || unit.tags.has('forces')) return at + 1;
    if (unit.name?.role === 'speaker') return at + 1;
    if (unit.name || (unit.tags.size > 0 && !unit.tags.has('small'))) return undefined;
  }
  return undefined;
}

function namelessActor(text: Text, index: number): Actor | undefined {
  if (has(text, index, 'states')) return { from: index, to: index + 1, named: false, others: [] };
  if (!has(text, index, 'office', 'forces')) return undefined;
  const before = text.units[index - 1];
  if (before?.name && sameClause(text, index, index - 1) && !text.units[index]?.comma) return undefined;
  // "中国の外務省"
  const owner = has(text, index - 1, 'post-of') && sameClause(text, index, index - 2) ? text.units[index - 2]?.name : undefined;
  if (owner && owner.role !== 'city') return { from: index - 2, to: index + 1, country: owner.country, named: true, others: [] };
  // "Ministère français", "МИД России": whose it is stands behind.
  for (let at = index + 1; at <= index + 3 && sameClause(text, index, at) && !text.units[at]?.comma; at += 1) {
    const name = text.units[at]?.name;
    if (name && name.role !== 'city') return { from: index, to: at + 1, country: name.country, named: true, others: [] };
    if (!has(text, at, 'of', 'small')) break;
  }
  if (!has(text, index, 'office')) return undefined;
  return { from: index, to: index + 1, named: text.home !== undefined, others: [], ...(text.home && { country: text.home }) };
}

/** The names behind a name, listed with it: where the first of a list acts for all. */
function listedBehind(text: Text, index: number): readonly CountryCode[] {
  const found: CountryCode[] = [];
  for (let at = index + 1; at < index + farthest && sameClause(text, index, at); at += 1) {
    const unit = text.units[at];
    const isListed =
      ((unit?.comma && !isSpaceless(text, at)) || has(text, at - 1, 'and')) && !isAdjunct(text, at) && !has(text, at + 1, ...taken);
    if (unit?.name && isListed && unit.name.role !== 'city' && !unit.possessive) found.push(unit.name.country);
    else if (!unit?.tags.has('and') || unit.comma) break;
  }
  return found;
}

/** The names before a name, listed with it: "US, UK and Canada". */
export function listedBefore(text: Text, index: number): readonly CountryCode[] {
  const found: CountryCode[] = [];
  for (let at = index - 1; at > index - farthest && at >= 0 && sameClause(text, at, index); at -= 1) {
    const unit = text.units[at];
    if (unit?.name && unit.name.role !== 'city' && !unit.possessive && !isAdjunct(text, at)) found.unshift(unit.name.country);
    else if (!unit?.tags.has('and')) break;
  }
  return found;
}
