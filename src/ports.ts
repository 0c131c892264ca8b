/** What Attaché needs from the outside. Every port has one contract suite that all its adapters pass. */
import type { Answer, ButtonPress, ChatMessage, Choice, CommandCall, CommandSpec } from './message.ts';
import type {
  AdviceEntry,
  Alert,
  Change,
  Channel,
  CountryCode,
  CoverageGap,
  Delivery,
  DeliveryState,
  DropReason,
  Feedback,
  Instant,
  LaneId,
  LedgerEntry,
  MessageRef,
  NewsEvent,
  PlatformName,
  Posting,
  PostureEntry,
  Problem,
  SendOutcome,
  Severity,
  Story,
  Subscription,
} from './model.ts';

export interface Clock {
  now(): Instant;
  /** Resolves after `ms` or as soon as the signal aborts, never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** 0 ≤ n < 1, as `Math.random`. */
export type Random = () => number;

export interface Schedule {
  /** The first instant after `after` that fits five cron fields in an IANA zone; a text that says what is wrong otherwise. */
  next(cron: string, zone: string, after: Instant): { readonly at: Instant } | Problem;
  /** Runs `task` at every full minute, never twice at once, until stopped. */
  everyMinute(task: () => Promise<void>): { stop(): Promise<void> };
}

export interface Observe {
  log(level: 'debug' | 'info' | 'warn' | 'error', event: string, fields?: Readonly<Record<string, unknown>>): void;
}

// ---------------------------------------------------------------- platforms

export interface Outgoing {
  /** The delivery's key: what a lookup finds a message again by. */
  readonly key: string;
  readonly lane: LaneId;
  readonly message: ChatMessage;
  /** Whom to ping: a platform's own id of a role, group or person. */
  readonly mention?: string;
  /** The message whose thread this note belongs to. */
  readonly replyTo?: MessageRef;
  /** The living message that this new one takes back or ends. */
  readonly relatesTo?: MessageRef;
}

export interface PlatformHooks {
  readonly commands: readonly CommandSpec[];
  onCommand(call: CommandCall): Promise<Answer>;
  onButton(press: ButtonPress): Promise<Answer>;
  suggest(ask: {
    readonly command: string;
    readonly option: string;
    readonly typed: string;
    readonly locale: string;
    readonly lane: LaneId;
  }): Promise<readonly Choice[]>;
  /** What these channels watch; those that watch nothing are left out. Only for a person who is in all of them. */
  overview(lanes: readonly LaneId[]): Promise<readonly { readonly lane: LaneId; readonly message: ChatMessage }[]>;
  /**
   * The bot was removed from a workspace, and what it kept of it is erased; or a channel is gone, and its subscriptions wait. `reach` gives
   * the lane in which one person can be written to.
   */
  onRemoved(
    gone:
      | { readonly workspace: string }
      | {
          readonly lane: LaneId;
          /** What people call the channel: "#alerts". */
          readonly called?: string;
          readonly reach?: (user: string) => Promise<LaneId | undefined>;
        },
  ): Promise<void>;
  /** The platform gave a channel another id: what it watches and how goes on there. */
  onMoved(moved: { readonly from: LaneId; readonly to: LaneId }): Promise<void>;
}

export type StartOutcome =
  /** `lost` says why the connection ended by itself, should it do so: the platform is started again then. */
  | { readonly kind: 'ready'; readonly as: string; readonly lost?: Promise<string> }
  /** One line with the mend. `forGood`: trying again is in vain before somebody changes something, such as a wrong token or a missing scope. */
  | { readonly kind: 'refused'; readonly reason: string; readonly forGood?: true };

/** How one platform's connection stands now. */
export type Connected = {
  readonly name: PlatformName;
  readonly since: Instant;
} & (
  | { readonly as: string; readonly refused?: never }
  /** One line with the mend; `forGood`: it will not come in before somebody changes something. */
  | { readonly refused: string; readonly forGood: boolean; readonly as?: never }
);

export interface ChatPlatform {
  readonly name: PlatformName;
  /** Connects; called again after a refusal or a lost connection. Sending needs no connection. */
  start(hooks: PlatformHooks): Promise<StartOutcome>;
  /** Posts, or replies where `replyTo` is given. Expected failures are outcomes; it throws on bugs only. */
  send(out: Outgoing): Promise<SendOutcome>;
  edit(ref: MessageRef, out: Outgoing): Promise<SendOutcome>;
  /**
   * Looks among our own messages for one that carries the key; `cannot-tell` where the platform does not let us look, `later` where it
   * could not be asked just now.
   */
  find(wanted: {
    readonly key: string;
    readonly lane: LaneId;
    readonly since: Instant;
    readonly replyTo?: MessageRef;
  }): Promise<
    | { readonly kind: 'found'; readonly ref: MessageRef }
    | { readonly kind: 'absent' }
    | { readonly kind: 'cannot-tell'; readonly reason: string }
    | { readonly kind: 'later'; readonly reason: string; readonly afterMs?: number }
  >;
  /** The payload that `send` would hand to the platform, without sending it. Pure. */
  render(message: ChatMessage, how: { readonly act: 'post' | 'edit' | 'reply'; readonly mention?: string }): unknown;
  stop(): Promise<void>;
}

// ---------------------------------------------------------------- store

/** What an item changes, decided by pure stages and stored in one transaction. */
export interface Decision {
  readonly changes: readonly Change[];
  readonly ledger: readonly LedgerEntry[];
  readonly alerts: readonly AlertWithMessages[];
  /** Events that no report can change any more: they are asked for no more. */
  readonly over?: readonly string[];
  readonly dropped?: DropReason;
}

/** An alert and its text: the outbox knows messages and lanes, never news. */
export interface AlertWithMessages {
  readonly alert: Alert;
  /**
   * What is posted and what is noted in the thread, by the ids that deliveries name: in each of our languages (`match/message-ids.ts`). Those of
   * a silent alert replace what is stored under the same ids.
   */
  readonly messages: Readonly<Record<string, ChatMessage>>;
}

export interface GroupingContext {
  /** Events of these hosts (and those without any) that may still be joined or lifted, or whose claim may be repeated after its denial, oldest first. */
  readonly events: readonly NewsEvent[];
  /** The ledger's postures in these hosts, however old. */
  readonly postures: readonly PostureEntry[];
}

/** What a feed's document asks of its readers. */
export interface FeedHints {
  readonly ttlMinutes?: number;
  readonly updatePeriodMinutes?: number;
  /** Hours of the day in UTC, 0 to 24. */
  readonly skipHours?: readonly number[];
  /** English names: "Saturday". */
  readonly skipDays?: readonly string[];
}

/** Where a feed stands: the conditional headers, the next poll, its health. */
export interface FeedCursor {
  readonly feedId: string;
  /** The feed's configured address when it was last polled: with another one, the conditional headers and `gone` no longer hold. */
  readonly address?: string;
  /** Replayed byte-exact, never empty. */
  readonly etag?: string;
  readonly lastModified?: string;
  readonly bodyHash?: string;
  /** When a whole document last came, known or not. */
  readonly bodyAt?: Instant;
  /** Kept because an unchanged answer does not repeat them. */
  readonly hints?: FeedHints;
  readonly nextAt: Instant;
  /** The first good read is done: from now on news is news. */
  readonly baselineAt?: Instant;
  readonly lastOkAt?: Instant;
  /** When it last brought an item that was not known. */
  readonly lastNewAt?: Instant;
  /** Failed polls in a row. */
  readonly failures: number;
  readonly blindSince?: Instant;
  readonly frozenSince?: Instant;
  /** The last failure in words, while it lasts. */
  readonly reason?: string;
  readonly slowedByPublisher?: boolean;
  /** What the operator was told of this feed and has not heard the end of. */
  readonly noticed?: 'blind' | 'frozen' | 'gone';
  /** The publisher said 410: polled no more until the address changes. */
  readonly gone?: boolean;
  /** A permanent redirect that was seen, and is not believed yet. */
  readonly moved?: { readonly to: string; readonly since: Instant; readonly sightings: number };
  /** Where permanent redirects led for long enough: asked instead of the configured address, until it fails. */
  readonly permanentUrl?: string;
  /** What the register's diff remembers, as JSON. */
  readonly register?: string;
  /** What is not known though the feed reads well, in words: rows that a list shows no more, pages that could not be read. */
  readonly unknown?: string;
  /** What an error of ours kept from being told. */
  readonly setAside?: SetAside;
  /** Times in which Attaché itself did not look (`talk/unwatched.ts`); of no source. */
  readonly unwatched?: readonly { readonly since: Instant; readonly until: Instant }[];
}

/** One channel as the fan-out sees it. */
export interface ChannelView {
  readonly channel: Channel;
  readonly subscriptions: readonly Subscription[];
  /** The living message of the alert's event here, or that one is on its way. */
  readonly posting?: Posting;
  readonly pending: boolean;
  /** What brought the alert about (`Alert.under`) stands here. */
  readonly covered?: boolean;
}

/** A delivery that this owner may send now; it is already marked `sending`. */
export interface ClaimedDelivery {
  readonly delivery: Delivery;
  readonly message: ChatMessage;
  /** Where the living message of its subject stands, if it was posted. */
  readonly posting?: Posting;
  /** An earlier attempt may have reached the platform: look before sending. */
  readonly unknownSince?: Instant;
  readonly attempts: number;
  readonly leaseUntil: Instant;
}

/** Posts of one channel that are told in one message. */
export interface Bundle {
  readonly deliveries: readonly Delivery[];
  readonly message: ChatMessage;
  readonly delivery: Delivery;
}

export type Settlement =
  | { readonly kind: 'sent'; readonly ref: MessageRef }
  /** Back to `ready`; the lane waits until then. Where the platform asked for the wait, no attempt is spent. */
  | { readonly kind: 'retry'; readonly at: Instant; readonly reason: string; readonly asked?: boolean }
  | { readonly kind: 'unknown'; readonly at: Instant; readonly reason: string }
  /** `gone`: the living message is not there any more, and its posting is marked so. */
  | { readonly kind: 'dead'; readonly reason: string; readonly gone?: true }
  /** There is nothing left to tell with it. */
  | { readonly kind: 'superseded'; readonly reason: string };

/** A workspace that people installed the bot in. */
export interface Installation {
  /** `platform:workspace` */
  readonly workspace: string;
  /** Its tokens, encrypted by who reads them: the store never sees one. */
  readonly sealed: string;
}

export interface Undelivered {
  readonly lane: LaneId;
  readonly reason: string;
  readonly at: Instant;
}

/** One thing that was looked at for whoever runs Attaché. `note`: nothing is wrong, and it is worth knowing. */
export interface CheckResult {
  /** What it is about, in one or two words. */
  readonly subject: string;
  readonly state: 'ok' | 'note' | 'wrong';
  readonly message: string;
  readonly fix?: string;
}

export interface EventQuery {
  readonly countries?: readonly CountryCode[];
  /** All must stand in a title, summary, city or country name. */
  readonly words?: readonly string[];
  readonly since?: Instant;
  readonly until?: Instant;
  readonly minSeverity?: Severity;
  readonly limit: number;
}

/**
 * The database cannot be used just now: it is away, full or busy. Nothing of the call was stored (or all of it, where only the answer was lost),
 * and the same call may be made again later. Whatever else a call throws is about its own data, and would be thrown again.
 */
export class StoreUnavailable extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'StoreUnavailable';
  }
}

