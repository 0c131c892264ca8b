/** Who and where: from the phrases that a frame took, then from the rest of its clause, then from the rest of the text. */
import { type Kind, traits } from '../kinds.ts';
import type { CountryCode } from '../model/basics.ts';
import type { Place } from '../model/finding.ts';
import { actorAt, listedBefore } from './actors.ts';
import { agentOf, beforeIn, leading, officeOf, saidBefore, toldTo } from './agents.ts';
import type { Matched } from './match-frames.ts';
import { ofBorder, ofExpulsion, ofRecall, type Parties } from './parties.ts';
import { isAdjunct, type Mission, missionAt, nationalityOf, type PlaceSpan, placeAt, type Span, sameClause } from './phrases.ts';
import { has, isSpaceless, type Text } from './units.ts';
import { elsewhere, isSaid, leftBehind, listed, placesBehind, placesOf } from './where.ts';

export interface Roles {
  readonly sender?: CountryCode;
  /** Others that act with the sender: "British and Norwegian nationals". */
  readonly jointly?: readonly CountryCode[];
  readonly hosts: readonly CountryCode[];
  readonly from?: Place;
  readonly to?: Place;
  /** The words that the roles rest on, for the evidence. */
  readonly words: readonly { readonly role: 'sender' | 'host' | 'from' | 'to'; readonly at: Span }[];
}

export function rolesOf(text: Text, matched: Matched): Roles {
  const found = byKind(text, matched);
  const { sender } = found;
  const others = found.hosts.filter((place) => place.name.country !== sender);
  const hosts = [...new Set(others.map((place) => place.name.country))];
  const cities = citiesOf(text, matched);
  const words = [
    ...(found.senderAt ? [{ role: 'sender' as const, at: found.senderAt }] : []),
    ...others.map((at) => ({ role: 'host' as const, at })),
    ...cities.words,
  ];
  const jointly = sender && found.senderAt && traits[matched.frame.kind].actor !== 'host' ? jointWith(text, found.senderAt, sender) : [];
  const together = jointly.filter((country) => !hosts.includes(country));
  return {
    hosts,
    words,
    ...(sender && { sender }),
    ...(together.length > 0 && { jointly: together }),
    ...(cities.from && { from: cities.from }),
    ...(cities.to && { to: cities.to }),
  };
}

/** Named in one list with the sender: "US, UK and Canada close …", "British and Norwegian nationals". */
function jointWith(text: Text, at: Span, sender: CountryCode): readonly CountryCode[] {
  const own = placesOf(text, at.from, at.to);
  const behind = has(text, at.from + 1, 'and') ? placesOf(text, at.from + 2, at.from + 3) : [];
  const found = [...listedBefore(text, at.from), ...[...own, ...behind].filter(isState).map(({ name }) => name.country)];
  return [...new Set(found)].filter((country) => country !== sender);
}

function byKind(text: Text, matched: Matched): Parties {
  const { sender, actor, topic } = traits[matched.frame.kind];
  if (sender === 'none') return ofBorder(text, matched);
  if (sender === 'between') return actor === 'host' ? ofExpulsion(text, matched) : ofRecall(text, matched);
  if (topic === 'consular') return ofVisas(text, matched);
  return withOwner(text, matched, ofPhrases(text, matched));
}

function ofPhrases(text: Text, matched: Matched): Parties {
  const isNamed = matched.mission?.sender !== undefined || matched.mission?.host !== undefined;
  const beside = traits[matched.frame.kind].ofStaff && !matched.actor && !isNamed ? missionBeside(text, matched) : undefined;
  if (beside) return ofMission(text, { ...matched, mission: beside });
  if (matched.mission) return ofMission(text, matched);
  return ofTopic(text, matched) ?? ofCitizens(text, matched);
}

/** "Authorized departure approved for US Embassy Nairobi": whose staff it is stands beside the act. */
function missionBeside(text: Text, { clause }: Matched): Mission | undefined {
  const { from = 0, to = 0 } = text.clauses[clause] ?? {};
  for (let index = from; index < to; index += 1) {
    const mission = missionAt(text, index);
    if (mission?.sender) return mission;
  }
  return undefined;
}

