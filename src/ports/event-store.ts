/** Events, alerts and the ledger: what an item changes is stored in one transaction. */

import type { ChatMessage } from '../message.ts';
import type { Alert } from '../model/alert.ts';
import type { CountryCode, Instant } from '../model/basics.ts';
import type { Change, NewsEvent } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import type { DropReason, Severity } from '../model/finding.ts';
import type { AdviceEntry, LedgerEntry, PostureEntry } from '../model/ledger.ts';

/** What an item changes, decided by pure stages and stored in one transaction. */
export interface Decision {
  readonly changes: readonly Change[];
  readonly ledger: readonly LedgerEntry[];
  readonly alerts: readonly AlertWithMessages[];
  /** Ids of events that no report can change any more: the store closes them. */
  readonly over?: readonly string[];
  readonly dropped?: DropReason;
}

/** An alert and its messages: the outbox knows messages and lanes, never news. */
export interface AlertWithMessages {
  readonly alert: Alert;
  /**
   * The posted message and the thread's note in each language, by the ids that deliveries carry
   * (`match/message-ids.ts`). Messages of a silent alert replace those stored under the same ids.
   */
  readonly messages: Readonly<Record<string, ChatMessage>>;
}

export interface GroupingContext {
  /**
   * Events in these hosts, or without a host, that a report may still join, lift or confirm again
   * after a denial; oldest first.
   */
  readonly events: readonly NewsEvent[];
  /** The ledger's postures in these hosts, of any age. */
  readonly postures: readonly PostureEntry[];
}

export interface EventQuery {
  readonly countries?: readonly CountryCode[];
  /** Each must occur in a title, summary, city or country name. */
  readonly words?: readonly string[];
  readonly since?: Instant;
  readonly until?: Instant;
  readonly minSeverity?: Severity;
  /** The beginning of the id. */
  readonly idPrefix?: string;
  readonly limit: number;
}

export interface EventStore {
  /**
   * Stores an item, its events, ledger entries and alerts in one transaction, under one grouping
   * lock for the installation. `work` is pure and may run again after a rollback. Returns undefined
   * if the item was recorded before.
   */
  decide(story: Story, hosts: readonly CountryCode[], work: (open: GroupingContext) => Decision): Promise<Decision | undefined>;
  event(id: string): Promise<NewsEvent | undefined>;
  /** Newest first, by when they were last reported. */
  events(query: EventQuery): Promise<readonly NewsEvent[]>;
  alert(id: string): Promise<Alert | undefined>;
  postures(host: CountryCode, sender?: CountryCode): Promise<readonly PostureEntry[]>;
  advice(country: CountryCode): Promise<readonly AdviceEntry[]>;
}
