/** Whether a report can tell an event that is already open: slot against slot, never report against report, so that no chains grow. */
import { takesPeopleOut, traits } from '../kinds.ts';
import type { Instant } from '../model/basics.ts';
import type { NewsEvent } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { detailsOf, type Finding, sendersOf } from '../model/finding.ts';
import { fold } from '../places.ts';
import { actsOf, adviceAndAlert, familyOf, hasSender, spanOf } from './keys.ts';
import { intersects, type Report, storyTime } from './reports.ts';

/** exact: every slot agrees. loose: a slot is open on either side and none disagrees. */
export type Fit = 'exact' | 'loose' | 'none';

export function fitOf(event: NewsEvent, told: Report, story: Story, now: Instant): Fit {
  if (!isTimely(event, told, storyTime(story, now))) return 'none';
  if (!samePlace(event.finding, told.finding)) return 'none';
  const slots = [senderFit(event.finding, told.finding), hostFit(event.finding, told.finding)];
  if (slots.includes('none')) return 'none';
  return slots.includes('loose') ? 'loose' : 'exact';
}

/** Sender and host agree, whatever the time: what a reopening or a denial answers. */
export function sameSlots(a: Finding, b: Finding): boolean {
  return familyOf(a.kind) === familyOf(b.kind) && senderFit(a, b) === 'exact' && hostFit(a, b) === 'exact';
}

function isTimely(event: NewsEvent, told: Report, at: Instant): boolean {
  const { first, last } = spanOf(event);
  const families = new Set(actsOf(event).map((act) => familyOf(act.kind)));
  const gap = Math.max(at - last, first - at, 0);
  // A reopening may end what began long ago: only its own reports count from then on.
  const whole = event.state === 'lifted' ? 0 : Math.max(last, at) - Math.min(first, at);
  return told.acts.some(({ kind }) => {
    const { window, adjoins } = traits[kind];
    if (families.has(familyOf(kind))) return gap <= window.gap && whole <= window.whole;
    return adjoins !== null && families.has(adjoins) && gap <= adviceAndAlert;
  });
}

function senderFit(a: Finding, b: Finding): Fit {
  if (!hasSender(a.kind) && !hasSender(b.kind)) return 'exact';
  if (a.sender !== undefined && b.sender !== undefined && intersects(sendersOf(a), sendersOf(b))) return 'exact';
  return isSenderOpen(a) || isSenderOpen(b) ? 'loose' : 'none';
}

/** No State takes people out of itself: where its own ministry tells of an evacuation, whose it is stays open. */
function isSenderOpen({ kind, sender, hosts }: Finding): boolean {
  return sender === undefined || (takesPeopleOut(kind) && hosts.length === 1 && hosts[0] === sender);
}

function hostFit(a: Finding, b: Finding): Fit {
  if (a.area && b.area && fold(a.area) === fold(b.area)) return 'exact';
  if (a.hosts.length === 0 || b.hosts.length === 0) return 'loose';
  return intersects(a.hosts, b.hosts) ? 'exact' : 'none';
}

/** Attacks are told apart by city and post, other acts by a city that both name. Where a post moves between cities its city is no slot. */
function samePlace(a: Finding, b: Finding): boolean {
  if (isAnotherCrossing(a, b)) return false;
  const attack = a.kind === b.kind && traits[a.kind].next === 'again';
  const consulate = a.post === 'consulate' || b.post === 'consulate';
  const stays = [a, b].every(({ kind, to }) => traits[kind].posture !== null && to === undefined);
  if (attack && a.post && b.post && a.post !== b.post) return false;
  const [here, there] = [cityOf(a), cityOf(b)];
  return !(attack || consulate || stays) || here === undefined || there === undefined || here === there;
}

/** An airport is not its country's airspace, nor is a border either, unless both are said of the very same countries. */
function isAnotherCrossing(a: Finding, b: Finding): boolean {
  if (hasSender(a.kind) || a.kind !== b.kind) return false;
  const [one, other] = [detailsOf(a).crossing, detailsOf(b).crossing];
  if (one === undefined || other === undefined || one === other) return false;
  const areSame = a.hosts.length === b.hosts.length && a.hosts.every((host) => b.hosts.includes(host));
  return !areSame || one === 'border' || other === 'border';
}

