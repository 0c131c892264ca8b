/** Title, summary and body to one reading: the title decides, the summary fills what it leaves open, the body supports. */
import { traits } from '../kinds.ts';
import type { DropReason, Finding } from '../model/finding.ts';
import { confidenceOf, type Found } from './confidence.ts';
import type { DetectInput } from './detector.ts';
import { circumstancesOf, type Field, findingOf, type Reading, type Rules } from './finding.ts';
import { dropOf, first, formatOf, type Veto, vetoOf } from './guards.ts';
import type { Languages } from './language.ts';
import { type Matched, matchFrames } from './match-frames.ts';
import { fitsNation } from './nation.ts';
import { isSomewhere, missionAt } from './phrases.ts';
import { strongest } from './strongest.ts';
import { readUnits, type Text } from './units.ts';
import { placesOf } from './where.ts';

export interface Candidate {
  readonly field: Field;
  readonly text: Text;
  readonly matched: Matched;
  readonly finding: Finding;
  readonly features: Found;
  readonly dropped?: DropReason;
  /** The unit that stopped it, and what the guard is called. */
  readonly guard?: number;
  readonly row?: string;
}

export interface Fused {
  readonly findings: readonly Finding[];
  /** What the confidence of each finding comes from, in their order. */
  readonly grounds: readonly Found[];
  readonly dropped?: DropReason;
  /** What the title says is not so. */
  readonly denial?: Finding;
  readonly candidates: readonly Candidate[];
  /** What was read: the title, and the summary where there is one. */
  readonly title: Reading;
  readonly summary?: Reading;
}

export function fuse(input: DetectInput, languages: Languages, rules: Rules): Fused {
  const title = readUnits(input.title, languages, input.language);
  const summary = input.summary ? readUnits(input.summary, languages, input.language) : undefined;
  const around = circumstancesOf(summary ? [title, summary] : [title]);
  const source = input.source && input.feedKind === 'mission' ? missionOf(readUnits(input.source, languages, input.language)) : undefined;
  const reading = (text: Text, field: Field): Reading => ({ text, field, input, around, ...(source && { mission: source }) });
  const read = { title: reading(title, 'title'), ...(summary && { summary: reading(summary, 'summary') }) };
  const inTitle = candidatesOf(read.title, rules);
  const inSummary = read.summary ? candidatesOf(read.summary, rules) : [];
  const inBody = input.body ? bodyCandidates(input, languages, rules, reading) : [];
  const candidates = [...inTitle, ...inSummary, ...inBody];
  const seen = { ...read, candidates };
  const standing = (list: readonly Candidate[]) => list.filter((one) => one.dropped === undefined);

  const told = standing(inTitle);
  const ofTitle = ofOneSender(strongest(told)).map((one) => filled(one, standing(inSummary), summary, rules));
  const isSure = ofTitle.some(({ finding }) => finding.confidence >= sure);
  const vetoed = told.length > 0 ? undefined : (inTitle.find((one) => one.dropped)?.dropped ?? titleVeto(title));
  const completed = vetoed || isSure ? [] : standing(inSummary).map((one) => completedBy(one, title, rules));
  const alone = strongest(completed.filter(speaksAlone));
  if (alone.length > 0 && (told.length === 0 || alone.some(({ finding }) => finding.confidence >= sure)))
    return { ...listed(alone), ...seen };
  if (told.length > 0) return { ...listed(ofTitle), ...seen };
  const bodily = vetoed ? [] : strongest(agreeing(standing(inBody), input));
  if (bodily.length > 0) return { ...listed(bodily.map((one) => ({ ...one, finding: capped(one.finding, input) }))), ...seen };
  const dropped = vetoed ?? candidates.find((one) => one.dropped)?.dropped;
  const denial =
    dropped === 'denied' ? inTitle.find((one) => one.dropped === 'denied' && one.finding.hosts.length > 0)?.finding : undefined;
  return { ...listed([]), ...seen, ...(dropped && { dropped }), ...(denial && { denial }) };
}

type Grounded = Pick<Candidate, 'finding' | 'features'>;

function listed(found: readonly Grounded[]): Pick<Fused, 'findings' | 'grounds'> {
  return { findings: found.map(({ finding }) => finding), grounds: found.map(({ features }) => features) };
}

