/**
 * Answers to commands in English; the other languages have the same keys. What people type stays
 * English in all of them.
 */

import type { Topic } from '../../kinds.ts';
import type { Line, Part } from '../../message.ts';
import type { WrongReason } from '../../model/alert.ts';
import type { FeedKind, Tier } from '../../model/feed.ts';
import type { DropReason, Severity } from '../../model/finding.ts';
import { formsOf, lowerFirst } from '../forms.ts';
import { withArticle } from './alerts.ts';

const forms = formsOf({ locale: 'en-GB', more: (number) => `${number} more`, quoted: (text) => `“${text}”` });
const { count, list, echo } = forms;
const events = (number: number) => count(number, { one: 'event', other: 'events' });
const alerts = (number: number) => count(number, { one: 'alert', other: 'alerts' });
const subscriptions = (number: number) => count(number, { one: 'subscription', other: 'subscriptions' });
const sources = (number: number) => count(number, { one: 'source', other: 'sources' });
const within = (places: string | undefined, words: string | undefined) =>
  `${places === undefined ? '' : ` in ${places}`}${words === undefined ? '' : ` with ${words}`}`;

const common = {
  andMore: (number: number) => `and ${number} more`,
  example: (line: string) => `For example: ${line}`,
  watchesNothing: (line: string) => `This channel watches nothing yet. Try: ${line}`,
  coverage: (words: string) => `Coverage: ${words}.`,
  disclaimer:
    'Attaché repeats public sources, can miss or misread them, and replaces neither official advice nor registering with your embassy.',
  everywhere: 'everywhere',
  on: 'on',
  off: 'off',
};

const buttons = {
  undo: 'Undo',
  showLatest: 'Show latest',
  showThem: 'Show them',
  sample: 'Send a sample',
  dailyDigest: 'Daily digest',
  checkAgain: 'Check again',
  subscribe: 'Subscribe',
  watch: 'Watch',
  resume: 'Resume',
  end: (id: string) => `End ${id}`,
  unmute: (name: string) => `Unmute ${name}`,
};

/** Answers to input that cannot be carried out. */
const wrong = {
  mayNotChange: (command: string) => `You may not change what this channel gets: “${command}” needs the right to manage it.`,
  leftOver: (words: string, command: string) => `${echo(words)} is nothing that “${command}” knows.`,
  needs: (command: string, what: string) => `${command} needs: ${lowerFirst(what)}.`,
  noCommand: (name: string) => `No command ${echo(name)}.`,
  maybe: (what: string) => `${what}?`,
  helpLists: (line: string) => `${line} lists them.`,
  helpListsAll: (line: string, number: number) => `${line} lists them (${count(number, { one: 'command', other: 'commands' })}).`,
  noPlace: (typed: string) => `No place ${echo(typed)}.`,
  nameOne: 'Name a country such as Ukraine, or a region such as Sahel.',
  which: (typed: string) => `Which ${typed}?`,
  manyCountries: (number: number, names: readonly string[]) => `That is ${number} countries: name one, such as ${list(names)}.`,
  oneAtATime: (line: string) => `One place at a time: ${line}`,
  namePlace: (line: string) => `Name a place: ${line}; or subscribe everywhere.`,
  nameGovernments: (line: string) => `Name governments after “from”: ${line}; or subscribe everywhere.`,
  nameWords: (option: string, line: string) => `Name words after “${option}”: ${line}`,
  tooManyWords: (most: number, option: string) => `At most ${most} words or quoted phrases after “${option}”.`,
  switchOnly: (option: string, typed: string) => `No ${option} ${echo(typed)}. Say on or off.`,
  noTopic: (typed: string, all: readonly string[]) => `No topic ${echo(typed)}. There are ${list(all, 20)}, or everything.`,
  nameTopics: (all: readonly string[]) => `Name topics after “about”: ${list(all, 20)}.`,
  noSeverity: (typed: string) => `No severity ${echo(typed)}. There are info, notice, warning and critical.`,
  noQuiet: (typed: string) => `No quiet hours ${echo(typed)}. Use times such as 23-07 or 22:30-06:30, or off.`,
  noDuration: (typed: string) => `No time ${echo(typed)}. Use 6h, 24h, 3d or 2w, at most 90 days; or off.`,
  noDigest: (typed: string) => `No digest ${echo(typed)}. Use daily 08:00, weekdays 08:00, weekly mon 07:30, cron and five fields, or off.`,
  /** @param problem in English, from the cron parser */
  noDigestPlan: (typed: string, problem: string) => `No digest ${echo(typed)}: ${problem}.`,
  onceAnHour: 'A digest comes at most once an hour.',
  noZone: (typed: string) => `No time zone ${echo(typed)}. Use a name such as Europe/Kyiv or UTC.`,
  noZoneNear: (typed: string, near: readonly string[]) => `No time zone ${echo(typed)}. ${near.map((zone) => `${zone}?`).join(' ')}`,
  noLanguage: (typed: string, all: string) => `No language ${echo(typed)} yet. There are ${all}.`,
  noPing: (typed: string) => `No one to ping in ${echo(typed)}. Pick a role, group or person, or say off.`,
  noEscalation: (typed: string) =>
    `No escalation ${echo(typed)}. Say how long and whom: 15m and a role, group or person (1 minute to 12 hours), or off.`,
  /** @param names permissions by the English names that Discord shows */
  lacksPermissions: (names: readonly string[]) => `give me ${list(names)} (Edit Channel → Permissions)`,
  notInvited: 'type /invite @attache here',
  mayNotMention: (role: string) =>
    `I may not mention @${role}: allow anyone to @mention it (Server Settings → Roles), or give me Mention Everyone here`,
  severalEvents: (typed: string, ids: readonly string[]) =>
    `${echo(typed)} begins the ids of ${ids.length} events: ${list(ids)}. Type more of it.`,
};

