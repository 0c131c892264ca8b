/** A frame that fits, read out: status, roles, level, severity, confidence, and the words each rests on. */
import { type Kind, traits } from '../kinds.ts';
import type { CountryCode } from '../model/basics.ts';
import type { ActDetails, Direction, Evidence, Finding, Level } from '../model/finding.ts';
import { type Gravity, severityOf } from '../severity.ts';
import { confidenceOf, type Found, type Weights } from './confidence.ts';
import type { DetectInput } from './detector.ts';
import { first, judge, type Verdict } from './guards.ts';
import type { Levels } from './levels.ts';
import type { Matched } from './match-frames.ts';
import { isAdjunct, missionTags } from './phrases.ts';
import { numbersLevels } from './register-title.ts';
import { type Roles, rolesOf } from './roles.ts';
import type { Tag } from './tags.ts';
import { has, type Text } from './units.ts';

export type Field = Evidence['field'];

export interface Reading {
  readonly text: Text;
  readonly field: Field;
  readonly input: DetectInput;
  /** What any part of the item tells of the circumstances. */
  readonly around: Circumstances;
  /** The mission that the source names: "US Embassy in Mali". */
  readonly mission?: { readonly sender?: CountryCode; readonly host?: CountryCode };
}

export interface Circumstances extends Required<Pick<Gravity, 'danger' | 'ordinary' | 'harm'>> {
  readonly temporary: boolean;
}

const dangers = ['danger', 'threat', 'terror', 'attack-n'] as const;

export function circumstancesOf(texts: readonly Text[]): Circumstances {
  const says = (...tags: Parameters<typeof has>[2][]) => texts.some((text) => tags.some((tag) => text.tags.has(tag)));
  return {
    danger: says(...dangers),
    ordinary: says('ordinary'),
    harm: says('petty') ? 'petty' : says('harmless') ? 'none' : 'some',
    temporary: says('temporary'),
  };
}

export interface Rules {
  readonly levels: Levels;
  readonly weights: Weights;
}

export interface Found1 {
  readonly finding: Finding;
  readonly verdict: Verdict;
  readonly features: Found;
}

interface Stated {
  readonly level: Level;
  readonly words: string;
  readonly start: number;
  readonly end: number;
}

export function findingOf(reading: Reading, matched: Matched, rules: Rules): Found1 {
  const { text } = reading;
  const verdict = judge(text, matched);
  const { kind } = matched.frame;
  const isAdvice = kind === 'travel-advisory';
  const stated = isAdvice ? rules.levels.read(text.given) : undefined;
  const roles = leftFrom(numbered(withFeed(advised(rolesOf(text, matched), matched, rules), reading, kind), text, matched, stated), kind);
  const direction = isAdvice ? directionOf(text, matched) : undefined;
  const regional = isAdvice && first(text, 0, text.units.length, ['regional']) !== undefined;
  const people = peopleOf(text);
  const area = roles.hosts.length === 0 ? areaOf(text) : undefined;
  const gravity: Gravity = {
    kind,
    status: verdict.status,
    regional,
    ...reading.around,
    stays: roles.from !== undefined && roles.from.name === roles.to?.name,
    act: actOf(text, matched),
    ...(stated && { level: stated.level }),
    ...(direction && { direction }),
  };
  const features = featuresOf(reading, matched, roles, {
    hasArea: area !== undefined,
    hasPeople: people !== undefined,
    isStated: stated !== undefined,
  });
  const { words: _, ...slots } = roles;
  const finding: Finding = {
    kind,
    status: verdict.status,
    ...slots,
    ...(matched.mission && { post: matched.mission.post }),
    ...(people !== undefined && { people }),
    ...(area && { area }),
    ...(stated && { level: stated.level, nativeText: stated.words }),
    ...(direction && { direction }),
    scope: regional ? 'regional' : 'country',
    ...(reading.around.temporary && { temporary: true }),
    details: detailsIn(text, matched),
    severity: severityOf(gravity),
    confidence: confidenceOf(features, rules.weights),
    evidence: evidenceOf(reading, matched, roles, verdict, stated),
  };
  return { finding, verdict, features };
}

