/**
 * Phrases a finding as a row of slots: "ambassade déplacée (États-Unis), de Kyiv vers Lviv, à titre
 * temporaire". Country names inflect by case and gender in many languages; on their own they are
 * always correct.
 */
import { isAdvice, type Kind, traits } from '../kinds.ts';
import type { CountryCode } from '../model/basics.ts';
import { type Direction, detailsOf, type Finding, type Level, type Status } from '../model/finding.ts';
import type { AlertWords, Names } from './words.ts';

export interface SlotWords {
  readonly language: string;
  readonly kind: Readonly<Record<Kind, string>>;
  readonly level: Readonly<Record<Level, string>>;
  /** Short names, where they differ from the usual ones. */
  readonly shortNames: Readonly<Record<CountryCode, string>>;
  readonly from: (city: string) => string;
  readonly to: (city: string) => string;
  readonly at: (city: string) => string;
  readonly people: (count: string) => string;
  /** An evacuation of the mission's own staff. */
  readonly staffEvacuated: string;
  readonly mission: Readonly<Record<'embassy' | 'consulate' | 'mission', string>>;
  readonly temporary: string;
  readonly status: Readonly<Partial<Record<Status, string>>>;
  readonly advice: Readonly<Record<Direction, string>>;
  /** Advice without a level: to leave now, and not to travel. */
  readonly leave: string;
  readonly against: string;
  readonly parts: string;
  readonly before: (level: string) => string;
  readonly closed: Readonly<Record<'airport' | 'airspace' | 'border', string>>;
  readonly reopened: Readonly<Record<'airport' | 'airspace' | 'border', string>>;
  readonly expelled: (whose: string, by: string, count: string | undefined) => string;
  readonly severed: (one: string, other: string) => string;
  readonly summoned: (whose: string, by: string) => string;
  readonly unnamed: string;
}

/** Returns the part of a language's table that phrases findings. */
export function wordsOfSlots(words: SlotWords): Pick<AlertWords, 'kind' | 'level' | 'act' | 'post' | 'shortName'> {
  const shortName = (code: CountryCode, { name }: Names) => words.shortNames[code] ?? name(code, words.language);
  return {
    kind: words.kind,
    level: words.level,
    shortName,
    act: (finding, names) => joined([clauseOf(finding, words, (code) => shortName(code, names)), ...circumstances(finding, words)]),
    post: (finding, names) => {
      const { sender, post = 'embassy' } = finding;
      return joined([named(words.mission[post], sender && shortName(sender, names)), ...cities(finding, words)]);
    },
  };
}

type Name = (code: CountryCode) => string;

/** Acts of a host against the sender's people name both States and the number in their clause. */
const isToSender = (kind: Kind) => traits[kind].sender === 'between' && traits[kind].actor === 'host';

function clauseOf(finding: Finding, words: SlotWords, name: Name): string {
  const { kind, sender } = finding;
  if (isToSender(kind)) return statesClause(finding, words, name);
  if (traits[kind].sender === 'none') return crossingClause(finding, words);
  if (isAdvice(kind)) return adviceClause(finding, words, name);
  const what = finding.whom === 'staff' ? words.staffEvacuated : words.kind[kind];
  return named(what, sender && name(sender));
}

function named(what: string, who: string | undefined): string {
  return who ? `${what} (${who})` : what;
}

function statesClause(finding: Finding, words: SlotWords, name: Name): string {
  const { kind, sender, hosts, people } = finding;
  const whose = sender ? name(sender) : words.unnamed;
  const by = hosts.slice(0, 4).map(name).join(', ') || words.unnamed;
  if (kind === 'ambassador-summoned') return words.summoned(whose, by);
  if (detailsOf(finding).severed) return words.severed(by, whose);
  if (kind === 'diplomatic-expulsion') return words.expelled(whose, by, people?.toLocaleString(words.language));
  return named(words.kind[kind], sender && whose);
}

function crossingClause(finding: Finding, words: SlotWords): string {
  const { severity } = finding;
  const { crossing, reopens } = detailsOf(finding);
  const what = crossing ?? (severity === 3 ? 'airspace' : 'border');
  return reopens || severity === 1 ? words.reopened[what] : words.closed[what];
}

function adviceClause(
  { sender, severity, level, previousLevel, nativeText, direction, scope }: Finding,
  words: SlotWords,
  name: Name,
): string {
  const what = level || nativeText || severity < 3 ? words.advice[direction ?? 'issued'] : severity === 4 ? words.leave : words.against;
  const parts = scope === 'regional' ? `, ${words.parts}` : '';
  const now = nativeText ?? (level ? words.level[level] : '');
  const before = previousLevel && previousLevel !== level ? ` (${words.before(words.level[previousLevel])})` : '';
  return `${named(what, sender && name(sender))}${parts}${now && `: ${now}`}${before}`;
}

function circumstances(finding: Finding, words: SlotWords): readonly string[] {
  const { kind, people, temporary, status } = finding;
  return [
    ...(isAdvice(kind) ? [] : cities(finding, words)),
    ...(people !== undefined && !isToSender(kind) ? [words.people(people.toLocaleString(words.language))] : []),
    ...(temporary ? [words.temporary] : []),
    ...[words.status[status]].filter((text) => text !== undefined),
  ];
}

function cities({ kind, from, to }: Finding, words: SlotWords): readonly string[] {
  const matter = traits[kind].cities;
  if (matter !== 'way') {
    const city = matter === 'goal' ? (to ?? from) : (from ?? to);
    return city ? [words.at(city.name)] : [];
  }
  const way = [...(from ? [words.from(from.name)] : []), ...(to ? [words.to(to.name)] : [])];
  return way.length > 0 ? [way.join(' ')] : [];
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
