/** Reads an item: findings with the words they rest on, or the reason why there is none. Pure, built once from data. */
import type { CountryCode, Direction, DropReason, Evidence, FeedKind, Finding, Kind, Tier } from '../model.ts';
import type { Places } from '../places.ts';
import { confidenceOf, type Feature, type Weights } from './confidence.ts';
import { createGate } from './gate.ts';
import type { Levels } from './levels.ts';
import type { Lexicon } from './lexicon.ts';
import { type Matched, matchFrames } from './match-frames.ts';
import { has } from './phrases.ts';
import { readRegisterTitle } from './register-title.ts';
import { type Roles, rolesOf } from './roles.ts';
import { severityOf } from './severity.ts';
import { dropOf, indices, judge } from './status.ts';
import { createTagger, type Tagged, type Tagger } from './tagger.ts';
import { vetoOf } from './vetoes.ts';

export interface DetectInput {
  readonly title: string;
  readonly summary?: string;
  readonly body?: string;
  readonly feedKind: FeedKind;
  readonly source?: string;
  readonly tier?: Tier;
  readonly language?: string;
  /** The sending State of a mission's feed or a register, and where the mission stands. */
  readonly sender?: CountryCode;
  readonly host?: CountryCode;
}

export interface Detection {
  readonly findings: readonly Finding[];
  /** Why there is no finding. */
  readonly dropped?: DropReason;
}

export interface Detector {
  read(input: DetectInput): Detection;
}

export interface DetectorParts {
  readonly lexicons: readonly Lexicon[];
  readonly places: Places;
  readonly levels: Levels;
  readonly weights: Weights;
}

type Field = Evidence['field'];
/** The item, and whether any of it names war, attack, security or evacuation. */
type Read = DetectInput & { readonly danger: boolean };

interface Candidate {
  readonly finding: Finding;
  readonly field: Field;
  readonly dropped?: DropReason;
}

export function createDetector(parts: DetectorParts): Detector {
  const gate = createGate(parts.lexicons);
  const tagger = createTagger(parts.lexicons, parts.places);
  return {
    read: (input) => {
      const whole = input.summary ? `${input.title}\n${input.summary}` : input.title;
      if (!gate(whole) && !(input.body && gate(input.body))) return { findings: [], dropped: 'nothing-relevant' };
      const register = readRegisterTitle(input, parts);
      if (register) return { findings: [register] };
      return fuse(input, parts, tagger);
    },
  };
}

/** The title decides, the summary fills empty slots, and alone it counts less. */
function fuse(input: DetectInput, parts: DetectorParts, tagger: Tagger): Detection {
  const title = tagger(input.title);
  const summary = input.summary ? tagger(firstSentences(input.summary)) : undefined;
  const danger = [title, ...(summary ? [summary] : [])].some((text) =>
    indices(0, text.tokens.length).some((index) => has(text, index, 'danger')),
  );
  const fromTitle = candidates(title, input.title, 'title', { ...input, danger }, parts);
  const fromSummary = summary && input.summary ? candidates(summary, input.summary, 'summary', { ...input, danger }, parts) : [];
  const good = fromTitle.filter((one) => one.dropped === undefined);
  if (good.length > 0) {
    const findings = strongest(good).map((one) => filled(one.finding, fromSummary, summary, parts));
    return { findings };
  }
  const vetoed = fromTitle.find((one) => one.dropped !== undefined)?.dropped ?? titleVeto(title);
  const rest = fromSummary.filter((one) => one.dropped === undefined);
  if (!vetoed && rest.length > 0) return { findings: strongest(rest).map((one) => one.finding) };
  return { findings: [], dropped: vetoed ?? fromSummary.find((one) => one.dropped !== undefined)?.dropped ?? 'no-frame' };
}

/** A headline that denies, looks back or explains is not overruled by its summary. */
function titleVeto(title: Tagged): DropReason | undefined {
  const all = indices(0, title.tokens.length);
  if (all.some((index) => has(title, index, 'historic'))) return 'historic';
  if (all.some((index) => has(title, index, 'followup'))) return 'followup';
  return undefined;
}

