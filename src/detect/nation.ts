/** Whether the nations of a finding fit: a State protects its own citizens, and an evacuation crosses a border. */
import { traits } from '../kinds.ts';
import type { Finding } from '../model/finding.ts';
import type { Veto } from './guards.ts';
import type { Matched } from './match-frames.ts';
import { isAdjunct, nationalityOf, sameClause } from './phrases.ts';
import { has, type Text } from './units.ts';
import { placesOf } from './where.ts';

export function fitsNation(text: Text, matched: Matched, finding: Finding): Veto | undefined {
  if (finding.kind === 'travel-advisory' || finding.kind === 'security-alert')
    return adviceToOthers(matched) ?? adviceAtHome(text, matched, finding);
  if (finding.kind === 'evacuation') return staysWithin(text, matched, finding);
  if (traits[finding.kind].ofStaff) return staffOfOthers(text, matched, finding);
  if (finding.kind === 'diplomatic-expulsion') return notDiplomatic(text, matched, finding);
  return undefined;
}

/** "Ukrainians urged to leave Donetsk": those who live there, not those whom their State protects abroad. */
function adviceAtHome(text: Text, { act }: Matched, { sender, hosts }: Finding): Veto | undefined {
  if (sender === undefined || hosts.length > 0) return undefined;
  const home = placesOf(text).some(({ name, from }) => name.country === sender && name.role === 'city' && isAdjunct(text, from));
  return home ? { reason: 'local', guard: act, row: 'advice at home' } : undefined;
}

/** "Israel tells Iranians not to travel by train": no advice to its own. */
function adviceToOthers({ citizens, actor, mission, act }: Matched): Veto | undefined {
  const nation = citizens?.nationality;
  if (citizens && !citizens.own && nation === undefined) return { reason: 'not-a-state', guard: citizens.from, row: 'advice to others' };
  const speaker = actor?.country ?? mission?.sender?.name.country;
  if (nation === undefined || speaker === undefined || nation === speaker || actor?.others.includes(nation)) return undefined;
  return { reason: 'not-a-state', guard: citizens?.from ?? act, row: 'advice to others' };
}

/** A State sends its own staff away; another's it expels. */
function staffOfOthers(text: Text, { mission, actor, act, taken }: Matched, finding: Finding): Veto | undefined {
  // Families and staff are those of diplomats where a mission, diplomats or a State that sends them are named.
  const diplomatic = ['embassy', 'consulate', 'post', 'diplomat', 'nonessential'] as const;
  // "Ordered departure" is said of nobody else.
  const isTerm =
    has(text, act, 'ordered-departure', 'authorized-departure') && taken.some((one) => has(text, one.from, 'staff', 'families'));
  if (!isTerm && finding.sender === undefined && !diplomatic.some((tag) => text.tags.has(tag)))
    return { reason: 'not-a-state', guard: act, row: 'staff of others' };
  if (has(text, act, 'leave') && !mission && !leavesForGood(text, taken, finding))
    return { reason: 'not-a-state', guard: act, row: 'staff of others' };
  const staff = taken.find((one) => has(text, one.from, 'staff', 'diplomat', 'families'));
  const owner = mission?.sender?.name ?? (staff && nationalityOf(text, staff.from, staff.to)?.name);
  // No mission stands in a union of States: its name says whose they are.
  const isWhose = owner?.role === 'demonym' || owner?.country === 'UN' || owner?.country === 'EU';
  const others = owner !== undefined && isWhose && actor?.country !== undefined && owner.country !== actor.country;
  return others ? { reason: 'not-a-state', guard: act, row: 'staff of others' } : undefined;
}

/** "British diplomats leave Haiti": whose they are is said, and no meeting there stands behind the place. */
function leavesForGood(text: Text, taken: Matched['taken'], { sender }: Finding): boolean {
  const place = taken.find((one) => one.place);
  const next = place && text.units[place.to];
  const isNoun = next !== undefined && (next.tags.size === 0 || next.tags.has('considered-n'));
  const isMeeting = isNoun && place !== undefined && sameClause(text, place.from, place.to) && !next.comma;
  return sender !== undefined && !isMeeting;
}

function staysWithin(text: Text, matched: Matched, finding: Finding): Veto | undefined {
  const { citizens, actor, act } = matched;
  // People of the place where they are: "Philippines evacuates 100,000", "Thousands of Californians evacuated".
  const nation = actor?.country ?? citizens?.nationality;
  const home = placesOf(text).some(({ name, from }) => name.role !== 'citizens' && name.country === nation && isAdjunct(text, from));
  // "Staff evacuated": whose, nobody says.
  const anybodys =
    finding.sender === undefined &&
    !matched.mission &&
    matched.taken.some((one) => one.citizens && has(text, one.to - 1, 'staff', 'families'));
  if (anybodys) return { reason: 'not-a-state', guard: act, row: 'stays within a country' };
  if (home && !finding.hosts.some((host) => host !== actor?.country)) return { reason: 'local', guard: act, row: 'stays within a country' };
  return undefined;
}

/** Officials and staff are diplomats only of another State; ties are diplomatic only between States. */
function notDiplomatic(text: Text, matched: Matched, finding: Finding): Veto | undefined {
  const staffOnly = matched.taken.some((one) => has(text, one.from, 'staff') && !has(text, one.from, 'diplomat', 'ambassador'));
  const isTies = matched.taken.some((one) => has(text, one.from, 'ties') && !has(text, one.from, 'relations'));
  // To order one's own diplomats to leave is no expulsion.
  const ordered =
    has(text, matched.act, 'order', 'advise') &&
    !matched.taken.some((one) => one.place) &&
    (finding.sender === undefined ||
      finding.hosts.length === 0 ||
      !matched.taken.some(
        (one) => one.mission?.sender ?? (has(text, one.from, 'diplomat', 'ambassador', 'spy') && nationalityOf(text, one.from, one.to)),
      ));
  if (ordered) return { reason: 'not-a-state', guard: matched.act, row: 'no diplomats' };
  // "cuts ties with U.N. chief": with a person.
  const partner = isTies ? matched.taken.find((one) => one.place) : undefined;
  const behind = partner && text.units[partner.to];
  const isPerson = behind !== undefined && behind.clause === matched.clause && !behind.comma && behind.tags.size === 0 && !behind.name;
  if (isPerson) return { reason: 'not-a-state', guard: matched.act, row: 'no diplomats' };
  return (staffOnly || isTies) && finding.sender === undefined
    ? { reason: 'not-a-state', guard: matched.act, row: 'no diplomats' }
    : undefined;
}
