/** Headlines: one line of plain text, shown as the notification. */

import type { Names } from '../i18n/words.ts';
import { type Kind, takesPeopleOut, traits, worsens } from '../kinds.ts';
import type { Alert } from '../model/alert.ts';
import type { CountryCode } from '../model/basics.ts';
import { claimSources, type NewsEvent, outletsOf, presentSources } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import type { Region } from '../places.ts';
import { wordsOf } from './words.ts';

export interface PhraseContext extends Names {
  /** The attribution that the feed's licence requires. */
  attribution?(feedId: string): string | undefined;
  /** Regions, to name many countries at once. */
  readonly regions?: readonly Region[];
}

/**
 * `⛔ CRITICAL · Ukraine · US embassy moves from Kyiv to Lviv, temporarily · reported by 1 outlet`.
 * Many levels raised in one read share one headline.
 */
export function headlineOf(alert: Omit<Alert, 'headline'>, context: PhraseContext): string {
  const words = wordsOf(context.language);
  const { event, kind, severity, together } = alert;
  const where = wherePhrase(event.finding, context);
  if (together !== undefined) {
    const who = event.finding.sender ? words.shortName(event.finding.sender, context) : where;
    return [words.severity[severity], who, `${together}: ${words.reason['raised-together']}`].join(' · ');
  }
  if (kind === 'correction') {
    const denier = event.sources.findLast(({ tier }) => tier === 'official');
    return [words.correction, where, actPhrase(event.finding, context), ...(denier ? [words.deniedBy(denier.source)] : [])].join(' · ');
  }
  const opening = kind === 'lifted' || event.state === 'lifted' ? words.lifted : words.severity[severity];
  return [
    opening,
    ...(alert.unconfirmed ? [words.unconfirmed] : []),
    where,
    actPhrase(event.finding, context),
    provenance(event, context),
    ...alsoMoves(event, context),
  ].join(' · ');
}

/** Other acts of the crisis: the latest of each kind. */
export function otherActsOf(event: NewsEvent, context: PhraseContext): readonly (readonly [Kind, Finding])[] {
  if (event.state !== 'open') return [];
  const { finding, acts = [] } = event;
  const latest = new Map(acts.flatMap((act) => (act.finding && act.kind !== finding.kind ? [[act.kind, act.finding] as const] : [])));
  return [...latest].filter(([kind, other]) => {
    const isClaimed = claimSources(event, kind).length > 0 && actPhrase(other, context) !== actPhrase(finding, context);
    return isClaimed && !isSameStep(finding, kind);
  });
}

/** An evacuation of embassy staff is also a drawdown. */
function isSameStep({ whom }: Finding, other: Kind): boolean {
  return whom === 'staff' && traits[other].posture === 'drawdown';
}

/**
 * "also: US embassy moves": moves, closures and evacuations that the headline's leading act would
 * hide.
 */
export function alsoMoves(event: NewsEvent, context: PhraseContext): readonly string[] {
  const { kind } = event.finding;
  const others = otherActsOf(event, context);
  const isFurther = (other: Kind) => takesPeopleOut(kind) || traits[kind].ofStaff || traits[other].rank > traits[kind].rank;
  const moves = others.filter(([other]) => worsens(other) && !traits[other].ofStaff && isFurther(other));
  const gravest = moves.toSorted(([one], [other]) => traits[other].rank - traits[one].rank).slice(0, 1);
  const takenOut = others.filter(([other]) => takesPeopleOut(other));
  const phrases = [...gravest, ...takenOut].map(([, other]) => actPhrase(other, context));
  return phrases.length > 0 ? [`${wordsOf(context.language).andAlso} ${phrases.join('; ')}`] : [];
}

/** The act that an update is about: the one it adds, else the event's gravest. */
export function updatedAct({ event, because }: Pick<Alert, 'event' | 'because'>): Finding {
  const adds = because.includes('another-act') || because.includes('posture-changed');
  return (adds ? event.acts?.at(-1)?.finding : undefined) ?? event.finding;
}

/** The host countries by name, or the region. */
export function wherePhrase({ hosts, area }: Finding, context: PhraseContext): string {
  const words = wordsOf(context.language);
  if (hosts.length > 4) return area ? `${area} (${words.countries(hosts.length)})` : words.countries(hosts.length);
  const named = hosts.map((host) => context.name(host, context.language)).join(', ');
  if (named === '') return area ?? words.nowhere;
  return area ? `${named} (${area})` : named;
}

/** The act with its co-senders: "UK embassy closes (+ US, Canada)". */
export function actPhrase(finding: Finding, context: PhraseContext): string {
  const { act, shortName } = wordsOf(context.language);
  const others = (finding.jointly ?? []).map((code) => shortName(code, context));
  return others.length > 0 ? `${act(finding, context)} (+ ${others.join(', ')})` : act(finding, context);
}

export function shortName(code: CountryCode, context: PhraseContext): string {
  return wordsOf(context.language).shortName(code, context);
}

/**
 * `reported by 3 outlets`; `confirmed by the US State Department` if outlets came first, else
 * `announced by` it. Counts only outlets that report this act, not another one of the crisis.
 */
export function provenance(event: NewsEvent, context: PhraseContext, kind: Kind = event.finding.kind): string {
  const words = wordsOf(context.language);
  const denier = event.state === 'corrected' ? event.sources.findLast(({ tier }) => tier === 'official') : undefined;
  if (denier) return words.deniedBy(denier.source);
  const claiming = claimSources(event, kind);
  const sources = claiming.length > 0 ? claiming : presentSources(event);
  const official = sources.find(({ tier }) => tier === 'official');
  if (!official) return words.reportedBy(outletsOf(sources).length);
  return sources[0] === official ? words.announcedBy(official.source) : words.confirmedBy(official.source);
}