/** "Russia evacuates its embassy from Damascus": where they leave from is where they were. */
function leftFrom(roles: Roles, kind: Kind): Roles {
  const { from, sender, hosts } = roles;
  if (hosts.length > 0 || !from || from.country === sender || traits[kind].family !== 'post') return roles;
  return { ...roles, hosts: [from.country] };
}

const namesTag = ({ act, before, after }: Matched['frame'], ...tags: readonly Tag[]) =>
  [act, ...before, ...after].some((step) => step.tags.some((tag) => tags.includes(tag)));

/** What the frame itself names: the words that fit it may mean more than one thing. */
function detailsIn(text: Text, { frame }: Matched): ActDetails {
  const { lifts, next, sender } = traits[frame.kind];
  const names = (...tags: readonly Tag[]) => namesTag(frame, ...tags);
  const crossing = lifts === 'reopening' ? (['airport', 'airspace', 'border'] as const).find((tag) => names(tag)) : undefined;
  return {
    ...(crossing && { crossing }),
    ...(crossing && names('reopen', 'reopen-n') && { reopens: true }),
    ...(sender === 'between' && names('sever', 'sever-n', 'sever-relations') && { severed: true }),
    ...(next === 'again' && first(text, 0, text.units.length, ['again']) !== undefined && { again: true }),
  };
}

/** "Mali travel advisory": the one place named is advised on, unless it is known to advise. */
function advised(roles: Roles, { frame, actor, mission }: Matched, { levels }: Rules): Roles {
  if (frame.kind !== 'travel-advisory' || !frame.noun || actor || mission || roles.hosts.length > 0) return roles;
  if (roles.sender === undefined || levels.issues(roles.sender)) return roles;
  const { sender, words, ...rest } = roles;
  return { ...rest, hosts: [sender], words: words.map((word) => (word.role === 'sender' ? { ...word, role: 'host' } : word)) };
}

/** "Jamaica travel advisory lowered to Level 2": the number names the issuer. */
function numbered(roles: Roles, { home }: Text, { frame }: Matched, stated: Stated | undefined): Roles {
  const isNumber = home === undefined && namesTag(frame, 'advisory') && stated !== undefined && /\d$/.test(stated.words);
  return roles.sender === undefined && isNumber && !roles.hosts.includes(numbersLevels) ? { ...roles, sender: numbersLevels } : roles;
}

/** A mission's own feed speaks of its own State and host unless the text names others. */
function withFeed(roles: Roles, { input, mission }: Reading, kind: Kind): Roles {
  const sender = roles.sender ?? (traits[kind].sender === 'none' ? undefined : (input.sender ?? mission?.sender));
  const host = input.host ?? mission?.host;
  const named = roles.hosts.filter((one) => one !== sender);
  const hosts = named.length > 0 || !host ? named : [host];
  return { ...roles, hosts, ...(sender && { sender }) };
}

function directionOf(text: Text, matched: Matched): Direction {
  const near = (tag: 'raise' | 'lower' | 'same') => {
    const clause = text.clauses[matched.clause];
    return first(text, clause?.from ?? 0, clause?.to ?? 0, [tag]) !== undefined;
  };
  if (near('same')) return 'reissued';
  if (near('lower')) return 'lowered';
  return near('raise') ? 'raised' : 'issued';
}

