/** The noun phrases that frames speak of: who acts for a State, a mission, a State's citizens, a place. */
import type { CountryCode, Post } from '../model.ts';
import type { Name } from './trie.ts';
import { has, type Text, type Unit } from './units.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Actor extends Span {
  /** Unknown for "the government", "countries". */
  readonly country?: CountryCode;
  readonly named: boolean;
  /** Named right before: "US, UK and Canada expel …". */
  readonly others: readonly CountryCode[];
}

export interface PlaceSpan extends Span {
  readonly name: Name;
}

export interface Mission extends Span {
  readonly head: number;
  readonly post: Post;
  readonly sender?: PlaceSpan;
  readonly host?: PlaceSpan;
}

export const missionTags = ['embassy', 'consulate', 'post'] as const;
const places = new Set<Name['role']>(['country', 'alias', 'capital', 'city']);

export function placeAt(text: Text, index: number): PlaceSpan | undefined {
  const name = text.units[index]?.name;
  return name ? { from: index, to: index + 1, name } : undefined;
}

/** The name of a State or a city: no adjective, no speaker. */
export function isSomewhere(place: PlaceSpan | undefined): place is PlaceSpan {
  return place !== undefined && places.has(place.name.role);
}

export function sameClause(text: Text, one: number, other: number): boolean {
  return text.units[one]?.clause === text.units[other]?.clause;
}

const adjunctTags = ['in', 'from', 'to', 'with', 'near', 'prep', 'of', 'posted'] as const;
const behindTags = ['post-in', 'post-from', 'post-to', 'post-of'] as const;

/** Stands after a preposition: a place where something is, not one who acts. */
export function isAdjunct(text: Text, index: number): boolean {
  if (isMarked(text, index + 1)) return true;
  let before = index - 1;
  while (before >= 0 && isFiller(text, before) && sameClause(text, before, index) && !text.units[before + 1]?.comma) before -= 1;
  return before >= 0 && sameClause(text, before, index) && !text.units[before + 1]?.comma && has(text, before, ...adjunctTags);
}

/** A particle says where or whose: "レバノンに", "レバノン全土に". */
export function isMarked(text: Text, behind: number): boolean {
  let at = behind;
  while (has(text, at, 'small') && !has(text, at, ...behindTags) && !text.units[at]?.comma) at += 1;
  return has(text, at, ...behindTags) && sameClause(text, behind - 1, at);
}

/** A noun that a preposition governs, over articles, numbers and names: "at the U.S.-Canadian border". */
export function isGoverned(text: Text, index: number): boolean {
  let before = index - 1;
  while (before >= 0 && sameClause(text, before, index) && !text.units[before + 1]?.comma) {
    const unit = text.units[before];
    if (!unit || !(unit.name || unit.count !== undefined || unit.tags.has('small') || unit.tags.has('crowd'))) break;
    before -= 1;
  }
  return (
    before >= 0 &&
    sameClause(text, before, index) &&
    !text.units[before + 1]?.comma &&
    has(text, before, ...adjunctTags) &&
    !has(text, before, 'small')
  );
}

