/** Who and where of a proposal, where the role reader left one open: of the countries that are named the pair whose places in the text fit best. */
import { type Kind, traits } from '../../kinds.ts';
import type { CountryCode } from '../../model/basics.ts';
import { isAdjunct, missionTags, type PlaceSpan } from '../phrases.ts';
import { has, type Text } from '../units.ts';
import { isSaid, placesOf } from '../where.ts';

export interface Pair {
  readonly sender?: CountryCode;
  readonly host: CountryCode;
}

interface Rated {
  readonly country: CountryCode;
  readonly sends: number;
  readonly hosts: number;
}

/** Title first, then title and summary together; undefined where fewer countries are named than the kind needs. */
export function pairIn(texts: readonly Text[], kind: Kind): Pair | undefined {
  for (let most = 1; most <= texts.length; most += 1) {
    const rated = texts.slice(0, most).flatMap((text, at) => placesOf(text).map((place) => ratedOf(text, place, kind, at > 0 ? 0.5 : 0)));
    const pair = bestOf(rated, traits[kind].sender === 'none');
    if (pair) return pair;
  }
  return undefined;
}

function bestOf(rated: readonly Rated[], hostAlone: boolean): Pair | undefined {
  let best: Pair | undefined;
  let most = leastFit;
  for (const host of rated) {
    if (hostAlone) {
      if (host.hosts > most) [best, most] = [{ host: host.country }, host.hosts];
      continue;
    }
    for (const sender of rated) {
      const sum = sender.sends + host.hosts;
      if (sender.country !== host.country && sum > most) [best, most] = [{ sender: sender.country, host: host.country }, sum];
    }
  }
  return best;
}

/** A pair that fits worse is no pair: "France and Mali hold talks". */
const leastFit = 0;

function ratedOf(text: Text, place: PlaceSpan, kind: Kind, behind: number): Rated {
  const { country } = place.name;
  const rate = traits[kind].sender === 'between' && traits[kind].actor === 'host' ? expelled : sent;
  const { sends, hosts } = rate(text, place);
  return { country, sends: sends - behind, hosts: hosts - behind };
}

interface Rates {
  readonly sends: number;
  readonly hosts: number;
}

const sendsByRole: Readonly<Record<string, number>> = { metonym: 3, speaker: 3, citizens: 2, demonym: 2, country: 1, alias: 1, capital: 0 };
const hostsByRole: Readonly<Record<string, number>> = { city: 3, capital: 2, country: 1, alias: 1, demonym: -1 };

/** Whose mission, citizens or advice: an owner, a speaker, who begins; where: behind a preposition, a city. */
function sent(text: Text, place: PlaceSpan): Rates {
  const { role } = place.name;
  const governed = isAdjunct(text, place.from) && text.units[place.from]?.possessive !== true;
  const owns = text.units[place.from]?.possessive === true || ofOurs(text, place.to);
  const opens = text.clauses[text.units[place.from]?.clause ?? 0]?.from === place.from;
  const said = isSaid(text, place);
  return {
    sends:
      (sendsByRole[role] ?? -3) +
      (owns ? 1.5 : 0) +
      (said ? 2 : 0) +
      (opens ? 1 : 0) -
      (governed && role !== 'citizens' && role !== 'demonym' ? 2.5 : 0),
    hosts:
      (hostsByRole[role] ?? -3) +
      (governed ? 2 : 0) -
      (said ? 3 : 0) -
      (opens && role !== 'city' ? 0.5 : 0) -
      (owns && role !== 'city' && role !== 'capital' ? 1 : 0),
  };
}

/** Whose diplomats: the name beside them; who expels them: who acts, or where they are. */
function expelled(text: Text, place: PlaceSpan): Rates {
  const { role } = place.name;
  const beside = ofOurs(text, place.to) || has(text, place.from - 1, ...envoys) || has(text, place.from - 2, ...envoys);
  const owns = text.units[place.from]?.possessive === true;
  const governed = isAdjunct(text, place.from) && !owns;
  const opens = text.clauses[text.units[place.from]?.clause ?? 0]?.from === place.from;
  return {
    sends: (role === 'demonym' || role === 'citizens' ? 1.5 : 0) + (beside ? 2.5 : 0) + (owns ? 1 : 0) - (role === 'city' ? 3 : 0),
    hosts: (role === 'demonym' || role === 'citizens' ? -1 : 1) + (opens ? 1 : 0) + (governed ? 1 : 0) - (beside ? 1 : 0),
  };
}

const envoys = ['diplomat', 'ambassador', 'staff', 'spy'] as const;

const ofOurs = (text: Text, behind: number) =>
  [behind, behind + 1].some(
    (at) => has(text, at, ...missionTags, ...envoys, 'families', 'citizens', 'office', 'mission-word') && !text.units[at]?.comma,
  );
