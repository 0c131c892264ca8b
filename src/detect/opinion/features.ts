import type { Kind } from '../../kinds.ts';
import { classOf, foldUnit, ideograph, space } from '../letters.ts';
import { type Tag, tagMeanings } from '../tags.ts';
import type { Text, Unit } from '../units.ts';
import { hashOf, pairOf } from './hash.ts';

/** What the frames made of an item, as far as it is learned from. */
export interface Seen {
  readonly title: Text;
  readonly summary?: Text | undefined;
  readonly candidates: readonly SeenCandidate[];
  readonly findings: readonly SeenFinding[];
  readonly dropped?: string | undefined;
  readonly official: boolean;
}

export interface SeenFinding {
  readonly kind: Kind;
  readonly status: string;
  readonly sender?: string;
  readonly hosts: readonly string[];
  readonly confidence: number;
}

export interface SeenCandidate {
  readonly field: string;
  readonly finding: SeenFinding;
  readonly dropped?: string;
  readonly matched: { readonly frame: { readonly rule: string } };
}

/** In this order; each has a strength of its own. */
export const blocks = ['title', 'letters', 'frames', 'summary'] as const;

/** Hashes of all features, block after block. `ends[n]` is the number of features up to the end of block n. */
export interface Features {
  readonly hashes: Uint32Array;
  readonly ends: readonly number[];
}

/** A text longer than this is cut: its features would no longer be those of a headline. */
const most = 8192;
const buffer = new Uint32Array(most);
let count = 0;

function add(hash: number): void {
  if (count < most) {
    buffer[count] = hash;
    count += 1;
  }
}

/** @param withFrames false to hide what the frames made of it */
export function featuresOf(seen: Seen, withFrames = true): Features {
  count = 0;
  const ends: number[] = [];
  addWords(seen.title, titleSeed);
  ends.push(count);
  addLetters(seen.title, lettersSeed);
  ends.push(count);
  if (withFrames) addFrames(seen);
  ends.push(count);
  // What words tell of an act they tell wherever they stand: a summary differs by its strength alone.
  if (seen.summary) addWords(seen.summary, titleSeed);
  ends.push(count);
  return { hashes: buffer.slice(0, count), ends };
}

const titleSeed = hashOf('title');
const lettersSeed = hashOf('letters');
const pairSeed = hashOf('pair');
const acrossSeed = hashOf('across');
const skipSeed = hashOf('skip');
const asideSeed = hashOf('aside');
const asksSeed = hashOf('asks');
const edge = hashOf('|');
const comma = hashOf(',');
const number = hashOf('0');
const plain = hashOf('?');

const tagHashes: ReadonlyMap<Tag, number> = new Map((Object.keys(tagMeanings) as Tag[]).map((tag) => [tag, hashOf(`tag ${tag}`)]));
const roleHashes = new Map<string, number>();

function roleHash(role: string): number {
  const known = roleHashes.get(role) ?? hashOf(`name ${role}`);
  roleHashes.set(role, known);
  return known;
}

/** What a unit is called: its name's role, else its first tag, else that it is a number or nothing known. */
function calledOf(unit: Unit): number {
  if (unit.name) return roleHash(unit.name.role);
  for (const tag of unit.tags) return tagHashes.get(tag) ?? plain;
  return unit.count === undefined ? plain : number;
}

const wordOf = (unit: Unit): number => (unit.name ? roleHash(unit.name.role) : unit.count === undefined ? hashOf(unit.word) : number);

/** Of long texts only so much is read. */
const mostUnits = 50;

function addWords(text: Text, seed: number): void {
  const units = text.units.length > mostUnits ? text.units.slice(0, mostUnits) : text.units;
  if (text.asks) add(pairOf(seed, asksSeed));
  let [before, beforeCalled, first, firstCalled] = [edge, edge, edge, edge];
  for (const unit of units) {
    const word = wordOf(unit);
    const called = calledOf(unit);
    const opener = text.clauses[unit.clause]?.opener;
    if (unit.comma) [before, beforeCalled, first, firstCalled] = [comma, comma, before, beforeCalled];
    addUnit(unit, word, seed, opener === 'aside' || opener === 'bracket');
    addGrams(seed, [first, firstCalled], [before, beforeCalled], [word, called]);
    [first, firstCalled, before, beforeCalled] = [before, beforeCalled, word, called];
  }
  addGrams(seed, [first, firstCalled], [before, beforeCalled], [edge, edge]);
  addPairs(units, seed);
}

/** What a unit by itself is seen as, in a title: its word and its tags. */
export function wordHashes(unit: Unit): readonly number[] {
  return [wordOf(unit), ...[...unit.tags].map((tag) => tagHashes.get(tag) ?? plain)].map((hash) => pairOf(titleSeed, hash));
}