/** "British diplomats leave as embassy in Tehran closes": where nobody else is it, the State whose diplomats, office or speaker is named. */
function withOwner(text: Text, matched: Matched, found: Parties): Parties {
  const { kind } = matched.frame;
  if (found.sender !== undefined || traits[kind].topic !== 'embassy-moves') return found;
  const isHost = (country: CountryCode) => found.hosts.some(({ name }) => name.country === country);
  const owners = placesOf(text).filter((place) => !isHost(place.name.country) && isOwner(text, matched, place));
  const countries = new Set(owners.map(({ name }) => name.country));
  const [first] = owners;
  if (countries.size === 1 && first) return { ...found, sender: first.name.country, senderAt: first };
  // "カブールの大使館が閉鎖": where the home State is meant by no name at all.
  const isOurs = matched.mission !== undefined && found.hosts.length > 0 && isSpaceless(text, matched.act) && countries.size === 0;
  const others = placesOf(text).some((place) => !isHost(place.name.country));
  return isOurs && !others && text.home ? { ...found, sender: text.home } : found;
}

function isOwner(text: Text, { act }: Matched, place: PlaceSpan): boolean {
  const { role } = place.name;
  if (role === 'metonym' || role === 'speaker' || isSaid(text, place)) return true;
  if (has(text, place.to, 'diplomat', 'ambassador', 'staff', 'families', 'office')) return !text.units[place.to]?.comma;
  const clause = text.clauses[text.units[place.from]?.clause ?? 0];
  // "Cairo puts its Mogadishu embassy on standby, halting …": who begins the clause of the act.
  return (
    place.from === clause?.from && sameClause(text, place.from, act) && clause.opener !== 'aside' && role !== 'city' && role !== 'demonym'
  );
}

/** "US embassy in Chad: staff ordered to leave": whose staff it is stands in the topic. */
function ofTopic(text: Text, matched: Matched): Parties | undefined {
  if (!traits[matched.frame.kind].ofStaff || matched.actor || matched.clause === 0 || text.clauses[1]?.opener !== 'colon') return undefined;
  for (let index = 0; index < (text.clauses[0]?.to ?? 0); index += 1) {
    const mission = missionAt(text, index);
    if (mission?.sender) return ofMission(text, { ...matched, mission });
  }
  return undefined;
}

function ofMission(text: Text, matched: Matched): Parties {
  const { mission, actor, frame } = matched;
  const own = mission?.sender;
  const named = actor?.country ?? actorBefore(text, matched)?.name.country;
  // "Canada suspends operations at Ukraine embassy": beside another actor a bare country before the mission is where it stands.
  const isHost =
    own !== undefined &&
    named !== undefined &&
    // "dall'ambasciata di Baghdad"
    (own.from < (mission?.head ?? 0) || own.name.role === 'capital') &&
    own.name.country !== named &&
    own.name.role !== 'demonym' &&
    !own.name.sign &&
    !text.units[own.from]?.possessive &&
    !mission?.host &&
    frame.kind !== 'mission-attack';
  const said = own || named ? undefined : (saidBefore(text, matched) ?? toldTo(text, matched) ?? leading(text, matched));
  const sender = isHost ? named : (own?.name.country ?? (frame.kind === 'mission-attack' ? undefined : (named ?? said?.name.country)));
  const senderAt = isHost || !own ? (named ? actor : said) : own;
  // "Poland closes Russian consulate": the host orders it.
  if (own && named && own.name.country !== named && !mission?.host && frame.kind !== 'mission-attack') {
    const isAt = actor
      ? { from: actor.from, to: actor.to, name: { country: named, name: named, role: 'country', ambiguous: false, lower: false } as const }
      : own;
    if (!isHost) return { sender, senderAt, hosts: [isAt] };
  }
  if (isHost) return { sender, senderAt, hosts: [...beforeIn(text, own, actor?.to ?? 0), ...listed(text, own)] };
  return { sender, senderAt, hosts: mission?.host ? listed(text, mission.host) : elsewhere(text, matched, sender) };
}

/** "India resumes visa services for Canadians": where they live. */
function ofVisas(text: Text, matched: Matched): Parties {
  const found = matched.mission ? ofMission(text, matched) : ofCitizens(text, matched);
  const applicants = placesOf(text).filter(({ name, from }) => {
    const isPeople = name.role === 'citizens' || (name.role === 'demonym' && isAdjunct(text, from));
    return isPeople && name.country !== found.sender;
  });
  return found.hosts.length > 0 ? found : { ...found, hosts: applicants.slice(0, 1) };
}

