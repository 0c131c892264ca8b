/** What monitoring sees: counts of what happens, and the state at the time of asking. */
import type { Kind } from '../kinds.ts';
import type { Instant } from '../model/basics.ts';
import type { PlatformName } from '../model/channel.ts';
import type { Backlog } from './operator.ts';

export const pollOutcomes = ['read', 'unchanged', 'failed'] as const;
export type PollOutcome = (typeof pollOutcomes)[number];

/** `unauthorized`: the token or a scope was refused; tried again until it is mended. */
export const sendResults = ['sent', 'retry', 'rate-limited', 'unauthorized', 'unknown', 'rejected'] as const;
export type SendResult = (typeof sendResults)[number];

/** Counts what happens while the bot works. Never throws. */
export interface Metrics {
  /** A poll has ended. `items`: those that were not known before. */
  polled(poll: { readonly outcome: PollOutcome; readonly items: number; readonly findings: readonly Kind[] }): void;
  /** A platform answered a call that sends or edits a message. */
  sent(platform: PlatformName, result: SendResult): void;
  /** A new alert arrived in a channel, so long after its report was published (ms). */
  arrived(platform: PlatformName, afterMs: number): void;
}

export interface PlatformState {
  readonly name: PlatformName;
  readonly connected: boolean;
  /** It stays away until somebody changes something, such as a wrong token. */
  readonly refusedForGood: boolean;
}

/** The state of a running bot, read when it is asked for. */
export interface Snapshot {
  readonly at: Instant;
  /** Every source was asked once since the start. */
  readonly firstRoundDone: boolean;
  readonly platforms: readonly PlatformState[];
  /** Absent while the database cannot be used. */
  readonly stored?: StoredState;
}

export interface StoredState {
  /** How many sources there are of each health. */
  readonly sources: Readonly<Record<string, number>>;
  /** How long the most overdue source has been due (ms). */
  readonly pollLagMs: number;
  /** When any source was last read without a failure. */
  readonly lastGoodPollAt?: Instant;
  readonly backlog: Backlog;
  readonly databaseBytes: number;
}