const subscribing = {
  watching: (filter: string, caught: string, open: number) => `Watching ${filter}. The last 30 days: ${caught}. Open now: ${open}.`,
  previewed: (filter: string, caught: string) => `${filter}: ${caught} in the last 30 days`,
  alerts: (number: number, isLeast: boolean) => `${isLeast ? 'at least ' : ''}${alerts(number)}`,
  already: (id: string) => `This channel watches that already: subscription ${id}.`,
  tooMany: (most: number, line: string) => `This channel has ${most} subscriptions, the most there can be: end one with ${line} first.`,
  cannotPost: 'Saved, but I cannot post here yet',
  widerCatches: (id: string) => `Subscription ${id} catches all of this already`,
  endWider: (filter: string, line: string) => `: ${filter}. To hear of nothing else, end it: ${line}`,
  zone: (zone: string, whence: string) => `Zone: ${zone}${whence}.`,
  zoneUnknown: (line: string) => ` (none known; ${line} sets one)`,
  zoneOfProfile: ' (your profile)',
  zoneOfChannel: ' (this channel’s)',
  language: (name: string, line: string) => `Language: ${name}; ${line} sets another.`,
  paused: 'This channel is paused',
  resumes: (line: string) => `: ${line} starts it again.`,
  undo: (id: string, line: string) => `Subscription ${id}; to undo: ${line}`,
  subscriptions,
  muted: 'Muted',
  settings: 'Settings',
  none: 'This channel has no subscription.',
  allEnded: (number: number) => `${subscriptions(number)} ended: this channel watches nothing now.`,
  noSuch: (typed: string, ids: readonly string[]) =>
    `No subscription ${echo(typed)}. There ${ids.length === 1 ? 'is' : 'are'} ${list(ids, 20)}; or all.`,
  ended: (id: string, filter: string) => `Subscription ${id} ended: ${filter}.`,
  endedMany: (ids: readonly string[]) => `Subscriptions ${list(ids, 20)} ended.`,
  nothingLeft: 'This channel watches nothing now.',
  left: (line: string, number: number) => `${line} shows ${number === 1 ? 'the one that is left' : `the ${number} that are left`}.`,
  goesOn: (id: string, filter: string) => `Subscription ${id} goes on with ${filter}.`,
  stillEverywhere: (ids: readonly string[]) => `Subscription ${list(ids)} still watches everywhere.`,
  noneNames: (places: string) => `No subscription of this channel names ${places}.`,
  noLonger: (places: string) => `No longer watching ${places}`,
};

const severity: Readonly<Record<Severity, string>> = { 0: 'Unchanged', 1: 'Info', 2: 'Notice', 3: 'Warning', 4: 'Critical' };