function addUnit(unit: Unit, word: number, seed: number, aside: boolean): void {
  add(pairOf(seed, word));
  for (const tag of unit.tags) {
    const hash = pairOf(seed, tagHashes.get(tag) ?? plain);
    add(hash);
    if (aside) add(pairOf(hash, asideSeed));
  }
}

type Faces = readonly [word: number, called: number];

/** Two and three in a row, each as its word or as what it is called. */
function addGrams(seed: number, first: Faces, second: Faces, third: Faces): void {
  for (let faces = 0; faces < 8; faces += 1) {
    const [one, two, three] = [first[faces & 1], second[(faces >> 1) & 1], third[faces >> 2]] as [number, number, number];
    const isRepeat = (bit: number, pair: Faces) => (faces & bit) !== 0 && pair[0] === pair[1];
    if (isRepeat(2, second) || isRepeat(4, third)) continue;
    const pair = pairOf(pairOf(seed, two), three);
    if ((faces & 1) === 0) add(pair);
    if (isRepeat(1, first)) continue;
    add(pairOf(pair, one));
  }
}

/** Roles in their order, however far apart: within a clause, across clauses, and three in a row of those that mean something. */
function addPairs(units: readonly Unit[], seed: number): void {
  const roles: { readonly hash: number; readonly clause: number }[] = [];
  for (const unit of units) {
    if (unit.name) roles.push({ hash: roleHash(unit.name.role), clause: unit.clause });
    for (const tag of unit.tags)
      if (tag !== 'small' && roles.length < 40) roles.push({ hash: tagHashes.get(tag) ?? plain, clause: unit.clause });
  }
  const [within, across, skip] = [pairOf(seed, pairSeed), pairOf(seed, acrossSeed), pairOf(seed, skipSeed)];
  for (const [index, one] of roles.entries()) {
    for (let at = index + 1; at < roles.length; at += 1) {
      const other = roles[at];
      if (other) add(pairOf(pairOf(one.clause === other.clause ? within : across, one.hash), other.hash));
    }
    const second = roles[index + 1];
    const third = roles[index + 2];
    if (second && third) add(pairOf(pairOf(pairOf(skip, one.hash), second.hash), third.hash));
  }
}

const letters = new Uint16Array(300);

/** Strings of four and five letters over the folded text; of two and three signs where words need no spaces. */
function addLetters(text: Text, seed: number): void {
  let length = 0;
  const put = (unit: number) => {
    if (length < letters.length) {
      letters[length] = unit;
      length += 1;
    }
  };
  put(32);
  for (const unit of text.units) {
    if (unit.name) put(1);
    else if (unit.count !== undefined) put(2);
    else
      for (let at = unit.start; at < unit.end; at += 1) {
        const code = text.given.charCodeAt(at);
        const folded = classOf(code) === space ? 32 : foldUnit(code);
        if (folded !== 0) put(folded);
      }
    const last = letters[length - 1] ?? 32;
    if (classOf(last) !== ideograph) put(32);
  }
  for (let from = 0; from + 1 < length; from += 1) {
    const spaceless = classOf(letters[from] ?? 32) === ideograph;
    const [least, longest] = spaceless ? [2, 3] : [4, 5];
    let hash = seed;
    for (let at = from; at < length && at - from < longest; at += 1) {
      hash = Math.imul(hash ^ (letters[at] ?? 0), 0x01000193) ^ (hash >>> 15);
      if (at - from + 1 >= least) add(pairOf(hash, at - from));
    }
  }
}

const frameSeed = hashOf('frame');

function bucket(confidence: number): string {
  if (confidence >= 0.9) return '9';
  if (confidence >= 0.8) return '8';
  if (confidence >= 0.6) return '6';
  return confidence >= 0.4 ? '4' : '0';
}

/** What frames and guards say: each candidate with and without its kind, and what came of all. */
function addFrames({ candidates, findings, dropped, official }: Seen): void {
  const say = (...words: string[]) => {
    let hash = frameSeed;
    for (const word of words) hash = pairOf(hash, hashOf(word));
    add(hash);
  };
  if (official) say('official');
  for (const { field, finding, dropped: reason, matched } of candidates.slice(0, 12)) {
    const outcome = reason ?? bucket(finding.confidence);
    say('candidate', field, outcome);
    say('candidate', field, outcome, finding.kind);
    say('candidate', finding.kind);
    say('rule', matched.frame.rule, reason ? 'stopped' : 'stands');
  }
  for (const { kind, status, sender, hosts, confidence } of findings) {
    const sure = bucket(confidence);
    say('found', sure);
    say('found', kind);
    say('found', kind, sure);
    say('found', status);
    say('slots', sender ? 'sender' : 'none', hosts.length > 0 ? 'host' : 'none', sure);
  }
  if (findings.length === 0) say('nothing', dropped ?? (candidates.length > 0 ? 'dropped' : 'no-frame'));
}
