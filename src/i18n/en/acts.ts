/** Phrases a finding as an English clause: "US embassy moves from Kyiv to Lviv, temporarily". */
import { traits } from '../../kinds.ts';
import type { CountryCode } from '../../model/basics.ts';
import { detailsOf, type Finding, type Level, type Status } from '../../model/finding.ts';
import type { Names } from '../words.ts';

export const levelsInEnglish: Readonly<Record<Level, string>> = {
  1: 'normal precautions',
  2: 'increased caution',
  3: 'avoid non-essential travel',
  4: 'do not travel',
};

const shortNames: Readonly<Record<CountryCode, string>> = { US: 'US', GB: 'UK', EU: 'EU', UN: 'UN', AE: 'UAE' };

export function shortNameInEnglish(code: CountryCode, { name }: Names): string {
  return shortNames[code] ?? name(code, 'en');
}

/** Returns the clause of a finding; it says no more than the finding's slots. */
export function actInEnglish(finding: Finding, names: Names): string {
  const { kind, status, temporary } = finding;
  const verb = (present: string, base: string) => inStatus(status, present, base);
  const mission = missionOf(finding, names);
  const who = finding.sender ? shortNameInEnglish(finding.sender, names) : 'a government';
  const forNow = temporary ? ', temporarily' : '';
  switch (kind) {
    case 'embassy-relocation':
      return `${mission} ${verb('moves', 'move')}${by('from', finding.from)}${by('to', finding.to)}${forNow}`;
    case 'embassy-closure':
      return `${mission}${by('in', finding.from)} ${verb('closes', 'close')}${forNow}`;
    case 'embassy-suspension':
      return `${mission}${by('in', finding.from)} ${verb('suspends operations', 'suspend operations')}${forNow}`;
    case 'embassy-reopening':
      return `${mission}${by('in', finding.to ?? finding.from)} ${verb('reopens', 'reopen')}`;
    case 'embassy-opening':
      return `${mission}${by('in', finding.to ?? finding.from)} ${verb('opens', 'open')}`;
    case 'staff-departure-ordered':
      return `${who} ${verb('orders', 'order')} ${finding.post ?? 'embassy'} staff to leave (ordered departure)`;
    case 'staff-departure-authorized':
      return `${who} ${verb('lets', 'let')} ${finding.post ?? 'embassy'} staff leave (authorized departure)`;
    case 'staff-drawdown':
      return `${who} ${verb('withdraws', 'withdraw')} ${finding.post ?? 'embassy'} staff${by('from', finding.from)}`;
    case 'evacuation':
      return `${who} ${verb('evacuates', 'evacuate')} ${evacuees(finding)}${by('from', finding.from)}`;
    case 'travel-advisory':
      return advice(finding, who);
    case 'security-alert':
      return `${who} ${verb('issues', 'issue')} a security alert`;
    case 'border-airspace':
      return crossing(finding);
    case 'consular-service-change':
      return `${mission}${by('in', finding.from)} ${verb('changes', 'change')} its consular services`;
    case 'mission-attack':
      return `attack on ${finding.sender && shortNames[finding.sender] ? 'the ' : ''}${mission}${by('in', finding.from ?? finding.to)}`;
    case 'diplomatic-expulsion':
    case 'ambassador-recall':
    case 'ambassador-summoned':
      return betweenStates(finding, names);
  }
}

/** "US embassy in Kyiv"; "US embassy, from Kyiv to Lviv". */
export function postInEnglish(finding: Finding, names: Names): string {
  const { kind, from, to } = finding;
  const mission = missionOf(finding, names);
  if (traits[kind].posture !== 'relocated') return `${mission}${by('in', to ?? from)}`;
  return from || to ? `${mission},${by('from', from)}${by('to', to)}` : mission;
}

function betweenStates(finding: Finding, names: Names): string {
  const { kind, sender, hosts, status, people } = finding;
  const actors = hosts.slice(0, 4).map((host) => shortNameInEnglish(host, names));
  const host = hosts.length > 4 ? `${hosts.length} countries` : list(actors) || 'a government';
  const verb = (one: string, many: string) => inStatus(status, hosts.length > 1 ? many : one, many);
  if (kind === 'ambassador-recall') {
    const who = sender ? shortNameInEnglish(sender, names) : 'a government';
    return `${who} ${inStatus(status, 'recalls', 'recall')} its ambassador`;
  }
  const whose = sender ? possessive(sender, names) : 'a foreign';
  if (kind === 'ambassador-summoned') return `${host} ${verb('summons', 'summon')} ${whose} ambassador`;
  if (detailsOf(finding).severed) {
    return `${host} ${verb('cuts', 'cut')} relations with ${sender ? shortNameInEnglish(sender, names) : 'a government'}`;
  }
  const diplomats = sender ? `${whose} diplomats` : 'diplomats';
  return `${host} ${verb('expels', 'expel')} ${people === undefined ? diplomats : `${number(people)} of ${diplomats}`}`;
}

function evacuees({ whom, post = 'embassy', people }: Finding): string {
  if (whom === 'staff') return `${post} staff`;
  return people === undefined ? 'people' : `${number(people)} people`;
}

function advice({ severity, level, previousLevel, nativeText, direction, scope, status }: Finding, who: string): string {
  const where = scope === 'regional' ? ' for parts of the country' : '';
  if (!level && !nativeText && severity >= 3) {
    const says = severity === 4 ? 'citizens to leave' : 'against travel';
    const [present, base] = severity === 4 ? ['tells', 'tell'] : ['advises', 'advise'];
    return `${who} ${inStatus(status, present, base)} ${says}${where}`;
  }
  const verbs = {
    raised: ['raises', 'raise'],
    lowered: ['lowers', 'lower'],
    issued: ['issues', 'issue'],
    reissued: ['reissues', 'reissue'],
    'text-changed': ['rewords', 'reword'],
  } as const;
  const [present, base] = verbs[direction ?? 'issued'];
  const now = nativeText ?? (level ? levelsInEnglish[level] : '');
  const before = previousLevel && previousLevel !== level ? ` (before: ${levelsInEnglish[previousLevel]})` : '';
  return `${who} ${inStatus(status, present, base)} travel advice${where}${now && `: ${now}`}${before}`;
}

function crossing(finding: Finding): string {
  const { severity, status, hosts } = finding;
  const { crossing: said, reopens } = detailsOf(finding);
  const what = said ?? (severity === 3 ? 'airspace' : severity === 2 ? 'border' : 'border or airspace');
  const opens = reopens || (severity === 1 && status === 'happening' && finding.scope === 'country');
  const verb = opens ? inStatus(status, 'reopens', 'reopen') : inStatus(status, 'closes', 'close');
  return `${what} ${verb}${hosts.length === 0 && finding.area ? ` over the ${finding.area}` : ''}`;
}

function inStatus(status: Status, present: string, base: string): string {
  if (status === 'planned') return `is to ${base}`;
  return status === 'considered' ? `may ${base}` : present;
}

function missionOf({ sender, post = 'embassy' }: Finding, names: Names): string {
  if (!sender) return `${post === 'embassy' ? 'an' : 'a'} ${post}`;
  return `${shortNames[sender] ?? possessive(sender, names)} ${post}`;
}

function possessive(code: CountryCode, names: Names): string {
  const name = shortNameInEnglish(code, names);
  return name.endsWith('s') ? `${name}’` : `${name}’s`;
}

function by(preposition: string, place: { readonly name: string } | undefined): string {
  return place ? ` ${preposition} ${place.name}` : '';
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function number(people: number): string {
  return people.toLocaleString('en');
}