/** The filter of a subscription. */
const filter = {
  aboutEverything: 'about everything',
  about: (topics: readonly Topic[]) => `about ${list(topics.map((topic) => topic.replaceAll('-', ' ')))}`,
  from: (governments: readonly string[]) => `from ${list(governments)}`,
  with: (words: readonly string[]) => `with ${list(words.map((word) => `“${word}”`))}`,
  without: (words: readonly string[]) => `without ${list(words.map((word) => `“${word}”`))}`,
  least: (least: Severity) => (least === 4 ? 'Critical only' : `${severity[least]} and up`),
  sendingState: (governments: readonly string[]) => {
    const who = list(governments, 3);
    return `“From ${who}” is the sending State: whose missions, staff, citizens, ambassadors or advice it is. Of expulsions it takes those of diplomats from ${who}, whoever expels them, and not those by ${who}.`;
  },
};

const muting = {
  nothing: 'Nothing is muted here.',
  nothingYet: (line: string) => `Nothing is muted here. For a time: ${line}`,
  notMuted: (name: string, line: string) => `${name} is not muted here. ${line} shows what is.`,
  tooMany: (most: number, line: string) => `This channel mutes ${most} things, the most there can be. ${line} shows them.`,
  everything: 'Everything',
  event: (id: string) => `Event ${id}`,
  unmuted: (name: string) => `${name} is unmuted. Nothing was withheld.`,
  withheld: (name: string, number: number) => `${name} is unmuted. Withheld meanwhile: ${events(number)}`,
  more: (number: number, line: string) => `and ${number} more: ${line}`,
  muted: (name: string) => `${name} is muted.`,
  until: (at: Part, passes: string, line: string): Line => ['Until ', at, `. ${passes}; the digest and ${line} show the rest.`],
  criticalPasses: 'A new Critical event there still comes, and a Correction',
  correctionPasses: 'A Correction still comes',
  graverPasses: 'It still comes if it becomes graver, and a Correction',
  mutes: (number: number) => count(number, { one: 'mute', other: 'mutes' }),
  mutedUntil: (name: string, at: Part): Line => [{ strong: name }, ' until ', at],
  mayNot: 'You may not mute in this channel: that needs the right to manage it.',
  notKept: 'That alert is no longer kept.',
  which: (act: string) => `Mute what, and for how long? ${act}`,
  eventDay: 'This event, 24 h',
  eventWeek: 'This event, 7 days',
  placeDay: (place: string) => `${place}, 24 h`,
};

const settings = {
  title: 'Settings of this channel',
  saved: 'Saved',
  savedWithoutMaps: 'Saved. A terminal shows no maps; Slack and Discord do',
  savedIdle: 'Saved. A digest comes once this channel watches something: subscribe first',
  unchanged: (problem: string) => `${problem}. Nothing was changed.`,
  toChange: (line: string) => `To change one: ${line}`,
  paused: (line: string) => `Paused: no alerts and digests in this channel until ${line}`,
  notPaused: 'This channel is not paused.',
  resumed: (line: string) => `Alerts again, from now on. What came meanwhile: ${line}`,
  quiet: (from: string, to: string) => ` ${from} to ${to}; Critical passes`,
  digest: (plan: string, next: Part): Line => [` ${plan}, next `, next],
  ping: (whom: string) => ` ${whom}, for Critical`,
  escalate: (whom: string, minutes: number) => ` ${whom}, where nobody acknowledges a Critical within ${minutes} min`,
  pausedLine: ['paused', ' until you say resume'] as readonly [string, string],
};

const countries = {
  advice: 'Travel advice',
  missions: 'Missions',
  open: 'Open events',
  changed: 'Changed in 30 days',
  noMissionChange: 'No change of a mission known.',
  noneKnown: 'None known.',
  coverage: (words: string) => `Coverage: ${words}. Unknown is not all clear. Not official advice.`,
  coverageAlone: (words: string) => `Coverage: ${words}. Not official advice.`,
  strictest: (who: readonly string[], level: string) => `${list(who, 6)}: ${level}`,
  noLevel: 'no level of advice known',
  notNormal: (number: number) => `${count(number, { one: 'mission', other: 'missions' })} not working normally`,
  openEvents: (number: number) => count(number, { one: 'open event', other: 'open events' }),
  noRegister: 'No register of advice is read: unknown, not all clear.',
  silent: (issuers: readonly string[]) => `No advice read from ${list(issuers, 12)}: unknown, not all clear.`,
  noChange: (government: string, country: string) => `${government} embassy, ${country}: no change known; that is not all clear.`,
  known: 'Known',
  since: (at: Part): Line => [' since ', at],
  read: (at: Part): Line => ['read ', at],
  confirmedBy: (source: string) => ` (confirmed by ${withArticle(source)})`,
  reportedBy: (source: string) => ` (reported by ${source})`,
  levelNotStated: 'level not stated',
  parts: (advice: readonly string[]) => ` · for parts: ${advice.join('; ')}`,
  workingFrom: (city: string) => `working from ${city}`,
  mission: ({ who, post, city, where }: MissionWords) => `${who} ${post}${city ? ` (${city})` : ''}: ${where}`,
};