function ofCitizens(text: Text, matched: Matched): Parties {
  const { actor, citizens, frame } = matched;
  const nation = citizens?.nationality;
  const left = matched.taken.find((one) => has(text, one.from, 'evacuee'));
  if (left) return ofEvacuees(text, matched, left);
  const near = actor?.country
    ? undefined
    : (agentOf(text, matched) ??
      officeOf(text, matched) ??
      issuerBefore(text, matched) ??
      nationOf(text, matched) ??
      attributed(text, matched) ??
      carrierOf(text, matched) ??
      signedBy(text));
  const sender =
    frame.kind === 'evacuation' ? (actor?.country ?? near?.name.country ?? nation) : (actor?.country ?? nation ?? near?.name.country);
  const senderAt = actor?.country ? actor : nation && sender === nation ? citizens : near;
  const taken = matched.taken.find((one) => one.place)?.place;
  const last = Math.max(matched.act, ...matched.taken.map((one) => one.to - 1));
  const leaving = frame.kind === 'evacuation' ? leftBehind(text, matched, sender) : placesBehind(text, matched, last, sender);
  const hosts =
    leaving.length > 0 || frame.act.tags.includes('carry')
      ? leaving
      : taken && taken.name.country !== sender
        ? listed(text, taken)
        : elsewhere(text, matched, sender);
  return { sender, senderAt, hosts };
}

/** "US prepares for Venezuela embassy reopening": a State right at the beginning acts at a mission that bears a country's bare name. */
function actorBefore(text: Text, { mission, clause, frame }: Matched): PlaceSpan | undefined {
  const own = mission?.sender;
  if (
    (own?.name.role !== 'country' && own?.name.role !== 'capital') ||
    mission?.host ||
    text.units[own.from]?.possessive ||
    frame.kind === 'mission-attack'
  )
    return undefined;
  let at = text.clauses[clause]?.from ?? 0;
  while (has(text, at, 'small')) at += 1;
  const first = placeAt(text, at);
  return first &&
    first.from < own.from &&
    !isAdjunct(text, at) &&
    isState(first) &&
    first.name.role !== 'demonym' &&
    first.name.country !== own.name.country
    ? first
    : undefined;
}

/** "Afghan evacuees arrive in …": where they come from. "Nigerian evacuees from Sudan": whose they are too. */
function ofEvacuees(text: Text, matched: Matched, evacuees: Span): Parties {
  const own = nationalityOf(text, evacuees.from, evacuees.to);
  const from = leftBehind(text, matched, undefined).filter((place) => place.name.country !== own?.name.country);
  const carrier = matched.taken.find((one) => has(text, one.from, 'aircraft'));
  const by = matched.actor?.country
    ? undefined
    : ((carrier && nationalityOf(text, carrier.from, carrier.to)) ?? (from.length > 0 ? own : undefined));
  const sender = matched.actor?.country ?? by?.name.country;
  const hosts = from.length > 0 ? from : own ? [own] : [];
  return { sender, senderAt: matched.actor ?? by, hosts };
}

const isState = ({ name }: PlaceSpan) => name.role !== 'city' && name.role !== 'capital';

/** "Afghanistan evacuation: final UK flights": a country before the noun is where, if another State is named. */
const isTopicOf = (text: Text, matched: Matched, place: PlaceSpan) =>
  place.name.role === 'country' && place.to === matched.act && carrierOf(text, matched) !== undefined;

/** "UK evacuation from Kabul", "US travel advisory": an adjective of the act itself. */
function issuerBefore(text: Text, matched: Matched): PlaceSpan | undefined {
  const noun =
    matched.taken.find((one) => has(text, one.from, 'flight', 'evacuate-n', 'advisory') && one.from < matched.act)?.from ?? matched.act;
  const adjective = placeAt(text, noun + 1);
  if (adjective?.name.role === 'demonym' && text.free && sameClause(text, noun, noun + 1)) return adjective;
  for (let at = noun - 1; at >= noun - 4 && at >= 0 && sameClause(text, at, matched.act); at -= 1) {
    const place = placeAt(text, at);
    // "Sudan, evacuati gli italiani"
    if (text.units[at + 1]?.comma) break;
    if (place && isState(place) && !isAdjunct(text, at) && !isTopicOf(text, matched, place)) return place;
    if (has(text, at, 'in', 'from', 'to', 'and', 'prep')) break;
  }
  return undefined;
}

