/** Finds the frames that fit a text: from each act outwards, every step in its place and nothing between that parts them. */

import { type Actor, actorAt } from './actors.ts';
import { framesByAct } from './frames.ts';
import { type Citizens, citizensAt, peopleAt } from './people.ts';
import {
  farthest,
  isGoverned,
  isMarked,
  isSomewhere,
  type Mission,
  missionAt,
  missionTags,
  type PlaceSpan,
  placeAt,
  sameClause,
} from './phrases.ts';
import type { Frame, Step } from './steps.ts';
import type { Tag } from './tags.ts';
import { has, type Text } from './units.ts';

export interface Taken {
  readonly step: Step;
  readonly from: number;
  readonly to: number;
  readonly actor?: Actor;
  readonly mission?: Mission;
  readonly citizens?: Citizens;
  readonly place?: PlaceSpan;
}

export interface Matched {
  readonly frame: Frame;
  readonly act: number;
  readonly clause: number;
  readonly taken: readonly Taken[];
  readonly actor?: Actor;
  readonly mission?: Mission;
  readonly citizens?: Citizens;
  /** How many words that mean nothing to us part the steps. */
  readonly gap: number;
}

type Side = 'before' | 'after';
interface Reach {
  readonly from: number;
  readonly to: number;
}
interface Fit {
  readonly taken: Taken;
  readonly gap: number;
}

const mostApart = 2.7;
const mostApartLoose = 7;

/** A text that reports more acts than this is no report: the others are not looked at, since each is weighed against the whole text. */
const mostMatched = 96;

/** @param official the text stands in a government's own feed */
export function matchFrames(text: Text, official: boolean): readonly Matched[] {
  const found: Matched[] = [];
  for (const [index, unit] of text.units.entries()) {
    if (unit.tags.size === 0) continue;
    for (const tag of unit.tags) {
      for (const frame of framesByAct.get(tag) ?? []) {
        const tried = (official || !frame.official) && frame.needs.every((tags) => tags.some((one) => text.tags.has(one)));
        const matched = tried ? fits(text, frame, index) : undefined;
        if (matched && found.push(matched) === mostMatched) return found;
      }
    }
  }
  return found;
}

function fits(text: Text, frame: Frame, act: number): Matched | undefined {
  if (frame.bare && actsUpon(text, act)) return undefined;
  const taken: Taken[] = [];
  let gap = 0;
  // What suffers the act is looked for first: where words change places it must not be taken for who acts.
  for (const side of ['after', 'before'] as const) {
    let at: Reach = { from: act, to: act + 1 };
    for (const step of frame[side]) {
      const fit = find(text, frame, step, side, at, taken, act);
      if (!fit && step.optional) continue;
      if (!fit) return undefined;
      taken.push(fit.taken);
      gap += fit.gap;
      if (side === 'before' ? fit.taken.from < act : fit.taken.from > act) at = fit.taken;
    }
  }
  const actor = taken.find((one) => one.actor)?.actor;
  const mission = taken.find((one) => one.mission)?.mission;
  const citizens = taken.find((one) => one.citizens)?.citizens;
  const clause = text.units[act]?.clause ?? 0;
  return { frame, act, clause, taken, gap, ...(actor && { actor }), ...(mission && { mission }), ...(citizens && { citizens }) };
}

/** Whether a word that could be an object stands right behind an act. */
function actsUpon(text: Text, act: number): boolean {
  if (text.final && has(text, has(text, act - 1, 'small') ? act - 2 : act - 1, ...objects)) return true;
  const next = text.units[act + 1];
  if (has(text, behindSmall(text, act), ...objects)) return true;
  if (!next || next.comma || next.clause !== text.units[act]?.clause) return false;
  if (text.free) return false;
  if (next.tags.size === 0) return true;
  return [...next.tags].some((tag) => quantities.has(tag)) || ![...next.tags].some((tag) => glue.has(tag) || prepositions.has(tag));
}

/** Over articles: "suspend la délivrance de visas". */
function behindSmall(text: Text, act: number): number {
  let at = act + 1;
  while (at < act + farthest && has(text, at, 'small') && sameClause(text, act, at) && !text.units[at]?.comma) at += 1;
  return sameClause(text, act, at) && !text.units[at]?.comma ? at : -1;
}