export function candidatesOf(reading: Reading, rules: Rules): readonly Candidate[] {
  const { text, field } = reading;
  const found = matchFrames(text, reading.input.feedKind === 'mission').map((matched) => {
    const { finding, verdict, features } = findingOf(reading, matched, rules);
    const veto: Veto | undefined = vetoOf(text, matched) ?? fitsNation(text, matched, finding);
    const dropped = veto?.reason ?? dropOf(verdict.status);
    const guard = veto?.guard ?? verdict.guard;
    const row = veto?.row ?? verdict.row;
    return {
      field,
      text,
      matched,
      finding,
      features,
      ...(dropped && { dropped }),
      ...(guard !== undefined && { guard }),
      ...(row !== undefined && { row }),
    };
  });
  return found.map((one) => withVetoOf(found, one)).filter((one) => !isPartOf(found, one));
}

/** Where words change places a frame without an actor fits beside the one that has it, and takes it for a place. */
function isPartOf(found: readonly Candidate[], { text, matched, finding }: Candidate): boolean {
  if (!text.free || matched.actor || finding.sender) return false;
  return found.some(
    ({ matched: { act, actor }, finding: { kind } }) =>
      act === matched.act && kind === finding.kind && actor?.country !== undefined && finding.hosts.includes(actor.country),
  );
}

/** What stops the frame that names the actor stops the shorter ones of the same act. */
function withVetoOf(found: readonly Candidate[], one: Candidate): Candidate {
  if (one.dropped || one.matched.actor) return one;
  const stopped = found.find(
    (other) => other.dropped === 'not-a-state' && other.matched.act === one.matched.act && other.finding.kind === one.finding.kind,
  );
  return stopped ? { ...one, dropped: 'not-a-state', ...(stopped.guard !== undefined && { guard: stopped.guard }) } : one;
}

/** A headline that looks back, explains or reacts is not overruled by its summary. */
function titleVeto(title: Text): DropReason | undefined {
  if (first(title, 0, title.units.length, ['historic', 'lapse']) !== undefined) return 'historic';
  if (first(title, 0, title.units.length, ['stays-open']) !== undefined) return 'denied';
  const followup = formatOf(title) ?? first(title, 0, title.units.length, ['followup']);
  return followup === undefined ? undefined : 'followup';
}

/** From here on a finding alerts. */
const sure = 0.8;

/** "Aussies pull the plug on Tehran embassy || Embassy operations were halted …": whose and where stand in the title. */
function completedBy(one: Candidate, title: Text, rules: Rules): Candidate {
  const { finding, features, matched } = one;
  const mission = missionOf(title);
  const places = placesOf(title);
  const only = (countries: readonly string[]) => (new Set(countries).size === 1 ? countries[0] : undefined);
  const owned = places.filter(({ name }) => name.country !== finding.sender);
  const where = owned.filter(({ name }) => isWhere.has(name.role)).map(({ name }) => name.country);
  const hosts = finding.hosts.length > 0 ? finding.hosts : [mission?.host ?? only(where)].flatMap((host) => host ?? []);
  const acting = places.filter(({ name }) => !hosts.includes(name.country)).map(({ name }) => name.country);
  const ownSender = matched.mission?.sender ?? matched.actor?.country;
  const sender =
    finding.sender ?? (traits[finding.kind].sender === 'none' || ownSender !== undefined ? undefined : (mission?.sender ?? only(acting)));
  const known: Partial<Record<keyof Found, number>> = { ...features };
  if (sender) delete known['no-sender'];
  if (hosts.length > 0) delete known['no-host'];
  const whole = { ...finding, hosts, ...(sender && { sender }), confidence: confidenceOf(known, rules.weights) };
  return { ...one, finding: whole, features: known };
}

const isWhere: ReadonlySet<string> = new Set(['country', 'capital', 'city', 'alias']);

/** Alone a summary counts only in its first sentence, with an act that is a verb and everyone named. */
function speaksAlone({ matched, text, finding }: Candidate): boolean {
  const whole = finding.hosts.length > 0 && (finding.sender !== undefined || traits[finding.kind].sender === 'none');
  return (
    text.clauses[matched.clause]?.sentence === 0 &&
    whole &&
    !matched.frame.noun &&
    (matched.actor !== undefined || matched.mission !== undefined || matched.citizens?.nationality !== undefined)
  );
}