/** Items of a feed that could not be worked on and were recorded without being told. */
export interface SetAside {
  readonly count: number;
  /** The last of them. */
  readonly title: string;
  readonly reason: string;
  readonly at: Instant;
  /** Those that are tried once more: after a day, or by another version of Attaché. */
  readonly again?: readonly SetAsideItem[];
}

export interface SetAsideItem {
  readonly id: string;
  readonly at: Instant;
  readonly version: string;
  /** It was part of a first read: no news. */
  readonly baseline: boolean;
}

/** What can be said of the database itself. */
export interface Standing {
  /** Its latest migration. */
  readonly schema: string;
  /** The room that it takes. */
  readonly bytes: number;
  /** What was stored after `since` was gone when the bot started at `until`: a file of the database was deleted. */
  readonly lost?: { readonly since: Instant; readonly until: Instant };
}

/** Every method throws `StoreUnavailable` while the database cannot be used. */
export interface Store {
  // --- collect
  cursors(): Promise<readonly FeedCursor[]>;
  cursor(feedId: string): Promise<FeedCursor | undefined>;
  moveCursor(cursor: FeedCursor): Promise<void>;
  /** Which of these item ids of one feed were never recorded, in the order given. */
  unrecorded(feedId: string, ids: readonly string[]): Promise<readonly string[]>;
  /** Forgets those of these items that were set aside: they are unseen again. */
  takeBack(feedId: string, ids: readonly string[]): Promise<void>;
  /** Marks items without findings as seen, many in one transaction. */
  recordSeen(seen: readonly { readonly story: Story; readonly dropped: DropReason }[]): Promise<void>;
  /**
   * One transaction under one grouping lock for the installation: item, events, ledger, alerts.
   * `work` is pure and may run again after a rollback. Gives undefined where the item was recorded before.
   */
  decide(story: Story, hosts: readonly CountryCode[], work: (open: GroupingContext) => Decision): Promise<Decision | undefined>;

