/** What takes an act back, delays it, makes it old, or makes it none of ours. A guard governs the act of its own clause. */
import { traits } from '../kinds.ts';
import type { DropReason, Status } from '../model/finding.ts';
import { type GuardRow, statusRows, vetoRows } from './guard-rows.ts';
import type { Matched } from './match-frames.ts';
import { missionTags, sameClause } from './phrases.ts';
import type { Tag } from './tags.ts';
import { has, type Text } from './units.ts';

export interface Verdict {
  readonly status: Status;
  /** The word that decided, for the evidence. */
  readonly guard?: number;
  /** What the guard is called. */
  readonly row?: string;
}

export interface Veto {
  readonly reason: DropReason;
  readonly guard: number;
  readonly row: string;
}

/** How far a guard of an act reaches. */
interface Reach {
  readonly from: number;
  readonly until: number;
  readonly end: number;
}

function reachOf(text: Text, matched: Matched): Reach {
  const end = text.clauses[matched.clause]?.to ?? matched.act + 1;
  return { from: governedFrom(text, matched), until: text.final ? governedTo(text, matched, end) : matched.act, end };
}

/** The word of a row's cue, where it stands as the row says. */
function cueOf(text: Text, matched: Matched, row: GuardRow, { from, until, end }: Reach): number | undefined {
  const { act, frame, mission, clause } = matched;
  if (row.acts !== undefined && (row.acts === 'nouns') !== frame.noun) return undefined;
  if (row.kinds?.includes(frame.kind) === false || row.unless?.includes(frame.kind)) return undefined;
  if (row.ofMission && !mission && traits[frame.kind].topic !== 'consular') return undefined;
  if (row.direction === 'left') return last(text, from, act, row.cue) ?? first(text, act + 1, until, row.cue);
  if (row.direction === 'right') return first(text, act + 1, end, row.cue);
  if (row.direction === 'beside') return row.cue.map((tag) => near(text, act, tag)).find((index) => index !== undefined);
  return row.scope === 'text' ? first(text, 0, text.units.length, row.cue) : first(text, text.clauses[clause]?.from ?? 0, end, row.cue);
}

export function judge(text: Text, matched: Matched): Verdict {
  const { act, frame } = matched;
  const reach = reachOf(text, matched);
  const left = (...tags: readonly Tag[]) => last(text, reach.from, act, tags) ?? first(text, act + 1, reach.until, tags);
  for (const row of statusRows) {
    const guard = cueOf(text, matched, row, reach);
    if (guard !== undefined) return { status: row.effect as Status, guard, row: row.name };
    // Between "long ago" and what only clauses say.
    const years = row.name === 'long ago' ? longAgo(text, matched) : undefined;
    if (years !== undefined) return { status: 'historic', guard: years, row: 'years before' };
    const asked = row.name === 'weighed' ? askedOfAnother(text, matched, reach.from) : undefined;
    if (asked !== undefined) return { status: 'considered', guard: asked, row: 'asked of another' };
  }
  const reacts = left('reacts');
  // "accuses Iran of attacks, kicks out ambassador": two acts of one subject.
  const isEarlier = !frame.noun && reacts !== undefined && text.units.slice(reacts + 1, act + 1).some(({ comma }) => comma);
  if (reacts !== undefined && !isEarlier) return { status: 'followup', guard: reacts, row: 'reacted to' };
  const spoken = text.final ? spokenOf(text, matched, reach.end) : undefined;
  if (spoken) return { ...spoken, row: 'last word' };
  return planned(text, matched, left('begun') !== undefined) ?? { status: 'happening' };
}

/** "14 years later", "in 1979"; but "reopens embassy 14 years later" says how long it was away. */
function longAgo(text: Text, matched: Matched): number | undefined {
  const { frame, act } = matched;
  const returns = frame.kind === 'embassy-reopening' && (!frame.noun || first(text, 0, act, ['lapse']) === undefined);
  return returns ? undefined : (first(text, 0, text.units.length, ['lapse']) ?? oldYear(text, matched));
}

