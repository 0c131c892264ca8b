import type { Kind } from '../kinds.ts';
import { isTag, type Tag } from './tags.ts';

const phraseNames = ['ACTOR', 'MISSION', 'CITIZENS', 'SPEAKER', 'PEOPLE', 'PLACE'] as const;
export type PhraseName = (typeof phraseNames)[number];

export interface Step {
  readonly name: string;
  readonly phrases: readonly PhraseName[];
  readonly tags: readonly Tag[];
  readonly loose: boolean;
  readonly beside: boolean;
  readonly across: boolean;
  readonly behindColon: boolean;
  readonly optional: boolean;
}

export interface Frame {
  readonly rule: string;
  readonly kind: Kind;
  readonly act: Step;
  /** From the act outwards. */
  readonly before: readonly Step[];
  readonly after: readonly Step[];
  /** Steps that only words of these tags can take: without them the frame is not tried. */
  readonly needs: readonly (readonly Tag[])[];
  /** Only in a government's own feed. */
  readonly official: boolean;
  /** No object may follow. */
  readonly bare: boolean;
  /** The act is a noun: alone it only names what is spoken of. */
  readonly noun: boolean;
}

const missions: readonly Tag[] = ['embassy', 'consulate', 'post', 'mission-word'];

/** Acts that are nouns by themselves, beside those whose tag ends in -n. */
const nouns: ReadonlySet<Tag> = new Set(['flight', 'advisory']);

/** @param pattern as the head of frames.ts says */
export function readFrame(kind: Kind, pattern: string): Frame {
  const bare = pattern.endsWith(' .');
  const official = pattern.startsWith('@ ');
  const all = pattern.replace(/^@ | \.$/g, '').split(' ');
  const words = all.filter((word) => !word.startsWith('&'));
  const anywhere = all.filter((word) => word.startsWith('&')).map((word) => readStep(word.slice(1)).tags);
  const at = words.findIndex((word) => word.includes('*'));
  const steps = words.map(readStep);
  const act = steps[at];
  if (!act) throw new Error(`${pattern}: no act`);
  const needs = [...anywhere, ...steps.flatMap((step) => needOf(step))];
  const noun = act.tags.some((tag) => tag.endsWith('-n') || nouns.has(tag));
  return {
    kind,
    rule: pattern.replace('*', ''),
    act,
    before: steps.slice(0, at).reverse(),
    after: steps.slice(at + 1),
    needs,
    bare,
    official,
    noun,
  };
}

function needOf({ phrases, tags, optional }: Step): (readonly Tag[])[] {
  if (optional || phrases.some((phrase) => phrase !== 'MISSION')) return [];
  return [phrases.length > 0 ? [...tags, ...missions] : tags];
}

function readStep(word: string): Step {
  const name = word.replace(/[*~!^?:]/g, '');
  const choices = name.split('|');
  return {
    name,
    phrases: phraseNames.filter((phrase) => choices.includes(phrase)),
    tags: choices.filter(isTag),
    loose: word.includes('~'),
    beside: word.includes('!'),
    across: word.includes('^') || word.includes(':'),
    behindColon: word.includes(':'),
    optional: word.includes('?'),
  };
}