/** Words that part a preposition from its noun: articles, and places listed before. */
function isFiller(text: Text, index: number): boolean {
  const unit = text.units[index];
  if (!unit || unit.possessive) return false;
  // The "a" of "insta a España" parts no object from its verb, and still says that what follows does not act.
  return (
    (unit.tags.has('small') && !unit.tags.has('to')) || unit.tags.has('and') || (unit.name !== undefined && has(text, index + 1, 'and'))
  );
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
  if (!name || name.role === 'city' || name.role === 'citizens') return undefined;
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
  const [first = name.country, ...others] = [...listedBefore(text, index), name.country];
  return { from: index, to: office ?? index + 1, country: first, named: true, others };
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

/** The names before a name, listed with it: "US, UK and Canada". */
export function listedBefore(text: Text, index: number): readonly CountryCode[] {
  const found: CountryCode[] = [];
  for (let at = index - 1; at >= 0 && sameClause(text, at, index); at -= 1) {
    const unit = text.units[at];
    if (unit?.name && unit.name.role !== 'city' && !unit.possessive && !isAdjunct(text, at)) found.unshift(unit.name.country);
    else if (!unit?.tags.has('and')) break;
  }
  return found;
}

/** A mission with whose it is and where it stands: "US embassy in Kyiv", "Embassy of Japan", "Kyiv embassy", "посольство США в Киеве". */
export function missionAt(text: Text, index: number): Mission | undefined {
  const unit = text.units[index];
  if (!unit || !has(text, index, ...missionTags) || has(text, index + 1, 'company')) return undefined;
  // "embassy-style"
  if (text.units[index + 1]?.joined) return undefined;
  const before = namesBefore(text, index);
  const after = namesAfter(text, index + 1, before.sender !== undefined);
  const post = unit.tags.has('embassy') ? 'embassy' : unit.tags.has('consulate') ? 'consulate' : 'mission';
  const turned = after.sender !== undefined && before.sender !== undefined && !before.host && !after.host;
  const sender = after.sender ?? before.sender;
  const host = turned ? before.sender : (before.host ?? after.host);
  return { from: before.from, to: after.to, head: index, post, ...(sender && { sender }), ...(host && { host }) };
}

interface Named {
  readonly sender?: PlaceSpan;
  readonly host?: PlaceSpan;
}

function namesBefore(text: Text, index: number): Named & { readonly from: number } {
  let from = index;
  let sender: PlaceSpan | undefined;
  let host: PlaceSpan | undefined;
  let strange = 0;
  for (let at = index - 1; at >= 0 && at >= index - 5 && sameClause(text, at, index) && !text.units[at + 1]?.comma; at -= 1) {
    const place = placeAt(text, at);
    if (!place) {
      const unit = text.units[at];
      if (has(text, at, 'posted') && host && !sender) continue;
      if (!unit || (unit.tags.size > 0 && !has(text, at, 'small', 'families', 'and'))) break;
      if (!unit.tags.has('small') || unit.word === 'the') strange += unit.weight;
      if (strange > 1 || unit.possessive) break;
      continue;
    }
    const { role } = place.name;
    const isCity = (role === 'city' || role === 'capital') && !text.units[at]?.possessive;
    const posted = has(text, at - 1, 'posted');
    if (posted && !host) host = place;
    else if (isCity) host ??= place;
    else if (!sender) sender = place;
    else break;
    from = posted && sameClause(text, at - 1, index) ? at - 1 : at;
  }
  return { from, ...(sender && { sender }), ...(host && { host }) };
}

function namesAfter(text: Text, start: number, hasSender: boolean): Named & { readonly to: number } {
  let to = start;
  let sender: PlaceSpan | undefined;
  let host: PlaceSpan | undefined;
  for (let at = start; at < start + 7 && sameClause(text, start - 1, at) && !(at === start && text.units[at]?.comma); ) {
    if (at > start && text.units[at]?.comma) break;
    // 迁往 both moves and says where to.
    const link = has(text, at, 'of') ? 'of' : has(text, at, 'in', 'to') && !has(text, at, 'relocate', 'send') ? 'in' : 'none';
    let place = placeAt(text, link === 'none' ? at : at + 1);
    if (!place && link !== 'none' && has(text, at + 1, 'small')) place = placeAt(text, at + 2);
    if (!place || !sameClause(text, start - 1, place.from)) {
      if (has(text, at, 'small') && at === start) {
        at += 1;
        continue;
      }
      break;
    }
    const { role } = place.name;
    const isCity = role === 'city' || role === 'capital';
    // "ambassade de Kiev à Lviv": from where, not whose.
    const isLeft = isCity && has(text, at, 'from') && has(text, place.to, 'to');
    if (link === 'in' || isLeft || (isCity && link !== 'of') || (isCity && text.units[place.from]?.name?.role === 'city')) host ??= place;
    else if (!hasSender && !sender) sender = place;
    else host ??= place;
    at = place.to;
    to = place.to;
  }
  return { to, ...(sender && { sender }), ...(host && { host }) };
}

/** Whose diplomats, staff or ambassador: the name right before or behind. */
export function nationalityOf(text: Text, from: number, to: number): PlaceSpan | undefined {
  // Where words change places, an adjective right behind is surer than a name before: "طردت مالي دبلوماسيا فرنسيا".
  const adjective = text.free && sameClause(text, from, to) ? placeAt(text, to) : undefined;
  if (adjective?.name.role === 'demonym' || adjective?.name.role === 'citizens') return adjective;
  for (let at = from - 1; at >= 0 && at >= from - 4 && sameClause(text, at, from); at -= 1) {
    const place = placeAt(text, at);
    // "Russia's ambassador posted to Britain": where, not whose.
    if (place && has(text, at - 1, 'posted')) {
      at -= 1;
      continue;
    }
    if (place) return isAdjunct(text, at) && !text.units[at]?.possessive && place.name.role !== 'demonym' ? undefined : place;
    const unit = text.units[at];
    if (
      !unit ||
      (unit.tags.size > 0 && !has(text, at, 'small', 'crowd', 'staff', 'diplomat', 'nonessential', 'part', 'and', ...missionTags)) ||
      text.units[at + 1]?.comma
    )
      break;
  }
  for (let at = to; at <= to + 2 && sameClause(text, from, at); at += 1) {
    const place = placeAt(text, at);
    if (place && !text.units[at]?.comma) return place.name.role === 'city' ? undefined : place;
    if (!has(text, at, 'of', 'small')) break;
  }
  return undefined;
}
