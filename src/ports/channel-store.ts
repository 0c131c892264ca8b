/** Channels, their subscriptions, and the workspaces the bot is installed in. */

import type { Instant } from '../model/basics.ts';
import type { Channel, LaneId, Subscription } from '../model/channel.ts';

/** A workspace that people installed the bot in. */
export interface Installation {
  /** `platform:workspace` */
  readonly workspace: string;
  /** Its tokens, encrypted by who reads them: the store never sees one. */
  readonly sealed: string;
}

/** Channels and what they subscribed to, and the workspaces. */
export interface ChannelStore {
  channel(lane: LaneId): Promise<Channel | undefined>;
  saveChannel(channel: Channel): Promise<void>;
  /** Every channel in the order of lanes, from behind `after`. */
  channels(after: LaneId | undefined, limit: number): Promise<readonly Channel[]>;
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
  /** Channels whose digest is due, earliest first. */
  digestsDue(now: Instant, limit: number): Promise<readonly Channel[]>;
}
