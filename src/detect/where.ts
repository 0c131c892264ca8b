import type { CountryCode } from '../model/basics.ts';
import type { Matched } from './match-frames.ts';
import { farthest, isAdjunct, isSomewhere, type PlaceSpan, placeAt, sameClause } from './phrases.ts';
import { has, type Text } from './units.ts';

/** The places of a text, in order. */
export function placesOf(text: Text, from = 0, to = text.units.length): readonly PlaceSpan[] {
  return text.named.filter((index) => index >= from && index < to).flatMap((index) => placeAt(text, index) ?? []);
}

/** "… leave Ukraine", "… out of Sudan", "travel to Niger": the places right behind the frame's last word. */
export function placesBehind(text: Text, matched: Matched, last: number, sender: CountryCode | undefined): readonly PlaceSpan[] {
  const clause = text.clauses[text.units[last]?.clause ?? 0];
  const from = Math.min(matched.act + 1, last);
  for (let at = from; at < Math.min(clause?.to ?? 0, last + 7); at += 1) {
    const place = placeAt(text, at);
    if (!isSomewhere(place) || place.name.country === sender || isCompound(text, place)) continue;
    const destination = has(text, at - 1, 'to') && !has(text, matched.act, 'advise', 'issue', 'raise', 'lower', 'same', 'advisory');
    if (destination) continue;
    if (isAdjunct(text, at) || has(text, at - 1, 'leave', 'avoid', 'evacuate') || at === last || at === last + 1)
      return listed(text, place);
  }
  return [];
}

/** Where people are taken from: what "from" says, else the topic, else where it happens; never where they land. */
export function leftBehind(text: Text, matched: Matched, sender: CountryCode | undefined): readonly PlaceSpan[] {
  const clause = text.clauses[matched.clause];
  const others = placesOf(text, clause?.from, clause?.to).filter(
    (place) =>
      isSomewhere(place) &&
      place.name.country !== sender &&
      !matched.actor?.others.includes(place.name.country) &&
      !isCompound(text, place) &&
      !isSaid(text, place),
  );
  const from = others.find((place) => behindTag(text, place.from, 'from', 'post-from'));
  if (from) return listed(text, from);
  // "スーダンの邦人": where they live.
  const home = others.find((place) => has(text, place.to, 'post-of'));
  if (home) return [home];
  const carrier = ['flight', 'evacuate-n', 'evacuee', 'aircraft'] as const;
  const lands = has(text, matched.act, 'send', 'carry') && matched.taken.some((one) => has(text, one.from, ...carrier));
  const within = others.find((place) => behindTag(text, place.from, 'in', 'post-in') && !lands);
  if (within) return listed(text, within);
  const beside = others.find((place) => place.to === matched.act || place.from === matched.act + 1);
  return beside ? listed(text, beside) : [];
}

function behindTag(text: Text, index: number, before: 'from' | 'in' | 'to', behind: 'post-from' | 'post-in' | 'post-to'): boolean {
  if (has(text, index + 1, behind)) return true;
  let at = index - 1;
  while (at >= 0 && has(text, at, 'small') && !has(text, at, before) && sameClause(text, at, index)) at -= 1;
  return (has(text, at, before) || (before === 'in' && has(text, at, 'posted'))) && sameClause(text, at, index);
}

/** "évacue ses citoyens vers l'Égypte": where they are taken. */
function isGoal(text: Text, { act, frame }: Matched, place: PlaceSpan): boolean {
  if (frame.kind === 'evacuation' && has(text, act, 'arrive') && place.from === act + 1) return true;
  return (
    has(text, act, 'evacuate', 'repatriate', 'fetched') &&
    behindTag(text, place.from, 'to', 'post-to') &&
    !behindTag(text, place.from, 'in', 'post-in') &&
    !behindTag(text, place.from, 'from', 'post-from')
  );
}

/** "leave Kyiv for Poland": where those who leave go. */
function isLeftFor(text: Text, place: PlaceSpan): boolean {
  if (!has(text, place.from - 1, 'goal')) return false;
  return placesOf(text).some((left) => left.to === place.from - 1 && has(text, left.from - 1, 'leave'));
}