  // --- talk
  channel(lane: LaneId): Promise<Channel | undefined>;
  saveChannel(channel: Channel): Promise<void>;
  subscriptions(lane: LaneId): Promise<readonly Subscription[]>;
  saveSubscription(subscription: Subscription): Promise<void>;
  /** Gives how many were removed; without an id, all of the lane. */
  removeSubscriptions(lane: LaneId, id?: string): Promise<number>;
  /** Every workspace in order. */
  installations(): Promise<readonly Installation[]>;
  installation(workspace: string): Promise<Installation | undefined>;
  /** A later one takes the place of the earlier. */
  saveInstallation(installation: Installation): Promise<void>;
  /** Erases what is kept of a channel, or of `platform:workspace` with every channel and its tokens. */
  erase(gone: { readonly lane: LaneId } | { readonly workspace: string }): Promise<void>;
  event(id: string): Promise<NewsEvent | undefined>;
  /** Newest first by last sight. */
  events(query: EventQuery): Promise<readonly NewsEvent[]>;
  alert(id: string): Promise<Alert | undefined>;
  postures(host: CountryCode, sender?: CountryCode): Promise<readonly PostureEntry[]>;
  advice(country: CountryCode): Promise<readonly AdviceEntry[]>;
  /** What became of an item: its reason, and the events it joined. */
  itemOutcome(
    itemId: string,
  ): Promise<{ readonly dropped?: DropReason; readonly events: readonly string[]; readonly title: string } | undefined>;
  /** One for each alert, channel and person: a later one takes the place of the earlier. */
  saveFeedback(feedback: Feedback): Promise<void>;
  /** All that is kept, oldest first. */
  feedback(): Promise<readonly Feedback[]>;
  /** Every channel in the order of lanes, from behind `after`. */
  channels(after: LaneId | undefined, limit: number): Promise<readonly Channel[]>;
  /** Channels whose digest is due, earliest first. */
  digestsDue(now: Instant, limit: number): Promise<readonly Channel[]>;