/** Where the verb comes last, an act that a particle follows is what something else is about, and the last word governs all. */
function spokenOf(text: Text, { act, frame }: Matched, end: number): Verdict | undefined {
  // "移転から5年"
  if (has(text, act + 1, 'post-from') && text.units[act + 2]?.count !== undefined) return { status: 'historic', guard: act + 2 };
  // "追放に反発", but "大使館攻撃で3人死亡"
  const isTopic = frame.kind === 'mission-attack' ? has(text, act + 2, 'reacts', 'protest') : !has(text, act + 2, 'begun');
  if (has(text, act + 1, 'post-in') && isTopic) return { status: 'followup', guard: act + 1 };
  let closing = end - 1;
  while (closing > act && has(text, closing, 'small')) closing -= 1;
  return closing > act && has(text, closing, 'considered') ? { status: 'considered', guard: closing } : undefined;
}

/** No clause that people write is longer. */
const mostGoverned = 48;

/** Guards stand between the beginning of the clause, or another act's object, and the act. */
function governedFrom(text: Text, matched: Matched): number {
  const begin = Math.max(text.clauses[matched.clause]?.from ?? 0, matched.act - mostGoverned);
  let from = matched.act;
  while (from > begin && !(text.units[from]?.comma && !insideSubject(matched, from))) from -= 1;
  return from;
}

/** In a language whose verb comes last they stand behind it, up to the next comma. */
function governedTo(text: Text, { act }: Matched, end: number): number {
  let to = act + 1;
  while (to < Math.min(end, act + mostGoverned) && !text.units[to]?.comma) to += 1;
  return to;
}

const insideSubject = (matched: Matched, index: number) =>
  matched.taken.some((one) => one.from <= index && index < one.to) || matched.taken.some((one) => one.to <= index && one.to <= matched.act);

function planned(text: Text, matched: Matched, begun: boolean): Verdict | undefined {
  const { act } = matched;
  const begin = text.clauses[matched.clause]?.from ?? 0;
  const ends = matched.taken.filter((one) => one.to <= act).map((one) => one.to);
  // Where the act comes last the object may stand between the plan and its act: "USA wollen Botschaft schließen".
  const subject = ends.length === 0 ? begin : text.final ? Math.min(...ends) : Math.max(begin, ...ends);
  if (begun) return undefined;
  // "fermera": the tense of the act itself.
  if (has(text, act, 'planned') && !has(text, act, 'bound')) return { status: 'planned', guard: act };
  const word =
    last(text, Math.min(subject, act), act, ['planned']) ??
    (matched.frame.noun ? first(text, act + 1, act + 2, ['planned']) : undefined) ??
    (text.final ? announcedBehind(text, act) : undefined);
  if (word !== undefined) return { status: 'planned', guard: word };
  for (let at = act - 1; at >= begin; at -= 1) {
    if (has(text, at, 'planned-to')) {
      // "takes control of the airport to evacuate": a purpose, no plan. "US to evacuate": a plan.
      const purpose = at - 1 >= subject && at - 1 >= begin && !glued(text, at - 1);
      return purpose ? undefined : { status: 'planned', guard: at };
    }
    if (!has(text, at, 'small')) break;
  }
  const end = text.clauses[matched.clause]?.to ?? act;
  const soon = first(text, act + 1, end, ['soon']);
  return soon === undefined ? undefined : { status: 'planned', guard: soon };
}

/** "閉鎖へ", "閉鎖する方針" */
function announcedBehind(text: Text, act: number): number | undefined {
  let at = act + 1;
  while (has(text, at, 'small') && !has(text, at, 'planned') && !text.units[at]?.comma) at += 1;
  return has(text, at, 'planned') && !text.units[at]?.comma && sameClause(text, at, act) ? at : undefined;
}

const glued = (text: Text, index: number) =>
  text.units[index]?.name !== undefined ||
  has(text, index, 'small', 'office', 'forces', 'states', 'and', ...missionTags, 'citizens', 'border', 'staff', 'diplomat');

/** "Ukraine urges Germany to expel …", "Germany urged to expel …": who acts was only asked to. */
function askedOfAnother(text: Text, matched: Matched, from: number): number | undefined {
  const { act } = matched;
  const to = last(text, from, act, ['planned-to']);
  return to === undefined ? undefined : last(text, from, to, ['advise']);
}

function near(text: Text, act: number, tag: Tag): number | undefined {
  return sameClause(text, act, act - 1) && has(text, act - 1, tag) ? act - 1 : undefined;
}

function oldYear(text: Text, matched: Matched): number | undefined {
  return text.counted.find((index) => {
    const { clause, count = 0, start = 0, end = 0 } = text.units[index] ?? {};
    return clause === matched.clause && count >= 1900 && count <= 2015 && end - start === 4;
  });
}

