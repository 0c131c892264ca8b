/** One delivery to its platform: looked up first where it may have arrived, and never sent by one who no longer holds the lane. */
import { type ChatMessage, withFooter } from '../message.ts';
import type { SendOutcome } from '../model.ts';
import type { ChatPlatform, Claimed, Clock, Outgoing, Random, Settlement, Store } from '../ports.ts';
import { waitAfter } from './backoff.ts';

interface DeliverPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
}

export interface DeliverSettings {
  readonly owner: string;
  /** Attempts before a delivery is given up. */
  readonly attempts: number;
}

/** Gives how it ended, or undefined when the lane was lost before the call. */
export async function deliver(
  platform: ChatPlatform,
  claimed: Claimed,
  settings: DeliverSettings,
  { store, clock, random }: DeliverPorts,
): Promise<Settlement | undefined> {
  const { delivery, posting } = claimed;
  if (!(await store.holds(settings.owner, delivery.lane, clock.now()))) return undefined;
  if (delivery.act === 'reply' && !posting) return { kind: 'dead', reason: 'its message is not there' };
  let out = outgoing(claimed);
  if (claimed.unknownSince !== undefined && !(delivery.act === 'edit' && posting)) {
    // An edit that arrived twice is the same edit; a post or a note is not.
    const looked = await platform.find({
      key: delivery.key,
      lane: delivery.lane,
      since: claimed.unknownSince - 60_000,
      ...(out.replyTo && { replyTo: out.replyTo }),
    });
    if (looked.kind === 'found') return { kind: 'sent', ref: looked.ref };
    if (looked.kind === 'cannot-tell') {
      if (claimed.message.severity !== 4)
        return { kind: 'dead', reason: `it may have arrived, and looking is not possible: ${looked.reason}` };
      out = { ...out, message: withFooter(out.message, ['Possible repeat: it is not known whether an earlier attempt arrived.']) };
    }
  }
  const outcome = delivery.act === 'edit' && posting ? await platform.edit(posting.ref, out) : await platform.send(out);
  return settlementOf(outcome, claimed, settings, clock, random);
}

function outgoing({ delivery, message, posting }: Claimed): Outgoing {
  const { key, lane, because, act, mention } = delivery;
  const told = because.length > 0 ? withFooter(message, [`Subscription ${because.join(', ')}`]) : message;
  return {
    key,
    lane,
    message: acknowledged(told, posting),
    ...(act === 'reply' && posting && { replyTo: posting.ref }),
    ...(mention && { mention }),
  };
}

/** Who acknowledged the living message stays in it whatever it becomes. */
function acknowledged(message: ChatMessage, posting: Claimed['posting']): ChatMessage {
  const acks = posting?.acks ?? [];
  return acks.reduce((told, { by, at }) => withFooter(told, ['Acknowledged by ', by, ' ', { at }]), message);
}

function settlementOf(
  outcome: SendOutcome,
  { attempts, delivery }: Claimed,
  settings: DeliverSettings,
  clock: Clock,
  random: Random,
): Settlement {
  if (outcome.kind === 'sent') return { kind: 'sent', ref: outcome.ref };
  if (outcome.kind === 'rejected') return { kind: 'dead', reason: outcome.mend ? `${outcome.reason}; ${outcome.mend}` : outcome.reason };
  // What the platform asks us to wait is no failure of the delivery.
  const asked = outcome.kind === 'retry' ? outcome.afterMs : undefined;
  if (attempts >= settings.attempts && asked === undefined) return { kind: 'dead', reason: `${attempts} attempts: ${outcome.reason}` };
  const at = clock.now() + waitAfter(attempts, asked, random);
  const kind = outcome.kind === 'unknown' && delivery.act !== 'edit' ? 'unknown' : 'retry';
  return { kind, at, reason: outcome.reason };
}