/**
 * What is told of another country in the same words within a day: the airspaces of a region at war, one evacuation whose country outlets take
 * for another. The country is told as one more.
 */
export function isBeside(event: NewsEvent, told: Report, story: Story, now: Instant): boolean {
  const [a, b] = [event.finding, told.finding];
  if (a.kind !== b.kind || a.hosts.length === 0 || b.hosts.length === 0) return false;
  const isCrossing = !hasSender(a.kind) && !isAnotherCrossing(a, b);
  if (!isCrossing && !(takesPeopleOut(a.kind) && senderFit(a, b) === 'exact')) return false;
  const apart = Math.abs(storyTime(story, now) - spanOf(event).last);
  return apart <= besideFor && sharedWords(event, story) >= besideWords;
}

const besideFor = 24 * 3_600_000;
const besideWords = 4;

function cityOf({ from, to }: Finding): string | undefined {
  const place = from ?? to;
  return place && fold(place.name);
}

/** Words that any report of this field holds: sharing them proves nothing. */
const commonWords = new Set(
  (
    'about after again against ahead airport airspace alert all ambassador ambassadors americans amid authorities border breaking citizens ' +
    'close closed closes closing closure consular consulate consulates country countries crisis departure diplomat diplomatic diplomats embassies ' +
    'embassy envoy evacuate evacuated evacuates evacuating evacuation evacuations expel expelled expels family families fears flight flights foreign ' +
    'from government have home immediately leave leaves leaving live military ministry mission move moves moved moving national nationals nearly news ' +
    'officials operations order ordered orders over people posts recall recalled recalls relocate relocates report reported reports says security ' +
    'service services shut shuts some staff state states suspend suspended suspends tells temporarily tensions that their threat thousands travel ' +
    'troops update updates urged urges warning warns were what with withdraw withdraws workers'
  ).split(' '),
);

/** A number, a city or two rare words that the report and the event share: enough to join where a slot is open. */
export function shareRareTerms(event: NewsEvent, told: Report, story: Story): boolean {
  const [known, said] = [event.finding, told.finding];
  if (known.people !== undefined && known.people === said.people) return true;
  // In one capital many missions act, each for its own State.
  if (known.kind === said.kind && cityOf(known) !== undefined && cityOf(known) === cityOf(said)) return true;
  const enough = sameGap(known, said) ? 2 : 3;
  return sharedWords(event, story) >= enough || sharesNumber(event, story);
}

/** How many rare words the report shares at most with one report of the event. */
function sharedWords(event: NewsEvent, { item }: Story): number {
  const words = rareWords(`${item.title} ${item.summary}`);
  return event.sources.reduce((most, source) => {
    const shared = [...rareWords(`${source.title} ${source.summary ?? ''}`)].filter((word) => words.has(word));
    return Math.max(most, shared.length);
  }, 0);
}

function sharesNumber(event: NewsEvent, { item }: Story): boolean {
  const numbers = (text: string) => new Set([...rareWords(text)].filter((word) => /^\d{2,}$/.test(word)));
  const said = numbers(`${item.title} ${item.summary}`);
  return event.sources.some((source) => [...numbers(`${source.title} ${source.summary ?? ''}`)].some((word) => said.has(word)));
}

/** Both leave the same slot open: "recalls 30 ambassadors around the world". */
function sameGap(a: Finding, b: Finding): boolean {
  return (a.sender === undefined) === (b.sender === undefined) && (a.hosts.length === 0) === (b.hosts.length === 0);
}

/** Where the endings of inflected words begin, roughly: Sokotra, Sokotry, Sokotrze. */
const stemLength = 6;

function rareWords(text: string): ReadonlySet<string> {
  return new Set(
    fold(text)
      .split(' ')
      .filter((word) => (word.length > 3 || /^\d{2,}$/.test(word)) && !commonWords.has(word) && !/^(19|20)\d\d$/.test(word))
      .map((word) => word.slice(0, stemLength)),
  );
}
