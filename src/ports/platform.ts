/** A chat platform, and what it asks of Attaché. */

import type { Answer, ButtonPress, ChatMessage, Choice, CommandCall, CommandSpec } from '../message.ts';
import type { Instant } from '../model/basics.ts';
import type { LaneId, PlatformName } from '../model/channel.ts';
import type { MessageRef, SendOutcome } from '../model/delivery.ts';

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