const objects: readonly Tag[] = ['visa', 'visas', 'border', 'airspace', 'routine'];

/** The nearest on the side that the frame says; where the act's language orders freely, else the nearest on the other. */
function find(text: Text, frame: Frame, step: Step, side: Side, at: Reach, taken: readonly Taken[], act: number): Fit | undefined {
  const free = text.free;
  const direct = scan(text, frame, step, side, at, taken, free);
  if (direct || !free) return direct;
  return scan(text, frame, step, side === 'before' ? 'after' : 'before', { from: act, to: act + 1 }, taken, free);
}

function scan(text: Text, frame: Frame, step: Step, side: Side, at: Reach, taken: readonly Taken[], free: boolean): Fit | undefined {
  const clause = text.clauses[text.units[at.from]?.clause ?? 0];
  const first = step.across ? 0 : (clause?.from ?? 0);
  const end = step.across ? text.units.length : (clause?.to ?? 0);
  // Two acts that share a subject share the one that the clause begins with.
  const shared = side === 'before' && !step.across && !step.loose && isShared(text, first, at.from);
  const way = side === 'before' && !shared ? -1 : 1;
  for (
    let index = shared ? first : side === 'before' ? at.from - 1 : at.to;
    index >= first && index < end && Math.abs(index - at.from) < 24;
    index += way
  ) {
    const found = take(text, frame, step, index);
    if (!found || (step.behindColon && !opensBehindColon(text, index))) continue;
    const fitsSide = side === 'before' ? found.to <= at.from : found.from >= at.to;
    // What stands behind a preposition is no subject: "a protest at the border shuts plants".
    if (side === 'before' && !step.loose && !step.across && !free && isGoverned(text, found.from)) continue;
    if (!fitsSide || taken.some((one) => one.from < found.to && found.from < one.to)) continue;
    const gap = side === 'before' ? before(text, found.to, at.from, step) : behind(text, at.to, found.from, step, frame.noun || free);
    if (gap !== undefined) return { taken: found, gap };
    if (!step.loose && !step.across) return undefined;
  }
  return undefined;
}

function take(text: Text, frame: Frame, step: Step, index: number): Taken | undefined {
  for (const phrase of step.phrases) {
    if (phrase === 'MISSION' || phrase === 'SPEAKER') {
      const mission = missionAt(text, index);
      // What soldiers call a mission is attacked too.
      if (mission && frame.kind === 'mission-attack' && !has(text, mission.head, ...missionTags)) continue;
      const isOwner = phrase === 'SPEAKER' && mission !== undefined && isMarked(text, mission.to);
      const isPart = mission !== undefined && isWhole(step, frame) && (hasStaff(text, mission) || hasVisas(text, mission, frame));
      if (mission && !isOwner && !isPart) return { step, from: mission.from, to: mission.to, mission };
    }
    if (phrase === 'ACTOR' || phrase === 'SPEAKER') {
      const actor = actorAt(text, index);
      if (actor) return { step, from: actor.from, to: actor.to, actor };
    }
    if (phrase === 'CITIZENS' || phrase === 'PEOPLE') {
      const citizens = phrase === 'PEOPLE' ? peopleAt(text, index) : citizensAt(text, index);
      if (citizens) return { step, from: citizens.from, to: citizens.to, citizens };
    }
    const place = phrase === 'PLACE' ? placeAt(text, index) : undefined;
    if (isSomewhere(place)) return { step, from: index, to: index + 1, place };
  }
  return has(text, index, ...step.tags) ? { step, from: index, to: index + 1 } : undefined;
}

/** "…: leave now", "…: 'avoid travel'" */
function opensBehindColon(text: Text, index: number): boolean {
  const clause = text.clauses[text.units[index]?.clause ?? 0];
  return clause?.opener === 'colon' && index - clause.from <= 1;
}

/** The step means the mission itself: "moves embassy staff" moves no embassy. */
const isWhole = (step: Step, frame: Frame) =>
  frame.kind !== 'mission-attack' &&
  ![...frame.before, ...frame.after].some((other) => other !== step && other.beside && other.tags.length > 0);

