/** Items become events, ledger and alerts in one transaction. */

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

export interface EventQuery {
  readonly countries?: readonly CountryCode[];
  /** All must stand in a title, summary, city or country name. */
  readonly words?: readonly string[];
  readonly since?: Instant;
  readonly until?: Instant;
  readonly minSeverity?: Severity;
  /** What the id begins with. */
  readonly idPrefix?: string;
  readonly limit: number;
}

/** Events, alerts and the ledger. */
export interface EventStore {
  /**
   * One transaction under one grouping lock for the installation: item, events, ledger, alerts.
   * `work` is pure and may run again after a rollback. Gives undefined where the item was recorded before.
   */
  decide(story: Story, hosts: readonly CountryCode[], work: (open: GroupingContext) => Decision): Promise<Decision | undefined>;
  event(id: string): Promise<NewsEvent | undefined>;
  /** Newest first by last sight. */
  events(query: EventQuery): Promise<readonly NewsEvent[]>;
  alert(id: string): Promise<Alert | undefined>;
  postures(host: CountryCode, sender?: CountryCode): Promise<readonly PostureEntry[]>;
  advice(country: CountryCode): Promise<readonly AdviceEntry[]>;
}