function bodyCandidates(
  input: DetectInput,
  languages: Languages,
  rules: Rules,
  reading: (text: Text, field: Field) => Reading,
): readonly Candidate[] {
  const body = readUnits(input.body ?? '', languages, input.language);
  return candidatesOf(reading(body, 'body'), rules);
}

/** A body speaks only where two of its sentences say the same; a government's own document says it once. */
function agreeing(found: readonly Candidate[], input: DetectInput): readonly Candidate[] {
  if (input.feedKind !== 'news') return found.filter((one) => one.finding.sender !== undefined && one.finding.hosts.length > 0);
  const sentence = (one: Candidate) => one.text.clauses[one.matched.clause]?.sentence;
  return found.filter((one) => found.some((other) => other.finding.kind === one.finding.kind && sentence(other) !== sentence(one)));
}

/** What only a news item's body says never alerts by itself. */
function capped(finding: Finding, input: DetectInput): Finding {
  return input.feedKind === 'news' ? { ...finding, confidence: Math.min(finding.confidence, 0.79) } : finding;
}

/** "US closes Kabul embassy, staff evacuated": what has no sender of its own at a mission is done by who acts there. */
function ofOneSender(found: readonly Candidate[]): readonly Candidate[] {
  const lead = found.find(({ matched, finding }) => matched.mission && finding.sender !== undefined);
  const { sender, hosts = [] } = lead?.finding ?? {};
  return found.map((one) => {
    const isSame = one.matched.mission !== undefined && one.finding.hosts.every((host) => hosts.includes(host));
    if (one.finding.sender !== undefined || !isSame || sender === undefined || one.finding.kind === 'mission-attack') return one;
    return { ...one, finding: { ...one.finding, sender } };
  });
}

/** Empty slots of the title's finding, filled from the summary where it speaks of the same. */
function filled(one: Candidate, fromSummary: readonly Candidate[], summary: Text | undefined, rules: Rules): Grounded {
  const { finding, features } = one;
  const same = fromSummary.find((other) => other.finding.kind === finding.kind)?.finding;
  // "UK embassy opens": the summary tells that it stands there and is another's.
  if (same?.sender && finding.sender !== same.sender && finding.hosts.length === 0 && same.hosts.some((host) => host === finding.sender)) {
    return filled(
      { ...one, finding: { ...finding, sender: same.sender, hosts: same.hosts, evidence: [...finding.evidence, ...same.evidence] } },
      [],
      summary,
      rules,
    );
  }
  const sender =
    finding.sender ??
    same?.sender ??
    (traits[finding.kind].sender === 'none' ? undefined : fromSummary.find((other) => other.finding.sender)?.finding.sender);
  const hosts = finding.hosts.length > 0 ? finding.hosts : (same?.hosts.length ?? 0) > 0 ? (same?.hosts ?? []) : placesIn(summary, sender);
  const evidence =
    hosts === finding.hosts && sender === finding.sender ? finding.evidence : [...finding.evidence, ...(same?.evidence ?? [])];
  const known: Partial<Record<keyof Found, number>> = { ...features, ...(same && { agreed: 1 }) };
  if (sender) delete known['no-sender'];
  if (hosts.length > 0) delete known['no-host'];
  const whole = {
    ...finding,
    hosts,
    evidence,
    ...(sender && { sender }),
    ...(same?.from && !finding.from && { from: same.from }),
    ...(same?.to && !finding.to && { to: same.to }),
    ...(same?.level && !finding.level && { level: same.level, ...(same.nativeText && { nativeText: same.nativeText }) }),
    ...(same?.people !== undefined && finding.people === undefined && { people: same.people }),
    confidence: confidenceOf(known, rules.weights),
  };
  return { finding: whole, features: known };
}

function placesIn(summary: Text | undefined, sender: string | undefined): Finding['hosts'] {
  const found = summary && placesOf(summary).find((place) => isSomewhere(place) && place.name.country !== sender);
  return found ? [found.name.country] : [];
}

function missionOf(source: Text): { readonly sender?: string; readonly host?: string } | undefined {
  for (const index of source.units.keys()) {
    const mission = missionAt(source, index);
    if (mission)
      return { ...(mission.sender && { sender: mission.sender.name.country }), ...(mission.host && { host: mission.host.name.country }) };
  }
  return undefined;
}