export interface Outbox {
  readonly waiting: number;
  /** How many of them quiet hours hold back; empty if none. */
  readonly held: Line;
  readonly unknown: number;
  readonly dead: number;
  readonly version: string;
}

export interface MissionWords {
  /** The sending State. */
  readonly who: string;
  readonly post: 'embassy' | 'consulate' | 'mission';
  readonly city: string | undefined;
  /** Its posture, or where it works from. */
  readonly where: string;
}

const drop: Readonly<Record<DropReason, string>> = {
  'nothing-relevant': 'nothing in it is about travel advice or missions',
  'no-frame': 'it has words of ours, but tells no act of a State',
  'not-a-state': 'no State acts in it: a company, an agency, an army or a club does',
  local: 'it stays within one country',
  considered: 'it is only considered, not decided',
  denied: 'it is denied',
  historic: 'it tells of the past',
  followup: 'it follows up something that was told before',
  routine: 'it is routine: holidays or office hours',
  'low-confidence': 'it was not clear enough to alert',
  'unchanged-advice': 'the advice was reissued or reworded at the same level',
  old: 'it was published too long ago to alert',
  held: 'a lowered level must stand a while before it is believed',
  placeholder: 'the register had a row without its text',
  'stale-row': 'the row is older than what was already accepted',
  redated: 'the register gave most of its rows a new date at once',
  'set-aside': 'an error of Attaché itself kept it from being read; the log says more',
};

const happened = {
  nothing: (places: string | undefined, words: string | undefined) => `Nothing${within(places, words)}, as far as Attaché has seen.`,
  found: (number: number, isAll: boolean, places: string | undefined, words: string | undefined) =>
    `${isAll ? '' : 'The latest '}${events(number)}${within(places, words)}`,
  noAlert: (typed: string, line: string) => `No alert ${echo(typed)}. Its id stands with it, such as 1a2b3c; ${line} shows them.`,
  notAlerted: (why: string) => `Not alerted: ${why}.`,
  nothingCame: 'nothing came of it',
  firstRead: 'it was known from a first read, or was too old',
  why: (id: string) => `Why ${id}`,
  matched: (ids: readonly string[]) => `Matched by subscription ${list(ids, 20)} of this channel.`,
  notMatched: 'No subscription of this channel matches it.',
  because: (reasons: readonly string[]) => `Told because: ${reasons.join('; ')}.`,
  readAs: (kind: string, status: string, sure: string, from: string) => `Read as: ${kind}, ${status}, ${sure} sure (alerts from ${from}).`,
  rule: (name: string, said: string) => `Rule ${name}: ${said || 'no words recorded'}.`,
  /** Words that a finding rests on, with their role: `actor “US”`. */
  evidence: (role: string, words: string) => `${role} “${words}”`,
  tier: { official: 'official', wire: 'news agency', media: 'media' } satisfies Record<Tier, string> as Readonly<Record<Tier, string>>,
  drop,
};

const wrongReasons: Readonly<Record<WrongReason, string>> = {
  'no-news': 'No such thing happened',
  'wrong-place': 'Wrong country',
  'wrong-kind': 'Another kind of news',
  'not-happening': 'Only talked about',
  old: 'Old news',
  repeated: 'Told before',
};

const feedback = {
  reasons: wrongReasons,
  mayNotAcknowledge: 'You may not acknowledge alerts in this channel: that needs the right to manage it.',
  notHere: 'That alert is not in this channel.',
  alreadyAcknowledged: 'You acknowledged it already.',
  at: (at: Part): Line => ['At ', at],
  acknowledged: 'Acknowledged.',
  neverAlerted: 'That was never alerted.',
  noAlert: (typed: string) => `No alert ${echo(typed)} is kept.`,
  notedReason: (reason: WrongReason) => `Noted: ${wrongReasons[reason].toLowerCase()}. Thank you.`,
  notedWords: (words: string) => `Noted: ${echo(words)}. Thank you.`,
  whatWasWrong: 'Noted, with the reports it rests on. What was wrong?',
};