/** The first place and those that are listed with it: "Bahrain, Kuwait and Qatar". */
export function listed(text: Text, place: PlaceSpan): readonly PlaceSpan[] {
  const found = [place];
  for (let at = place.to; at < Math.min(text.units.length, place.to + 3 * farthest); at += 1) {
    if (has(text, at, 'and') || (has(text, at, 'small', 'in', 'from', 'to') && has(text, at - 1, 'and'))) continue;
    const next = placeAt(text, at);
    const linked =
      text.units[at]?.comma ||
      text.units[at]?.joined ||
      has(text, at - 1, 'and') ||
      (has(text, at - 1, 'small', 'in', 'from', 'to') && has(text, at - 2, 'and'));
    if (!next || !linked || !sameClause(text, at, place.from) || text.units[at + 1]?.tags.has('says')) break;
    // "…, US says": who speaks is no part of the list.
    if (!isSomewhere(next) && !isAdjective(next)) break;
    found.push(next);
  }
  return found;
}

/** "Iran-backed", "Iran-Israel conflict": no place, but "Thailand-Cambodia border" is two. */
function isCompound(text: Text, place: PlaceSpan): boolean {
  if (!text.units[place.to]?.joined) return false;
  return !(placeAt(text, place.to) && has(text, place.to + 1, 'border'));
}

const isAdjective = (place: PlaceSpan) => place.name.role === 'demonym';

/** Where none is said beside the act: adjuncts of the clause, what follows the act, the topic, what else is named. */
export function elsewhere(text: Text, matched: Matched, sender: CountryCode | undefined): readonly PlaceSpan[] {
  const other = (place: PlaceSpan) =>
    place.name.country !== sender &&
    !matched.actor?.others.includes(place.name.country) &&
    isSomewhere(place) &&
    !isCompound(text, place) &&
    !isSaid(text, place) &&
    // "da Kiev": one word may say both "by" and "from".
    !(has(text, place.from - 1, 'by') && !has(text, place.from - 1, 'from')) &&
    // "towns near Lebanon", "the border with Cambodia": those taken out were on this side.
    !(matched.frame.kind === 'evacuation' && has(text, place.from - 1, 'near', 'with')) &&
    !isModifier(text, place) &&
    !isLeftFor(text, place) &&
    !isGoal(text, matched, place);
  const clause = text.clauses[matched.clause];
  const near = placesOf(text, clause?.from, clause?.to).filter(other);
  const [adjunct] = near.filter((place) => isAdjunct(text, place.from));
  if (adjunct) return listed(text, adjunct);
  // "US strikes Venezuela: …": where, not by whom.
  const topic = placesOf(text, 0, text.clauses[0]?.to).findLast((place) => other(place) && isTopic(text, place));
  if (topic) return [topic];
  const [behind] = near.filter((place) => place.from > matched.act);
  if (behind) return listed(text, behind);
  const [before] = near.filter((place) => !matched.actor || place.from < matched.actor.from || place.from >= matched.actor.to);
  if (before) return [before];
  // "Three embassies close in the Middle East as Iran …": where is said, by the name of no country.
  if (text.tags.get('area')?.some((index) => sameClause(text, index, matched.act))) return [];
  const inAside = (place: PlaceSpan) => text.clauses[text.units[place.from]?.clause ?? 0]?.opener === 'aside';
  const others = placesOf(text).filter((place) => other(place) && !(matched.frame.kind === 'evacuation' && inAside(place)));
  const anywhere = placesOf(text).find((place) => other(place) && isAdjunct(text, place.from));
  if (anywhere) return [anywhere];
  // Two clauses, one other country: "Qatar closes airspace as UK tells citizens to shelter".
  if (others[0] && others.every((place) => place.name.country === others[0]?.name.country)) return [others[0]];
  // "to eight Nigerian states", "to the Thai border"
  const region = placesOf(text).filter(
    (place) => isAdjective(place) && place.name.country !== sender && has(text, place.to, 'regional', 'border'),
  );
  return region.slice(0, 1);
}

/** "Afghanistan: …", "Ukraine tensions: …": what the headline is about. */
function isTopic(text: Text, place: PlaceSpan): boolean {
  return text.units[place.from]?.clause === 0 && place.from <= 3 && text.clauses[1]?.opener === 'colon';
}

/** "US citizens", "Ukraine embassy": whose, not where; but "イスラエル在留邦人", whose nation has a name. */
const isModifier = (text: Text, place: PlaceSpan) =>
  has(text, place.to, 'citizens', 'diplomat', 'ambassador', 'office', 'forces') &&
  !text.units[place.to]?.comma &&
  !text.units[place.to]?.name;

/** "…, Norway police say", "… says UK defence secretary" */
export function isSaid(text: Text, place: PlaceSpan): boolean {
  for (let at = place.to; at <= place.to + 2 && sameClause(text, place.from, at) && !text.units[at]?.comma; at += 1)
    if (has(text, at, 'says')) return true;
  return has(text, place.from - 1, 'says') && has(text, place.to, 'office', 'forces');
}
