/** Channels, their subscriptions, and the workspaces the bot is installed in. */

import type { Instant } from '../model/basics.ts';
import type { Channel, LaneId, Subscription } from '../model/channel.ts';

/** A workspace that installed the bot. */
export interface Installation {
  /** `platform:workspace` */
  readonly workspace: string;
  /** Its tokens, encrypted by the platform's adapter: the store never sees them in clear. */
  readonly sealed: string;
}

export interface ChannelStore {
  channel(lane: LaneId): Promise<Channel | undefined>;
  saveChannel(channel: Channel): Promise<void>;
  /** Returns channels ordered by lane, starting after `after`. */
  channels(after: LaneId | undefined, limit: number): Promise<readonly Channel[]>;
  subscriptions(lane: LaneId): Promise<readonly Subscription[]>;
  saveSubscription(subscription: Subscription): Promise<void>;
  /** Returns how many were removed; without an id, removes all of the lane. */
  removeSubscriptions(lane: LaneId, id?: string): Promise<number>;
  /** Returns every workspace, sorted. */
  installations(): Promise<readonly Installation[]>;
  installation(workspace: string): Promise<Installation | undefined>;
  /** Replaces the installation stored before. */
  saveInstallation(installation: Installation): Promise<void>;
  /** Erases all data of a channel, or of `platform:workspace` with its channels and tokens. */
  erase(gone: { readonly lane: LaneId } | { readonly workspace: string }): Promise<void>;
  /** Returns channels whose digest is due, earliest first. */
  digestsDue(now: Instant, limit: number): Promise<readonly Channel[]>;
}
