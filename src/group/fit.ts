/**
 * Compares a report with an open event slot by slot. Reports are never compared with each other,
 * which would let chains of look-alikes grow.
 */
import { takesPeopleOut, traits } from '../kinds.ts';
import type { Instant } from '../model/basics.ts';
import type { NewsEvent } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { detailsOf, type Finding, sendersOf } from '../model/finding.ts';
import { fold } from '../places.ts';
import { actsOf, adviceAndAlert, familyOf, hasSender, spanOf } from './keys.ts';
import { intersects, type Report, storyTime } from './reports.ts';

/** exact: every slot agrees. loose: none disagrees, but one side leaves a slot empty. */
export type Fit = 'exact' | 'loose' | 'none';

export function fitOf(event: NewsEvent, report: Report, story: Story, now: Instant): Fit {
  if (!isTimely(event, report, storyTime(story, now))) return 'none';
  if (!samePlace(event.finding, report.finding)) return 'none';
  const slots = [senderFit(event.finding, report.finding), hostFit(event.finding, report.finding)];
  if (slots.includes('none')) return 'none';
  return slots.includes('loose') ? 'loose' : 'exact';
}

/** Whether sender and host agree, whatever the time: for reopenings and denials. */
export function sameSlots(a: Finding, b: Finding): boolean {
  return familyOf(a.kind) === familyOf(b.kind) && senderFit(a, b) === 'exact' && hostFit(a, b) === 'exact';
}

function isTimely(event: NewsEvent, report: Report, at: Instant): boolean {
  const { first, last } = spanOf(event);
  const families = new Set(actsOf(event).map((act) => familyOf(act.kind)));
  const gap = Math.max(at - last, first - at, 0);
  // A lifted event may have begun long ago, so its total span does not count.
  const whole = event.state === 'lifted' ? 0 : Math.max(last, at) - Math.min(first, at);
  return report.acts.some(({ kind }) => {
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

/**
 * No State evacuates people from itself: if sender and host are the same, the sender counts as
 * unknown.
 */
function isSenderOpen({ kind, sender, hosts }: Finding): boolean {
  return sender === undefined || (takesPeopleOut(kind) && hosts.length === 1 && hosts[0] === sender);
}

function hostFit(a: Finding, b: Finding): Fit {
  if (a.area && b.area && fold(a.area) === fold(b.area)) return 'exact';
  if (a.hosts.length === 0 || b.hosts.length === 0) return 'loose';
  return intersects(a.hosts, b.hosts) ? 'exact' : 'none';
}

/**
 * Attacks differ by city and post, other acts by a city that both name. For relocations the city is
 * not compared.
 */
function samePlace(a: Finding, b: Finding): boolean {
  if (isAnotherCrossing(a, b)) return false;
  const attack = a.kind === b.kind && traits[a.kind].next === 'again';
  const consulate = a.post === 'consulate' || b.post === 'consulate';
  const stays = [a, b].every(({ kind, to }) => traits[kind].posture !== null && to === undefined);
  if (attack && a.post && b.post && a.post !== b.post) return false;
  const [here, there] = [cityOf(a), cityOf(b)];
  return !(attack || consulate || stays) || here === undefined || there === undefined || here === there;
}

/**
 * Airport, airspace and border are separate events; airport and airspace of the very same countries
 * are one.
 */
function isAnotherCrossing(a: Finding, b: Finding): boolean {
  if (hasSender(a.kind) || a.kind !== b.kind) return false;
  const [one, other] = [detailsOf(a).crossing, detailsOf(b).crossing];
  if (one === undefined || other === undefined || one === other) return false;
  const areSame = a.hosts.length === b.hosts.length && a.hosts.every((host) => b.hosts.includes(host));
  return !areSame || one === 'border' || other === 'border';
}

/**
 * Whether a report of another country belongs to the same event because it shares most words within
 * a day: airspaces of a region at war, or an evacuation whose country outlets confuse. The country
 * is added to the event.
 */
export function isSameStoryElsewhere(event: NewsEvent, report: Report, story: Story, now: Instant): boolean {
  const [a, b] = [event.finding, report.finding];
  if (a.kind !== b.kind || a.hosts.length === 0 || b.hosts.length === 0) return false;
  const isCrossing = !hasSender(a.kind) && !isAnotherCrossing(a, b);
  if (!isCrossing && !(takesPeopleOut(a.kind) && senderFit(a, b) === 'exact')) return false;
  const gapMs = Math.abs(storyTime(story, now) - spanOf(event).last);
  return gapMs <= elsewhereWindowMs && sharedWords(event, story) >= elsewhereMinWords;
}

const elsewhereWindowMs = 24 * 3_600_000;
const elsewhereMinWords = 4;

function cityOf({ from, to }: Finding): string | undefined {
  const place = from ?? to;
  return place && fold(place.name);
}

/** Words common in reports of this field: sharing them proves nothing. */
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

/**
 * Whether report and event share a number, a city or some rare words: enough to join when a slot is
 * empty.
 */
export function shareRareTerms(event: NewsEvent, report: Report, story: Story): boolean {
  const [known, reported] = [event.finding, report.finding];
  if (known.people !== undefined && known.people === reported.people) return true;
  // Only for the same kind: many missions act in one capital, each for its own State.
  if (known.kind === reported.kind && cityOf(known) !== undefined && cityOf(known) === cityOf(reported)) return true;
  const enough = sameGap(known, reported) ? 2 : 3;
  return sharedWords(event, story) >= enough || sharesNumber(event, story);
}

/** The largest number of rare words shared with any one report of the event. */
function sharedWords(event: NewsEvent, { item }: Story): number {
  const words = rareWords(`${item.title} ${item.summary}`);
  return event.sources.reduce((most, source) => {
    const shared = [...rareWords(`${source.title} ${source.summary ?? ''}`)].filter((word) => words.has(word));
    return Math.max(most, shared.length);
  }, 0);
}

function sharesNumber(event: NewsEvent, { item }: Story): boolean {
  const numbers = (text: string) => new Set([...rareWords(text)].filter((word) => /^\d{2,}$/.test(word)));
  const reported = numbers(`${item.title} ${item.summary}`);
  return event.sources.some((source) => [...numbers(`${source.title} ${source.summary ?? ''}`)].some((word) => reported.has(word)));
}

/** Whether both leave the same slots empty: "recalls 30 ambassadors around the world". */
function sameGap(a: Finding, b: Finding): boolean {
  return (a.sender === undefined) === (b.sender === undefined) && (a.hosts.length === 0) === (b.hosts.length === 0);
}

/** Compare only the first letters, as words inflect: Sokotra, Sokotry, Sokotrze. */
const stemLength = 6;

function rareWords(text: string): ReadonlySet<string> {
  return new Set(
    fold(text)
      .split(' ')
      .filter((word) => (word.length > 3 || /^\d{2,}$/.test(word)) && !commonWords.has(word) && !/^(19|20)\d\d$/.test(word))
      .map((word) => word.slice(0, stemLength)),
  );
}
