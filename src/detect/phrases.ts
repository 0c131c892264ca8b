/** The three noun phrases that frames speak of: a State that acts, a mission, a State's citizens. */
import type { CountryCode } from '../model.ts';
import type { PlaceTag, Tagged } from './tagger.ts';

export interface State {
  readonly from: number;
  readonly to: number;
  readonly country: CountryCode;
  readonly place: PlaceTag;
}

export interface Mission {
  readonly from: number;
  readonly to: number;
  /** The word itself. */
  readonly head: number;
  readonly sender?: PlaceTag;
  readonly host?: PlaceTag;
}

export interface Foreigners {
  readonly from: number;
  readonly to: number;
  readonly nationality?: CountryCode;
}

export const has = (text: Tagged, index: number, tag: string): boolean => text.starts[index]?.has(tag) ?? false;

const adjuncts = ['prep-in', 'prep-from', 'prep-to', 'prep-with'];
const smallWords = new Set([
  'the',
  'a',
  'an',
  'of',
  'by',
  'against',
  'on',
  'over',
  'about',
  'near',
  'between',
  'across',
  'around',
  'via',
  'than',
  'like',
]);

/** Stands after a preposition, over an article: a place where something is, not one who acts. */
export function isAdjunct(text: Tagged, index: number): boolean {
  let before = index - 1;
  while (before >= 0 && ['the', 'a', 'an', 'all', 'its', 'their'].includes(text.tokens[before]?.word ?? '')) before -= 1;
  const token = text.tokens[before];
  if (!token || token.clause !== text.tokens[index]?.clause) return false;
  return adjuncts.some((tag) => has(text, before, tag)) || (smallWords.has(token.word) && token.word !== 'by');
}

/** A State that acts: its name, who speaks for it, or its adjective before "government", "forces", "embassy". */
export function stateAt(text: Tagged, index: number): State | undefined {
  const place = text.placeAt[index];
  if (!place || place.from !== index || text.tokens[place.to]?.joined || place.role === 'city') return undefined;
  if (isAdjunct(text, index)) return undefined;
  const office = officeAfter(text, place.to);
  if (office !== undefined) return { from: index, to: office, country: place.country, place };
  const named =
    place.role === 'country' || place.role === 'alias' || place.role === 'metonym' || place.role === 'capital' || place.role === 'speaker';
  if (!named || has(text, place.to, 'person')) return undefined;
  // "Russia's president" acts only through an office; "US embassy" is a mission, not the State.
  if (text.tokens[place.to - 1]?.possessive || has(text, place.to, 'mission')) return undefined;
  return { from: index, to: place.to, country: place.country, place };
}

/** "Israeli government", "Japan's interim foreign minister": the office, over one adjective. */
function officeAfter(text: Tagged, index: number): number | undefined {
  const end = text.starts[index]?.get('government');
  if (end !== undefined || !has(text, index, 'adjective')) return end;
  return text.starts[index + 1]?.get('government');
}

/** A mission with whose it is and where it stands: "US embassy in Kyiv", "Embassy of Japan", "Kyiv embassy". */
export function missionAt(text: Tagged, index: number): Mission | undefined {
  const end = text.starts[index]?.get('mission');
  if (end === undefined || has(text, end, 'company')) return undefined;
  let from = index;
  let sender: PlaceTag | undefined;
  let host: PlaceTag | undefined;
  for (let steps = 0; steps < 2; steps += 1) {
    const before = placeBefore(text, from);
    if (!before) break;
    if (before.role === 'capital' || before.role === 'city') host ??= before;
    else if (sender === undefined) sender = before;
    else break;
    from = before.from;
  }
  const after = placesAfter(text, end);
  host ??= after.host;
  if (after.sender) {
    // "the Kyiv embassy of Japan": what is said after outranks a name before.
    if (sender && !host) host = sender;
    sender = after.sender;
  }
  return { from, to: Math.max(end, after.to), head: index, ...(sender && { sender }), ...(host && { host }) };
}

function placeBefore(text: Tagged, index: number): PlaceTag | undefined {
  for (let at = index - 1; at >= Math.max(0, index - 2); at -= 1) {
    const place = text.placeAt[at];
    if (place) return place.from >= 0 && text.tokens[at]?.clause === text.tokens[index]?.clause ? place : undefined;
    const word = text.tokens[at]?.word ?? '';
    if (!['de', 'facto', 'own', 'main', 'former', 'new', 'its', "country's"].includes(word) && !has(text, at, 'families')) return undefined;
  }
  return undefined;
}

function placesAfter(text: Tagged, end: number): { readonly sender?: PlaceTag; readonly host?: PlaceTag; readonly to: number } {
  let at = end;
  let to = end;
  let sender: PlaceTag | undefined;
  let host: PlaceTag | undefined;
  for (let steps = 0; steps < 3; steps += 1) {
    const token = text.tokens[at];
    if (!token || token.clause !== text.tokens[end - 1]?.clause) break;
    const isOf = token.word === 'of';
    const isIn = has(text, at, 'prep-in') || has(text, at, 'prep-to');
    const place = text.placeAt[at] ?? (isOf || isIn ? placeSoon(text, at + 1) : undefined);
    if (!place) break;
    if (isOf) sender ??= place;
    else host ??= place;
    at = place.to;
    to = place.to;
  }
  return { to, ...(sender && { sender }), ...(host && { host }) };
}

/** The place right here, over an article or a word such as "occupied". */
export function placeSoon(text: Tagged, index: number): PlaceTag | undefined {
  return text.placeAt[index] ?? (text.tokens[index]?.clause === text.tokens[index + 1]?.clause ? text.placeAt[index + 1] : undefined);
}

/** Citizens of a State: "Britons", "US nationals", "its citizens". */
export function foreignersAt(text: Tagged, index: number): Foreigners | undefined {
  const place = text.placeAt[index];
  if (place && place.from === index) {
    for (let at = place.to; at <= place.to + 1; at += 1) {
      const end = text.starts[at]?.get('citizens');
      if (end !== undefined) return { from: index, to: end, nationality: place.country };
    }
    const word = text.tokens[place.to - 1]?.word ?? '';
    const plural = place.role === 'demonym' && (/s$/.test(word) || /^(british|french|dutch|irish|swiss|chinese|japanese)$/.test(word));
    if (plural && !nounFollows(text, place.to)) return { from: index, to: place.to, nationality: place.country };
    return undefined;
  }
  const end = text.starts[index]?.get('citizens');
  return end === undefined ? undefined : { from: index, to: end };
}

function nounFollows(text: Tagged, index: number): boolean {
  return ['mission', 'government', 'diplomat', 'ambassador', 'staff', 'border', 'airspace'].some((tag) => has(text, index, tag));
}
