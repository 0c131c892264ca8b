/** Who did it or told of it, where the frame itself took nobody who acts. */
import { listedBefore } from './actors.ts';
import type { Matched } from './match-frames.ts';
import { isAdjunct, type PlaceSpan } from './phrases.ts';
import { has, type Text } from './units.ts';
import { placesOf } from './where.ts';

/** "evacuated by France", "évacuées par la France" */
export function agentOf(text: Text, { act, clause }: Matched): PlaceSpan | undefined {
  return placesOf(text, act + 1, text.clauses[clause]?.to).find((place) => {
    let at = place.from - 1;
    while (at > act && has(text, at, 'small')) at -= 1;
    // Where one word says both "by" and "from", it says from where.
    return place.name.role !== 'city' && has(text, at, 'by') && !has(text, at, 'from');
  });
}

/** "Ghana says embassy in Washington to reopen": who tells of a mission without a name tells of its own. */
export function saidBefore(text: Text, matched: Matched): PlaceSpan | undefined {
  const mission = matched.mission?.from ?? 0;
  return has(text, mission - 1, 'says') ? placesOf(text, mission - 2, mission - 1).at(0) : undefined;
}

/** "Regno Unito: chiusa l'ambasciata in Iran", "Iran, la Farnesina: …": who stands before the mark, if not where the mission is. */
export function leading(text: Text, { mission, act }: Matched): PlaceSpan | undefined {
  const to = text.clauses[1]?.opener === 'colon' ? text.clauses[0]?.to : text.units[1]?.comma ? 1 : 0;
  const places = placesOf(text, 0, Math.min(to ?? 0, act)).filter(({ name }) => name.role === 'speaker' || name.role === 'country');
  const host = mission?.host?.name.country;
  return places.find(({ name }) => name.role === 'speaker') ?? (host ? places.find(({ name }) => name.country !== host) : undefined);
}

/** "Embassy advises Indians in Qatar": whose citizens it speaks to, theirs it is. */
export function toldTo(text: Text, { citizens }: Matched): PlaceSpan | undefined {
  return citizens?.nationality === undefined ? undefined : placesOf(text, citizens.from, citizens.to).at(0);
}

/** "Turkey travel warning as Foreign Office issues update": the office that advises. */
export function officeOf(text: Text, { frame, act }: Matched): PlaceSpan | undefined {
  if (frame.kind !== 'travel-advisory' || !frame.noun) return undefined;
  // "Travel warning for Aussies": those whom it is for.
  const readers = ({ name, from }: PlaceSpan) => name.role === 'citizens' && from > act && isAdjunct(text, from);
  return placesOf(text).find(({ name, from }) => name.role === 'metonym' && !isAdjunct(text, from)) ?? placesOf(text).find(readers);
}

/** "to shut Mali, Burkina Faso embassies": what is listed before the last. */
export function beforeIn(text: Text, last: PlaceSpan, from: number): readonly PlaceSpan[] {
  const listed = listedBefore(text, last.from);
  return placesOf(text, from, last.from).filter((place) => listed.includes(place.name.country));
}
