import type { Post } from '../model/finding.ts';
import type { Name } from './trie.ts';
import { has, isSpaceless, type Text } from './units.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
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

/** So many articles, names and numbers a phrase may pile up; what lies behind more of them is not looked for. */
export const farthest = 16;

const adjunctTags = ['in', 'from', 'to', 'with', 'near', 'prep', 'of', 'posted'] as const;
const behindTags = ['post-in', 'post-from', 'post-to', 'post-of'] as const;

/** Stands after a preposition: a place where something is, not one who acts. */
export function isAdjunct(text: Text, index: number): boolean {
  if (isMarked(text, index + 1)) return true;
  let before = index - 1;
  while (
    before > index - farthest &&
    before >= 0 &&
    isFiller(text, before) &&
    sameClause(text, before, index) &&
    !text.units[before + 1]?.comma
  )
    before -= 1;
  return before >= 0 && sameClause(text, before, index) && !text.units[before + 1]?.comma && has(text, before, ...adjunctTags);
}

/** A particle says where or whose: "レバノンに", "レバノン全土に". */
export function isMarked(text: Text, behind: number): boolean {
  let at = behind;
  const goesOn = () => has(text, at, 'small') && !has(text, at, ...behindTags);
  // "カンボジアとタイの": the particle is for all of a list.
  const isListed = () => has(text, at, 'and') || (text.units[at]?.name !== undefined && has(text, at - 1, 'and'));
  while (at < behind + farthest && (goesOn() || isListed()) && !text.units[at]?.comma) at += 1;
  return has(text, at, ...behindTags) && sameClause(text, behind - 1, at);
}

/** A noun that a preposition governs, over articles, numbers and names: "at the U.S.-Canadian border". */
export function isGoverned(text: Text, index: number): boolean {
  let before = index - 1;
  while (before > index - farthest && before >= 0 && sameClause(text, before, index) && !text.units[before + 1]?.comma) {
    const unit = text.units[before];
    if (!unit || !(unit.name || unit.count !== undefined || unit.tags.has('small') || unit.tags.has('crowd'))) break;
    before -= 1;
  }
  return (
    before >= 0 &&
    sameClause(text, before, index) &&
    !text.units[before + 1]?.comma &&
    has(text, before, ...adjunctTags) &&
    !has(text, before, 'small') &&
    // "over 1,600 people"
    !(has(text, before, 'aside') && text.units[before + 1]?.count !== undefined)
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

/** A mission with whose it is and where it stands: "US embassy in Kyiv", "Embassy of Japan", "Kyiv embassy", "посольство США в Киеве". */
export function missionAt(text: Text, index: number): Mission | undefined {
  const unit = text.units[index];
  if (!unit || !has(text, index, 'mission-word', ...missionTags) || has(text, index + 1, 'company')) return undefined;
  // "Hotel Embassy"
  if (has(text, index - 1, 'company') && !unit.comma && sameClause(text, index - 1, index)) return undefined;
  // "embassy-style"
  if (text.units[index + 1]?.joined) return undefined;
  const before = namesBefore(text, index);
  // Where the head of a phrase is its last word, all that is said of a mission stands before it.
  const after = text.final && isSpaceless(text, index) ? { to: index + 1 } : namesAfter(text, index + 1, before.sender !== undefined);
  const post = unit.tags.has('embassy') ? 'embassy' : unit.tags.has('consulate') ? 'consulate' : 'mission';
  const turned = after.sender !== undefined && before.sender !== undefined && !before.host && !after.host;
  const sender = after.sender ?? before.sender;
  if (!has(text, index, ...missionTags) && !isDiplomatic(text, index, before, after)) return undefined;
  const host = turned ? before.sender : (before.host ?? after.host);
  return { from: before.from, to: after.to, head: index, post, ...(sender && { sender }), ...(host && { host }) };
}

/** "Saudi mission in Beirut", "Kabul mission": a State or a city right beside it; the United Nations send soldiers too. */
function isDiplomatic(text: Text, index: number, before: Named, after: Named): boolean {
  const isOf = before.sender?.name.country;
  if (after.host?.name.role === 'capital' && !text.units[index]?.joined) return isOf !== 'UN';
  const beside = text.units[index - 1]?.name && sameClause(text, index - 1, index) && !text.units[index]?.comma;
  return (
    isOf !== 'UN' &&
    after.sender?.name.country !== 'UN' &&
    (beside === undefined || beside === false ? before.sender !== undefined && after.host !== undefined : true)
  );
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
      if (has(text, at, 'posted') && !sender) continue;
      if (!unit || (unit.tags.size > 0 && !has(text, at, 'small', 'families', 'and'))) break;
      if (!unit.tags.has('small') || unit.word === 'the') strange += unit.weight;
      // Signs of a name that we do not know are many: 中国驻洛杉矶总领馆.
      if (strange > (unit.weight < 1 ? 2.1 : 1) || unit.possessive) break;
      continue;
    }
    const { role } = place.name;
    const isCity = (role === 'city' || role === 'capital') && !text.units[at]?.possessive;
    const posted = has(text, at - 1, 'posted');
    const isOwners = has(text, at - 1, 'own-of') && sameClause(text, at - 1, index) && !isCity && !text.units[at]?.possessive;
    if ((posted || isOwners) && !host) host = place;
    // "Britain's Afghan embassy"
    else if (sender && !host && text.units[at]?.possessive && sender.name.country !== place.name.country) {
      host = sender;
      sender = place;
    } else if (isCity) host ??= place;
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