function firstSentences(summary: string): string {
  const end = /[.!?]["'”’]?\s+(?=["'“‘]?\p{Lu})/u.exec(summary.slice(60))?.index;
  return summary.slice(0, Math.min(end === undefined ? 400 : end + 61, 400));
}

function candidates(text: Tagged, raw: string, field: Field, input: Read, parts: DetectorParts): readonly Candidate[] {
  return matchFrames(text).map((matched) => {
    const { status, guard } = judge(text, matched);
    const veto = vetoOf(text, matched) ?? dropOf(status);
    const finding = findingOf(text, raw, matched, { status, guard, field }, input, parts);
    return { finding, field, ...(veto && { dropped: veto }) };
  });
}

interface Context {
  readonly status: Finding['status'];
  readonly guard: number | undefined;
  readonly field: Field;
}

function findingOf(text: Tagged, raw: string, matched: Matched, context: Context, input: Read, parts: DetectorParts): Finding {
  const roles = withFeed(rolesOf(text, matched), input);
  const { kind } = matched.frame;
  const stated = kind === 'travel-advisory' ? parts.levels.read(raw) : undefined;
  const direction = kind === 'travel-advisory' ? directionOf(text, matched) : undefined;
  const regional =
    kind === 'travel-advisory' &&
    /\b(parts of|regions? of|areas? of|province|border areas?|northern|southern|eastern|western)\b/i.test(raw);
  const people = peopleOf(text);
  const area = roles.hosts.length === 0 ? areaOf(text, raw) : undefined;
  const severity = severityOf({
    kind,
    status: context.status,
    regional,
    danger: input.danger,
    act: actOf(text, matched),
    ...(stated && { level: stated.level }),
    ...(direction && { direction }),
  });
  const confidence = confidenceOf(featuresOf(text, raw, matched, roles, context.field, input, people, area), parts.weights);
  const temporary = indices(0, text.tokens.length).some((index) => has(text, index, 'temporary'));
  const { words: _, ...slots } = roles;
  return {
    kind,
    status: context.status,
    ...slots,
    ...(matched.mission && { post: postOf(text, matched.mission.head) }),
    ...(people !== undefined && { people }),
    ...(area && { area }),
    ...(stated && { level: stated.level, nativeText: stated.words }),
    ...(direction && { direction }),
    scope: regional ? 'regional' : 'country',
    ...(temporary && { temporary }),
    severity,
    confidence,
    evidence: evidenceOf(text, matched, roles, context, stated),
  };
}

/** A mission's own feed speaks of its own State and host unless the text names others. */
function withFeed(roles: Roles, input: DetectInput): Roles {
  const sender = roles.sender ?? input.sender;
  const hosts = roles.hosts.length > 0 || !input.host ? roles.hosts : [input.host];
  return { ...roles, hosts, ...(sender && { sender }) };
}

function directionOf(text: Tagged, matched: Matched): Direction {
  const near = indices(Math.max(0, matched.act.from - 3), Math.min(text.tokens.length, matched.act.to + 3));
  const verb = (tag: string) => near.some((index) => has(text, index, tag));
  if (verb('lowering')) return 'lowered';
  return verb('raising') ? 'raised' : 'issued';
}

function actOf(text: Tagged, matched: Matched) {
  const names = matched.steps.map((step) => step.name);
  const everywhere = indices(0, text.tokens.length);
  if (names.includes('shelter') || everywhere.some((index) => has(text, index, 'shelter'))) return 'shelter';
  if (matched.frame.kind === 'border-airspace') return names.includes('reopen') ? 'reopen' : names.includes('border') ? 'other' : 'air';
  if (names.includes('leave')) return 'leave';
  if (names.includes('avoid') || names.includes('against-travel')) return 'avoid';
  return everywhere.some((index) => has(text, index, 'demonstration')) ? 'demonstration' : 'other';
}

function featuresOf(
  text: Tagged,
  raw: string,
  matched: Matched,
  roles: Roles,
  field: Field,
  input: DetectInput,
  people: number | undefined,
  area: string | undefined,
): readonly Feature[] {
  const lead = text.clauses[matched.clause]?.lead ?? '';
  const found: Feature[] = [];
  if (!roles.sender && !senderless.has(matched.frame.kind)) found.push('no-sender');
  if (roles.hosts.length === 0 && area === undefined) found.push('no-host');
  if (sideLeads.has(lead)) found.push('side-clause');
  if (/\?\s*$/.test(raw)) found.push('question');
  if (field !== 'title') found.push(field);
  if (input.tier === 'official') found.push('official');
  if (matched.frame.rule.startsWith('evacuation') || matched.frame.rule === 'advisory-for') found.push('noun');
  if (people !== undefined) found.push('people');
  return found;
}

const senderless = new Set<Kind>(['border-airspace', 'mission-attack', 'security-alert']);
const sideLeads = new Set([
  'after',
  'following',
  'amid',
  'amidst',
  'despite',
  'if',
  'whether',
  'who',
  'which',
  'because',
  'since',
  'until',
  'before',
  'although',
  '(',
]);

/** A named region that is no country: what happens there has no host, but it has a place. */
function areaOf(text: Tagged, raw: string): string | undefined {
  for (const [index, token] of text.tokens.entries()) {
    const end = text.starts[index]?.get('area');
    if (end !== undefined) return raw.slice(token.start, text.tokens[end - 1]?.end);
  }
  return undefined;
}

/** "5,000 people", "more than 350 passengers". */
function peopleOf(text: Tagged): number | undefined {
  for (const [index, token] of text.tokens.entries()) {
    if (!/^\d{2,6}$/.test(token.word)) continue;
    const after = [index + 1, index + 2].some((at) => has(text, at, 'people') || has(text, at, 'citizens') || has(text, at, 'staff'));
    if (after) return Number(token.word);
  }
  return undefined;
}

function postOf(text: Tagged, head: number): 'embassy' | 'consulate' | 'mission' {
  const word = text.tokens[head]?.word ?? '';
  if (word.startsWith('consul')) return 'consulate';
  return word.startsWith('embass') || word.startsWith('high') ? 'embassy' : 'mission';
}

function evidenceOf(
  text: Tagged,
  matched: Matched,
  roles: Roles,
  context: Context,
  stated: { readonly start: number; readonly end: number } | undefined,
): readonly Evidence[] {
  const { rule } = matched.frame;
  const { field } = context;
  const span = (role: string, from: number, to: number): Evidence => ({
    field,
    start: text.tokens[from]?.start ?? 0,
    end: text.tokens[to - 1]?.end ?? 0,
    role,
    rule,
  });
  const roleOf = (name: string) =>
    name === 'STATE'
      ? 'actor'
      : name === 'MISSION'
        ? 'mission'
        : name === 'FOREIGNERS'
          ? 'citizens'
          : name === 'PLACE'
            ? 'place'
            : 'object';
  return [
    ...matched.steps.map((step) => span(step === matched.act ? 'act' : roleOf(step.name), step.from, step.to)),
    ...roles.words.map(({ role, tag }) => span(role, tag.from, tag.to)),
    ...(context.guard === undefined ? [] : [span('guard', context.guard, context.guard + 1)]),
    ...(stated ? [{ field, start: stated.start, end: stated.end, role: 'level', rule }] : []),
  ];
}

/** One finding a kind, and of kinds that tell one act only the gravest word for it. */
function strongest(found: readonly Candidate[]): readonly Candidate[] {
  const best = new Map<Kind, Candidate>();
  for (const one of found) {
    const known = best.get(one.finding.kind);
    if (!known || one.finding.confidence > known.finding.confidence) best.set(one.finding.kind, one);
  }
  const kinds = new Set(best.keys());
  return [...best.values()].filter(({ finding }) => !(eclipsedBy[finding.kind] ?? []).some((other) => kinds.has(other)));
}

const eclipsedBy: Partial<Record<Kind, readonly Kind[]>> = {
  'embassy-closure': ['embassy-relocation'],
  'embassy-opening': ['embassy-reopening', 'embassy-relocation'],
  'staff-drawdown': [
    'staff-departure-ordered',
    'staff-departure-authorized',
    'embassy-relocation',
    'ambassador-recall',
    'diplomatic-expulsion',
  ],
  'ambassador-recall': ['diplomatic-expulsion'],
  'travel-advisory': ['staff-departure-ordered', 'diplomatic-expulsion'],
  'security-alert': ['travel-advisory'],
  'embassy-suspension': ['embassy-closure'],
  'consular-service-change': ['embassy-suspension', 'embassy-closure'],
};

/** Empty slots of the title's finding, filled from the summary where it speaks of the same. */
function filled(finding: Finding, fromSummary: readonly Candidate[], summary: Tagged | undefined, parts: DetectorParts): Finding {
  const same = fromSummary.find((one) => one.finding.kind === finding.kind)?.finding;
  const sender = finding.sender ?? same?.sender;
  const places = summary?.places.filter((place) => place.country !== sender && place.role !== 'speaker' && place.role !== 'demonym') ?? [];
  const hosts =
    finding.hosts.length > 0
      ? finding.hosts
      : same && same.hosts.length > 0
        ? same.hosts
        : places.slice(0, 1).map((place) => place.country);
  const gained =
    (finding.sender === undefined && sender !== undefined ? -parts.weights['no-sender'] : 0) * 0.5 +
    (finding.hosts.length === 0 && hosts.length > 0 ? -parts.weights['no-host'] : 0) * 0.5 +
    (same ? parts.weights.agreed : 0);
  const logit = Math.log(finding.confidence / Math.max(0.01, 1 - finding.confidence)) + gained;
  return {
    ...finding,
    hosts,
    ...(sender && { sender }),
    ...(same?.from && !finding.from && { from: same.from }),
    ...(same?.to && !finding.to && { to: same.to }),
    ...(same?.level && !finding.level && { level: same.level }),
    confidence: Math.round(100 / (1 + Math.exp(-logit))) / 100,
  };
}
