import type { CountryCode } from '../model/basics.ts';
import { first } from './guards.ts';
import type { Matched } from './match-frames.ts';
import { isAdjunct, isMarked, isSomewhere, nationalityOf, type PlaceSpan, placeAt, type Span } from './phrases.ts';
import { has, type Text } from './units.ts';
import { elsewhere, isSaid, listed, placesOf } from './where.ts';

export interface Parties {
  readonly sender?: CountryCode | undefined;
  readonly senderAt?: Span | undefined;
  readonly hosts: readonly PlaceSpan[];
}

/** Sender: whose diplomats; host: who expels, or with whom the State that severs has nothing to do any more. */
export function ofExpulsion(text: Text, matched: Matched): Parties {
  const { actor, act } = matched;
  const object = matched.taken.find((one) => has(text, one.from, 'diplomat', 'ambassador', 'staff'));
  const severs = has(text, act, 'sever', 'sever-n', 'sever-relations');
  const own = object && nationalityOf(text, object.from, object.to);
  // "Espulsi due funzionari dell'ambasciata russa a Roma"
  const named = severs ? undefined : (own ?? matched.mission?.sender);
  const place = matched.taken.find((one) => one.place)?.place;
  const other = (one: PlaceSpan) =>
    one.name.country !== actor?.country &&
    (severs || !actor?.others.includes(one.name.country)) &&
    one.name.role !== 'speaker' &&
    !isSaid(text, one);
  const clause = text.clauses[matched.clause];
  const near = placesOf(text, clause?.from, clause?.to).filter(other);
  const partner =
    named ?? (place && other(place) ? place : undefined) ?? near.find((one) => one.from > act) ?? near.at(0) ?? placesOf(text).find(other);
  // "Ambassador called to the ministry": to that of the country whose language it is.
  const home = has(text, act, 'summon') ? (summonedTo(text, clause)?.name.country ?? homeOf(text, clause)) : undefined;
  const host = actor?.country ?? (named ? (near.find((one) => one.name.country !== named.name.country)?.name.country ?? home) : undefined);
  const together = actor && host === actor.country && !severs ? actor.others : [];
  // "US, UK and Canada expel Russian diplomats": each of them is a host; "India and Canada expel diplomats": each is both.
  const all = [...(host ? [host] : []), ...together].filter((country) => country !== named?.name.country);
  const at = actor ?? { from: 0, to: 1 };
  const hosts = all.map((country) => standing(at, country));
  return { sender: partner?.name.country, senderAt: partner, hosts };
}

function homeOf(text: Text, clause: Text['clauses'][number] | undefined): CountryCode | undefined {
  return first(text, clause?.from ?? 0, clause?.to ?? 0, ['office']) === undefined ? undefined : text.home;
}

/** "Convocato alla Farnesina": whose ministry it is. */
function summonedTo(text: Text, clause: Text['clauses'][number] | undefined): PlaceSpan | undefined {
  return placesOf(text, clause?.from, clause?.to).find((one) => one.name.role === 'speaker' && isAdjunct(text, one.from));
}

/** Sender: who recalls its own; host: where the ambassador is. */
export function ofRecall(text: Text, matched: Matched): Parties {
  const { actor, act } = matched;
  const object = matched.taken.find((one) => has(text, one.from, 'ambassador', 'own-ambassador', 'diplomat')) ?? { from: act, to: act + 1 };
  const own = nationalityOf(text, object.from, object.to);
  const clause = text.clauses[matched.clause];
  const sender = actor?.country ?? (own && !isSomewhereOnly(text, own, object.from) ? own.name.country : undefined);
  const hosts = placesOf(text, clause?.from, clause?.to).filter(
    (place) => place.name.country !== sender && place.name.role !== 'speaker' && place.from > (actor?.to ?? 0) - 1,
  );
  const behind =
    (own && own.name.country !== sender && isSomewhere(own) ? own : undefined) ??
    placesOf(text, clause?.from, object.from).find((place) => has(text, place.from - 1, 'posted')) ??
    hosts.find((place) => place.from >= object.from && isAdjunct(text, place.from)) ??
    hosts.find((place) => place.from > act && place.from <= object.to + 3);
  return { sender, senderAt: actor ?? own, hosts: behind ? listed(text, behind) : [] };
}

/** "ambassador to Switzerland": that is where, not whose. */
const isSomewhereOnly = (text: Text, place: PlaceSpan, object: number) => place.from > object && isAdjunct(text, place.from);

/** Both ends where both are named; there is no sender. */
export function ofBorder(text: Text, matched: Matched): Parties {
  const { actor, act } = matched;
  const object = matched.taken.find((one) => has(text, one.from, 'border', 'airspace', 'airport'));
  const at = object?.from ?? act;
  const clause = text.clauses[matched.clause];
  const before: PlaceSpan[] = [];
  for (let index = at - 1; index >= Math.max(clause?.from ?? 0, at - 4); index -= 1) {
    const place = placeAt(text, index);
    if (place && index > (actor?.to ?? 0) - 1 && (!isAdjunct(text, index) || isMarked(text, index + 1) || has(text, index - 1, 'with')))
      before.unshift(place);
    else if (
      !place &&
      !has(text, index, 'small', 'and', 'in', 'of', 'prep', 'post-in', 'post-of', 'nonessential') &&
      text.units[index]?.tags.size
    )
      break;
  }
  const behind = placesOf(text, at, clause?.to).filter((place) => isSomewhere(place) && bordered(text, at, place));
  // Where both ends are named, who closes it may be a third.
  const isNamed = before.length > 0 && behind.length > 0;
  const owner = actor?.country && actor.from < act && isOwn(text, matched) && !isNamed ? [actorPlace(actor.from, actor.country)] : [];
  const found = [...owner, ...before, ...behind.slice(0, 1).flatMap((place) => listed(text, place))];
  return { hosts: found.length > 0 ? found : elsewhere(text, matched, undefined) };
}

const bordered = (text: Text, object: number, place: PlaceSpan) =>
  place.from - object <= 6 &&
  (has(text, place.from - 1, 'with', 'in', 'of', 'to', 'prep', 'near', 'from') || has(text, place.from - 2, 'with', 'in', 'of', 'prep'));

/** A State closes its own airspace; "Trump says" of another's does not make it his. */
function isOwn(text: Text, matched: Matched): boolean {
  const object = matched.taken.find((one) => has(text, one.from, 'airspace'));
  if (!object) return true;
  const named = placeAt(text, object.from - 1) ?? (has(text, object.to, 'in', 'prep', 'near') ? placeAt(text, object.to + 1) : undefined);
  return named === undefined;
}

function actorPlace(from: number, country: CountryCode): PlaceSpan {
  return standing({ from, to: from + 1 }, country);
}

/** A State, and the words that stand for it. */
function standing({ from, to }: Span, country: CountryCode): PlaceSpan {
  return { from, to, name: { country, name: country, role: 'country', ambiguous: false, lower: false } };
}
