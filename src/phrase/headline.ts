/** One line of plain words that stands alone: the notification text. */
import type { Alert, CountryCode, Finding, NewsEvent } from '../model.ts';
import { kindWords, severityLabel } from './words.ts';

export interface PhraseContext {
  name(code: CountryCode, language?: string): string;
  readonly language: string;
  /** How a feed's licence asks to be named. */
  attribution?(feedId: string): string | undefined;
}

/** `⛔ CRITICAL · Ukraine · US embassy moves from Kyiv to Lviv, temporarily · reported by 1 outlet` */
export function headlineOf(alert: Omit<Alert, 'headline'>, context: PhraseContext): string {
  const { finding } = alert.event;
  const prefix = { new: '', update: '', correction: 'CORRECTION · ', lifted: 'LIFTED · ' }[alert.kind];
  return `${prefix}${severityLabel(alert.severity)} · ${wherePhrase(finding, context)} · ${actPhrase(finding, context)} · ${provenance(alert.event)}`;
}

export function wherePhrase(finding: Finding, { name, language }: PhraseContext): string {
  if (finding.hosts.length > 4) return `${finding.hosts.length} countries`;
  if (finding.hosts.length > 0) return finding.hosts.map((host) => name(host, language)).join(', ');
  return finding.area ?? 'Country not named';
}

const short: Readonly<Record<CountryCode, string>> = { US: 'US', GB: 'UK', EU: 'EU', UN: 'UN', AE: 'UAE' };
/** A country as it stands before a noun: "US embassy", "Canada embassy". */
export const shortName = (code: CountryCode, { name, language }: PhraseContext): string => short[code] ?? name(code, language);

export function actPhrase(finding: Finding, context: PhraseContext): string {
  const who = finding.sender ? shortName(finding.sender, context) : '';
  const post = finding.post ?? 'embassy';
  const planned = finding.status === 'planned';
  const mission = `${who} ${post}`.trim();
  const when = finding.temporary ? ', temporarily' : '';
  const verb = (happening: string, toCome: string) => (planned ? toCome : happening);
  const in_ = finding.from ? ` in ${finding.from.name}` : '';
  switch (finding.kind) {
    case 'embassy-relocation':
      return `${mission} ${verb('moves', 'to move')}${finding.from ? ` from ${finding.from.name}` : ''}${finding.to ? ` to ${finding.to.name}` : ''}${when}`;
    case 'embassy-closure':
      return `${mission}${in_} ${verb('closes', 'to close')}${when}`;
    case 'embassy-suspension':
      return `${mission}${in_} ${verb('suspends operations', 'to suspend operations')}${when}`;
    case 'embassy-reopening':
      return `${mission}${finding.to ? ` in ${finding.to.name}` : ''} ${verb('reopens', 'to reopen')}`;
    case 'embassy-opening':
      return `${mission}${finding.to ? ` in ${finding.to.name}` : ''} ${verb('opens', 'to open')}`;
    case 'staff-departure-ordered':
      return `${mission}: staff or families ordered to leave (ordered departure)`;
    case 'staff-departure-authorized':
      return `${mission}: staff or families may leave (authorized departure)`;
    case 'staff-drawdown':
      return `${mission}${in_} ${verb('withdraws staff', 'to withdraw staff')}`;
    case 'evacuation':
      return `${who} ${verb('evacuates', 'to evacuate')} people${finding.people ? ` (${finding.people})` : ''}`.trim();
    case 'travel-advisory':
      return advicePhrase(finding, who);
    case 'border-airspace':
      return planned
        ? 'border or airspace to change'
        : finding.severity === 1
          ? 'border or airspace reopens'
          : finding.severity === 3
            ? 'airspace or airport closed or restricted'
            : 'border closed or restricted';
    case 'mission-attack':
      return `attack or incident at ${who === '' ? 'a mission' : `the ${mission}`}${in_}`;
    case 'diplomatic-expulsion':
      return `${who === '' ? 'diplomats' : `diplomats of ${who}`} expelled, or relations severed`;
    default:
      return `${who}: ${kindWords[finding.kind]}`.replace(/^: /, '');
  }
}

function advicePhrase(finding: Finding, who: string): string {
  const words = finding.nativeText
    ? `: ${finding.nativeText}`
    : finding.severity === 4
      ? ': leave now'
      : finding.severity === 3
        ? ': avoid travel'
        : '';
  const where = finding.scope === 'regional' ? ' for parts of the country' : '';
  const how = { raised: 'raises', lowered: 'lowers', issued: 'gives', reissued: 'reissues', 'text-changed': 'rewords' }[
    finding.direction ?? 'issued'
  ];
  const change =
    finding.previousLevel && finding.level && finding.previousLevel !== finding.level
      ? ` (from level ${finding.previousLevel} to ${finding.level})`
      : '';
  return `${who || 'A government'} ${how} travel advice${where}${words}${change}`;
}

/** `reported by 3 outlets`, or `confirmed by the US State Department`. */
export function provenance(event: NewsEvent): string {
  // What lifted an event is told by who says so now, not by who confirmed the beginning.
  const since = event.state === 'lifted' ? event.sources.filter((source) => source.seenAt >= event.lastSeenAt) : event.sources;
  const official = since.findLast((source) => source.tier === 'official');
  if (official) return `confirmed by ${/^(US|UK|Netherlands|German)/.test(official.source) ? 'the ' : ''}${official.source}`;
  const outlets = new Set(since.map((source) => source.source)).size;
  return `reported by ${outlets} outlet${outlets === 1 ? '' : 's'}`;
}
