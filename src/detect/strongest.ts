/** Of several findings in one text, those that are meant: the others say the same act less well. */
import { traits } from '../kinds.ts';
import type { Candidate } from './fuse.ts';
import { has } from './units.ts';

/** One finding a kind, unless two senders do the same; of kinds that tell one act only the gravest word for it. */
export function strongest(found: readonly Candidate[]): readonly Candidate[] {
  const told = found.filter((one) => !found.some((other) => namesActor(other, one)));
  const ranked = [...told].sort((one, other) => other.finding.confidence - one.finding.confidence);
  const best: Candidate[] = [];
  for (const one of ranked) {
    const same = best.filter((other) => other.finding.kind === one.finding.kind);
    const another =
      speaksFor(one) &&
      same.every((other) => speaksFor(other) && other.matched.act !== one.matched.act && other.finding.sender !== one.finding.sender);
    if (same.length === 0 || another) best.push(one);
  }
  const eclipsed = ({ finding }: Candidate) =>
    traits[finding.kind].eclipsedBy.some((kind) =>
      best.some((other) => other.finding.kind === kind && other.finding.confidence >= finding.confidence - 0.15),
    );
  return best.filter(
    (one) =>
      !eclipsed(one) && !best.some((other) => asksFor(other, one) || warnsOf(other, one) || expels(other, one) || withdraws(other, one)),
  );
}

/** "Embassy warns of attacks": what an alert warns of has not happened. */
const warnsOf = ({ matched, text, finding }: Candidate, { matched: feared, text: inText, finding: { kind } }: Candidate) =>
  text === inText &&
  finding.kind === 'security-alert' &&
  kind === 'mission-attack' &&
  matched.taken.some(
    ({ step, from, to }) => step.tags.some((tag) => tag === 'threat' || tag === 'terror') && from <= feared.act && feared.act < to,
  );

/** "Portugal withdraws part of its embassy's staff": a word that may mean both is the milder where it is about staff. */
const withdraws = ({ matched, text, finding }: Candidate, { matched: taken, text: inText, finding: { kind } }: Candidate) =>
  text === inText &&
  finding.kind === 'staff-drawdown' &&
  kind === 'evacuation' &&
  matched.act === taken.act &&
  has(text, matched.act, 'withdraw');

/** "Japan demands that a Russian consul leave": who is expelled is not called home by the same words. */
const expels = ({ matched, text, finding }: Candidate, { matched: ordered, text: inText, finding: { kind } }: Candidate) =>
  text === inText &&
  finding.kind === 'diplomatic-expulsion' &&
  (kind === 'staff-departure-ordered' || kind === 'staff-departure-authorized') &&
  matched.act === ordered.act &&
  matched.actor !== undefined;

/** Where words change places, a frame that names who acts knows better whose the mission is than one that passes over him. */
const namesActor = ({ matched, text, finding }: Candidate, other: Candidate) =>
  text.free &&
  text === other.text &&
  finding.kind === other.finding.kind &&
  matched.act === other.matched.act &&
  matched.actor?.named === true &&
  !other.matched.actor &&
  matched.mission !== undefined &&
  finding.confidence >= 0.8;

/** "embassy tells citizens to leave": what is asked for is not done yet. */
const asksFor = ({ matched, text }: Candidate, { matched: asked, text: inText }: Candidate) =>
  text === inText && matched.taken.some(({ step, from, to }) => step.tags.includes('leave') && from <= asked.act && asked.act < to);

/** Tells of an act, and of who does it. */
const speaksFor = ({ finding, matched }: Candidate) => !matched.frame.noun && finding.sender !== undefined && finding.confidence >= 0.8;
