/**
 * The nouns of Attaché, in the order in which a story meets them. This file imports nothing but the table of kinds.
 *
 * Instants are epoch milliseconds (UTC) everywhere: a number survives JSON, both databases and a replay unchanged.
 */
import type { Kind, Posture, Topic } from './kinds.ts';

export type { Kind, Posture, Topic } from './kinds.ts';

/** Epoch milliseconds, UTC. */
export type Instant = number;

/** ISO 3166-1 alpha-2 in upper case, and XK (Kosovo), EU and UN, which send missions without standing in the norm. */
export type CountryCode = string;

/** An expected failure, in the place of a value: one line that says what is wrong and, where somebody can mend it, how. */
export interface Problem {
  readonly problem: string;
}

/** The same of a file, whose mistakes are better mended together: a line for each. */
export interface Problems {
  readonly problems: readonly string[];
}

// ---------------------------------------------------------------- collect

export type FeedKind = 'news' | 'mission' | 'register';

/** How far a source is from the fact: the issuer itself, a news agency, an outlet. */
export type Tier = 'official' | 'wire' | 'media';

export interface Feed {
  readonly id: string;
  readonly url: string;
  readonly kind: FeedKind;
  readonly tier: Tier;
  /** The publisher as it is named in an alert: "BBC News". */
  readonly source: string;
  /** The sending State of a mission feed, the issuer of a register. */
  readonly sender?: CountryCode;
  /** The receiving State of a mission feed. */
  readonly host?: CountryCode;
  /** BCP 47 language of its texts. */
  readonly language: string;
  /** Which register reader understands the document. */
  readonly reader?: string;
  readonly everyMinutes: number;
  readonly licence: string;
  readonly attribution: string;
  readonly terms: 'open' | 'unverified' | 'private';
  readonly on: boolean;
}

export interface FeedItem {
  /** Unique within its feed: guid, canonical link or a hash. */
  readonly id: string;
  readonly feedId: string;
  /** Absolute http(s) address, or empty where the feed gives none. */
  readonly url: string;
  /** Plain text. */
  readonly title: string;
  /** Plain text. */
  readonly summary: string;
  /** Plain text; dropped after detection, never stored. */
  readonly body?: string;
  readonly language?: string;
  readonly publishedAt?: Instant;
  readonly fetchedAt: Instant;
}

/** One row of a government's register of travel advice, as one document states it. */
export interface AdviceRow {
  readonly issuer: CountryCode;
  readonly countries: readonly CountryCode[];
  readonly area?: string;
  /** Absent where the document does not state one. */
  readonly level?: Level;
  /** The issuer's own words for the level. */
  readonly nativeText: string;
  readonly regional: readonly RegionalAdvice[];
  readonly publishedAt?: Instant;
  readonly url: string;
  readonly title: string;
  /** What the issuer says has changed. */
  readonly note?: string;
  readonly body?: string;
}

export interface RegionalAdvice {
  readonly area?: string;
  readonly level: Level;
  readonly nativeText: string;
}

/** An item together with where it comes from: what the later stages need to know of a feed. */
export interface Story {
  readonly item: FeedItem;
  readonly source: string;
  readonly tier: Tier;
  readonly feedKind: FeedKind;
  /** Part of a feed's first poll: it fills the ledger and the open events and alerts nothing. */
  readonly baseline: boolean;
}

// ---------------------------------------------------------------- detect

/** CAP 1.2 certainty: happening Observed, planned Likely, considered Possible, denied Unlikely. */
export type Status = 'happening' | 'planned' | 'considered' | 'denied' | 'historic' | 'followup';

/** 0 never alerts; 1 Info, 2 Notice, 3 Warning, 4 Critical. A word in chat, never a number. */
export type Severity = 0 | 1 | 2 | 3 | 4;

/** The common scale of advice; the issuer's own words always stand beside it. */
export type Level = 1 | 2 | 3 | 4;

export const directions = ['issued', 'raised', 'lowered', 'reissued', 'text-changed'] as const;
export type Direction = (typeof directions)[number];

export type Post = 'embassy' | 'consulate' | 'mission';

/** A city, by its English name, and the country that it lies in. */
export interface Place {
  readonly name: string;
  readonly country: CountryCode;
}