/** "Kabul evacuation: final UK flights", "Sudan evacuation: RAF flight leaves": the other State that is named, not as a place. */
function carrierOf(text: Text, matched: Matched): PlaceSpan | undefined {
  if (matched.frame.kind !== 'evacuation' || !matched.frame.noun) return undefined;
  const topic = placeAt(text, matched.act - 1);
  const carries = (place: PlaceSpan) => place.name.role !== 'demonym' || has(text, place.to, 'aircraft', 'flight', 'citizens', 'office');
  const others = placesOf(text).filter((place) => isState(place) && carries(place) && !isAdjunct(text, place.from));
  return topic && others.find((place) => place.name.country !== topic.name.country);
}

/** "19,000 evacuated, White House says": the State that tells of its own act. */
function attributed(text: Text, matched: Matched): PlaceSpan | undefined {
  const speaks = (place: PlaceSpan) => speakers.has(place.name.role) && !isAdjunct(text, place.from) && isSaid(text, place);
  return (
    placesOf(text, matched.act + 1).find(speaks) ??
    placesOf(text, 0, matched.act).find((place) => place.name.role === 'speaker' && speaks(place))
  );
}

/** "外交部：…", "…　外務省": a ministry that is all of the first or the last clause signs what the others say. */
function signedBy(text: Text): PlaceSpan | undefined {
  if (text.clauses.length < 2) return undefined;
  for (const clause of [text.clauses[0], text.clauses.at(-1)]) {
    const actor = clause && actorAt(text, clause.from);
    if (!clause || !actor?.country || actor.to !== clause.to || !has(text, actor.to - 1, 'office')) continue;
    return { ...actor, name: { country: actor.country, name: actor.country, role: 'metonym', ambiguous: false, lower: false } };
  }
  return undefined;
}

const speakers: ReadonlySet<PlaceSpan['name']['role']> = new Set(['metonym', 'speaker', 'alias', 'country']);

/** Whose staff or diplomats the frame took. */
function nationOf(text: Text, matched: Matched): PlaceSpan | undefined {
  const staff = matched.taken.find(
    (one) => has(text, one.from, 'staff', 'diplomat', 'families') && one.step.phrases.length + one.step.tags.length > 0,
  );
  return staff ? nationalityOf(text, staff.from, staff.to) : undefined;
}
function citiesOf(
  text: Text,
  matched: Matched,
): { readonly from?: Place; readonly to?: Place; readonly words: readonly { readonly role: 'from' | 'to'; readonly at: Span }[] } {
  if (traits[matched.frame.kind].cities === 'none') return { words: [] };
  const words: { role: 'from' | 'to'; at: Span }[] = [];
  let from: Place | undefined;
  let to: Place | undefined;
  const cities = placesOf(text).filter(({ name: { role } }) => role === 'city' || role === 'capital');
  for (const place of cities) {
    const { name, country } = place.name;
    if (!sameClause(text, place.from, matched.act)) continue;
    const isMissions = matched.mission?.host?.from === place.from;
    const goes = isGoal(text, matched, place, { isMissions, isOnly: cities.length === 1, isLeft: from !== undefined });
    if (goes && !to) {
      to = { name, country };
      words.push({ role: 'to', at: place });
    } else if (!from && !goes && (isMissions || isAdjunct(text, place.from) || isLeft(text, matched, place))) {
      from = { name, country };
      words.push({ role: 'from', at: place });
    }
  }
  return { words, ...(from && { from }), ...(to && { to }) };
}

/** "… to Lviv", "leave Kyiv for Lviv"; "moves embassy to Jerusalem", where the goal stands right behind the mission. */
function isGoal(
  text: Text,
  { act, frame }: Matched,
  { from, to }: PlaceSpan,
  { isMissions, isOnly, isLeft }: { readonly isMissions: boolean; readonly isOnly: boolean; readonly isLeft: boolean },
): boolean {
  // "transfère son ambassade à Lviv": one word for "in" and "to", and no other city.
  const within = has(text, from - 1, 'in') && !(has(text, from - 1, 'to') && isOnly);
  if (isMissions && (frame.kind !== 'embassy-relocation' || within)) return false;
  if (has(text, from - 1, 'to') && from > act - 1) return true;
  const isForGoal = isLeft && from > act && has(text, from - 1, 'goal');
  return (isForGoal && traits[frame.kind].family === 'post') || (goesSomewhere(frame.kind) && has(text, to, 'post-to'));
}

/** "quits Kabul", "orders staff to leave Kyiv" */
const isLeft = (text: Text, { act }: Matched, place: PlaceSpan) => place.from > act && has(text, place.from - 1, 'leave');

/** What goes somewhere. */
const goesSomewhere = (kind: Kind) => traits[kind].cities === 'way' || traits[kind].cities === 'left';