const hasVisas = (text: Text, { to }: Mission, { kind }: Frame) =>
  kind.startsWith('embassy') && has(text, to, 'visa') && !text.units[to]?.comma;

const hasStaff = (text: Text, { to }: Mission) =>
  has(text, to, 'staff', 'families', 'diplomat') && !text.units[to]?.comma && sameClause(text, to - 1, to);

const glue: ReadonlySet<Tag> = new Set([
  'small',
  'and',
  'planned',
  'planned-to',
  'considered',
  'denied',
  'begun',
  'soon',
  'says',
  'temporary',
  'office',
  'forces',
  'states',
  'crowd',
  'nonessential',
  'part',
  'regional',
  'with',
  'by',
  'posted',
]);
const prepositions: ReadonlySet<Tag> = new Set([
  'in',
  'from',
  'to',
  'relocate-to',
  'near',
  'prep',
  'of',
  'post-in',
  'post-from',
  'post-to',
  'post-of',
]);
/** "moves some staff": how many of an object stand before it. */
const quantities: ReadonlySet<Tag> = new Set(['part', 'nonessential', 'crowd']);
/** Verbs that take the subject before them for themselves. */
const rivals: ReadonlySet<Tag> = new Set(['advise', 'order', 'allow', 'reacts', 'expel', 'summon', 'attack', 'issue']);

/** "closes its embassy and tells citizens to leave": a comma or "and" stands right before the second act. */
function isShared(text: Text, from: number, act: number): boolean {
  let last = act - 1;
  while (last > from && last > act - farthest && !text.units[last + 1]?.comma && has(text, last, 'small', 'planned', 'planned-to', 'begun'))
    last -= 1;
  return last > from && (has(text, last, 'and') || (text.units[last + 1]?.comma ?? false));
}

const rulers: readonly Tag[] = ['suspend', 'forbid', 'allow', 'advise', 'order', 'expel', 'summon'];

/** What parts a subject from its verb; undefined where it is too much. */
function before(text: Text, from: number, to: number, step: Step): number | undefined {
  if (step.across) return to - from > 14 ? undefined : 0;
  if (isShared(text, from, to)) return 0.5;
  // "blocks transfer of": what looks like the act is the object of the verb before it.
  if (to - 1 > from && rulers.some((tag) => has(text, to - 1, tag)) && !has(text, to - 1, 'small', 'and')) return undefined;
  let gap = 0;
  for (let index = from; index < to; index += 1) gap += apart(text, index, 0.6);
  return step.beside ? (gap === 0 && to - from <= 2 ? 0 : undefined) : gap <= (step.loose ? mostApartLoose : mostApart) ? gap : undefined;
}

/** What parts a verb from its object. A preposition makes it another's: "closes a road near the embassy". */
function behind(text: Text, from: number, to: number, step: Step, lenient: boolean): number | undefined {
  if (step.across) return to - from > 12 ? undefined : 0;
  let gap = 0;
  for (let index = from; index < to; index += 1) {
    // "over 240 people"
    const counts = has(text, index, 'prep') && text.units[index + 1]?.count !== undefined;
    const parts = !counts && !has(text, index, 'small', 'of') && [...(text.units[index]?.tags ?? [])].some((tag) => prepositions.has(tag));
    if (parts && !step.loose && (!lenient || has(text, index, 'near'))) return undefined;
    gap += apart(text, index, step.loose ? 0.4 : 0.8);
  }
  if (step.beside) return gap === 0 && to - from <= 2 ? 0 : undefined;
  return gap <= (step.loose ? mostApartLoose : mostApart) ? (step.loose ? gap / 3 : gap) : undefined;
}

function apart(text: Text, index: number, ofOurs: number): number {
  const unit = text.units[index];
  if (!unit || unit.name || unit.count !== undefined) return 0;
  if (unit.tags.size === 0) return unit.weight;
  let most = 0;
  for (const tag of unit.tags) {
    if (glue.has(tag) || prepositions.has(tag)) return 0;
    most = Math.max(most, rivals.has(tag) ? 1.5 : ofOurs);
  }
  return most;
}
