/** Finds the frames that fit a tagged text: every step in order, within one clause, no step far from the one before. */
import { type Frame, frames, type Step } from './frames.ts';
import { type Foreigners, foreignersAt, type Mission, missionAt, type State, stateAt } from './phrases.ts';
import type { PlaceTag, Tagged } from './tagger.ts';

export interface Matched {
  readonly frame: Frame;
  readonly clause: number;
  /** Per step of the frame, the words it took. */
  readonly steps: readonly Taken[];
  readonly act: Taken;
  readonly state?: State;
  readonly mission?: Mission;
  readonly foreigners?: Foreigners;
}

export interface Taken {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly state?: State;
  readonly mission?: Mission;
  readonly foreigners?: Foreigners;
  readonly place?: PlaceTag;
}

/** Words that may stand between two steps. */
const reach = 7;
const reachNear = 2;

/** Every frame that fits, the first in the table first. */
export function matchFrames(text: Tagged): readonly Matched[] {
  return text.clauses.flatMap(({ from, to }, clause) =>
    frames.flatMap((frame) => {
      const steps = fitting(text, frame.pattern, from, from, frame.across ? text.tokens.length : to, true);
      const act = steps?.[frame.act];
      if (!steps || !act) return [];
      const state = steps.find((step) => step.state)?.state;
      const mission = steps.find((step) => step.mission)?.mission;
      const foreigners = steps.find((step) => step.foreigners)?.foreigners;
      return [{ frame, clause, steps, act, ...(state && { state }), ...(mission && { mission }), ...(foreigners && { foreigners }) }];
    }),
  );
}

function fitting(
  text: Tagged,
  pattern: readonly Step[],
  at: number,
  from: number,
  to: number,
  first: boolean,
): readonly Taken[] | undefined {
  const [step, ...rest] = pattern;
  if (!step) return [];
  const end = first ? to : Math.min(to, at + (step.near ? reachNear : reach) + 1);
  for (let index = Math.max(at, from); index < end; index += 1) {
    const taken = take(text, step.name, index, to);
    if (!taken) continue;
    const others = fitting(text, rest, taken.to, from, to, false);
    if (others) return [taken, ...others];
  }
  return undefined;
}

function take(text: Tagged, name: string, index: number, to: number): Taken | undefined {
  if (name === 'STATE') {
    const state = stateAt(text, index);
    return state && { name, from: state.from, to: state.to, state };
  }
  if (name === 'MISSION') {
    const mission = missionAt(text, index);
    return mission && { name, from: mission.from, to: mission.to, mission };
  }
  if (name === 'FOREIGNERS') {
    const foreigners = foreignersAt(text, index);
    return foreigners && { name, from: foreigners.from, to: foreigners.to, foreigners };
  }
  if (name === 'PLACE') {
    const place = text.placeAt[index];
    return place && place.from === index ? { name, from: index, to: place.to, place } : undefined;
  }
  const end = text.starts[index]?.get(name);
  return end !== undefined && end <= to ? { name, from: index, to: end } : undefined;
}