/** The words a finding rests on. Offsets are UTF-16 in the field as given, the end exclusive. */
export interface Evidence {
  readonly field: 'title' | 'summary' | 'body';
  readonly start: number;
  readonly end: number;
  /** What the words stand for: actor, act, object, sender, host, from, to, level, people, guard. */
  readonly role: string;
  /** The frame or guard that read them. */
  readonly rule: string;
}

/** What an act is beyond its kind. */
export interface ActDetails {
  /** What is closed to travellers, or reopens. */
  readonly crossing?: 'airport' | 'airspace' | 'border';
  readonly reopens?: true;
  /** Relations are severed. */
  readonly severed?: true;
  /** The text says that it happened again. */
  readonly again?: true;
}

export interface Finding {
  readonly kind: Kind;
  readonly status: Status;
  /** The sending State: whose mission, diplomats or advice it is. */
  readonly sender?: CountryCode;
  /** Further States that do the same thing together with the sender: "UK and US close embassies". */
  readonly jointly?: readonly CountryCode[];
  /** The receiving States: where the post is, what the advice is about, whose border closes. */
  readonly hosts: readonly CountryCode[];
  /** A named region that is no country: "Gulf", "Crimea". */
  readonly area?: string;
  readonly post?: Post;
  readonly from?: Place;
  readonly to?: Place;
  readonly people?: number;
  /** Who leaves are the mission's own people, not citizens. */
  readonly whom?: 'staff';
  readonly level?: Level;
  readonly previousLevel?: Level;
  /** The issuer's own words for the level. */
  readonly nativeText?: string;
  readonly direction?: Direction;
  readonly scope: 'country' | 'regional';
  readonly temporary?: boolean;
  readonly details?: ActDetails;
  readonly severity: Severity;
  /** 0 to 1; alerts from `alertFrom` up. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
}

/** Findings stored before there were details say them in the rules of their evidence. */
export function detailsOf({ details, evidence }: Finding): ActDetails {
  if (details) return details;
  const says = (word: string) => evidence.some(({ rule }) => rule.includes(word));
  const crossing = (['airport', 'airspace', 'border'] as const).find(says);
  return {
    ...(crossing && { crossing }),
    ...(says('reopen') && { reopens: true }),
    ...(says('sever') && { severed: true }),
    ...(evidence.some(({ role }) => role === 'again') && { again: true }),
  };
}

/** Every State that acts in a finding, the sender first. */
export function sendersOf({ sender, jointly = [] }: Finding): readonly CountryCode[] {
  return sender === undefined ? jointly : [sender, ...jointly];
}

/** A finding below this confidence never alerts by itself. */
export const alertFrom = 0.8;

/** From here up to `alertFrom` what would be Critical is told as unconfirmed, to those who named the country. */
const unconfirmedFrom = 0.6;

export function isUnconfirmed({ status, severity, confidence }: Finding): boolean {
  const present = status === 'happening' || status === 'planned';
  return present && severity === 4 && confidence >= unconfirmedFrom && confidence < alertFrom;
}

export function isAlertable(finding: Finding): boolean {
  const present = finding.status === 'happening' || finding.status === 'planned';
  return present && finding.severity >= 1 && finding.confidence >= alertFrom;
}

/** Why an item ended without an alert. A closed list: `why` and `replay` show it. */
export const dropReasons = [
  'nothing-relevant', // no word of ours in it
  'no-frame', // words of ours, but no act of a State
  'not-a-state', // a company, an aid agency, an army or a club acts
  'local', // an evacuation or closure within a country
  'considered',
  'denied',
  'historic',
  'followup',
  'routine', // holidays, office hours
  'low-confidence',
  'unchanged-advice', // reissued or re-worded at the same level
  'old', // published too long ago to alert
  'held', // a lowered level that must stand before it is believed
  'placeholder', // a register's row without its text
  'stale-row', // older than what was already accepted
  'redated', // a register re-dated most of its rows at once
  'set-aside', // an error of ours: it is recorded so that it cannot hold up the rest of its feed
] as const;
export type DropReason = (typeof dropReasons)[number];

// ---------------------------------------------------------------- group

export interface SourceRef {
  readonly itemId: string;
  readonly feedId: string;
  readonly source: string;
  readonly tier: Tier;
  readonly title: string;
  readonly summary?: string;
  readonly url: string;
  readonly language?: string;
  readonly publishedAt?: Instant;
  readonly seenAt: Instant;
  /** Which acts it reports: it counts for these claims and no others. None where it denies them; absent of reports kept before this was. */
  readonly acts?: readonly Kind[];
  /** The words in its own title and summary that its findings rest on. */
  readonly evidence?: readonly Evidence[];
}

/** What many outlets say of one act: it stays open while reports may still join it. */
export interface NewsEvent {
  /** A hash of the first item and the finding's place in it. */
  readonly id: string;
  /** From 1; rises with every change that readers must be told. */
  readonly revision: number;
  /** Absent until an alert was raised: a baseline or a mere rumour never swallows the alert that follows. */
  readonly alertedRevision?: number;
  /** The revision that was told as unconfirmed, before anything sure was known. */
  readonly unconfirmedRevision?: number;
  /** What is known now: the slots of all reports joined. */
  readonly finding: Finding;
  readonly sources: readonly SourceRef[];
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  readonly state: 'open' | 'lifted' | 'corrected' | 'closed';
  /** When it was lifted or corrected. */
  readonly endedAt?: Instant;
  /** The event this one follows: the next phase of a crisis, the next level of advice, tit for tat. */
  readonly follows?: string;
  /** Every act that was told of it, in order; absent where `finding` is the only one. */
  readonly acts?: readonly ReportedAct[];
  /** What readers were last notified of: later reports that only count more outlets leave it as it is. */
  readonly lastTold?: LastTold;
}

export interface ReportedAct {
  readonly kind: Kind;
  readonly status: Status;
  /** What is known of this act; absent of acts kept before this was. */
  readonly finding?: Finding;
}

export interface LastTold {
  readonly kind: AlertKind;
  readonly because: readonly Reason[];
  readonly previous?: Finding;
  readonly at: Instant;
}

/** Why a change is told. A closed list: `replay` and the alert's own text show it. */
export const changeReasons = [
  'first-report',
  'became-alertable', // known before, alertable only now
  'severity-rose',
  'status-rose', // planned, now happening
  'level-known',
  'level-raised',
  'level-lowered',
  'posture-changed',
  'city-known',
  'number-known',
  'host-added',
  'officially-confirmed',
  'reopened',
  'denied-by-official',
  'new-phase',
  'raised-together', // more levels raised in one poll than is usual
] as const;
export type Reason = (typeof changeReasons)[number];

export type Change =
  | {
      readonly kind: 'new' | 'lifted' | 'correction';
      readonly event: NewsEvent;
      /** What was known before: of a lifted or corrected event. */
      readonly previous?: Finding;
      readonly because: readonly Reason[];
    }
  | {
      readonly kind: 'update';
      readonly event: NewsEvent;
      readonly previous: Finding;
      readonly because: readonly Reason[];
    }
  | {
      readonly kind: 'repeat';
      readonly event: NewsEvent;
      /** Another independent outlet reports what was told: the living message counts it. */
      readonly counted?: true;
    };

/** What Attaché holds to be true now: answers come from here, not from messages. */
export type LedgerEntry = PostureEntry | AdviceEntry;

export interface PostureEntry {
  readonly kind: 'posture';
  readonly sender: CountryCode;
  readonly host: CountryCode;
  readonly posture: Posture;
  readonly post?: Post;
  readonly from?: Place;
  readonly to?: Place;
  readonly since: Instant;
  readonly readAt: Instant;
  readonly eventId: string;
  readonly source: string;
  readonly tier: Tier;
  readonly url: string;
}

export interface AdviceEntry {
  readonly kind: 'advice';
  readonly issuer: CountryCode;
  readonly country: CountryCode;
  readonly area?: string;
  readonly level?: Level;
  readonly nativeText: string;
  readonly regional: readonly RegionalAdvice[];
  readonly since?: Instant;
  readonly readAt: Instant;
  readonly source: string;
  readonly tier: Tier;
  readonly url: string;
}

export type AlertKind = 'new' | 'update' | 'correction' | 'lifted';

/** One thing to tell, stored once, whoever it goes to. */
export interface Alert {
  /** `event@revision`; of a silent one with `+` and a mark of the report that was counted. */
  readonly id: string;
  readonly kind: AlertKind;
  readonly event: NewsEvent;
  readonly previous?: Finding;
  readonly because: readonly Reason[];
  /** The channel is notified again: severity rose or the posture worsened. */
  readonly escalates: boolean;
  readonly severity: Severity;
  /** Plain words, also the notification text. */
  readonly headline: string;
  readonly at: Instant;
  /** The event, told already, that brought this advice about: where it stands, the advice is not told apart. */
  readonly under?: string;
  /** Grave and not sure: for channels that named the country, without a ping. */
  readonly unconfirmed?: true;
  /** How many level changes of one poll this alert tells at once. */
  readonly together?: number;
  /** Only the count of outlets grew: the living message is edited, and nobody is notified. */
  readonly silent?: true;
}

/** The id that an alert's messages are stored under and that people see: `event@revision`. */
export function shownId({ event }: { readonly event: Pick<NewsEvent, 'id' | 'revision'> }): string {
  return `${event.id}@${event.revision}`;
}

/** The independent outlets among these sources: one for each publisher, and one for all who carry the same title (an agency's copy). */
export function outletsOf(sources: readonly SourceRef[]): readonly SourceRef[] {
  const seen = new Set<string>();
  return sources.filter(({ source, title }) => {
    const marks = [`by ${source.toLowerCase()}`, `as ${foldedTitle(title)}`];
    const known = marks.some((mark) => seen.has(mark));
    for (const mark of marks) seen.add(mark);
    return !known;
  });
}

/** The sources that tell an event as it stands now: of one that was lifted those since, since they tell the reopening. */
export function presentSources({ sources, endedAt = 0 }: NewsEvent): readonly SourceRef[] {
  return sources.filter(({ seenAt }) => seenAt >= endedAt);
}

/** Those of the present sources that report this act: what one outlet says of another act confirms nothing of it. */
export function claimSources(event: NewsEvent, kind: Kind = event.finding.kind): readonly SourceRef[] {
  return presentSources(event).filter(({ acts }) => acts === undefined || acts.includes(kind));
}

/** A title without case, punctuation and the outlet's name that some feeds add at its end. */
function foldedTitle(title: string): string {
  return title
    .replace(/ [-–—|] [^-–—|:\d]{2,40}$/u, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

// ---------------------------------------------------------------- match

export type PlatformName = 'slack' | 'discord' | 'webhook' | 'terminal';

/** `platform:workspace:channel`: one channel, and so one order of messages. */
export type LaneId = string;

/** Settings belong to the channel. */
export interface Channel {
  readonly lane: LaneId;
  /** IANA zone. */
  readonly zone: string;
  /** BCP 47 language of our own words. */
  readonly language: string;
  /** Hours in the channel's zone in which only Critical passes, with fractions for minutes: 22.5 is half past ten. */
  readonly quiet?: { readonly from: number; readonly to: number };
  readonly digest?: DigestPlan;
  /** Whom a Critical alert pings: a platform's own id. */
  readonly mention?: string;
  /** Whom to call where nobody acknowledged a Critical within so long; of alerts from `since` on. */
  readonly escalate?: { readonly afterMinutes: number; readonly mention: string; readonly since: Instant };
  /** Alerts carry a link to a map. */
  readonly map?: true;
  readonly pausedUntil?: Instant;
  readonly createdAt: Instant;
  /** What holds back for a time without ending a subscription. */
  readonly mutes?: readonly Mute[];
  /** What it was told that Attaché cannot see, and has not heard the end of. */
  readonly unseen?: CoverageGap;
}

/** One country or one event that a channel does not want to hear of for a time. A rise in severity and a Correction pass. */
export interface Mute {
  readonly about: { readonly country: CountryCode } | { readonly event: string };
  /** When it began; absent in what an older version kept. */
  readonly since?: Instant;
  readonly until: Instant;
  /** The gravest that was known when it began: what is graver passes. */
  readonly severity: Severity;
}

/** Whether a source is being read: one with nothing new is, one that does not answer is not. */
export const isSeen = ({ state }: { readonly state: string }): boolean => state === 'ok' || state === 'frozen' || state === 'slowed';

/** How many sources can be read, of how many: the one count that status, digests, notices and doctor give. */
export function countSeen(healths: readonly { readonly state: string }[]): { readonly ok: number; readonly all: number } {
  return { ok: healths.filter(isSeen).length, all: healths.length };
}

/** What cannot be seen: no news from there is no news. */
export interface CoverageGap {
  /** At least half of all sources cannot be read. */
  readonly half: boolean;
  /** No government's advice can be read. */
  readonly advice: boolean;
  /** Of the countries asked for, those whose official sources cannot be read, all of them. */
  readonly countries: readonly CountryCode[];
}

export interface DigestPlan {
  /** Five cron fields in the channel's zone. */
  readonly cron: string;
  readonly nextRunAt: Instant;
  /** The end of the time that the last digest covered. */
  readonly coveredUntil: Instant;
}

/** A subscription only filters. */
export interface Subscription {
  /** Short and unique within its channel: people type it. */
  readonly id: string;
  readonly lane: LaneId;
  readonly filter: EventFilter;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly pausedUntil?: Instant;
}

/** Options narrow and never add. */
export interface EventFilter {
  /** Absent: everywhere. */
  readonly countries?: readonly CountryCode[];
  readonly topics: readonly Topic[];
  /** Absent: every government. */
  readonly from?: readonly CountryCode[];
  readonly min: Severity;
  readonly with?: readonly string[];
  readonly without?: readonly string[];
}

// ---------------------------------------------------------------- send

/** Where a message stands on its platform. */
export interface MessageRef {
  readonly channel: string;
  readonly id: string;
  /** A permanent link, where the platform gives one. */
  readonly url?: string;
  /** People took the message away: it comes back only with worse news. */
  readonly removed?: true;
  /** There is no message of its own: it was told in a list with others, and its next change is told whole. */
  readonly listed?: true;
}

export interface Ack {
  readonly by: string;
  readonly at: Instant;
}

/** The living message of an event in a channel, as it stands there now. */
export interface Posting {
  readonly lane: LaneId;
  /** The event's id, or another subject that a message can be about. */
  readonly subject: string;
  readonly ref: MessageRef;
  readonly revision: number;
  readonly acks: readonly Ack[];
}

export type DeliveryState = 'ready' | 'sending' | 'unknown' | 'sent' | 'dead' | 'superseded';

/** post: a new message. edit: the living message takes its new form. reply: a note in its thread. */
export type Act = 'post' | 'edit' | 'reply';

export interface Delivery {
  /** hash(lane, subject, revision, act): sending it twice is the same delivery. */
  readonly key: string;
  readonly lane: LaneId;
  readonly subject: string;
  readonly revision: number;
  readonly act: Act;
  /** Which stored message it carries. */
  readonly messageId: string;
  readonly notBefore: Instant;
  readonly because: readonly string[];
  /** A post that becomes the living message of its subject; false for Correction and Lifted, digests and notices. */
  readonly living: boolean;
  readonly mention?: string;
  /** A Critical that is new, rose or is taken back: it overtakes what else waits, in its channel and on its platform. */
  readonly urgent?: true;
}

export const wrongReasons = ['no-news', 'wrong-place', 'wrong-kind', 'not-happening', 'old', 'repeated'] as const;
export type WrongReason = (typeof wrongReasons)[number];

/** A person's word that an alert was wrong, with what it rested on: the next evaluation's material. */
export interface Feedback {
  /** `event@revision` */
  readonly alertId: string;
  readonly lane: LaneId;
  readonly by: string;
  readonly at: Instant;
  readonly reason?: WrongReason;
  /** In the person's own words. */
  readonly note?: string;
  readonly finding: Finding;
  readonly sources: readonly SourceRef[];
}

export type SendOutcome =
  | { readonly kind: 'sent'; readonly ref: MessageRef }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** `gone`: the message that it was about is not there any more. */
  | { readonly kind: 'rejected'; readonly reason: string; readonly mend?: string; readonly gone?: true };