function actOf(text: Text, matched: Matched): Gravity['act'] {
  const all = text.units.length;
  const anywhere = (...tags: Parameters<typeof has>[2][]) => first(text, 0, all, tags) !== undefined;
  const took = (...tags: Parameters<typeof has>[2][]) =>
    has(text, matched.act, ...tags) || matched.taken.some((one) => has(text, one.from, ...tags));
  if (matched.frame.kind === 'border-airspace') return took('reopen', 'reopen-n', 'open') ? 'reopen' : took('border') ? 'other' : 'air';
  if (took('shelter') || (matched.frame.kind === 'security-alert' && anywhere('shelter'))) return 'shelter';
  if (took('leave')) return 'leave';
  if (took('avoid', 'shun', 'against-travel', 'forbid')) return 'avoid';
  return anywhere('protest') ? 'demonstration' : 'other';
}

interface Also {
  readonly hasArea: boolean;
  readonly hasPeople: boolean;
  /** The text names a level: what is spoken of is issued. */
  readonly isStated: boolean;
}

function featuresOf(reading: Reading, matched: Matched, roles: Roles, { hasArea, hasPeople, isStated }: Also): Found {
  const { text, field, input } = reading;
  const { frame } = matched;
  const opener = text.clauses[matched.clause]?.opener;
  const all = text.units.length;
  const anywhere = (...tags: Parameters<typeof has>[2][]) => first(text, 0, all, tags) !== undefined;
  const found: Partial<Record<keyof Found, number>> = {};
  const set = (feature: keyof Found, is: boolean, strength = 1) => {
    if (is && strength !== 0) found[feature] = strength;
  };
  set('gap', matched.gap > 0, matched.gap);
  set('no-sender', !roles.sender && traits[frame.kind].sender !== 'none');
  set('no-host', roles.hosts.length === 0 && !hasArea, (matched.mission && !frame.noun) || matched.actor?.named === false ? 0.6 : 1);
  set('aside', opener === 'aside' || opener === 'bracket', frame.noun || frame.kind === 'mission-attack' ? 2 : 1);
  set('noun', frame.noun, isStated || announced(text, matched) ? 0.3 : 1);
  set('no-actor', !(isStated && frame.noun) && lacksActor(text, matched, roles), isAnybodys(matched, roles) ? 1.3 : 1);
  set('question', text.asks);
  set('followup-near', anywhere('followup'));
  set('reacts-near', anywhere('reacts'));
  set('local-near', traits[frame.kind].local !== 'ignored' && !(frame.kind === 'security-alert' && matched.mission) && anywhere('local'));
  set('live', anywhere('live'));
  set('domestic', isDomestic(text, matched, roles) || isNowhere(matched, roles, hasArea), isDomestic(text, matched, roles) ? 1 : 0.3);
  set('weak-people', frame.kind === 'evacuation' && weakPeople(text, matched));
  set('summary', field === 'summary');
  set('body', field === 'body');
  set('official', input.tier === 'official' || input.feedKind !== 'news');
  set('people', hasPeople);
  return found;
}

/** Nobody who acts for a State; a noun of an act needs more than the mission it speaks of. */
function lacksActor(text: Text, matched: Matched, roles: Roles): boolean {
  const { frame, actor, mission, citizens, act } = matched;
  if (frame.kind === 'mission-attack' || actor || citizens?.nationality !== undefined) return false;
  if (has(text, act, 'advisory', 'flight', 'carry', 'evacuate-n') || matched.taken.some((one) => has(text, one.from, 'evacuee')))
    return roles.sender === undefined;
  return mission === undefined || frame.noun;
}

/** "Citizens told to avoid travel": nobody says whose. */
const isAnybodys = ({ citizens, mission }: Matched, { sender }: Roles) => citizens?.own === true && !mission && sender === undefined;

/** "announces closure of", "begins evacuation of": the noun is told as an act. */
function announced(text: Text, matched: Matched): boolean {
  const before = matched.taken.filter((one) => one.to <= matched.act).reduce((most, one) => Math.max(most, one.to), 0);
  return matched.actor !== undefined && first(text, before, matched.act, ['says', 'begun', 'issue', 'send', 'order']) !== undefined;
}