/** Status of Attaché and its sources. */
const status = {
  readable: (seen: number, all: number) => `${seen} of ${sources(all)} can be read`,
  unreadable: (lost: number, all: number) => `${lost} of ${sources(all)} cannot be read`,
  health: { ok: 'ok', waiting: 'waiting', slowed: 'slowed', blind: 'blind', frozen: 'frozen', gone: 'gone' } as Readonly<
    Record<string, string>
  >,
  notAsked: 'not asked yet',
  since: (at: Part): Line => [' since ', at],
  held: (number: number, at: Part): Line => [` (${number} held by quiet hours here until `, at, ')'],
  messages: ({ waiting, held, unknown, dead, version }: Outbox): Line => [
    `Messages: ${waiting} waiting`,
    ...held,
    `, ${unknown} unknown, ${dead > 0 ? `${dead} dead` : 'none dead'}. Version ${version}.`,
  ],
  away: (at: Part, reason: string): Line => [' not connected since ', at, ` · ${reason}; it is tried again`],
  feedKind: { news: 'news', mission: 'mission', register: 'register' } satisfies Record<FeedKind, string> as Readonly<
    Record<FeedKind, string>
  >,
  every: (minutes: number) => `every ${minutes} min`,
  terms: (terms: 'unverified' | 'private') => `terms ${terms}`,
  feeds: (on: number, off: number) => `${on} sources on, ${off} off`,
  whoAdds: 'Whoever runs Attaché adds sources, in config/feeds.yaml.',
  noDigest: (typed: string, line: string) => `${echo(typed)} is nothing that “digest” knows. Scheduled ones: ${line}`,
  cannotPost: (why: string) => `I cannot post here yet: ${why}.`,
  canPost: 'I can post here.',
  undelivered: (number: number) => `${count(number, { one: 'message', other: 'messages' })} could not be delivered here so far.`,
  watchesNothing: (line: string) => `This channel watches nothing yet: ${line}`,
  help: 'Attaché: travel advisories and embassy moves',
  optional: ' (optional)',
  noRegister: 'no register of advice',
  advice: (issuers: string) => `advice ${issuers}`,
  noMission: 'no mission feed',
  missions: (governments: string) => `mission feeds ${governments}`,
  noNews: 'no news',
  news: (languages: string) => `news in ${languages}`,
  notRead: (blind: number, all: number) => ` (${blind} of ${all} not read)`,
};

const sample = {
  outlet: 'An outlet',
  title: 'US moves embassy in Ukraine from Kyiv to Lviv',
  summary: 'An invented report: this is what an alert looks like. Nothing happened.',
  mark: 'SAMPLE, nothing happened',
};

/** Sent to the people whose subscriptions stop. */
const gone = {
  removed: (channel: string, number: number) =>
    `Attaché was removed from ${channel}, or it is gone or archived: ${subscriptions(number)} there ${number === 1 ? 'is' : 'are'} paused`,
  unnamed: (id: string) => `the channel ${id}`,
  elsewhere: 'To have them in another channel, say there:',
  back: (line: string) => `Back in the same channel, ${line} starts them again.`,
};

/** Texts of the platforms themselves, around answers and in forms. */
const platform = {
  failed: 'That failed, and it is not your doing: whoever runs Attaché finds it in the log.',
  tryAgain: 'That went wrong here. Please try again in a minute.',
  notDone: (problem: string) => `Not done: ${problem}. Try again in a minute.`,
  ownError: 'Not done: an error of Attaché itself, which its log names.',
  nowhere: 'Discord does not say in which channel this is. Please say it in a channel.',
  typeCountry: 'Begin to type a country',
  typeCity: 'Begin to type a city',
  chooseTopics: 'Choose topics',
  chooseOne: 'Choose one',
  home: {
    title: 'What your channels get',
    noScope: 'I may not see which channels you are in: that needs the scopes channels:read and groups:read.',
    noAnswer: 'Slack did not say just now which channels you are in. Open this tab again in a minute.',
    nothing: (line: string) => `None of your channels watches anything yet. Type ${line} in one of them.`,
    more: (number: number, line: string) => `And ${number} more: ${line} shows it in each channel.`,
  },
};

export const answers = {
  forms,
  common,
  buttons,
  wrong,
  subscribing,
  filter,
  muting,
  settings,
  countries,
  happened,
  feedback,
  status,
  sample,
  gone,
  platform,
};