  // --- send
  /**
   * One step of the fan-out in one transaction: the oldest alert with channels left, its next channels (at most `limit`) that have
   * a subscription, a posting of the event or one on its way. `plan` is pure. Gives how many channels were looked at, at least 1 while
   * an alert is left; 0 when nothing is. A new edit supersedes older edits and notes of its subject in that lane that are still `ready`, and an edit of its own revision.
   */
  expand(limit: number, plan: (alert: Alert, lanes: readonly ChannelView[]) => readonly Delivery[]): Promise<number>;
  /** Puts a message that is no alert (a digest, a notice) into the outbox. Known keys are left alone. */
  enqueue(messages: Readonly<Record<string, ChatMessage>>, deliveries: readonly Delivery[]): Promise<void>;
  /**
   * The digest's message and the channel's next run, in one transaction. Of the channel only the digest's plan is taken, and that
   * only where people did not change it meanwhile; nothing happens where the channel is gone.
   */
  enqueueDigest(channel: Channel, message: ChatMessage | undefined, delivery: Delivery | undefined): Promise<void>;
  /** A notice of what can and cannot be seen, and what the channel knows from it, in one transaction; nothing where the channel is gone. */
  enqueueNotice(unseen: CoverageGap | undefined, message: ChatMessage, delivery: Delivery): Promise<void>;
  /**
   * Puts one message in the place of many, in one transaction: those that `gather` names end as superseded, their events are marked as listed
   * in the channel. `gather` is pure and sees the posts of living messages that are due there and that nobody has begun to send; it may name
   * the one that its caller has claimed as well.
   */
  bundlePosts(
    lane: LaneId,
    now: Instant,
    gather: (waiting: readonly { readonly delivery: Delivery; readonly message: ChatMessage }[]) => Bundle | undefined,
  ): Promise<boolean>;
  /** Leases up to `limit` lanes that have something to send, fairest first, and marks the first delivery of each `sending`. */
  claim(ask: {
    /** A new name for every claim, so that a send that outlived its lease is not taken for the one that followed it. */
    readonly owner: string;
    readonly now: Instant;
    readonly leaseMs: number;
    readonly limit: number;
    readonly platforms: readonly PlatformName[];
  }): Promise<readonly ClaimedDelivery[]>;
  /** True while this owner still holds the lane: asked right before the call to the platform. */
  holdsLease(owner: string, lane: LaneId, now: Instant): Promise<boolean>;
  /**
   * Stores the outcome, the posting and the lane's next time, and releases the lane. A living message that was sent supersedes what is
   * older, of the same subject and still waiting. Who lost the lane can still say `sent`, and nothing else.
   */
  settle(owner: string, delivery: Delivery, settlement: Settlement, now: Instant): Promise<void>;
  /** When the next delivery becomes due, for the sender's sleep. */
  nextDue(platforms: readonly PlatformName[]): Promise<Instant | undefined>;
  deliveries(counted: { readonly lane?: LaneId }): Promise<Readonly<Record<DeliveryState, number>>>;
  posting(lane: LaneId, subject: string): Promise<Posting | undefined>;
  savePosting(posting: Posting): Promise<void>;

  // --- look
  /** Channels where the last thing that happened is a message that ended dead, in the order of lanes. */
  undelivered(): Promise<readonly Undelivered[]>;
  stats(): Promise<Standing>;

  close(): Promise<void>;
}

/** What can be asked beside a running bot. None of these changes anything. */
export const storeReadings = [
  'cursors',
  'channels',
  'subscriptions',
  'installations',
  'event',
  'alert',
  'itemOutcome',
  'feedback',
  'deliveries',
  'undelivered',
  'stats',
] as const satisfies readonly (keyof Store)[];
export type StoreReading = Pick<Store, (typeof storeReadings)[number] | 'close'>;
