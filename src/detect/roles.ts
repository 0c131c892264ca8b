/** Who and where: from the phrases that a frame took, then from the rest of its clause, then from the rest of the text. */
import type { CountryCode, Kind, Place } from '../model.ts';
import type { Matched } from './match-frames.ts';
import { foreignersAt, has, isAdjunct, placeSoon } from './phrases.ts';
import { indices } from './status.ts';
import type { PlaceTag, Tagged } from './tagger.ts';

export interface Roles {
  readonly sender?: CountryCode;
  readonly hosts: readonly CountryCode[];
  readonly from?: Place;
  readonly to?: Place;
  /** Places that the roles rest on, for the evidence. */
  readonly words: readonly { readonly role: string; readonly tag: { readonly from: number; readonly to: number } }[];
}

interface Found {
  readonly sender?: CountryCode | undefined;
  readonly hosts: readonly PlaceTag[];
  readonly senderTag?: { readonly from: number; readonly to: number } | undefined;
}

export function rolesOf(text: Tagged, matched: Matched): Roles {
  const found = byKind(text, matched);
  const sender = found.sender;
  const hosts = [...new Set(found.hosts.map((place) => place.country))].filter((code) => code !== sender || found.hosts.length === 0);
  const cities = citiesOf(text, matched);
  const words = [
    ...(found.senderTag ? [{ role: 'sender', tag: found.senderTag }] : []),
    ...found.hosts.filter((place) => place.country !== sender).map((tag) => ({ role: 'host', tag })),
  ];
  return { hosts, words, ...cities, ...(sender && { sender }) };
}

function byKind(text: Tagged, matched: Matched): Found {
  const { kind } = matched.frame;
  if (kind === 'border-airspace') return border(text, matched);
  if (kind === 'diplomatic-expulsion') return expulsion(text, matched);
  if (kind === 'ambassador-summoned') return summoned(text, matched);
  if (kind === 'ambassador-recall') return recall(text, matched);
  if (matched.mission) return ofMission(text, matched);
  return ofForeigners(text, matched);
}

const inClause = (text: Tagged, matched: Matched) => text.places.filter((place) => text.tokens[place.from]?.clause === matched.clause);

/** Adjunct places of the clause, then of the whole text, that are not the sender's. */
function elsewhere(text: Tagged, matched: Matched, sender: CountryCode | undefined): readonly PlaceTag[] {
  const other = (place: PlaceTag) =>
    place.country !== sender && place.role !== 'speaker' && place.role !== 'metonym' && !text.tokens[place.to]?.joined;
  const near = inClause(text, matched).filter(other);
  const placed = near.filter((place) => isAdjunct(text, place.from));
  if (placed.length > 0) return listed(text, placed);
  const afterAct = near.filter((place) => place.from > matched.act.from && place.role !== 'demonym');
  if (afterAct.length > 0) return listed(text, afterAct);
  const topic = text.places.filter((place) => other(place) && isTopic(text, place));
  if (topic.length > 0) return topic;
  const named = near.filter((place) => place.from !== matched.state?.from);
  if (named.length > 0) return named.slice(0, 1);
  return text.places.filter((place) => other(place) && place.role !== 'demonym' && isAdjunct(text, place.from)).slice(0, 1);
}

/** "Afghanistan: …", "Ukraine tensions: …": what the headline is about. */
function isTopic(text: Tagged, place: PlaceTag): boolean {
  const next = text.clauses[(text.tokens[place.from]?.clause ?? 0) + 1];
  return text.tokens[place.from]?.clause === 0 && place.from === 0 && next?.lead === ':';
}

/** The first and those that are listed with it: "Bahrain, Kuwait and Qatar". */
function listed(text: Tagged, places: readonly PlaceTag[]): readonly PlaceTag[] {
  const [first, ...others] = places;
  if (!first) return [];
  const list = [first];
  for (const place of others) {
    const last = list.at(-1);
    if (!last) break;
    const between = text.tokens.slice(last.to, place.from).map((token) => token.word);
    if (between.every((word) => ['and', 'or', 'the', '&'].includes(word)) && between.length <= 2) list.push(place);
    else break;
  }
  return list;
}

function ofMission(text: Tagged, matched: Matched): Found {
  const { mission, state } = matched;
  const own = mission?.sender;
  const actor = state?.country;
  // "Canada suspends operations at Ukraine embassy": with another actor, a bare country before the mission is where it stands.
  const isHost =
    own !== undefined && actor !== undefined && own.country !== actor && own.role !== 'demonym' && matched.frame.kind !== 'mission-attack';
  const sender = isHost ? actor : (own?.country ?? actor);
  const senderTag = isHost ? state : (own ?? state);
  const hosts = mission?.host
    ? listed(text, [mission.host, ...text.places.filter((place) => place.from > (mission.host?.from ?? 0))])
    : isHost
      ? [own]
      : elsewhere(text, matched, sender);
  return { sender, senderTag, hosts };
}

function ofForeigners(text: Tagged, matched: Matched): Found {
  const foreigners =
    matched.foreigners ??
    indices(0, text.tokens.length)
      .map((index) => foreignersAt(text, index))
      .find((one) => one?.nationality);
  const issuer = matched.state?.country;
  const sender = issuer ?? foreigners?.nationality ?? issuerNear(text, matched);
  const senderTag = matched.state ?? foreigners;
  const direct = matched.steps.find((step) => step.place)?.place;
  const leaving = placeAfterAct(text, matched);
  const hosts = leaving.length > 0 ? leaving : direct && direct.country !== sender ? [direct] : elsewhere(text, matched, sender);
  return { sender, senderTag, hosts };
}

