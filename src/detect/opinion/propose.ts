import type { Kind } from '../../kinds.ts';
import { type Actor, actorAt } from '../actors.ts';
import { framesByAct } from '../frames.ts';
import type { Matched, Taken } from '../match-frames.ts';
import { type Citizens, peopleAt } from '../people.ts';
import { type Mission, missionAt, missionTags, sameClause } from '../phrases.ts';
import type { Frame, Step } from '../steps.ts';
import type { Tag } from '../tags.ts';
import { has, type Text } from '../units.ts';
import { wordHashes } from './features.ts';
import type { Model } from './score.ts';

/** The rule that evidence and `why` name. */
export const proposalRule = 'second opinion';

const objects: Partial<Record<Kind, readonly Tag[]>> = {
  'border-airspace': ['border', 'airspace', 'airport'],
  'diplomatic-expulsion': ['diplomat', 'ambassador', 'spy', 'relations', 'ties'],
  'ambassador-recall': ['ambassador', 'own-ambassador'],
  'ambassador-summoned': ['ambassador', 'diplomat'],
  'staff-drawdown': ['staff', 'families', 'diplomat'],
  'staff-departure-ordered': ['staff', 'families', 'diplomat'],
  'staff-departure-authorized': ['staff', 'families', 'diplomat'],
  'consular-service-change': ['visa', 'visas'],
};

/** Kinds that are about one thing by name: without it none is proposed. */
const named: ReadonlySet<Kind> = new Set<Kind>(['border-airspace', 'ambassador-recall', 'ambassador-summoned']);

/** A match of the kind in the text; undefined where no word speaks for it. */
export function proposed(text: Text, kind: Kind, model: Model): Matched | undefined {
  if (named.has(kind) && !objects[kind]?.some((tag) => text.tags.has(tag))) return undefined;
  const act = actOf(text, kind, model);
  if (act === undefined || act < 0) return undefined;
  const taken: Taken[] = [];
  const free = (from: number, to: number) => (act < from || act >= to) && !taken.some((one) => one.from < to && from < one.to);
  const mission = nearest(text, act, (index) => missionAt(text, index));
  if (mission && free(mission.from, mission.to)) taken.push({ step: stepOf('MISSION'), from: mission.from, to: mission.to, mission });
  const citizens = nearest(text, act, (index) => peopleAt(text, index));
  if (citizens && free(citizens.from, citizens.to)) taken.push({ step: stepOf('PEOPLE'), from: citizens.from, to: citizens.to, citizens });
  for (const object of [nearest(text, act, (index) => objectAt(text, index, objects[kind] ?? []))])
    if (object && free(object.from, object.to)) taken.push({ step: stepOf('object'), ...object });
  const actor = leadingActor(text, act, free);
  if (actor) taken.push({ step: stepOf('ACTOR'), from: actor.from, to: actor.to, actor });
  return matchedOf(text, kind, act, taken);
}

function matchedOf(text: Text, kind: Kind, act: number, taken: readonly Taken[]): Matched {
  const part = <T>(of: (one: Taken) => T | undefined): T | undefined => taken.map(of).find((one) => one !== undefined);
  const actor: Actor | undefined = part((one) => one.actor);
  const mission: Mission | undefined = part((one) => one.mission);
  const citizens: Citizens | undefined = part((one) => one.citizens);
  const clause = text.units[act]?.clause ?? 0;
  return {
    frame: frameOf(text, kind, act),
    act,
    clause,
    taken,
    gap: 0,
    ...(actor && { actor }),
    ...(mission && { mission }),
    ...(citizens && { citizens }),
  };
}

/** A word that a frame of the kind takes for its act, the one that speaks most for it; else the unknown word that does. */
function actOf(text: Text, kind: Kind, model: Model): number | undefined {
  const acts = actTags.get(kind);
  let best: number | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const [index, unit] of text.units.entries()) {
    if (unit.name || unit.count !== undefined) continue;
    const tags = [...unit.tags];
    const isAct = acts !== undefined && tags.some((tag) => acts.has(tag));
    if (!isAct && tags.some((tag) => noActs.has(tag))) continue;
    // What speaks for a kind is at most 127.
    const speaks = Math.max(...wordHashes(unit).map((hash) => model.speaksFor(kind, hash))) + (isAct ? 1_000 : 0);
    if (speaks > most) [best, most] = [index, speaks];
  }
  return best ?? text.units.findIndex(({ name, count }) => !name && count === undefined);
}

/** Things, people and small words do nothing. */
const noActs: ReadonlySet<Tag> = new Set<Tag>([
  ...missionTags,
  ...(['diplomat', 'ambassador', 'staff', 'families', 'citizens', 'people', 'crowd', 'office', 'forces', 'states', 'airspace'] as const),
  ...(['airport', 'border', 'visa', 'visas', 'operations', 'area', 'relations', 'ties', 'small', 'in', 'from', 'to', 'of'] as const),
  ...(['with', 'near', 'prep', 'by', 'and', 'posted', 'post-in', 'post-from', 'post-of', 'post-what', 'post-to', 'danger'] as const),
]);

const actTags: ReadonlyMap<Kind, ReadonlySet<Tag>> = actsByKind();

function actsByKind(): ReadonlyMap<Kind, ReadonlySet<Tag>> {
  const found = new Map<Kind, Set<Tag>>();
  for (const [tag, frames] of framesByAct) for (const { kind } of frames) found.set(kind, (found.get(kind) ?? new Set<Tag>()).add(tag));
  return found;
}

function frameOf(text: Text, kind: Kind, act: number): Frame {
  const tags = [...(text.units[act]?.tags ?? [])];
  const noun = tags.some((tag) => tag.endsWith('-n'));
  return {
    kind,
    rule: proposalRule,
    act: { ...stepOf('act'), tags },
    before: [],
    after: [],
    needs: [],
    official: false,
    bare: false,
    noun,
  };
}

const stepOf = (name: string): Step => ({
  name,
  phrases: [],
  tags: [],
  loose: true,
  beside: false,
  across: false,
  behindColon: false,
  optional: true,
});

const objectAt = (text: Text, index: number, tags: readonly Tag[]) =>
  tags.length > 0 && has(text, index, ...tags) ? { from: index, to: index + 1 } : undefined;

/** In the clause of the act before any other, and there the nearest. */
function nearest<T>(text: Text, act: number, at: (index: number) => T | undefined): T | undefined {
  let best: T | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < text.units.length; index += 1) {
    const away = Math.abs(index - act) + (sameClause(text, index, act) ? 0 : 100);
    if (away >= least) continue;
    const found = at(index);
    if (found) [best, least] = [found, away];
  }
  return best;
}

/** The first who could act before the act in its clause. */
function leadingActor(text: Text, act: number, free: (from: number, to: number) => boolean): Actor | undefined {
  const clause = text.clauses[text.units[act]?.clause ?? 0];
  for (let index = clause?.from ?? 0; index < (text.free ? (clause?.to ?? 0) : act); index += 1) {
    const actor = actorAt(text, index);
    if (actor && free(actor.from, actor.to)) return actor;
  }
  return undefined;
}