/** Taken from nowhere abroad: a State moves people within its own borders. */
function isDomestic(text: Text, matched: Matched, roles: Roles): boolean {
  const { kind } = matched.frame;
  if (kind !== 'evacuation' && kind !== 'travel-advisory') return false;
  const names = text.named.map((index) => ({ index, name: text.units[index]?.name }));
  const named = names.some(({ name }) => name?.role !== 'speaker' && name?.country !== roles.sender);
  return (
    roles.hosts.length === 0 &&
    !named &&
    areaOf(text) === undefined &&
    roles.sender !== undefined &&
    names.some(({ name, index }) => {
      // "for Americans" is no place.
      const isPlace = name?.role === 'city' || (name?.role !== 'citizens' && isAdjunct(text, index));
      return name?.country === roles.sender && isPlace;
    })
  );
}

/** "Peru evacuates tourists from Machu Picchu": nobody's citizens, and no other country is named. */
function isNowhere({ frame, actor, citizens }: Matched, { hosts }: Roles, hasArea: boolean): boolean {
  const isAnybody = actor?.country !== undefined && citizens !== undefined && citizens.nationality === undefined;
  return frame.kind === 'evacuation' && hosts.length === 0 && !hasArea && isAnybody;
}

function weakPeople(text: Text, matched: Matched): boolean {
  const known = (index: number) => has(text, index, 'flight', 'evacuee');
  if (matched.mission || known(matched.act) || matched.taken.some((one) => known(one.from))) return false;
  const { citizens } = matched;
  return !(citizens && (citizens.nationality !== undefined || has(text, citizens.to - 1, 'citizens', 'diplomat', 'staff', 'families')));
}

/** A named region that is no country: what happens there has no host, but it has a place. */
function areaOf(text: Text): string | undefined {
  const unit = text.units[first(text, 0, text.units.length, ['area']) ?? -1];
  return unit && text.given.slice(unit.start, unit.end);
}

/** "5,000 people", "more than 350 American passengers". */
function peopleOf(text: Text): number | undefined {
  for (const index of text.counted) {
    const count = text.units[index]?.count;
    if (count === undefined || count < 2 || '年月日'.includes(text.given[text.units[index]?.end ?? 0] ?? ' ')) continue;
    // "邦人60人"
    if (text.units[index - 1]?.name?.role === 'citizens' && has(text, index + 1, 'small')) return count;
    for (let at = index + 1; at <= index + 3; at += 1) {
      if (has(text, at, 'people', 'citizens', 'staff', 'diplomat', 'families') || text.units[at]?.name?.role === 'citizens') return count;
      // "600 of its citizens"
      const ofThem = at === index + 1 && has(text, at, 'of', 'from');
      if (text.units[at]?.comma || !(ofThem || text.units[at]?.name || has(text, at, 'small', 'nonessential', 'part', ...missionTags)))
        break;
    }
  }
  return undefined;
}

function evidenceOf(reading: Reading, matched: Matched, roles: Roles, verdict: Verdict, stated: Stated | undefined): readonly Evidence[] {
  const { text, field } = reading;
  const { rule } = matched.frame;
  const span = (role: string, from: number, to: number): Evidence => ({
    field,
    start: text.units[from]?.start ?? 0,
    end: text.units[to - 1]?.end ?? 0,
    role,
    rule,
  });
  const again = matched.frame.kind === 'mission-attack' ? first(text, 0, text.units.length, ['again']) : undefined;
  const found = [
    span('act', matched.act, matched.act + 1),
    ...matched.taken.map((one) => span(one.actor ? 'actor' : one.citizens?.nationality ? 'people' : 'object', one.from, one.to)),
    ...roles.words.map(({ role, at }) => span(role, at.from, at.to)),
    ...(verdict.guard === undefined ? [] : [span('guard', verdict.guard, verdict.guard + 1)]),
    ...(again === undefined ? [] : [span('again', again, again + 1)]),
    ...(stated ? [{ field, start: stated.start, end: stated.end, role: 'level', rule }] : []),
  ];
  return found.filter(({ start, end }) => end > start);
}