/** "UK evacuation from Kabul", "US travel advisory": an adjective of the act itself. */
function issuerNear(text: Tagged, matched: Matched): CountryCode | undefined {
  const before = text.placeAt[matched.act.from - 1] ?? text.placeAt[matched.act.from - 2];
  if (before && before.role !== 'city' && before.role !== 'capital' && !isAdjunct(text, before.from)) return before.country;
  return inClause(text, matched).find(
    (place) =>
      ['country', 'alias', 'metonym', 'speaker'].includes(place.role) &&
      !isAdjunct(text, place.from) &&
      place.from < matched.act.from &&
      text.clauses[matched.clause]?.from === place.from,
  )?.country;
}

/** "… leave Ukraine", "… out of Sudan", "travel to Niger". */
function placeAfterAct(text: Tagged, matched: Matched): readonly PlaceTag[] {
  const last = matched.steps.at(-1);
  const end = last?.to ?? matched.act.to;
  for (let at = Math.max(matched.act.from, end - 1); at < Math.min(text.tokens.length, end + 5); at += 1) {
    if (text.tokens[at]?.clause !== matched.clause) break;
    const preposition = has(text, at, 'prep-in') || has(text, at, 'prep-from') || has(text, at, 'prep-to') || has(text, at, 'leave');
    const place = preposition ? placeSoon(text, at + 1) : undefined;
    if (place && place.role !== 'demonym' && place.country !== matched.state?.country)
      return listed(text, [place, ...text.places.filter((one) => one.from > place.from)]);
  }
  return [];
}

function border(text: Tagged, matched: Matched): Found {
  const actor = matched.state;
  const thing = matched.steps.find((step) => ['border', 'airspace', 'airport'].includes(step.name));
  const beside = thing
    ? [text.placeAt[thing.from - 1], text.placeAt[thing.from - 2]]
        .filter((place) => place !== undefined)
        .filter((place) => place.role !== 'speaker')
    : [];
  const after = elsewhere(text, matched, undefined).filter((place) => thing && place.from > thing.from);
  const own = beside.length > 0 ? beside : actor && actor.place.role !== 'speaker' ? [actor.place] : [];
  const both = thing?.name === 'border' ? [...own, ...after] : own.length > 0 && actor?.place.role !== 'speaker' ? own : [...own, ...after];
  return { hosts: both.length > 0 ? both : elsewhere(text, matched, undefined) };
}

function expulsion(text: Tagged, matched: Matched): Found {
  const host = matched.state?.place;
  const thing = matched.steps.find((step) => ['diplomat', 'ambassador', 'relations'].includes(step.name));
  const beside = thing ? (text.placeAt[thing.from - 1] ?? text.placeAt[thing.from - 2]) : undefined;
  const other = beside && beside.country !== host?.country ? beside : elsewhere(text, matched, host?.country)[0];
  return { sender: other?.country, senderTag: other, hosts: host ? [host] : elsewhere(text, matched, other?.country).slice(0, 1) };
}

function summoned(text: Tagged, matched: Matched): Found {
  const host = matched.state?.place;
  const thing = matched.steps.find((step) => step.name === 'ambassador' || step.name === 'diplomat');
  const beside = thing ? (text.placeAt[thing.from - 1] ?? text.placeAt[thing.from - 2]) : undefined;
  const from = thing ? placeSoon(text, thing.to + 1) : undefined;
  const other = [beside, from, ...inClause(text, matched)].find((place) => place && place.country !== host?.country);
  return { sender: other?.country, senderTag: other, hosts: host ? [host] : [] };
}

function recall(text: Tagged, matched: Matched): Found {
  const thing = matched.steps.find((step) => step.name === 'ambassador');
  const beside = thing ? (text.placeAt[thing.from - 1] ?? text.placeAt[thing.from - 2]) : undefined;
  const sender = matched.state?.country ?? beside?.country;
  const hosts = beside && matched.state && beside.country !== sender ? [beside] : elsewhere(text, matched, sender);
  return { sender, senderTag: matched.state ?? beside, hosts };
}

/** "from Kyiv to Lviv": cities, and whence and whither. */
function citiesOf(text: Tagged, matched: Matched): { readonly from?: Place; readonly to?: Place } {
  const city = (place: PlaceTag | undefined): Place | undefined =>
    place && (place.role === 'capital' || place.role === 'city') ? { name: place.name, country: place.country } : undefined;
  if (!missionKinds.has(matched.frame.kind)) return {};
  const after = (tag: string) =>
    indices(0, text.tokens.length)
      .filter((index) => has(text, index, tag))
      .map((index) => city(text.placeAt[index + 1]))
      .find((place) => place !== undefined);
  const moved = matched.frame.kind === 'embassy-relocation';
  const from = moved ? (after('prep-from') ?? city(matched.mission?.host)) : city(matched.mission?.host);
  const to = moved ? after('prep-to') : undefined;
  if (matched.frame.kind === 'embassy-reopening' || matched.frame.kind === 'embassy-opening') return from ? { to: from } : {};
  return { ...(from && from.name !== to?.name && { from }), ...(to && { to }) };
}

const missionKinds = new Set<Kind>([
  'embassy-relocation',
  'embassy-closure',
  'embassy-suspension',
  'embassy-reopening',
  'embassy-opening',
  'staff-drawdown',
  'staff-departure-ordered',
  'staff-departure-authorized',
  'mission-attack',
]);