export function vetoOf(text: Text, matched: Matched): Veto | undefined {
  const veto = (row: string, reason: DropReason, guard: number | undefined): Veto | undefined =>
    guard === undefined ? undefined : { reason, guard, row };
  const reach = reachOf(text, matched);
  const [afterwards, routine, alarm, ...others] = vetoRows.map((row) => () => veto(row.name, row.effect, cueOf(text, matched, row, reach)));
  const found =
    veto('form of journalism', 'followup', formatOf(text)) ??
    afterwards?.() ??
    routine?.() ??
    alarm?.() ??
    veto('local affair', 'local', isLocal(text, matched));
  if (found) return found;
  for (const row of others) {
    const stopped = row();
    if (stopped) return stopped;
  }
  return veto('other actor', 'not-a-state', otherActor(text, matched));
}

/** "Why …", "In pictures: …", "… : what we know". */
export function formatOf(text: Text): number | undefined {
  if (has(text, 0, 'format')) return 0;
  const index = text.clauses.findIndex(
    ({ from, opener }) => (opener === 'colon' || opener === 'mark' || opener === 'bracket') && has(text, from, 'format'),
  );
  return index < 0 ? undefined : text.clauses[index]?.from;
}

function isLocal(text: Text, matched: Matched): number | undefined {
  const { kind } = matched.frame;
  if (traits[kind].local !== 'stops') return undefined;
  if (kind === 'evacuation') {
    const displaced = first(text, 0, text.units.length, ['displacement', 'deport']) ?? orderedOut(text, matched);
    if (displaced !== undefined) return displaced;
    const local = first(text, 0, text.units.length, ['local', 'nature']);
    // Citizens flown home from a flood are still taken out by their State.
    const strong = matched.citizens?.nationality !== undefined || has(text, matched.act, 'flight', 'repatriate');
    return strong ? undefined : local;
  }
  if (matched.mission && has(text, matched.mission.from - 1, 'near')) return matched.mission.from - 1;
  // A mission that warns its citizens may name hotels.
  if (kind === 'security-alert' && (matched.mission || matched.citizens?.nationality !== undefined)) return undefined;
  const clause = text.clauses[matched.clause];
  return first(text, clause?.from ?? 0, clause?.to ?? 0, ['local']);
}

/** "Israel orders evacuation of …": those who live there, not those whom it protects. */
function orderedOut(text: Text, matched: Matched): number | undefined {
  if (!matched.frame.noun || !has(text, matched.act, 'evacuate-n') || matched.mission || matched.citizens) return undefined;
  return last(text, text.clauses[matched.clause]?.from ?? 0, matched.act, ['order', 'advise', 'advise-n']);
}

/** A company, a charity or a private person right where a State would act. */
function otherActor(text: Text, matched: Matched): number | undefined {
  const begin = text.clauses[matched.clause]?.from ?? 0;
  const subject = matched.taken.find((one) => one.actor !== undefined || one.mission !== undefined);
  if (subject && subject.to <= matched.act) {
    const between = first(text, subject.to, matched.act, ['company', 'person', 'mediator']);
    if (between !== undefined && !text.units[between]?.comma && !has(text, between - 1, 'by', 'from', 'in', 'of', 'with', 'prep', 'to'))
      return between;
  }
  const hasActor = matched.actor !== undefined;
  // What is between States only they do: a lawmaker before such an act asks for it.
  const others: readonly Tag[] = traits[matched.frame.kind].sender === 'between' ? ['mediator', 'person'] : ['mediator'];
  return hasActor ? undefined : first(text, begin, matched.act, others);
}

export function first(text: Text, from: number, to: number, tags: readonly Tag[]): number | undefined {
  let found = to;
  for (const tag of tags) found = Math.min(found, text.tags.get(tag)?.find((index) => index >= from) ?? to);
  return found < to ? found : undefined;
}

function last(text: Text, from: number, to: number, tags: readonly Tag[]): number | undefined {
  let found = -1;
  for (const tag of tags) found = Math.max(found, text.tags.get(tag)?.findLast((index) => index < to) ?? -1);
  return found >= Math.max(0, from) ? found : undefined;
}

export function dropOf(status: Status): DropReason | undefined {
  return status === 'happening' || status === 'planned' ? undefined : status;
}
