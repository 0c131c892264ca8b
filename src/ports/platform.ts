/** A chat platform, and what it calls Attaché for. */

import type { Answer, ButtonPress, ChatMessage, Choice, CommandCall, CommandSpec } from '../message.ts';
import type { Instant } from '../model/basics.ts';
import type { LaneId, PlatformName } from '../model/channel.ts';
import type { MessageRef, SendOutcome } from '../model/delivery.ts';

export interface Outgoing {
  /** The delivery's key, by which a lookup finds the message again. */
  readonly key: string;
  readonly lane: LaneId;
  readonly message: ChatMessage;
  /** Who to ping: a platform's own id of a role, group or person. */
  readonly mention?: string;
  /** The message whose thread this note belongs to. */
  readonly replyTo?: MessageRef;
  /** The living message that this new one corrects or ends. */
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
  /**
   * Returns what these channels watch, without those that watch nothing, in the person's language.
   * Only for a person who is in all of them.
   * @param locale BCP 47; English if it is not known
   */
  overview(
    lanes: readonly LaneId[],
    locale: string | undefined,
  ): Promise<readonly { readonly lane: LaneId; readonly message: ChatMessage }[]>;
  /**
   * The bot was removed from a workspace, whose data is erased; or a channel is gone, and its
   * subscriptions pause. `reach` returns the lane of direct messages to a person.
   */
  onRemoved(
    gone:
      | { readonly workspace: string }
      | {
          readonly lane: LaneId;
          /** The channel's visible name: "#alerts". */
          readonly called?: string;
          readonly reach?: (user: string) => Promise<LaneId | undefined>;
        },
  ): Promise<void>;
  /** The platform gave a channel another id: its settings and subscriptions move there. */
  onMoved(moved: { readonly from: LaneId; readonly to: LaneId }): Promise<void>;
}

export type StartOutcome =
  /**
   * `lost` resolves with the reason if the connection ends on its own; the platform is then started
   * again.
   */
  | { readonly kind: 'ready'; readonly as: string; readonly lost?: Promise<string> }
  /**
   * One line that includes the fix. `forGood`: retrying is pointless until somebody changes
   * something, such as a wrong token or a missing scope.
   */
  | { readonly kind: 'refused'; readonly reason: string; readonly forGood?: true };

/** State of one platform's connection. */
export type Connected = {
  readonly name: PlatformName;
  readonly since: Instant;
} & (
  | { readonly as: string; readonly refused?: never }
  /**
   * One line that includes the fix. `forGood`: it cannot connect until somebody changes something.
   */
  | { readonly refused: string; readonly forGood: boolean; readonly as?: never }
);

export interface ChatPlatform {
  readonly name: PlatformName;
  /** Connects; called again after a refusal or a lost connection. Sending needs no connection. */
  start(hooks: PlatformHooks): Promise<StartOutcome>;
  /**
   * Posts, or replies if `replyTo` is given. Expected failures are outcomes; it throws on bugs
   * only.
   */
  send(out: Outgoing): Promise<SendOutcome>;
  edit(ref: MessageRef, out: Outgoing): Promise<SendOutcome>;
  /**
   * Searches our own messages for one that carries the key; `cannot-tell` if the platform does not
   * allow it, `later` if it could not be asked now.
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
  /** Returns the payload that `send` would pass to the platform, without sending it. Pure. */
  render(message: ChatMessage, how: { readonly act: 'post' | 'edit' | 'reply'; readonly mention?: string }): unknown;
  stop(): Promise<void>;
}
